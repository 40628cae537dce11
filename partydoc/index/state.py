"""The sentinel of an index: what it holds, in a few bytes that are read without any engine."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from partydoc.failing import step
from partydoc.index import files
from partydoc.index.files import Seal
from partydoc.index.schema import SCHEMA_VERSION

NAME = "state.json"
_SEAL = "crc"


@dataclass(frozen=True)
class IndexState:
    """What an index says of itself.

    `generation` names the catalogue it was made from; every change of that catalogue up to and
    including number `mark` is in it. Where it is `settled` nobody was writing, or a writer has
    finished: it holds exactly `documents`, in `files` as sealed.
    """

    schema: int
    engine: str
    generation: str
    mark: int
    documents: int
    settled: bool = True
    files: Mapping[str, Seal] = field(default_factory=dict)


def read(folder: Path, engine: str) -> IndexState | None:
    """Return the state of the index in `folder`; None where it has none that fits."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        if found.pop(_SEAL) != _crc(found):
            return None
        state = IndexState(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return state if (state.schema, state.engine) == (SCHEMA_VERSION, engine) else None


def fault(folder: Path, engine: str) -> str:
    """Return why an index has no state that fits: `missing`, `outdated` or `damaged`."""
    if not folder.exists():
        return "missing"
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        same = (found["schema"], found["engine"]) == (SCHEMA_VERSION, engine)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return "damaged"
    return "damaged" if same else "outdated"


def generation(folder: Path) -> str | None:
    """Return the generation that the index in `folder` claims, whatever its engine and schema."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))["generation"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if found and isinstance(found, str) else None


def write(folder: Path, state: IndexState, known: Mapping[str, Seal] | None = None) -> None:
    """Put the state in place whole, after everything else in `folder` has reached the disk.

    What is as it was `known` has reached it before.
    """
    step()
    for path in folder.rglob("*"):
        if not (known and files.unchanged(path, known)):
            _sync(path)
    data = asdict(state)
    beside = folder / (NAME + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(data | {_SEAL: _crc(data)}, file)
        file.flush()
        os.fsync(file.fileno())
    step()
    beside.replace(folder / NAME)
    _sync(folder)


def _crc(data: dict[str, Any]) -> int:
    from zlib import crc32

    return crc32(json.dumps(data, sort_keys=True).encode())


def _sync(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:  # merged away meanwhile
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
