"""Building the versions of an OCFL object, in a folder of its own that is durable in the end.

Nothing here touches a finished object: the store puts what was built in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from partydoc.archive import disk, ocfl, readback
from partydoc.archive.ocfl import Commit, Earlier, Files, Inventory, Source, Staged


def staged(path: Path, data: bytes | None = None) -> Staged:
    """Make a file ready to be moved in: written, if `data` are given, synced, its digests known."""
    if data is not None:
        disk.write(path, data)
        return Staged(path, _digests_of(data))
    disk.set_mode(path, 0o440)
    found = disk.digests(path)
    disk.sync_file(path)
    readback.prove(path, found.sha256)
    return Staged(path, found)


def build_first(folder: Path, urn: str, files: Mapping[str, Source], commit: Commit) -> None:
    """Build version 1 of an object in an existing, empty folder, durable when this returns.

    `files`: logical path -> what becomes of it; files are moved in, not copied.
    """
    inventory: Inventory = {
        "id": urn,
        "type": ocfl.INVENTORY_TYPE,
        "digestAlgorithm": "sha512",
        "head": "v0",
        "manifest": {},
        "fixity": {"sha256": {}},
        "versions": {},
    }
    disk.write(folder / ocfl.OBJECT_MARK[0], ocfl.OBJECT_MARK[1].encode())
    _add_version(folder, inventory, files, commit)


def build_next(folder: Path, current: Path, files: Files, commit: Commit) -> None:
    """Build the object of `current` with one more version in an existing, empty folder.

    Earlier bytes are kept: they are hard links to the same files. `files` are those that are new,
    changed or left out; all others stay as they are.
    """
    inventory = ocfl.read_inventory(current)
    for path in sorted(current.rglob("*")):
        relative = path.relative_to(current)
        if path.is_dir():
            disk.draft_folder(folder / relative)
        elif relative.parts[0] not in ("inventory.json", "inventory.json.sha512"):
            disk.link(path, folder / relative)
    _add_version(folder, inventory, files, commit)


def build_back(
    folder: Path, current: Path, inventory: Inventory, files: Files, commit: Commit
) -> None:
    """Build the object of `current` in an existing, empty folder as if no version had followed one
    of it, with a new one; `inventory`: as it stood then.
    """
    disk.link(current / ocfl.OBJECT_MARK[0], folder / ocfl.OBJECT_MARK[0])
    for one in inventory["versions"]:
        for path in sorted((current / one).rglob("*")):
            target = folder / path.relative_to(current)
            if path.is_dir():
                disk.draft_folder(target)
            else:
                disk.draft_folder(target.parent)
                disk.link(path, target)
    _add_version(folder, inventory, files, commit)


def _add_version(folder: Path, inventory: Inventory, files: Files, commit: Commit) -> None:
    version = f"v{int(inventory['head'][1:]) + 1}"
    state = _state_of(inventory)
    for logical, source in sorted(files.items()):
        if source is None:
            state.pop(logical, None)
        elif isinstance(source, Earlier):
            state[logical] = source.sha512
        else:
            found = _bring_in(folder, f"{version}/content/{logical}", source, inventory)
            state[logical] = found.sha512
    inventory["head"] = version
    inventory["versions"][version] = {
        "created": commit.when.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "message": commit.message,
        "user": {"name": commit.actor},
        "state": _by_digest(state),
    }
    for place in (folder, folder / version):
        disk.draft_folder(place)
        write_inventory(place, ocfl.as_json(inventory))
    disk.sync_tree(folder)


def write_inventory(folder: Path, data: bytes) -> None:
    """Write an inventory into an existing folder, and its digest beside it."""
    sidecar = f"{hashlib.sha512(data).hexdigest()} inventory.json\n".encode()
    disk.write(folder / "inventory.json", data)
    disk.write(folder / "inventory.json.sha512", sidecar)


def _bring_in(
    folder: Path, name: str, source: bytes | Path | Staged, inventory: Inventory
) -> disk.Digests:
    if isinstance(source, Path):
        source = staged(source)
    found = source.digests if isinstance(source, Staged) else _digests_of(source)
    if found.sha512 in inventory["manifest"]:  # the same bytes are kept once
        return found
    target = folder / name
    disk.draft_folder(target.parent)
    if isinstance(source, Staged):
        disk.place(source.path, target)
    else:
        disk.write(target, source)
    inventory["manifest"][found.sha512] = [name]
    inventory["fixity"]["sha256"].setdefault(found.sha256, []).append(name)
    return found


def _digests_of(data: bytes) -> disk.Digests:
    return disk.Digests(
        hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest(), len(data)
    )


def _state_of(inventory: Inventory) -> dict[str, str]:
    if inventory["head"] == "v0":
        return {}
    return ocfl.version_digests(inventory, inventory["head"])


def _by_digest(state: Mapping[str, str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for logical, digest in sorted(state.items()):
        result.setdefault(digest, []).append(logical)
    return result
