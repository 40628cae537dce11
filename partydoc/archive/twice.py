"""A document that stands in the store and in hold: the older of the two is set aside.

No command leaves that behind. It comes of a copy whose parts are of different moments.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from partydoc.archive import inventory, ocfl, verify
from partydoc.archive.aside import set_aside
from partydoc.archive.inventory import Broken, Inventory
from partydoc.archive.kept import Kept
from partydoc.archive.ordinary import content
from partydoc.archive.root import Archive


def stands_twice(archive: Archive, urn: str) -> bool:
    """Whether an object stands on both sides of the gate."""
    return all(ocfl.object_path(root, urn).is_dir() for root in (archive.store, archive.hold))


def twice(archive: Archive, urns: Iterable[str] = ()) -> list[str]:
    """Return which of these objects, of all without names, stand on both sides of the gate."""
    named = list(urns) or [unquote(one.name) for one in ocfl.object_folders(archive.hold)]
    return [urn for urn in named if stands_twice(archive, urn)]


def leave_one(archive: Archive, urn: str) -> None:
    """Where an object stands twice, set the older one aside; where that cannot be told, the one in
    the store.
    """
    if not stands_twice(archive, urn):
        return
    passed, held = (ocfl.object_path(root, urn) for root in (archive.store, archive.hold))
    set_aside(archive, held if _goes_on(passed, held) else passed)


def _goes_on(passed: Path, held: Path) -> bool:
    """Whether a document has all that it had in hold, and has passed the gate since."""
    try:
        now, before = (inventory.read(verify.read_inventory(one)) for one in (passed, held))
        if len(now.versions) <= len(before.versions):
            return False
        inventory.require_earlier(before, before.head, now)
    except (OSError, Broken):
        return False
    return _is_open(passed, now) and not any(verify.verify_files(passed, now, deep=True))


def _is_open(folder: Path, said: Inventory) -> bool:
    try:
        (path,) = said.contents(said.head)["record.json"]
        kept = Kept.from_json(content(folder / path))
        return not kept.secret and kept.status != "awaiting-class"
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False
