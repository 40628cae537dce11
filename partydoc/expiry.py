"""Which folders have been kept long enough: their term (`archive.retention`) has run out.

It is counted from the end of the folder's work: what a person says (field `end`), else the day on
which it was closed, else the latest date of its documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from partydoc.archive import order, retention
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.units import Unit


@dataclass(frozen=True)
class Term:
    """How long a folder must be kept.

    `ended`: when its work ended (ISO; a day, a month or a year), by its `end`, because it was
    `closed` then, or by its `documents` (`counted`); `last_day`: the last day of its term. None is
    not known; of what is kept for good `last_day` is None as well.
    """

    folder: Unit
    retention: str | None
    ended: str | None
    counted: str | None
    last_day: date | None

    @property
    def permanent(self) -> bool:
        """Whether the folder is kept for good."""
        return self.retention == retention.PERMANENT

    @property
    def known(self) -> bool:
        """Whether it can be said how long the folder is kept."""
        return self.permanent or self.last_day is not None

    def over(self, day: date) -> bool:
        """Whether the term has run out by a day: its last day lies before that."""
        return self.last_day is not None and self.last_day < day

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `dispose list --json`."""
        return {
            "version": 1,
            "reference": self.folder.reference,
            "title": self.folder.title,
            "state": "expired" if self.last_day else "not-known",
            "retention": self.retention,
            "ended": self.ended,
            "counted": self.counted,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "closed": self.folder.closed,
        }


def term_of(catalogue: Catalogue, folder: Unit) -> Term:
    """Return how long a folder must be kept."""
    term = folder.fields.get("retention")
    ended, counted = _end(catalogue, folder)
    last_day = retention.last_day(term, ended) if term and ended else None
    return Term(folder, term, ended, counted, last_day)


def due(catalogue: Catalogue, unit: Unit | None, day: date) -> Iterator[Term]:
    """Yield the folders of a unit, or of all the archive, whose term has run out by a day, and
    those of which that cannot be said; none that has been destroyed.
    """
    for folder in _folders(catalogue, unit):
        term = term_of(catalogue, folder)
        if term.over(day) or not term.known:
            yield term


def _folders(catalogue: Catalogue, unit: Unit | None) -> list[Unit]:
    if unit and unit.kind == "folder":
        return [] if unit.disposed else [unit]
    inside = {one.urn for one in order.units_below(catalogue, unit)} if unit else None
    every = order.units_of(catalogue, "folder")
    return [one for one in every if not one.disposed and (inside is None or one.urn in inside)]


def _end(catalogue: Catalogue, folder: Unit) -> tuple[str | None, str | None]:
    """Return when the work of a folder ended, and what tells it."""
    for name in ("end", "closed"):
        if said := folder.value(name):
            return said, name
    days = [one.fields["date"] for one in order.entries(catalogue, folder) if "date" in one.fields]
    # Of a shortened date only the year counts, and that every date has.
    return (max(days), "documents") if days else (None, None)
