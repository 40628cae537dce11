"""What is asked of a search, and what it finds: hits with what the catalogue knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partydoc.archive.catalogue import Row
from partydoc.archive.whereabouts import Where
from partydoc.document import Hit
from partydoc.errors import PartydocError
from partydoc.index import Facets, Order, Query
from partydoc.index.answer import merged
from partydoc.index.dates import sort_key
from partydoc.value import Value


class Asked(Value):
    """What is looked for, and which of the hits are shown in which order."""

    query: Query
    limit: int
    offset: int = 0
    order: Order = Order.BEST
    facets: bool = False


class Result(Value):
    """One hit with what the catalogue of its archive knows of it; `also`: its other references."""

    archive: Path
    hit: Hit
    row: Row
    where: Where | None
    also: tuple[str, ...] = ()

    def value(self, name: str, accepted: bool = True) -> str | None:
        """Return a field's value as text; with `accepted` only one that can be relied on."""
        field = self.row.kept.fields.get(name) if self.row.kept else None
        if field is None or not isinstance(field.value, str) or (accepted and not field.accepted):
            return None
        return field.value

    @property
    def sheet(self) -> str | None:
        """The sheet in its folder, or the first and the last: 12 or 12-14."""
        where = self.where
        if where is None or where.first_sheet is None:
            return None
        if where.last_sheet in (None, where.first_sheet):
            return str(where.first_sheet)
        return f"{where.first_sheet}-{where.last_sheet}"

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `search --json`."""
        where = self.where
        return {
            "version": 1,
            "archive": str(self.archive),
            "id": self.hit.id,
            "reference": where.reference if where else None,
            "folder": where.folder if where else None,
            "box": where.box if where else None,
            "sheet": self.sheet,
            "score": round(self.hit.score, 3),
            "near": self.hit.near,
            **{name: self.value(name) for name in ("type", "code", "date", "issuer", "subject")},
            "page": self.hit.page,
            "snippet": self.hit.snippet or None,
            "marks": [list(mark) for mark in self.hit.marks],
        }


class Searched(Value):
    """One archive that was searched: what waits there and was not, and what had to be done to its
    index first; or why it could not be searched.
    """

    root: Path
    not_searched: Mapping[str, int] = {}
    mended: str | None = None
    trouble: PartydocError | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what was not searched; of an archive in trouble nothing was."""
        counts = None if self.trouble else dict(self.not_searched)
        return {"archive": str(self.root), "documents": counts}


class Results(Value):
    """What a search found: hits from `offset` on, how many there are, how many of them only by
    damaged spellings, all counted if that was asked, and the query as it could have been meant.
    """

    total: int
    results: tuple[Result, ...]
    archives: tuple[Searched, ...]
    near: int = 0
    facets: Facets | None = None
    suggestion: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the last line of `search --json`, which stands on stderr."""
        return {
            "version": 1,
            "total": self.total,
            "near": self.near,
            "shown": len(self.results),
            "suggestion": self.suggestion,
            "not_searched": [
                one.to_dict() for one in self.archives if one.trouble or one.not_searched
            ],
        }


class Listed(Value):
    """The ids of all documents that have what was asked as it was typed, how many more have it in
    damaged spellings only, what had to be done to the index first, and how many documents were not
    searched, and why.
    """

    ids: list[str]
    near: int = 0
    mended: str | None = None
    not_searched: Mapping[str, int] = {}


def joined(answers: Sequence[Results], asked: Asked) -> Results:
    """Put the answers of several archives together, in the order that was asked for."""
    results = [result for answer in answers for result in answer.results]
    results.sort(key=_KEYS[asked.order])
    facets = [(answer.facets, answer.total) for answer in answers if answer.facets is not None]
    total = sum(answer.total for answer in answers)
    return Results(
        total=total,
        results=tuple(results[asked.offset : asked.offset + asked.limit]),
        archives=tuple(one for answer in answers for one in answer.archives),
        near=sum(answer.near for answer in answers),
        facets=merged(facets) if asked.facets else None,
        suggestion=None
        if total
        else next((one.suggestion for one in answers if one.suggestion), None),
    )


def _by_score(result: Result) -> tuple[Any, ...]:
    return result.hit.near, -result.hit.score, *_by_date(result)


def _by_date(result: Result) -> tuple[Any, ...]:
    return result.hit.near, -sort_key(result.value("date")), result.hit.id


def _by_age(result: Result) -> tuple[Any, ...]:
    date = sort_key(result.value("date"))
    return result.hit.near, not date, date, result.hit.id


def _by_archive(result: Result) -> tuple[Any, ...]:
    """Leave the shelves of one archive behind those of the other, each in its order."""
    return (result.hit.near,)


_KEYS = {
    Order.BEST: _by_score,
    Order.LATEST: _by_date,
    Order.OLDEST: _by_age,
    Order.SHELF: _by_archive,
}
