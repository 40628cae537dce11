"""Where papers lie, and which paper lies where a reference says."""

from __future__ import annotations

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Place
from partydoc.value import Value


class Where(Value):
    """Where the paper of a document lies."""

    folder: str
    ordinal: str
    box: str | None
    first_sheet: int | None
    last_sheet: int | None

    @property
    def reference(self) -> str:
        """The archival reference of the document, e.g. A29-01-0003-012."""
        return f"{self.folder}-{self.ordinal}"


def of(catalogue: Catalogue, document: str) -> list[Where]:
    """Return where the paper of a document lies; one line a folder."""
    query = (
        "SELECT reference, ordinal, units.record ->> '$.box', first_sheet, last_sheet"
        " FROM entries JOIN units ON units.urn = entries.folder"
        " WHERE document = ? ORDER BY reference"
    )
    return [Where(*row) for row in catalogue.ask(query, document)]


def at(catalogue: Catalogue, reference: str) -> tuple[bool, str | None]:
    """Return (whether there is such an entry, the document in it) for A29-01-0003-012."""
    place = named(catalogue, reference)
    folder = catalogue.unit_by_urn(place.folder) if place else None
    entry = folder.entry(place.ordinal) if place and folder else None
    if folder and entry and not entry.document and (led := folder.moved.get(entry.ordinal)):
        folder = catalogue.unit_by_urn(led.folder)  # its paper belongs to the one there
        entry = (folder.entry(led.ordinal) if folder else None) or entry
    return (True, entry.document) if entry else (False, None)


def named(catalogue: Catalogue, reference: str) -> Place | None:
    """Return where the entry of a reference stands now, whatever it was called before."""
    name, _dash, ordinal = reference.rpartition("-")
    folder = catalogue.unit(name)
    return now(catalogue, Place(folder.urn, ordinal)) if folder else None


def now(catalogue: Catalogue, place: Place) -> Place | None:
    """Return where an entry stands now, wherever it was moved; None where it never was."""
    seen: set[Place] = set()
    while place not in seen and (folder := catalogue.unit_by_urn(place.folder)):
        if folder.entry(place.ordinal):
            return place
        seen.add(place)
        place = folder.moved.get(place.ordinal, place)
    return None
