"""Every document and every entry of every folder, as the catalogue knows them: for counting.

Each is one pass over the catalogue, so 100,000 documents take seconds. What stands in hold is
never among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from partydoc.archive import examining
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept, Place
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import REQUIRED_FIELDS

#: The fields that are counted by, besides the mark.
_FIELDS = (*REQUIRED_FIELDS, "term")
#: What is documents: whatever else stands in the store is none that is counted.
STATUSES = ("described", "review", "pending", "original-only")
_PATHS = (
    "$.fields.secrecy.value", "$.ocr.blank_pages",
    *(f"$.fields.{name}.{part}" for name in _FIELDS for part in ("value", "accepted", "source")),
)  # fmt: skip
_DOCUMENTS = (
    "SELECT id, status, pages, added_at, change,"
    " (SELECT min(folder) FROM entries WHERE document = id),"
    f" json_extract(record, {', '.join(map(repr, _PATHS))})"
    f" FROM documents WHERE NOT held AND status IN ({', '.join(map(repr, STATUSES))})"
)
_ENTRIES = (
    "SELECT urn, entry.value ->> '$.ordinal', entry.value ->> '$.document',"
    " entry.value -> '$.fields'"
    " FROM units LEFT JOIN json_each(units.record, '$.entries') AS entry"
    " WHERE kind = 'folder' AND units.record ->> '$.disposed' IS NULL ORDER BY urn"
)
#: Where an entry went, or its paper, if it is empty.
_MOVED = "SELECT urn, key FROM units, json_each(record, '$.moved') WHERE kind = 'folder'"
_TERMS = (
    "SELECT urn, reference, record ->> '$.within', record ->> '$.fields.term' FROM units"
    " WHERE kind IN ('inventory', 'folder')"
)
_ARRIVALS = (
    "SELECT secret, document FROM register_rows"
    " WHERE kind = 'arrival' AND line = 'document' AND NOT void"
    " AND (document IS NOT NULL OR record ->> '$.destroyed' IS NULL)"
)

#: An entry in which nothing was typed, as records of 0.1 and of today have it.
_NOTHING = (None, "{}")


class Counted(NamedTuple):
    """A document. `fields`: its accepted values, None where a person says that it has none;
    `seen`: a person typed or confirmed one of the five that it needs; `blank`: how many of its
    pages are empty paper; `marked`: it bears a secrecy mark, accepted or not; `folder`: the URN
    of one that it stands in; `change`: the catalogue's counter.
    """

    id: str
    status: str
    pages: int
    blank: int
    added_at: str
    change: int
    folder: str | None
    marked: bool
    seen: bool
    fields: Mapping[str, str | None]


class Listed(NamedTuple):
    """An entry of a folder: the document that stands in it, if any, and what was typed in it."""

    place: Place
    document: str | None
    fields: Mapping[str, str]


class Arrival(NamedTuple):
    """A row of the register of arrivals that counts: whether it stands among the secret ones, and
    its scan, if that is there. What a disposal destroyed can be scanned no more, and is left out.
    """

    secret: bool
    document: str | None


def documents(catalogue: Catalogue) -> Iterator[Counted]:
    """Yield the documents of the store."""
    for id_, status, pages, added_at, change, folder, found in catalogue.ask(_DOCUMENTS):
        secrecy, blank, *parts = json.loads(found)
        fields, seen = {}, False
        for i, name in enumerate(_FIELDS):
            value, accepted, source = parts[3 * i : 3 * i + 3]
            if accepted:
                fields[name] = value
                seen |= source == "person" and name in REQUIRED_FIELDS
        yield Counted(
            id_, status, pages, len(blank or ()), added_at, change, folder, secrecy is not None,
            seen, fields,
        )  # fmt: skip


def folders(catalogue: Catalogue) -> Iterator[list[Listed]]:
    """Yield the entries of each folder, but those whose paper belongs to another entry."""
    led = {Place(*row) for row in catalogue.ask(_MOVED)}
    for urn, rows in groupby(catalogue.ask(_ENTRIES), key=lambda row: row[0]):
        yield [
            Listed(
                Place(urn, ordinal), document, json.loads(fields) if fields not in _NOTHING else {}
            )
            for _urn, ordinal, document, fields in rows
            # A folder without any entry is one row of nothing.
            if ordinal is not None and (document or Place(urn, ordinal) not in led)
        ]


def arrivals(catalogue: Catalogue) -> Iterator[Arrival]:
    """Yield the arrivals of the register."""
    for secret, document in catalogue.ask(_ARRIVALS):
        yield Arrival(bool(secret), document)


def terms(catalogue: Catalogue) -> dict[str, str]:
    """Return folder -> term, by URN: its own, else that of the inventory it stands in."""
    rows = list(catalogue.ask(_TERMS))
    own = {reference: term for _urn, reference, _within, term in rows if term}
    found = {}
    for urn, reference, within, _term in rows:
        above = within or reference.rpartition("-")[0]
        if term := own.get(reference) or own.get(above):
            found[urn] = term
    return found


def withheld(archive: Archive) -> set[Place] | None:
    """Return the entries that are kept free for what stands in hold; None: it is not open."""
    if not examining.sees_hold(archive):
        return None
    kept = (one for one in Store(archive).documents(held=True) if isinstance(one, Kept))
    return {place for one in kept for place in one.awaited}
