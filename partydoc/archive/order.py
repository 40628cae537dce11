"""The archive's order, to be looked at: what stands in a fonds, an inventory, a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from partydoc.archive.catalogue import Catalogue

#: Of each unit with the sums of its own entries; only folders have any.
_UNITS = (
    "SELECT kind, reference, record ->> '$.title', record ->> '$.box', record -> '$.fields',"
    " count(ordinal), count(document), sum(last_sheet - first_sheet + 1)"
    " FROM units LEFT JOIN entries ON folder = urn"
)
#: Of each entry its paper and, where one is filed there, the document; only what is accepted.
_ENTRIES = (
    "SELECT ordinal, first_sheet, last_sheet, document, status, pages, documents.record"
    " FROM entries LEFT JOIN documents ON id = document AND NOT held WHERE folder = ?"
)
_SHOWN = ("type", "code", "date", "issuer", "subject")
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Standing:
    """A unit with how much stands in it: entries, documents among them, sheets as they are counted.

    `depth` is 0 for a fonds, 1 for an inventory, 2 for a folder.
    """

    kind: str
    reference: str
    title: str
    box: str | None
    fields: Mapping[str, str]
    entries: int = 0
    documents: int = 0
    sheets: int = 0
    folders: int = 0

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.reference.count("-")


@dataclass(frozen=True)
class Filed:
    """An entry of a folder: its paper, and the document that is filed there, if any.

    `fields`: its accepted values, of type, code, date, issuer and subject.
    """

    reference: str
    ordinal: str
    first_sheet: int | None
    last_sheet: int | None
    document: str | None
    status: str | None
    pages: int | None
    fields: Mapping[str, str]


def below(catalogue: Catalogue, reference: str | None, depth: int) -> list[Standing]:
    """Return the units of a unit, or of all the archive: itself, and so many levels below it, each
    above what stands in it. A fonds and an inventory are as large as what stands in them.
    """
    if reference is None:
        rows = catalogue.ask(f"{_UNITS} GROUP BY urn")
        level = -1
    else:
        inside = "WHERE reference = ?1 OR reference >= ?1 || '-' AND reference < ?1 || '.'"
        rows = catalogue.ask(f"{_UNITS} {inside} GROUP BY urn", reference)
        level = reference.count("-")
    found = sorted(map(_standing, rows), key=lambda one: _natural(one.reference))
    return [one for one in _summed(found) if one.depth <= level + depth]


def _standing(row: tuple) -> Standing:
    kind, reference, title, box, fields, entries, documents, sheets = row
    known = json.loads(fields) if fields else {}
    folders = int(kind == "folder")
    return Standing(kind, reference, title, box, known, entries, documents, sheets or 0, folders)


def _summed(found: list[Standing]) -> Iterator[Standing]:
    """Yield units with what stands in the folders below added."""
    sums: dict[str, list[int]] = {}
    for one in found:
        parts = one.reference.split("-")
        for many in range(1, len(parts) + 1):
            total = sums.setdefault("-".join(parts[:many]), [0, 0, 0, 0])
            for i, count in enumerate((one.entries, one.documents, one.sheets, one.folders)):
                total[i] += count
    for one in found:
        entries, documents, sheets, folders = sums[one.reference]
        yield replace(one, entries=entries, documents=documents, sheets=sheets, folders=folders)


def entries(catalogue: Catalogue, folder: str, reference: str) -> list[Filed]:
    """Return the entries of a folder (its URN and reference), in their order."""
    rows = catalogue.ask(_ENTRIES, folder)
    found = (_filed(reference, *row) for row in rows)
    return sorted(found, key=lambda one: _natural(one.ordinal))


def _filed(
    folder: str, ordinal: str, first: int | None, last: int | None, document: str | None,
    status: str | None, pages: int | None, record: str | None,
) -> Filed:  # fmt: skip
    fields = json.loads(record)["fields"] if record else {}
    accepted = {
        name: fields[name]["value"]
        for name in _SHOWN
        if fields.get(name) and fields[name]["accepted"] and fields[name]["value"] is not None
    }
    where = f"{folder}-{ordinal}"
    return Filed(where, ordinal, first, last, document, status, pages, accepted)


def _natural(reference: str) -> list[tuple[int, str]]:
    """Return what sorts references as people do: A29-2 before A29-10, 005 before 005a."""
    parts = _NUMBERS.split(reference)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
