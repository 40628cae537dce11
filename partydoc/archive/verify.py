"""Checking objects and storage roots against their own digests; what is wrong comes as findings.

Quick: structure, inventories, records and texts, and of scans their sizes: an original has that of
its first event, no access copy is empty. Deep: every byte. Codes such as E060 are those of the
OCFL 1.1 list of validation codes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from partydoc.archive import disk, inventory, ocfl
from partydoc.archive.finding import Finding, altered, missing, unexpected, unreadable, untrusted
from partydoc.archive.inventory import Broken, Inventory
from partydoc.archive.ordinary import content
from partydoc.archive.root import Archive
from partydoc.language import _

_NAME = "inventory.json"
_SIDECAR = "inventory.json.sha512"


def roots(archive: Archive) -> list[Path]:
    """Return the storage roots that this account may read: hold is not open to everybody."""
    allowed = os.access(archive.hold, os.R_OK | os.X_OK)
    return [archive.store, archive.hold] if allowed else [archive.store]


def folders(archive: Archive, urns: Iterable[str] = ()) -> list[Path]:
    """Return the folders of the named objects; of all objects without names."""
    named = list(urns)
    if not named:
        return [folder for root in roots(archive) for folder in ocfl.object_folders(root)]
    places = (ocfl.object_path(root, urn) for urn in named for root in roots(archive))
    return [path for path in places if path.is_dir()]


def verify_object(folder: Path, deep: bool) -> Iterator[Finding]:
    """Yield what is wrong with one object in its place under a storage root."""
    try:
        said = inventory.read(read_inventory(folder))
        if folder != ocfl.object_path(folder.parents[2], said.id):
            raise Broken("E083", f"{said.id} does not stand there")
    except (OSError, Broken) as trouble:
        yield untrusted(folder, trouble)
        return
    yield from verify_files(folder, said, deep)


def read_inventory(folder: Path) -> bytes:
    """Return the inventory in a folder; raises Broken unless its digest stands beside it."""
    if not (folder / _NAME).is_file():
        raise Broken("E063", f"{_NAME} is missing")
    if not (folder / _SIDECAR).is_file():
        raise Broken("E058", f"{_SIDECAR} is missing")
    data = content(folder / _NAME)
    words = content(folder / _SIDECAR).split(b" ")
    if len(words) != 2 or words[1] != f"{_NAME}\n".encode():
        raise Broken("E061", _SIDECAR)
    if words[0] != hashlib.sha512(data).hexdigest().encode():
        raise Broken("E060", f"{_NAME} is not what {_SIDECAR} says")
    return data


def verify_files(folder: Path, said: Inventory, deep: bool) -> Iterator[Finding]:
    """Yield where the files of an object are not what its inventory says."""
    there, strange = _there(folder)
    expected = _expected(folder, said)
    yield from map(missing, sorted(expected - there))
    yield from map(unexpected, sorted(strange | (there - expected)))
    mark, text = ocfl.OBJECT_MARK
    if folder / mark in there and (folder / mark).read_bytes() != text.encode():
        yield altered(folder / mark)
    for version in said.versions:
        if {folder / version / _NAME, folder / version / _SIDECAR} <= there:
            yield from _version_inventory(folder, version, said)
    present = [name for name in sorted(said.manifest) if folder / name in there]
    if deep:
        yield from _contents(folder, said, present)
        return
    yield from _contents(folder, said, [name for name in present if not _is_large(name)])
    sizes = _sizes(folder)
    for name in filter(_is_large, present):
        size = (folder / name).stat().st_size
        if size != sizes.get(name, size or None):  # an empty one is never right
            yield altered(folder / name)


def _there(folder: Path) -> tuple[set[Path], set[Path]]:
    """Return the files of an object, and what must not be there: links (E090), empty folders."""
    files, strange = set(), set()
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            strange.add(path)
        elif path.is_file():
            files.add(path)
        elif not any(path.iterdir()):
            strange.add(path)
    return files, strange


def _expected(folder: Path, said: Inventory) -> set[Path]:
    places = (folder, *(folder / version for version in said.versions))
    own = {place / name for place in places for name in (_NAME, _SIDECAR)}
    return own | {folder / name for name in said.manifest} | {folder / ocfl.OBJECT_MARK[0]}


def _version_inventory(folder: Path, version: str, said: Inventory) -> Iterator[Finding]:
    """Yield what is wrong with the inventory that was written with one version."""
    try:
        data = read_inventory(folder / version)
    except OSError as trouble:
        yield unreadable(folder / version / _NAME, trouble)
        return
    except Broken:
        yield altered(folder / version / _NAME)
        return
    try:
        if version == said.head and data != content(folder / _NAME):
            raise Broken("E064", f"it is not that of {version}")
        inventory.require_earlier(inventory.read(data), version, said)
    except Broken as trouble:
        yield untrusted(folder / version, trouble)


def _contents(folder: Path, said: Inventory, names: Iterable[str]) -> Iterator[Finding]:
    """Yield the files whose bytes are others, or cannot be read; every byte is."""
    sha256 = {path: digest for kind, digest, path in said.fixity if kind == "sha256"}
    for name in names:
        try:
            found = disk.digests(folder / name)
        except OSError as trouble:
            yield unreadable(folder / name, trouble)
            continue
        if (found.sha512, found.sha256) != (said.manifest[name], sha256.get(name, found.sha256)):
            yield altered(folder / name)


def _is_large(name: str) -> bool:
    return "/original/" in name or "/attached/" in name or name.endswith("/access.pdf")


def _sizes(folder: Path) -> dict[str, int]:
    """Return how long the original was when it came in; nothing where its event does not say."""
    first = folder / "v1" / "content"
    try:
        came = json.loads(content(first / "events.jsonl").splitlines()[0])
        (original,) = (first / "original").iterdir()
        return {str(original.relative_to(folder)): came["bytes"]}
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        return {}


def verify_root(root: Path, at_work: Collection[str] | None) -> Iterator[Finding]:
    """Yield what is wrong with a storage root beside its objects.

    `at_work`: the objects that are just being made or moved; folders on the way to them may be
    empty. None: that is not known, and any folder may be.
    """
    expected = ocfl.root_files()
    for name, data in expected.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != data:
            message = _("{path} is missing or has been altered.").format(path=path)
            yield Finding("damaged-root", str(path), message)
    known = {root / name for name in expected}
    known |= {parent for path in known for parent in path.parents}
    known |= {part for urn in at_work or () for part in ocfl.object_path(root, urn).parents}
    for path in sorted(_beside_objects(root)):
        passing = at_work is None and _is_folder(path) and not any(path.iterdir())
        if path not in known and not passing:
            yield unexpected(path)


def _beside_objects(root: Path) -> Iterator[Path]:
    """Yield what stands under a root and leads to no object."""
    yield from (root / "extensions").rglob("*")
    pair = re.compile(r"[0-9a-f]{2}")
    for pattern in ("*", "??/*"):
        for path in root.glob(pattern):
            if not (pair.fullmatch(path.name) and _is_folder(path) and any(path.iterdir())):
                yield path
    yield from (path for path in root.glob("??/??/*") if not _is_folder(path))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
