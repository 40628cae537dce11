"""The archive's order, to be looked at: what stands in a fonds, an inventory, a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.references import number_of
from partydoc.archive.units import Entry, Unit

#: Of each unit with the sums of its own entries; only folders have any. Organisations stand apart.
_UNITS = (
    "SELECT kind, reference, record ->> '$.within', record ->> '$.title', record ->> '$.box',"
    " record -> '$.fields', record ->> '$.closed',"
    " (SELECT number FROM disposals WHERE disposals.urn = units.record ->> '$.disposed'),"
    " count(ordinal), count(document), sum(last_sheet - first_sheet + 1)"
    " FROM units LEFT JOIN entries ON folder = urn WHERE kind <> 'organisation'"
)
#: A unit and what stands below it, by its reference.
_INSIDE = (
    " (reference = ?1 OR reference >= ?1 || '-' AND reference < ?1 || '.'"
    " OR record ->> '$.within' = ?1 OR record ->> '$.within' >= ?1 || '-'"
    " AND record ->> '$.within' < ?1 || '.')"
)
#: Of each entry its paper and, where one is filed there, the document; only what is accepted.
_ENTRIES = (
    "SELECT ordinal, document, status, pages, documents.record"
    " FROM entries LEFT JOIN documents ON id = document AND NOT held WHERE folder = ?"
)
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Standing:
    """A unit with how much stands in it: entries, documents among them, sheets as they are counted.

    `path`: its reference, below that of the unit in which it stands where it does not tell that
    itself; `closed`: the day (ISO) on which it was closed; `disposal`: the number of that which
    destroyed what stood in it.
    """

    kind: str
    reference: str
    path: str
    title: str
    box: str | None
    fields: Mapping[str, str]
    closed: str | None = None
    disposal: int | None = None
    entries: int = 0
    documents: int = 0
    sheets: int = 0
    folders: int = 0

    @property
    def depth(self) -> int:
        """How many units stand above it: 0 for a fonds, 1 for what stands right in it."""
        return self.path.count("-")


@dataclass(frozen=True)
class Filed:
    """An entry of a folder: its paper, and the document that is filed there, if any.

    `fields`: what is accepted of the document (several values with semicolons between them), over
    what was typed of the paper; `supplement`: it came when the folder had been closed.
    """

    reference: str
    ordinal: str
    first_sheet: int | None
    last_sheet: int | None
    document: str | None
    status: str | None
    pages: int | None
    fields: Mapping[str, str]
    note: str | None = None
    supplement: bool = False


def below(catalogue: Catalogue, reference: str | None, depth: int) -> list[Standing]:
    """Return the units of a unit, or of all the archive: itself, and so many levels below it, each
    above what stands in it. A fonds and an inventory are as large as what stands in them.
    """
    if reference is None:
        rows = catalogue.ask(f"{_UNITS} GROUP BY urn")
        level = -1
    else:
        rows = catalogue.ask(f"{_UNITS} AND {_INSIDE} GROUP BY urn", reference)
        unit = catalogue.unit(reference)
        level = unit.path.count("-") if unit else 0
    found = sorted(map(_standing, rows), key=_in_order)
    return [one for one in _summed(found) if one.depth <= level + depth]


def units_below(catalogue: Catalogue, unit: Unit) -> list[Unit]:
    """Return every unit that stands in a fonds or an inventory, or below it."""
    query = f"SELECT record FROM units WHERE {_INSIDE} AND urn <> ?2"
    return [Unit.from_json(row[0]) for row in catalogue.ask(query, unit.reference, unit.urn)]


def units_of(catalogue: Catalogue, kind: str) -> list[Unit]:
    """Return all units of a kind, in their order."""
    rows = catalogue.ask("SELECT record FROM units WHERE kind = ?", kind)
    found = (Unit.from_json(row[0]) for row in rows)
    return sorted(found, key=_in_order)


def names_in(catalogue: Catalogue, reference: str) -> list[str]:
    """Return the references, of today and before, that stand right below a reference."""
    query = (
        "SELECT reference FROM (SELECT reference FROM units UNION SELECT reference FROM former)"
        " WHERE reference >= ?1 || '-' AND reference < ?1 || '.'"
    )
    names = (row[0] for row in catalogue.ask(query, reference))
    return [name for name in names if name.rpartition("-")[0] == reference]


def _standing(row: tuple) -> Standing:
    kind, reference, within, title, box, fields, closed, gone, *counts = row
    path = f"{within}-{reference}" if within else reference
    known = json.loads(fields) if fields else {}
    sums = (*(count or 0 for count in counts), int(kind == "folder"))
    return Standing(kind, reference, path, title, box, known, closed, gone, *sums)


def _summed(found: list[Standing]) -> Iterator[Standing]:
    """Yield units with what stands in the folders below added."""
    sums: dict[str, list[int]] = {}
    for one in found:
        parts = one.path.split("-")
        for many in range(1, len(parts) + 1):
            total = sums.setdefault("-".join(parts[:many]), [0, 0, 0, 0])
            for i, count in enumerate((one.entries, one.documents, one.sheets, one.folders)):
                total[i] += count
    for one in found:
        entries, documents, sheets, folders = sums[one.path]
        yield replace(one, entries=entries, documents=documents, sheets=sheets, folders=folders)


def entries(catalogue: Catalogue, folder: Unit) -> list[Filed]:
    """Return the entries of a folder, in their order."""
    rows = {ordinal: rest for ordinal, *rest in catalogue.ask(_ENTRIES, folder.urn)}
    lines = sorted(folder.entries, key=lambda one: number_of(one.ordinal))
    return [_filed(folder, one, *rows[one.ordinal]) for one in lines]


def _filed(
    folder: Unit, entry: Entry, document: str | None, status: str | None, pages: int | None,
    record: str | None,
) -> Filed:  # fmt: skip
    return Filed(
        f"{folder.reference}-{entry.ordinal}", entry.ordinal, entry.first_sheet, entry.last_sheet,
        document, status, pages, {**entry.fields, **_accepted(record)}, entry.note,
        entry.supplement,
    )  # fmt: skip


def _accepted(record: str | None) -> dict[str, str]:
    """Return the values of a document that are accepted, by their names."""
    fields = json.loads(record)["fields"] if record else {}
    return {
        name: "; ".join(value) if isinstance(value, list) else value
        for name, one in fields.items()
        if one and one["accepted"] and (value := one["value"]) is not None
    }


def _in_order(one: Standing | Unit) -> list[tuple[int, str]]:
    """Return what sorts units; folders that stand in no inventory come before the inventories."""
    bare = one.kind == "folder" and one.path.count("-") == 1
    return _natural(one.path.replace("-", " ") if bare else one.path)


def _natural(reference: str) -> list[tuple[int, str]]:
    """Return what sorts references as people do: A29-2 before A29-10, 005 before 005a."""
    parts = _NUMBERS.split(reference)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
