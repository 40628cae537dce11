"""What the audit log must say of what stands in an archive; see `oracle`.

It imports nothing of partydoc. The `documents` are those of the oracle: id -> their folders.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from torture import objects

_START = "0" * 64
_Documents = Mapping[str, Sequence[Path]]


def unchained(root: Path) -> list[str]:
    """Return the lines of the audit log that do not name the one before them, or are torn."""
    found, prev = [], _START
    for path in _files(root):
        data = path.read_bytes()
        if data and not data.endswith(b"\n"):
            found.append(f"audit: the last line of {path.name} is torn")
        for number, line in enumerate(data.splitlines(), 1):
            own = _hash_of(line)
            try:
                said = json.loads(line)
                if said["prev"] != prev or said.get("hash", own) != own:
                    found.append(f"audit: {path.name} line {number} does not follow")
            except (ValueError, KeyError, TypeError):
                found.append(f"audit: {path.name} line {number} is none")
            prev = own
    return found


def _hash_of(line: bytes) -> str:
    """Return the hash of a line: that of all before the field `hash`, which stands last."""
    before, found, _own = line.rpartition(b', "hash": "')
    return hashlib.sha256(before + b"}" if found else line).hexdigest()


def uncorrected(root: Path, documents: _Documents) -> list[str]:
    """Return the corrections of documents that the log does not know of, at any instant."""
    known = {(said.get("operation"), one) for said in _lines(root) for one in said.get("ids", ())}
    found = []
    for one, folders in documents.items():
        for folder in folders:
            with suppress(OSError, ValueError, KeyError):  # `broken` tells of those
                events = map(json.loads, objects.head(folder)["events.jsonl"].open("rb"))
                numbers = {event["operation"] for event in events if "fields" in event}
                missing = sorted(n for n in numbers if (n, one) not in known)
                found += [f"unlogged: operation {number} of {one[:12]}" for number in missing]
    return found


def unplaced(root: Path, documents: _Documents) -> list[str]:
    """Return the documents of which the last line that tells of it does not say on which side of
    the gate they stand, or which have no such line.
    """
    held: dict[str, bool] = {}
    for said in _lines(root):
        if said.get("what") == "released" or "held" in said:
            held |= dict.fromkeys(said.get("ids", ()), said.get("held", False))
    found = []
    for one, folders in documents.items():
        there = "hold" in folders[0].relative_to(root).parts
        if held.get(one) != there:
            known = {None: "nothing", True: "held", False: "not held"}[held.get(one)]
            found.append(f"unlogged: {one[:12]} is {known} to the log, and held is {there}")
    return found


def _lines(root: Path) -> Iterator[dict[str, Any]]:
    for path in _files(root):
        for line in path.read_bytes().splitlines():
            with suppress(ValueError):
                yield json.loads(line)


def _files(root: Path) -> list[Path]:
    return sorted((root / "audit").glob("*.jsonl"))
