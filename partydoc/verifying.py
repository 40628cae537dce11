"""Checking an archive: the objects that are asked for, the storage roots, the audit log, the
catalogue; and every night a thirtieth of it.

Where the last night stopped stands in the audit log: its line names the slice that was read, and
what was found damaged, which is looked at again every night until it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from partydoc.archive import comparing, examining, ocfl
from partydoc.archive import verify as check
from partydoc.archive.audit import Audit
from partydoc.archive.finding import Finding
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.lookup import resolve

_ID = re.compile(r"urn:(sha256:[0-9a-f]{64}|uuid:[0-9a-f-]{36})")
#: In so many nights every object is read once.
NIGHTS = 30


@dataclass(frozen=True)
class Checked:
    """How many objects are looked at, whether those in hold are among them, and what is found
    wrong, as it is found.
    """

    objects: int
    with_hold: bool
    findings: Iterator[Finding]


@dataclass(frozen=True)
class Slice:
    """What a night read: which of the thirty slices, how many objects, what was found, and the ids
    of the objects that are damaged, as the audit log writes them.
    """

    number: int
    objects: int
    findings: tuple[Finding, ...] = ()
    damaged: tuple[str, ...] = ()


def verify(
    archive: Archive, references: Sequence[str] = (), deep: bool = False, heads: Sequence[str] = ()
) -> Checked:
    """Check the named documents, or everything.

    `heads`: hashes that nightly reports gave; the audit log must still have their lines.
    """
    urns = []
    if references:
        with open_for_reading(archive) as catalogue:
            rows = [resolve(archive, catalogue, reference) for reference in references]
        urns = [DOCUMENT_PREFIX + row.id for row in rows]
    folders = check.folders(archive, urns)

    def findings() -> Iterator[Finding]:
        yield from examining.objects(archive, folders, deep)
        if not urns:
            yield from examining.beside(archive)
        if examining.sees_hold(archive):
            yield from comparing.differences(archive, deep, urns)
        yield from examining.heads(archive, heads)

    return Checked(len(folders), examining.sees_hold(archive), findings())


def verify_slice(archive: Archive) -> Slice:
    """Read every byte of the slice whose turn it is, and of what the last night found damaged.

    The audit log and the storage roots are left to `verify`.
    """
    number, damaged = _turn(archive)
    known = comparing.catalogued(archive) if examining.sees_hold(archive) else set()
    urns = {*damaged, *(urn for urn in known if _slice_of(archive, urn) == number)}
    folders = [folder for root in check.roots(archive) for folder in _slice(root, number)]
    folders += set(check.folders(archive, damaged) if damaged else ()).difference(folders)
    found = {
        examining.urn_of(folder): list(examining.objects(archive, [folder], deep=True))
        for folder in folders
    }
    urns |= found.keys()
    others = comparing.soundness(archive)
    others += comparing.differences(archive, True, urns) if urns and known else ()
    hurt = [urn for urn, here in found.items() if here] + [one.path for one in others]
    ids = (urn.removeprefix(DOCUMENT_PREFIX) for urn in hurt if _ID.fullmatch(urn))
    findings = [one for here in (*found.values(), others) for one in here]
    return Slice(number, len(folders), tuple(findings), tuple(dict.fromkeys(ids)))


def _turn(archive: Archive) -> tuple[int, list[str]]:
    """Return the number of tonight's slice, and the urns of what was damaged last night."""
    for line in Audit(archive.audit).newest_first():
        if line.get("what") == "nightly" and isinstance(line.get("slice"), int):
            ids = line["ids"]
            urns = [one if one.startswith("urn:") else DOCUMENT_PREFIX + one for one in ids]
            return (line["slice"] + 1) % NIGHTS, urns
    return 0, []


def _slice(root: Path, number: int) -> list[Path]:
    """Return the objects of a slice: an object belongs to one by the first byte of its place."""
    first = range(number, 256, NIGHTS)
    return [folder for byte in first for folder in ocfl.object_folders(root, f"{byte:02x}")]


def _slice_of(archive: Archive, urn: str) -> int:
    place = ocfl.object_path(archive.store, urn)
    return int(place.parents[1].name, 16) % NIGHTS
