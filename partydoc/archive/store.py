"""Objects on disk: the store, and the hold for what has not passed the secrecy gate.

Each is an OCFL storage root. An object comes into being, and changes, by one rename of a folder
that is durable already; the rename decides, whatever else runs at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from partydoc.archive import building, disk, jobs, ocfl
from partydoc.archive.aside import set_aside
from partydoc.archive.disposal import Disposal
from partydoc.archive.kept import Kept
from partydoc.archive.objects import damage_told, kept_in, other_in, unit_in
from partydoc.archive.ocfl import Commit, Earlier, Files, Source
from partydoc.archive.ordinary import content
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive
from partydoc.archive.units import Unit
from partydoc.errors import Damage, Unreadable
from partydoc.language import _

DOCUMENT_PREFIX = "urn:sha256:"
_DOCUMENT = DOCUMENT_PREFIX.replace(":", "%3a")


@dataclass(frozen=True)
class StoredFile:
    """One file of a document's newest version."""

    logical: str
    path: Path
    sha256: str
    size: int


class Store:
    """The objects of one archive.

    What stands in hold is there with `hold` only: whoever shows documents does without.
    """

    def __init__(self, archive: Archive, hold: bool = False) -> None:
        self._archive = archive
        self._roots = (archive.store, archive.hold) if hold else (archive.store,)

    def where(self, urn: str) -> Path | None:
        """Return the folder of an object; None when there is none."""
        for root in self._roots:
            folder = ocfl.object_path(root, urn)
            if (folder / "inventory.json").is_file():
                return folder
        return None

    def in_hold(self, urn: str) -> bool:
        """Whether the object has not passed the gate."""
        return (ocfl.object_path(self._archive.hold, urn) / "inventory.json").is_file()

    def kept(self, document: str) -> Kept | None:
        """Return what is known of a document; None when the archive does not have it."""
        folder = self.where(DOCUMENT_PREFIX + document)
        return kept_in(folder) if folder else None

    def known(self, document: str) -> Kept:
        """Return what is known of a document; raises Unreadable, also where nothing is left."""
        urn = DOCUMENT_PREFIX + document
        return kept_in(self.where(urn) or ocfl.object_path(self._archive.store, urn))

    def documents(self, held: bool = False) -> Iterator[Kept | Path]:
        """Yield the documents of the store, or of hold; of a damaged one its folder."""
        root = self._archive.hold if held else self._archive.store
        for folder in ocfl.object_folders(root, wanted=_is_document):
            try:
                yield kept_in(folder)
            except Unreadable:
                yield folder

    def unit(self, urn: str) -> Unit:
        """Return a fonds, inventory or folder; raises Unreadable."""
        return unit_in(ocfl.object_path(self._archive.store, urn))

    def other(self, urn: str) -> Unit | RegisterRow | Disposal:
        """Return what is no document: a unit, the row of a register, or a disposal; raises
        Unreadable.
        """
        return other_in(ocfl.object_path(self._archive.store, urn))

    def files(self, urn: str) -> list[StoredFile]:
        """Return the files of an object's newest version."""
        folder = self.where(urn)
        if folder is None:
            return []
        with damage_told(folder):
            return list(self._files(folder, ocfl.read_inventory(folder)))

    @staticmethod
    def _files(folder: Path, inventory: ocfl.Inventory) -> Iterator[StoredFile]:
        sha256 = {
            name: digest
            for digest, names in inventory["fixity"]["sha256"].items()
            for name in names
        }
        for logical, name in sorted(ocfl.head_files(inventory).items()):
            size = (folder / name).stat().st_size
            yield StoredFile(logical, folder / name, sha256[name], size)

    def file(self, urn: str, logical: str) -> Path | None:
        """Return one file of an object's newest version; None when it has no such file."""
        folder = self.where(urn)
        if folder is None:
            return None
        with damage_told(folder):
            name = ocfl.head_files(ocfl.read_inventory(folder)).get(logical)
            return folder / name if name else None

    def through_time(self, urn: str, logical: str) -> list[bytes]:
        """Return one file of an object as it stood in each version that has it, oldest first."""
        return [data for _commit, data in self.versions(urn, logical)]

    def versions(self, urn: str, logical: str) -> list[tuple[Commit, bytes]]:
        """Return one file of an object as it stood in each version that has it, oldest first, each
        with who made it, when, and what that was.
        """
        folder = self.where(urn)
        if folder is None:
            return []
        with damage_told(folder):
            inventory = ocfl.read_inventory(folder)
            numbers = range(1, int(inventory["head"][1:]) + 1)
            states = {number: ocfl.version_files(inventory, f"v{number}") for number in numbers}
            return [
                (ocfl.commit_of(inventory, f"v{number}"), content(folder / state[logical]))
                for number, state in states.items()
                if logical in state
            ]

    def lend(self, kept: Kept, job: Path) -> bool:
        """Give a job the bytes of the originals in use; False where one of them is missing."""
        there = {number: self.file(kept.urn, kept.path_of(number)) for number in kept.in_use}
        for number, path in there.items():
            if jobs.lent(job, number).exists():  # it has just come in
                continue
            if path is None or not path.is_file():
                return False
            jobs.lend(job, path, number)
        return True

    def state(self, urn: str, version: int | None = None) -> dict[str, Earlier]:
        """Return logical path -> bytes of an object as it stands, or stood in a version: a new one
        that is given them has them again.
        """
        folder = self.where(urn)
        if folder is None:
            return {}
        with damage_told(folder):
            inventory = ocfl.read_inventory(folder)
            name = f"v{version}" if version else inventory["head"]
            files = ocfl.version_digests(inventory, name)
            return {path: Earlier(digest) for path, digest in files.items()}

    def texts(self, document: str) -> tuple[str, ...]:
        """Return the text of each page of a document; empty where it was not read."""
        folder = self.where(DOCUMENT_PREFIX + document)
        if folder is None:
            return ()
        with damage_told(folder):
            files = sorted(ocfl.head_files(ocfl.read_inventory(folder)).items())
            texts = [name for logical, name in files if logical.startswith("text/")]
            return tuple(content(folder / name).decode() for name in texts)

    def add(
        self, urn: str, files: Mapping[str, Source], commit: Commit, job: Path, held: bool = False
    ) -> None:
        """Make a new object; raises FileExistsError when it is there already."""
        draft = job / "object"
        disk.draft_folder(draft)
        building.build_first(draft, urn, files, commit)
        target = ocfl.object_path(self._archive.hold if held else self._archive.store, urn)
        disk.make_folder(target.parent)
        disk.move(draft, target)

    def revise(self, urn: str, files: Files, commit: Commit, job: Path) -> None:
        """Add a version to an object: the whole folder is built anew and swapped in."""
        current = self.require_whole(urn)
        self._swap(current, job, lambda draft: building.build_next(draft, current, files, commit))

    def begin_anew(self, urn: str, files: Mapping[str, Source], commit: Commit, job: Path) -> None:
        """Let an object stand as if it had come into being so: its older versions are gone."""
        current = self.require_whole(urn)
        self._swap(current, job, lambda draft: building.build_first(draft, urn, files, commit))

    @staticmethod
    def _swap(current: Path, job: Path, build: Callable[[Path], None]) -> None:
        draft = job / "object"
        disk.remove_tree(draft)
        disk.draft_folder(draft)
        build(draft)
        disk.exchange(draft, current)
        disk.remove_tree(draft)

    def require_whole(self, urn: str) -> Path:
        """Return the folder of an object whose inventory is in order; raises Unreadable: what is
        damaged must not be written down as true.
        """
        from partydoc.archive import verify

        current = self.where(urn)
        if current is None:
            raise FileNotFoundError(urn)
        with damage_told(current):
            verify.read_inventory(current)
        return current

    def revise_document(
        self, kept: Kept, files: Files, happened: bytes, commit: Commit, job: Path
    ) -> None:
        """Add a version with a new record, and more lines in the document's events."""
        self.revise(kept.urn, {**files, **self.told(kept, happened)}, commit, job)

    def told(self, kept: Kept, happened: bytes) -> dict[str, Source]:
        """Return a document's record, and its events with more lines, as files of a version."""
        events = self.file(kept.urn, "events.jsonl")
        with damage_told(events.parents[2] if events else Path()):
            before = content(events) if events else b""
        return {"record.json": kept.to_json(), "events.jsonl": before + happened}

    def release(self, urn: str) -> None:
        """Move an object from hold to the store; raises Damage where it stands there too."""
        if ocfl.object_path(self._archive.store, urn).is_dir():
            message = _("{name} stands in the store and in hold.").format(name=urn)
            raise Damage(message, _("Mend it from a copy: partydoc verify --repair-from COPY"))
        self._cross(urn, self._archive.hold, self._archive.store)

    def withhold(self, urn: str) -> None:
        """Move an object from the store to hold, damaged or not; aside, if it stands there too."""
        here = ocfl.object_path(self._archive.store, urn)
        if ocfl.object_path(self._archive.hold, urn).is_dir() and here.is_dir():
            set_aside(self._archive, here)
            _leave_no_trace(here)
        elif here.is_dir():
            self._cross(urn, self._archive.store, self._archive.hold)

    @staticmethod
    def _cross(urn: str, source: Path, target: Path) -> None:
        here, there = ocfl.object_path(source, urn), ocfl.object_path(target, urn)
        disk.make_folder(there.parent)
        disk.move(here, there)
        _leave_no_trace(here)

    def take_out(self, urn: str, job: Path) -> None:
        """Move an object out of hold into a job folder, to be destroyed with that."""
        here = ocfl.object_path(self._archive.hold, urn)
        disk.move(here, job / "object")
        _leave_no_trace(here)

    def take_away(self, urn: str, job: Path) -> None:
        """Move an object into a job folder, wherever it stands, to be destroyed with that."""
        for root in (self._archive.store, self._archive.hold):
            here = ocfl.object_path(root, urn)
            if here.is_dir():
                disk.move(here, job / f"{root.name}-{here.name}")
        self.leave_no_trace(urn)

    def leave_no_trace(self, urn: str) -> None:
        """Remove the folders that should have led to an object, or did once, and lead nowhere."""
        for root in (self._archive.store, self._archive.hold):
            _leave_no_trace(ocfl.object_path(root, urn))

    def is_whole(self, urn: str) -> bool:
        """Read the originals again: whether their bytes are those that came in."""
        originals = [file for file in self.files(urn) if file.logical.startswith("original/")]
        return bool(originals) and all(
            disk.digests(file.path).sha256 == file.sha256 for file in originals
        )


def _leave_no_trace(folder: Path) -> None:
    disk.remove_empty(folder.parent, folder.parent.parent)


def _is_document(name: str) -> bool:
    return name.startswith(_DOCUMENT)
