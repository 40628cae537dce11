"""What a report says: figures, counts, what is missing and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partydoc.archive.kept import stamp
from partydoc.figures import Figure
from partydoc.numberruns import Run


@dataclass(frozen=True)
class Tally:
    """How many of all documents have which value of a kind: `values` in the order to be shown."""

    kind: str
    documents: int
    values: tuple[tuple[str, int], ...]

    @property
    def known(self) -> int:
        """How many have a value."""
        return sum(count for _value, count in self.values)

    @property
    def unknown(self) -> int:
        """How many have none that is accepted."""
        return self.documents - self.known

    def to_dict(self) -> dict[str, Any]:
        """Return the tally in the form of `report --json`."""
        values = [{"value": value, "count": count} for value, count in self.values]
        return {"known": self.known, "documents": self.documents, "values": values}


@dataclass(frozen=True)
class Cell:
    """The papers of a year and a type (None: not known): documents, and entries without one."""

    year: str | None
    type: str | None
    scanned: int
    papers: int

    def to_dict(self) -> dict[str, Any]:
        """Return the cell in the form of `report --json`."""
        return {
            "year": self.year, "type": self.type, "numerator": self.scanned,
            "denominator": self.papers,
        }  # fmt: skip


@dataclass(frozen=True)
class Time:
    """How long people sat over documents: seconds of so many documents, and those of the middle
    one, None without any.
    """

    documents: int
    seconds: float
    median: float | None

    @property
    def mean(self) -> float | None:
        """Seconds a document."""
        return self.seconds / self.documents if self.documents else None

    def to_dict(self) -> dict[str, Any]:
        """Return the time in the form of `report --json`."""
        return {
            "numerator": round(self.seconds, 1),
            "denominator": self.documents,
            "mean": None if self.mean is None else round(self.mean, 1),
            "median": None if self.median is None else round(self.median, 1),
        }


@dataclass(frozen=True)
class Age:
    """How many documents have been waiting for at least `days` and less than the next age."""

    days: int
    pending: int
    review: int

    def to_dict(self) -> dict[str, Any]:
        """Return the age in the form of `report --json`."""
        return {"days": self.days, "pending": self.pending, "review": self.review}


@dataclass(frozen=True)
class Waiting:
    """What waits.

    `pending` for OCR, `review` for a person, `unscanned` entries for a scan, `unseen` documents for
    the index; `nightly`: when a night's work was done last; `ages`: since when documents wait.
    """

    pending: int
    review: int
    unscanned: int
    unseen: int
    nightly: datetime | None
    ages: tuple[Age, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return what waits in the form of `report --json`."""
        return {
            "pending": self.pending,
            "review": self.review,
            "unscanned": self.unscanned,
            "unseen": self.unseen,
            "nightly": stamp(self.nightly) if self.nightly else None,
            "ages": [age.to_dict() for age in self.ages],
        }


@dataclass(frozen=True)
class Report:
    """How far an archive has come.

    `with_secret`: documents with a secrecy mark are counted; `hold_seen`: the entries that are kept
    free for documents in hold were left out, for they could be seen; `states`: what has become of
    all documents, see `STATES`; `runs`: the numbers that are here, the most missing first.
    """

    name: str
    when: datetime
    with_secret: bool
    hold_seen: bool
    figures: tuple[Figure, ...]
    states: Mapping[str, int]
    time: Time
    tallies: tuple[Tally, ...]
    coverage: tuple[Cell, ...]
    runs: tuple[Run, ...]
    waiting: Waiting

    @property
    def documents(self) -> int:
        """How many documents are counted."""
        return sum(self.states.values())

    @property
    def gaps(self) -> tuple[Run, ...]:
        """The runs in which something is missing."""
        return tuple(run for run in self.runs if run.missing)

    def figure(self, name: str) -> Figure:
        """Return one of the figures."""
        return next(one for one in self.figures if one.name == name)

    def tally(self, kind: str) -> Tally:
        """Return one of the tallies."""
        return next(one for one in self.tallies if one.kind == kind)

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `report --json`."""
        return {
            "version": 1,
            "name": self.name,
            "when": stamp(self.when),
            "with_secret": self.with_secret,
            "hold_seen": self.hold_seen,
            "figures": [one.to_dict() for one in self.figures],
            "states": dict(self.states),
            "seconds": self.time.to_dict(),
            "counts": {one.kind: one.to_dict() for one in self.tallies},
            "coverage": [one.to_dict() for one in self.coverage],
            "gaps": [_gap(one) for one in self.gaps],
            "waiting": self.waiting.to_dict(),
        }


def _gap(run: Run) -> dict[str, Any]:
    return {
        "issuer": run.issuer,
        "symbol": run.symbol,
        "period": run.period,
        "first": run.first,
        "last": run.last,
        "missing": list(run.missing),
    }
