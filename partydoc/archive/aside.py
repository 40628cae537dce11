"""What is set aside in hold/damaged/: damaged objects, and the older of two that stand for one.

Nobody reads there what turns out to be secret, whatever it was; with the document it is destroyed.
"""

from __future__ import annotations

from pathlib import Path

from partydoc.archive import disk
from partydoc.archive.root import Archive


def set_aside(archive: Archive, folder: Path) -> None:
    """Move the folder of an object to hold/damaged/, in one step."""
    place = free_place(archive, folder.name)
    disk.make_folder(place.parent, 0o700)
    disk.move(folder, place)


def set_aside_of(archive: Archive, name: str) -> list[Path]:
    """Return what was set aside of an object, by the name of its folder."""
    return sorted((archive.root / "hold" / "damaged").glob(f"{name}.*"))


def free_place(archive: Archive, name: str) -> Path:
    """Return a new place for what is set aside of an object."""
    count = len(set_aside_of(archive, name)) + 1
    return archive.root / "hold" / "damaged" / f"{name}.{count}"
