"""The sentinel of an index: what it holds, in a few bytes that are read without any engine."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from partydoc.index.schema import SCHEMA_VERSION

NAME = "state.json"


@dataclass(frozen=True)
class IndexState:
    """What an index says of itself.

    `generation` names the catalogue it was made from; every change of that catalogue up to and
    including number `mark` is in it; `documents` is how many it holds.
    """

    schema: int
    engine: str
    generation: str
    mark: int
    documents: int


def read(folder: Path, engine: str) -> IndexState | None:
    """Return the state of the index in `folder`; None where it has none that fits."""
    try:
        found = IndexState(**json.loads((folder / NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if (found.schema, found.engine) == (SCHEMA_VERSION, engine) else None


def write(folder: Path, state: IndexState) -> None:
    """Put the state in place whole, after everything else in `folder` has reached the disk."""
    for path in folder.rglob("*"):
        _sync(path)
    beside = folder / (NAME + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)
    _sync(folder)


def _sync(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:  # merged away meanwhile
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
