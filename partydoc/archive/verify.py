"""Checking the store against its own digests; what is wrong comes back as findings.

Quick: structure, inventories, records and texts. Deep: every byte. Either also checks
the chain of the audit log. Codes in brackets are those of the OCFL 1.1 validation list.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc.archive import disk, ocfl
from partydoc.archive.audit import Audit
from partydoc.archive.root import Archive
from partydoc.language import _


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written: a stable word, where, and a sentence."""

    kind: str
    path: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `verify --json`."""
        return {"version": 1, "finding": self.kind, "path": self.path, "message": self.message}


def roots(archive: Archive) -> list[Path]:
    """Return the storage roots that this account may read: hold is not open to everybody."""
    allowed = os.access(archive.hold, os.R_OK | os.X_OK)
    return [archive.store, archive.hold] if allowed else [archive.store]


def folders(archive: Archive, urns: Iterable[str] = ()) -> list[Path]:
    """Return the folders of the named objects; of all objects without names."""
    named = list(urns)
    if not named:
        return [folder for root in roots(archive) for folder in ocfl.object_folders(root)]
    found = []
    for urn in named:
        for root in roots(archive):
            if (path := ocfl.object_path(root, urn)).is_dir():
                found.append(path)
    return found


def verify_object(folder: Path, deep: bool) -> Iterator[Finding]:
    """Yield what is wrong with one object."""
    try:
        inventory = _checked_inventory(folder)
        expected = _expected_files(inventory)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        message = _("{name}: the inventory cannot be trusted ({trouble}).")
        text = message.format(name=folder.name, trouble=trouble)
        yield Finding("damaged-inventory", str(folder), text)
        return
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(expected.keys() - present):
        message = _("{path} is missing.").format(path=folder / name)
        yield Finding("missing-file", str(folder / name), message)
    for name in sorted(present - expected.keys()):
        message = _("{path} does not belong there.").format(path=folder / name)
        yield Finding("unexpected-file", str(folder / name), message)
    for name in sorted(expected.keys() & present):
        if (deep or expected[name].always) and not _holds(folder / name, expected[name]):
            message = _("{path} has been altered.").format(path=folder / name)
            yield Finding("altered-file", str(folder / name), message)


@dataclass(frozen=True)
class _Expected:
    """The digest that a file must have; `always`: small enough to check every time."""

    sha512: str | None
    always: bool = False
    sha256: str | None = None
    content: bytes | None = None


def _checked_inventory(folder: Path) -> dict[str, Any]:
    data = (folder / "inventory.json").read_bytes()
    sidecar = (folder / "inventory.json.sha512").read_bytes()
    if sidecar != f"{hashlib.sha512(data).hexdigest()} inventory.json\n".encode():
        raise ValueError("E060 inventory and sidecar differ")
    inventory = json.loads(data)
    if ocfl.folder_name(inventory["id"]) != folder.name:
        raise ValueError("E083 the id is another object's")
    return inventory


def _expected_files(inventory: dict[str, Any]) -> dict[str, _Expected]:
    sha256 = {
        name: digest for digest, names in inventory["fixity"]["sha256"].items() for name in names
    }
    expected = {
        name: _Expected(digest, always=not _is_large(name), sha256=sha256.get(name))
        for digest, names in inventory["manifest"].items()
        for name in names
    }
    for version, content in inventory["versions"].items():
        missing = content["state"].keys() - inventory["manifest"].keys()
        if missing:
            raise ValueError(f"E050 {version} names a digest that is not in the manifest")
        expected[f"{version}/inventory.json"] = _Expected(None)
        expected[f"{version}/inventory.json.sha512"] = _Expected(None)
    mark, text = ocfl.OBJECT_MARK
    expected[mark] = _Expected(None, always=True, content=text.encode())
    for name in ("inventory.json", "inventory.json.sha512"):
        expected[name] = _Expected(None)
    return expected


def _is_large(name: str) -> bool:
    return "/original/" in name or name.endswith("/access.pdf")


def _holds(path: Path, expected: _Expected) -> bool:
    if expected.content is not None:
        return path.read_bytes() == expected.content
    if expected.sha512 is not None:
        found = disk.digests(path)
        return found.sha512 == expected.sha512 and found.sha256 == (expected.sha256 or found.sha256)
    if path.name == "inventory.json":
        sidecar = path.with_name("inventory.json.sha512").read_bytes()
        digest = hashlib.sha512(path.read_bytes()).hexdigest()
        return sidecar == f"{digest} inventory.json\n".encode()
    return True  # a sidecar is checked with the inventory beside it


def verify_roots(archive: Archive) -> Iterator[Finding]:
    """Yield what is wrong with the storage roots beside their objects."""
    for root in roots(archive):
        expected = ocfl.root_files()
        for name, data in expected.items():
            path = root / name
            if not path.is_file() or path.read_bytes() != data:
                message = _("{path} is missing or has been altered.").format(path=path)
                yield Finding("damaged-root", str(path), message)
        loose = [p for pattern in ("*", "??/*", "??/??/*") for p in root.glob(pattern)]
        for path in sorted(loose):
            if path.is_file() and path.relative_to(root).as_posix() not in expected:
                message = _("{path} does not belong there.").format(path=path)
                yield Finding("unexpected-file", str(path), message)


def verify_audit(archive: Archive) -> Iterator[Finding]:
    """Yield the lines of the audit log that do not fit the line before them."""
    for path, number in Audit(archive.audit).broken():
        message = _("{path}, line {number}: this line or the one before it was changed.")
        text = message.format(path=path, number=number)
        yield Finding("broken-audit", f"{path}:{number}", text)
