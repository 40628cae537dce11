"""What an object on disk says, read from its newest version; raises Unreadable for damage."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from partydoc.archive import ocfl
from partydoc.archive.disposal import KIND as DISPOSAL
from partydoc.archive.disposal import Disposal
from partydoc.archive.kept import Kept
from partydoc.archive.ordinary import content
from partydoc.archive.registerrow import KINDS, RegisterRow
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable
from partydoc.language import _


def kept_in(folder: Path) -> Kept:
    """Return what is known of the document whose object stands in a folder."""
    return record_in(folder)[0]


def record_in(folder: Path) -> tuple[Kept, str]:
    """Return what is known of the document whose object stands in a folder, and the JSON of it."""
    with damage_told(folder):
        record = _record(folder).decode()  # half a letter is none
        return Kept.from_json(record), record


def unit_in(folder: Path) -> Unit:
    """Return the unit whose object stands in a folder."""
    with damage_told(folder):
        return Unit.from_json(_record(folder))


def other_in(folder: Path) -> Unit | RegisterRow | Disposal:
    """Return what is no document: a unit, the row of a register, or a disposal."""
    with damage_told(folder):
        data = _record(folder)
        kind = json.loads(data)["kind"]
        if kind == DISPOSAL:
            return Disposal.from_json(data)
        return RegisterRow.from_json(data) if kind in KINDS else Unit.from_json(data)


def _record(folder: Path) -> bytes:
    return content(folder / ocfl.head_files(ocfl.read_inventory(folder))["record.json"])


@contextlib.contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Tell of what cannot be read in an object as damage of that object."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as trouble:
        message = _("The object {name} cannot be read: {trouble}.")
        text = message.format(name=folder.name, trouble=trouble)
        raise Unreadable(text, _("Check the archive: partydoc verify --deep")) from trouble
