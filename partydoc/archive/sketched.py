"""What the catalogue knows of each document that was read, for comparing it with all others."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern
from typing import NamedTuple

from partydoc.archive.catalogue import Catalogue

#: What one paper has one of, however often it is scanned: where it differs the papers differ.
COMPARED = ("type", "number", "symbol", "date", "copy_type")
_VALUES = ", ".join(
    f"CASE WHEN record ->> '$.fields.{name}.accepted'"
    f" THEN nullif(record ->> '$.fields.{name}.value', '') END"
    for name in COMPARED
)
#: Those in the order in which they were taken in; nothing of what stands in hold or is secret.
_READ = (
    "SELECT id, record ->> '$.fields.same_paper' IS NOT NULL,"
    " record ->> '$.fields.same_paper.value',"
    f" json_type(record, '$.ocr.sketch') IS NOT NULL, record ->> '$.ocr.sketch', {_VALUES}"
    " FROM documents WHERE NOT (unread OR held) AND record ->> '$.ocr.engine' IS NOT NULL"
    " AND record ->> '$.fields.secrecy.value' IS NULL ORDER BY added_at, id"
)


class Sketched(NamedTuple):
    """A document that was read: the sketch of its text, and its accepted values of COMPARED.

    `said`: somebody has said already which document is the first scan of its paper, `first`, or
    None for itself. `has_sketch` is False for what earlier versions read, `sketch` None where no
    text was found.
    """

    id: str
    said: bool
    first: str | None
    has_sketch: bool
    sketch: str | None
    values: tuple[str | None, ...]


def documents(catalogue: Catalogue) -> Iterator[Sketched]:
    """Yield every document that was read, in the order in which they were taken in."""
    for id_, said, first, has_sketch, sketch, *values in catalogue.ask(_READ):
        shared = tuple(value and intern(value) for value in values)  # many have the same
        yield Sketched(id_, bool(said), first, bool(has_sketch), sketch, shared)
