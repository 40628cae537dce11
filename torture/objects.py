"""Whether an OCFL 1.1 object is whole: our own reading of the specification, and nothing else.

Source: OCFL 1.1, sections 3.2 to 3.6 (https://ocfl.io/1.1/spec/). It imports nothing of partydoc.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MARK = ("0=ocfl_object_1.1", b"ocfl_object_1.1\n")
_OWN = {"inventory.json", "inventory.json.sha512", _MARK[0]}
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def digest(path: Path, algorithm: str = "sha512") -> str:
    """Return the digest of a file, lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def objects(root: Path) -> list[Path]:
    """Return the folders of all objects under a storage root."""
    return sorted(path for path in root.glob("??/??/*") if path.is_dir())


def inventory(folder: Path) -> dict[str, Any]:
    """Return an object's inventory."""
    return json.loads((folder / "inventory.json").read_bytes())


def head(folder: Path) -> dict[str, Path]:
    """Return logical name -> file of the newest version."""
    found = inventory(folder)
    state = found["versions"][found["head"]]["state"]
    return {
        name: folder / found["manifest"][one][0] for one, names in state.items() for name in names
    }


def faults(folder: Path) -> list[str]:
    """Return what is wrong with an object, every byte of it read; empty where it is whole."""
    try:
        return [f"{folder.name}: {fault}" for fault in _faults(folder)]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as trouble:
        return [f"{folder.name}: cannot be read: {type(trouble).__name__}: {trouble}"]


def _faults(folder: Path) -> Iterator[str]:
    if (folder / _MARK[0]).read_bytes() != _MARK[1]:
        yield "its mark says something else"
    found = inventory(folder)
    versions = [f"v{number}" for number in range(1, int(found["head"][1:]) + 1)]
    if found["id"].replace(":", "%3a") != folder.name:
        yield f"its inventory is that of {found['id']}"
    if found["digestAlgorithm"] != "sha512" or not found["type"].endswith("/1.1/spec/#inventory"):
        yield "its inventory is of another kind"
    if sorted(found["versions"], key=lambda name: int(name[1:])) != versions:
        yield "its versions have a gap"
    if {path.name for path in folder.iterdir()} - {"logs", "extensions"} != _OWN | {*versions}:
        yield "something is missing from it, or does not belong there"
    yield from _sidecars(folder, versions)
    yield from _contents(folder, found)
    for name, version in found["versions"].items():
        if not version["state"].keys() <= found["manifest"].keys():
            yield f"{name} has a file without bytes"
        if not _CREATED.fullmatch(version["created"]):
            yield f"{name} was made at no time"


def _sidecars(folder: Path, versions: list[str]) -> Iterator[str]:
    for place in (folder, *(folder / name for name in versions)):
        wanted = f"{digest(place / 'inventory.json')} inventory.json".split()
        if (place / "inventory.json.sha512").read_text("ascii").split() != wanted:
            yield f"the digest of {place.name}/inventory.json is another"
    if (folder / versions[-1] / "inventory.json").read_bytes() != (
        folder / "inventory.json"
    ).read_bytes():
        yield "the inventory of its newest version is another"


def _contents(folder: Path, found: dict[str, Any]) -> Iterator[str]:
    wanted = {name: one for one, names in found["manifest"].items() for name in names}
    there = {
        str(path.relative_to(folder))
        for path in folder.glob("v*/content/**/*")
        if not path.is_dir() or path.is_symlink()
    }
    for name in sorted(there ^ wanted.keys()):
        yield f"{name} is {'not in the manifest' if name in there else 'missing'}"
    for name in sorted(there & wanted.keys()):
        if digest(folder / name) != wanted[name]:
            yield f"{name} has other bytes"
    for one, names in found.get("fixity", {}).get("sha256", {}).items():
        for name in names:
            if name in there and digest(folder / name, "sha256") != one:
                yield f"{name} has another sha256"
