"""Describe a document in its surroundings: with its names, its folder, and the archive's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept
from partydoc.archive.settings import Settings
from partydoc.archive.shelving import Shelves
from partydoc.archive.units import Entry
from partydoc.codes import followed
from partydoc.document import Field, Record
from partydoc.metadata.agreement import Neighbour, Neighbours
from partydoc.metadata.rules import Body, Local, TypeName
from partydoc.page import Reading

#: So many documents before and after are looked at: most folders mix several series.
REACH = 8


def with_said(kept: Kept, fields: Record) -> dict[str, Field | None]:
    """Return what the pages say; what a person said of the document stands over it."""
    return followed({**fields, **by_people(kept.fields)}, kept.fields)


def by_people(fields: Record) -> dict[str, Field]:
    """Return what people said, of all that is known of a document."""
    return {name: one for name, one in fields.items() if one and one.source == "person"}


def as_read(
    settings: Settings, shelves: Shelves, catalogue: Catalogue, kept: Kept, reading: Reading
) -> dict[str, Field | None]:
    """Return what the pages say, whatever a person said."""
    from partydoc.metadata.describe import describe  # heavy, and most who correct need no reader

    near = _neighbours(shelves, catalogue, kept)
    names = () if kept.sha256 else kept.names  # nobody gave a name to what was cut from a scan
    return dict(describe(reading.pages, names, near, local_tables(settings)))


def local_tables(settings: Settings) -> Local:
    """Return what an archive's settings add to the tables of the readers."""
    return Local(
        tuple(TypeName(name, abbreviation) for name, abbreviation in settings.types),
        tuple(Body(name, symbol) for name, symbol in settings.bodies),
        settings.places,
    )


def _neighbours(shelves: Shelves, catalogue: Catalogue, kept: Kept) -> Neighbours:
    """Return what is accepted of the documents next to it in the first folder that has it."""
    for place in kept.places:
        folder = shelves.by_urn(place.folder)
        entries = folder.entries if folder else ()
        for i, entry in enumerate(entries):
            if entry.ordinal == place.ordinal:
                before = reversed(entries[max(0, i - REACH) : i])
                after = entries[i + 1 : i + 1 + REACH]
                return Neighbours(tuple(_known(catalogue, before)), tuple(_known(catalogue, after)))
    return Neighbours()


def _known(catalogue: Catalogue, entries: Iterable[Entry]) -> Iterator[Neighbour]:
    """Yield what is accepted of the documents of entries; nothing of those in hold."""
    for entry in entries:
        row = catalogue.row(entry.document) if entry.document else None
        if row and row.kept:
            fields = row.kept.fields
            values = (_accepted(fields, name) for name in ("number", "symbol", "date"))
            yield Neighbour(*values)


def _accepted(fields: Record, name: str) -> str | None:
    field = fields.get(name)
    return str(field.value) if field and field.accepted and field.value else None
