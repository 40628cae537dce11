"""Healing an object from a copy of the archive.

The object is built anew beside the damaged one, under an inventory that can be trusted: its own,
else the one written with its newest version, else the copy's. Each file comes from here if its
bytes are right, else from the copy if they are right there. Only when all of it is whole does it
take the object's place, in one step; the damaged one is set aside in hold, whatever it was: nobody
reads there what turns out to be secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partydoc.archive import building, disk, inventory, jobs, ocfl, ordinary, verify
from partydoc.archive.aside import free_place
from partydoc.archive.inventory import Broken, Inventory
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.errors import UsageProblem
from partydoc.language import _

#: Such a document must not get into the store.
_WAITING = frozenset({"held", "awaiting-class", "pending"})


class CannotHeal(Exception):
    """What the copy lacks, as a sentence."""


@dataclass(frozen=True)
class Copy:
    """A copy of an archive, or of its store alone: its storage roots."""

    roots: tuple[Path, ...]

    def folders(self, urn: str) -> list[Path]:
        """Return where an object stands in the copy."""
        places = (ocfl.object_path(root, urn) for root in self.roots)
        return [path for path in places if path.is_dir()]

    def holds(self, urn: str) -> bool:
        """Whether the object has not passed the gate in the copy."""
        return any(path.parents[2].parent.name == "hold" for path in self.folders(urn))


@dataclass(frozen=True)
class Patient:
    """An object to be healed: where it stands, or has to stand, and what is known of it.

    `held`: it must be in hold; `status`: that of the document in the catalogue, if it is there.
    """

    urn: str
    held: bool
    status: str | None = None

    def place(self, archive: Archive) -> Path:
        """Return its folder, there or not."""
        return ocfl.object_path(archive.hold if self.held else archive.store, self.urn)


@dataclass(frozen=True)
class _Plan:
    """An inventory that can be trusted, as bytes, and whether it is the archive's own."""

    said: Inventory
    data: bytes
    own: bool


def copy_at(path: Path, archive: Archive) -> Copy:
    """Return the copy that stands in a folder; raises UsageProblem where there is none."""
    path = path.resolve()
    if path.is_relative_to(archive.root) or archive.root.is_relative_to(path):
        message = _("{folder} is this archive itself, not a copy of it.").format(folder=path)
        raise UsageProblem(message, _("Name the copy: partydoc verify --repair-from COPY"))
    roots = (path, path / "store", path / "hold" / "objects")
    found = tuple(root for root in roots if any(root.glob("0=ocfl_1.*")))
    if not found:
        message = _("{folder} is neither a copy of an archive nor of a store.").format(folder=path)
        hint = _("Name the folder that has store/ in it, or a copy of store/ itself.")
        raise UsageProblem(message, hint)
    return Copy(found)


def heal(archive: Archive, patient: Patient, copy: Copy) -> bool:
    """Heal an object; return whether it is of an older state now than it was.

    Raises CannotHeal, with nothing changed.
    """
    here = patient.place(archive)
    job = jobs.begin(archive.hold_staging if patient.held else archive.staging)
    jobs.intend(job, Intent(patient.urn))
    try:
        plan = _build(job / "object", here, copy.folders(patient.urn), patient)
        older = len(plan.said.versions) < len(_version_folders(here))
        _put_in_place(archive, job / "object", here)
        return older
    finally:
        disk.remove_tree(job)


def _build(draft: Path, here: Path, theirs: list[Path], patient: Patient) -> _Plan:
    """Build the object anew; return the inventory it was built by."""
    reason = _("the copy does not have it")
    for plan in _plans(here, theirs, patient.urn):
        disk.remove_tree(draft)
        disk.draft_folder(draft)
        try:
            _draw_together(draft, plan, here, theirs)
        except CannotHeal as trouble:
            reason = str(trouble)
            continue
        if not (plan.own or _fits(draft, plan.said, patient)):
            reason = _("what the copy has is from before it was classified or released")
            continue
        disk.sync_tree(draft)
        if not list(verify.verify_files(draft, plan.said, deep=True)):
            return plan
    raise CannotHeal(reason)


