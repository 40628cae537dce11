"""Hand over: copies of the originals in hold, for the officer in charge of secret documents.

They are written into a folder outside the archive, best on an encrypted stick, each under its id,
with a list of their digests that `sha256sum -c` checks. The archive keeps them until they are
purged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc.archive import disk
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, StoredFile
from partydoc.errors import Damage, PartydocError, Unreadable, UsageProblem
from partydoc.language import _

MANIFEST = "manifest-sha256.txt"
#: Of all that is handed over, from the first byte on: nobody else's to read.
_MODE = 0o400


@dataclass(frozen=True)
class HandedOver:
    """A copy that was written, or was there already: of which document, its name and digest."""

    id: str
    file: str
    sha256: str
    size: int

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `hold export --json`."""
        return {
            "version": 1,
            "id": self.id,
            "file": self.file,
            "sha256": self.sha256,
            "bytes": self.size,
        }


def hand_over(
    opened: Opened, documents: Iterable[str], folder: Path
) -> Iterator[HandedOver | PartydocError]:
    """Copy the originals of documents in hold into a folder; yield the copies, read back, and for
    an original that is not any more what came in the Damage.

    Raises UsageProblem for a folder that has another file of the same name.
    """
    for left in folder.glob(f"{MANIFEST}.new-*"):
        left.unlink()
    for document in documents:
        try:
            yield from _originals(opened, document, folder)
        except (Damage, Unreadable) as trouble:  # the others are none the worse for it
            yield trouble


def _originals(opened: Opened, document: str, folder: Path) -> list[HandedOver]:
    files = opened.store.files(DOCUMENT_PREFIX + document)
    came_in = [file for file in files if file.logical.startswith(("original/", "attached/"))]
    copies = [_copy(document, file, folder) for file in came_in]
    lines = _listed(folder) | {copy.file: copy.sha256 for copy in copies}
    listed = "".join(f"{lines[name]}  {name}\n" for name in sorted(lines))
    disk.replace(folder / MANIFEST, listed.encode(), _MODE)
    return copies


def outside(archive: Archive, folder: Path) -> Path:
    """Return the folder, made if it is not there; raises UsageProblem for one in the archive."""
    whole = folder.resolve()
    if whole.is_relative_to(archive.root):
        message = _("{folder} lies inside the archive; nothing was copied.").format(folder=folder)
        raise UsageProblem(message, _("Name a folder on an encrypted stick: --to DIR"))
    if whole.exists() and not whole.is_dir():
        message = _("{folder} is not a folder; nothing was copied.").format(folder=folder)
        raise UsageProblem(message, _("Name a folder on an encrypted stick: --to DIR"))
    disk.make_folder(whole, 0o700)
    return whole


def _listed(folder: Path) -> dict[str, str]:
    """Return name -> digest of what an earlier export into the folder has listed."""
    path = folder / MANIFEST
    lines = path.read_text("utf-8").splitlines() if path.is_file() else ()
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _sep, name in pairs if name}


def _name(document: str, logical: str) -> str:
    """Return the name of a copy: of the first original the id alone."""
    kind, number = Path(logical).parent.name, Path(logical).stem
    parts = {"attached": ["attached", number]}.get(kind, [number] if number != "0001" else [])
    return "-".join([document, *parts]) + Path(logical).suffix


def _copy(document: str, file: StoredFile, folder: Path) -> HandedOver:
    name = _name(document, file.logical)
    target, part = folder / name, folder / f"{name}.part"
    part.unlink(missing_ok=True)
    if target.exists():
        if disk.digests(target).sha256 != file.sha256:
            message = _("{path} is there already, with other bytes.").format(path=target)
            raise UsageProblem(message, _("Choose an empty folder: --to DIR"))
        return HandedOver(document, name, file.sha256, file.size)
    try:
        with file.path.open("rb") as source:
            read = disk.copy(source, part, _MODE)
        if read.sha256 != file.sha256 or disk.digests(part).sha256 != file.sha256:
            message = _("The original of {id} could not be copied whole.").format(id=document[:12])
            hint = _("Check it, then the stick: partydoc verify --deep {id}")
            raise Damage(message, hint.format(id=document[:12]))
        disk.place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return HandedOver(document, name, file.sha256, file.size)
