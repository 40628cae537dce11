"""The Oxford Common File Layout 1.1, as far as an archive of documents needs it.

Source: OCFL specification 1.1 (https://ocfl.io/1.1/spec/) and the storage layout extension
0003-hash-and-id-n-tuple-storage-layout. What is here lays out a storage root and reads inventories;
`building` makes versions, and the store puts them in place.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from partydoc.archive import disk
from partydoc.archive.ordinary import content

_ROOT_MARK = ("0=ocfl_1.1", "ocfl_1.1\n")
OBJECT_MARK = ("0=ocfl_object_1.1", "ocfl_object_1.1\n")
INVENTORY_TYPE = "https://ocfl.io/1.1/spec/#inventory"
_LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_LAYOUT_SETTINGS = {
    "extensionName": _LAYOUT,
    "digestAlgorithm": "sha256",
    "tupleSize": 2,
    "numberOfTuples": 2,
}

#: Bytes in the name of a file.
_LONGEST = 255

Inventory = dict[str, Any]


@dataclass(frozen=True)
class Staged:
    """A file that stands on the same file system, synced, its digests known; it is moved in."""

    path: Path
    digests: disk.Digests


@dataclass(frozen=True)
class Earlier:
    """Bytes that an object has already, by the digest under which a version of it names them."""

    sha512: str


#: What becomes a file of an object: bytes, a file of another program, a staged file, or old bytes.
Source = bytes | Path | Staged | Earlier
#: Logical path -> what becomes of it in a new version; None: it has no such file any more.
Files = Mapping[str, Source | None]


@dataclass(frozen=True)
class Commit:
    """Who made a version, when (aware, UTC), and what it is."""

    message: str
    actor: str
    when: datetime


def make_root(root: Path) -> None:
    """Make an empty storage root with its layout written down; what is there is written anew."""
    for name, data in root_files().items():
        disk.make_folder((root / name).parent)
        disk.replace(root / name, data)
    disk.sync_tree(root)


def root_files() -> dict[str, bytes]:
    """Return name -> bytes of what a storage root holds beside its objects."""
    layout = {"extension": _LAYOUT, "description": "sha256 of the id, two pairs of digits; the id"}
    return {
        f"extensions/{_LAYOUT}/config.json": as_json(_LAYOUT_SETTINGS),
        "ocfl_layout.json": as_json(layout),
        _ROOT_MARK[0]: _ROOT_MARK[1].encode(),
    }


def object_path(root: Path, urn: str) -> Path:
    """Return the folder of an object under a root."""
    digest = hashlib.sha256(urn.encode()).hexdigest()
    return root / digest[:2] / digest[2:4] / folder_name(urn)


def folder_name(urn: str) -> str:
    """Return the name of an object's folder: the id, percent-encoded in lower case."""
    return quote(urn, safe="").replace("%3A", "%3a")


def sync_names(roots: Iterable[Path], urn: str) -> None:
    """Sync the folders that lead to an object, or did: a run that was killed, or for which the disk
    would not sync, may have renamed it there or away, and only memory knows.
    """
    for root in roots:
        folder = object_path(root, urn).parent
        for one in filter(Path.is_dir, (folder, folder.parent, root)):
            disk.sync_file(one)


def object_folders(
    root: Path, first: str = "??", wanted: Callable[[str], bool] | None = None
) -> list[Path]:
    """Return the folders of the objects under a root, in a fixed order; `first`: only those whose
    place begins with these two digits; `wanted`: only those of these names.
    """
    return [
        Path(one)
        for two in _folders_in(root)
        if first in ("??", two.name) and len(two.name) == 2
        for four in _folders_in(two)
        if len(four.name) == 2
        for one in _folders_in(four)
        if wanted is None or wanted(one.name)
    ]


def shards(root: Path) -> list[str]:
    """Return the first two digits of the places where objects stand under a root, in order."""
    return [two.name for two in _folders_in(root) if len(two.name) == 2]


def _folders_in(folder: str | os.PathLike[str]) -> list[os.DirEntry[str]]:
    """Return the folders in a folder, in a fixed order; none where nobody may look."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
    with entries:
        return sorted((one for one in entries if one.is_dir()), key=lambda one: one.name)


def read_inventory(folder: Path) -> Inventory:
    """Return the inventory of the object in a folder."""
    return json.loads(content(folder / "inventory.json"))


def head_files(inventory: Inventory) -> dict[str, str]:
    """Return logical path -> content path of the newest version."""
    return version_files(inventory, inventory["head"])


def version_files(inventory: Inventory, version: str) -> dict[str, str]:
    """Return logical path -> content path (relative to the object) of one version."""
    content = inventory["manifest"]
    return {
        logical: _within(content[digest][0])
        for digest, names in inventory["versions"][version]["state"].items()
        for logical in names
    }


def commit_of(inventory: Inventory, version: str) -> Commit:
    """Return who made a version, when, and what it is; an actor and a message may be missing."""
    said = inventory["versions"][version]
    actor = said.get("user", {}).get("name", "")
    return Commit(said.get("message", ""), actor, datetime.fromisoformat(said["created"]))


def version_digests(inventory: Inventory, version: str) -> dict[str, str]:
    """Return logical path -> sha-512 of one version."""
    state = inventory["versions"][version]["state"]
    return {logical: digest for digest, names in state.items() for logical in names}


def _within(path: str) -> str:
    """Return a content path; raises ValueError for one that no file of the object can have."""
    if path.isascii() and 0 < len(path) <= _LONGEST and path[0] != "/" and ".." not in path:
        return path  # as nearly all are
    if not path or path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"{path!r} lies outside it")
    if any(len(os.fsencode(part)) > _LONGEST for part in path.split("/")):
        raise ValueError(f"{path[:20]}… is longer than the name of a file")
    return path


def as_json(data: Any) -> bytes:
    """Return JSON as every file of a root has it."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
