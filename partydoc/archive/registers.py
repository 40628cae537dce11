"""The registers of an archive: rows are written here, and their numbers counted.

The caller holds the archive's lock, so that a number is given once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from partydoc.archive import jobs
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.jobs import Intent
from partydoc.archive.ocfl import Commit
from partydoc.archive.registerrow import RegisterRow, Series
from partydoc.archive.store import Store
from partydoc.errors import Unreadable

#: In which inserted numbers go on: 125a, 125b.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_IN_SERIES = "kind = ? AND series = ?"


class Registers:
    """Writes rows: the object first, then the catalogue; recovery makes that say what it says."""

    def __init__(self, store: Store, catalogue: Catalogue, staging: Path) -> None:
        self._store = store
        self._catalogue = catalogue
        self._staging = staging

    def add(self, row: RegisterRow, commit: Commit) -> None:
        """Write a new row."""
        job = self._begun(row)
        self._store.add(row.urn, {"record.json": row.to_json()}, commit, job)
        self._done(row, job)

    def revise(self, row: RegisterRow, commit: Commit) -> None:
        """Write a changed row as a new version; raises Unreadable for an object that is damaged,
        with nothing changed.
        """
        job = self._begun(row)
        try:
            self._store.revise(row.urn, {"record.json": row.to_json()}, commit, job)
        except Unreadable:
            jobs.end(job)
            raise
        self._done(row, job)

    def hide(self, document: str, commit: Commit) -> None:
        """Take what was typed of a document that stands in hold out of its rows, and their older
        versions with it; a row keeps its number and its days.
        """
        for row in list(self._catalogue.register_rows("WHERE document = ?", document)):
            bare = row.without_words()
            if bare != row:
                job = self._begun(bare)
                self._store.begin_anew(row.urn, {"record.json": bare.to_json()}, commit, job)
                self._done(bare, job)

    def _begun(self, row: RegisterRow) -> Path:
        job = jobs.begin(self._staging)
        jobs.intend(job, Intent(row.urn))
        return job

    def _done(self, row: RegisterRow, job: Path) -> None:
        self._catalogue.note_row(row)
        jobs.end(job)


def next_number(catalogue: Catalogue, kind: str, series: Series) -> int:
    """Return the number behind the highest that was given, past those that a gap reserves."""
    query = f"SELECT max(number) FROM register_rows WHERE {_IN_SERIES} AND line = 'document'"
    (highest,) = next(catalogue.ask(query, kind, series.name))
    number = (highest or 0) + 1
    while gap := reserved(catalogue, kind, series, number):
        number = gap.last + 1
    return number


def next_letter(catalogue: Catalogue, kind: str, series: Series, number: int) -> str | None:
    """Return the letter of what is inserted next behind a number; None when all are given."""
    query = f"SELECT letter FROM register_rows WHERE {_IN_SERIES} AND number = ?"
    given = {letter for (letter,) in catalogue.ask(query, kind, series.name, number)}
    return next((one for one in _LETTERS if one > max(given, default="")), None)


def given(
    catalogue: Catalogue, kind: str, series: str, number: int, letter: str = ""
) -> RegisterRow | None:
    """Return the row that has a number; of two that have it the one that is not void."""
    condition = (
        f"WHERE {_IN_SERIES} AND number = ? AND letter = ? AND line = 'document'"
        " ORDER BY void, urn LIMIT 1"
    )
    return next(catalogue.register_rows(condition, kind, series, number, letter), None)


def reserved(
    catalogue: Catalogue, kind: str, series: Series, first: int, last: int | None = None
) -> RegisterRow | None:
    """Return a gap that has a number, or one of those up to another."""
    condition = (
        f"WHERE {_IN_SERIES} AND line = 'gap' AND NOT void AND number <= ? AND last >= ?"
        " ORDER BY last DESC LIMIT 1"
    )
    values = kind, series.name, last or first, first
    return next(catalogue.register_rows(condition, *values), None)


def latest(catalogue: Catalogue, kind: str, series: Series) -> RegisterRow | None:
    """Return the row of the highest number that counts; none that was inserted."""
    condition = (
        f"WHERE {_IN_SERIES} AND line = 'document' AND NOT void AND letter = ''"
        " ORDER BY number DESC LIMIT 1"
    )
    return next(catalogue.register_rows(condition, kind, series.name), None)


def closings(catalogue: Catalogue, kind: str, secret: bool) -> dict[str, RegisterRow]:
    """Return the years and terms that are closed, each with the row that closes it."""
    condition = "WHERE kind = ? AND line = 'closing' AND secret = ? AND NOT void"
    found = catalogue.register_rows(condition, kind, secret)
    return {row.series.period: row for row in found}


def missing(
    catalogue: Catalogue, kind: str, series: str, before: int | None = None
) -> list[tuple[int, int]]:
    """Return the ranges of numbers below the highest, or below another that would be the highest,
    that have neither row nor gap.
    """
    query = (
        f"SELECT number, last FROM register_rows WHERE {_IN_SERIES}"
        " AND (line = 'document' OR line = 'gap' AND NOT void) ORDER BY number, last"
    )
    spans = [*catalogue.ask(query, kind, series), *([(before, before)] if before else [])]
    return list(_between(sorted(spans)))


def _between(spans: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    expected = 1
    for first, last in spans:
        if first > expected:
            yield expected, first - 1
        expected = max(expected, last + 1)


def doubled(catalogue: Catalogue, kind: str, series: str) -> list[str]:
    """Return the numbers that more than one row has which counts."""
    query = (
        f"SELECT number || letter FROM register_rows WHERE {_IN_SERIES} AND line = 'document'"
        " AND NOT void GROUP BY number, letter HAVING count(*) > 1 ORDER BY number, letter"
    )
    return [number for (number,) in catalogue.ask(query, kind, series)]


def between(
    catalogue: Catalogue, kind: str, series: Series, first: int, last: int
) -> Iterator[RegisterRow]:
    """Yield the rows that have one of some numbers, void ones too."""
    condition = (
        f"WHERE {_IN_SERIES} AND line = 'document' AND number BETWEEN ? AND ?"
        " ORDER BY number, letter"
    )
    return catalogue.register_rows(condition, kind, series.name, first, last)


def is_used(catalogue: Catalogue, kind: str, period: str, secret: bool) -> bool:
    """Whether any number was given in a year or a term of office."""
    query = (
        "SELECT 1 FROM register_rows WHERE kind = ? AND secret = ? AND line = 'document'"
        " AND (record ->> '$.series.period' = ? OR day >= ? || '-01-01' AND day <= ? || '-12-31')"
    )
    return any(catalogue.ask(f"{query} LIMIT 1", kind, secret, period, period, period))
