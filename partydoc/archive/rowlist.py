"""The registers, to be looked at: rows with their scans, answers and deadlines, and how many.

Rows of secret documents, and those whose scan was put into hold, are a register of their own, shown
where it is asked for; of a scan in hold nothing is told in any case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.registerrow import RegisterRow

_HELD = "EXISTS (SELECT 1 FROM documents WHERE id = register_rows.document AND held)"
_LISTED = (
    f"WHERE kind = ?1 AND line <> 'closing' AND (secret OR {_HELD}) = ?2"
    " AND (?3 IS NULL OR day >= ?3) AND (?4 IS NULL OR day <= ?4)"
    " ORDER BY series, number, letter, line, urn"
)
_PASSED = "SELECT 1 FROM documents WHERE id = ? AND NOT held"
_ANSWERING = (
    "WHERE NOT void AND urn IN (SELECT departure FROM answers WHERE arrival = ?)"
    " ORDER BY series, number, letter"
)


@dataclass(frozen=True)
class Wanted:
    """Which rows: `first` and `last` day (ISO), those that wait to be settled, those overdue on a
    day (ISO), those without a scan; `secret`: those of secret documents instead.
    """

    first: str | None = None
    last: str | None = None
    open: bool = False
    overdue: str | None = None
    unscanned: bool = False
    secret: bool = False


@dataclass(frozen=True)
class Listed:
    """A row with what is told of it: `document` is its scan unless that stands in hold, `answers`
    the arrivals that a departure answers, `answered_by` the departures that answer an arrival.
    """

    row: RegisterRow
    document: str | None = None
    answers: tuple[RegisterRow, ...] = ()
    answered_by: tuple[RegisterRow, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it stands for a document, and is not void."""
        return self.row.line == "document" and self.row.void is None

    @property
    def waits_for_scan(self) -> bool:
        """Whether its document has no scan, and was not destroyed by a disposal."""
        return self.counts and self.document is None and self.row.destroyed is None

    @property
    def is_open(self) -> bool:
        """Whether an arrival is neither answered nor settled."""
        settled = self.answered_by or "settled" in self.row.fields
        return self.row.kind == "arrival" and self.counts and not settled

    @property
    def told_answers(self) -> tuple[RegisterRow, ...]:
        """What answers it, without secret departures where it is no secret itself."""
        secret = self.row.series.secret
        return tuple(one for one in self.answered_by if secret or not one.series.secret)

    def is_overdue(self, day: str) -> bool:
        """Whether it should have been settled before a day (ISO)."""
        return self.is_open and self.row.fields.get("deadline", day) < day


@dataclass(frozen=True)
class Tally:
    """How many rows stand for documents, how many of these have a scan, how many arrivals are open
    and overdue; how many rows are void, and how many numbers stand in gaps.
    """

    documents: int
    scanned: int
    open: int
    overdue: int
    void: int
    gaps: int


def rows(catalogue: Catalogue, kind: str, wanted: Wanted) -> list[Listed]:
    """Return the rows of a register that are wanted, in the order of their numbers."""
    values = kind, wanted.secret, wanted.first, wanted.last
    found = [listed(catalogue, row) for row in catalogue.register_rows(_LISTED, *values)]
    return [one for one in found if _is_wanted(one, wanted)]


def listed(catalogue: Catalogue, row: RegisterRow) -> Listed:
    """Return a row with what is told of it."""
    passed = row.document and any(catalogue.ask(_PASSED, row.document))
    arrivals = filter(None, map(catalogue.register_row, row.answers))
    departures = catalogue.register_rows(_ANSWERING, row.urn)
    return Listed(row, row.document if passed else None, tuple(arrivals), tuple(departures))


def _is_wanted(one: Listed, wanted: Wanted) -> bool:
    if wanted.open and not one.is_open:
        return False
    if wanted.overdue and not one.is_overdue(wanted.overdue):
        return False
    return not wanted.unscanned or one.waits_for_scan


def tally(rows_: Iterable[Listed], day: str) -> Tally:
    """Return how many there are of each kind; `day` (ISO) tells what is overdue."""
    found = list(rows_)
    counting = [one for one in found if one.counts]
    gaps = (one.row for one in found if one.row.line == "gap" and one.row.void is None)
    return Tally(
        documents=len(counting),
        scanned=sum(one.document is not None for one in counting),
        open=sum(one.is_open for one in counting),
        overdue=sum(one.is_overdue(day) for one in counting),
        void=sum(one.row.line == "document" and one.row.void is not None for one in found),
        gaps=sum(row.last - row.number + 1 for row in gaps),
    )


def series_of(rows_: Iterable[Listed]) -> list[str]:
    """Return the names of the series in which rows stand."""
    return list(dict.fromkeys(one.row.series.name for one in rows_))


def values(catalogue: Catalogue, kind: str, field: str) -> list[str]:
    """Return the texts of a field in a register, the most frequent first; none of secret rows."""
    query = (
        "SELECT record ->> ('$.fields.' || ?1) AS value FROM register_rows"
        f" WHERE kind = ?2 AND value IS NOT NULL AND NOT void AND NOT secret AND NOT {_HELD}"
        " GROUP BY value ORDER BY count(*) DESC, value"
    )
    return [value for (value,) in catalogue.ask(query, field, kind)]