def _plans(here: Path, theirs: list[Path], urn: str) -> Iterator[_Plan]:
    """Yield inventories to be trusted: the object's own, else those of most versions first."""
    own = list(_trusted([here], urn, own=True))
    if own:
        yield own[0]
        return
    found = [*_trusted(_version_folders(here), urn, own=True), *_trusted(theirs, urn, own=False)]
    yield from sorted(found, key=lambda one: (len(one.said.versions), one.own), reverse=True)


def _trusted(folders: list[Path], urn: str, own: bool) -> Iterator[_Plan]:
    for folder in folders:
        try:
            data = verify.read_inventory(folder)
            said = inventory.read(data)
        except (OSError, Broken):
            continue
        if said.id == urn:
            yield _Plan(said, data, own)


def _version_folders(here: Path) -> list[Path]:
    return [path for path in here.glob("v[1-9]*") if path.is_dir()]


def _draw_together(draft: Path, plan: _Plan, here: Path, theirs: list[Path]) -> None:
    """Bring what an inventory names from wherever it is right; raises CannotHeal."""
    for name, sha512 in plan.said.manifest.items():
        target = draft / name
        disk.draft_folder(target.parent)
        if _digest(here / name) == sha512:
            disk.link(here / name, target)
        elif not any(_copied(folder / name, target, sha512) for folder in theirs):
            raise CannotHeal(_("{path} is not whole in the copy either").format(path=name))
    mark, text = ocfl.OBJECT_MARK
    disk.write(draft / mark, text.encode())
    building.write_inventory(draft, plan.data)
    for version in plan.said.versions:
        newest = version == plan.said.head
        data = plan.data if newest else _earlier(version, plan.said, [here, *theirs])
        disk.draft_folder(draft / version)
        building.write_inventory(draft / version, data)


def _digest(path: Path) -> str | None:
    try:
        return disk.digests(path).sha512
    except OSError:
        return None


def _copied(source: Path, target: Path, sha512: str) -> bool:
    """Copy a file if its bytes are the right ones, and came over as they are."""
    if _digest(source) != sha512:
        return False
    with ordinary.opened(source) as opened:
        whole = disk.copy(opened, target).sha512 == sha512
    if not whole:
        disk.remove(target)
    return whole


def _earlier(version: str, said: Inventory, folders: list[Path]) -> bytes:
    for folder in folders:
        try:
            data = verify.read_inventory(folder / version)
            inventory.require_earlier(inventory.read(data), version, said)
        except (OSError, Broken):
            continue
        return data
    raise CannotHeal(
        _("the inventory of {version} is not whole in the copy").format(version=version)
    )


def _fits(draft: Path, said: Inventory, patient: Patient) -> bool:
    """Whether a state that comes from the copy stands on the right side of the gate."""
    if not patient.urn.startswith(DOCUMENT_PREFIX):
        return True
    (path,) = said.contents(said.head)["record.json"]
    kept = Kept.from_json((draft / path).read_bytes())
    if not patient.held:
        return not kept.secret and kept.status != "awaiting-class"
    waits = (kept.secret or kept.status in _WAITING) and not kept.open
    return waits and patient.status in (None, kept.status)


def _put_in_place(archive: Archive, draft: Path, here: Path) -> None:
    if not here.exists():
        disk.make_folder(here.parent)
        disk.move(draft, here)
        return
    _set_aside(archive, here)
    disk.exchange(draft, here)


def _set_aside(archive: Archive, damaged: Path) -> None:
    """Give the files of a damaged object a second place in hold/damaged/."""
    aside = free_place(archive, damaged.name)
    for folder in (aside.parent, aside):
        disk.make_folder(folder, 0o700)
    for path in sorted(damaged.rglob("*")):
        target = aside / path.relative_to(damaged)
        if path.is_dir() and not path.is_symlink():
            disk.draft_folder(target)
        elif path.is_file():
            disk.link(path, target)
    disk.sync_tree(aside)
