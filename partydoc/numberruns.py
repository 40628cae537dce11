"""Runs of document numbers in a whole archive, and what is missing in them.

What came before the lowest number of a series (`series`), or after its highest, nobody can know;
and of a body that sends some of its papers only, most are missing. So a run goes from the lowest to
the highest that is here, and counts where at least half of it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from partydoc import ranges, series
from partydoc.series import Series

#: Fewer numbers than this are no run.
_LEAST = 5
#: No body counts so far in a year or a term: such a number was read or typed wrongly.
_HIGHEST = 99_999


@dataclass(frozen=True)
class Run:
    """The numbers of one issuer and symbol in one period (a year, or a term: `2020-2025`): those
    that are here, ascending; at least five.
    """

    issuer: str
    symbol: str
    period: str
    numbers: tuple[int, ...]

    @property
    def first(self) -> int:
        """The lowest number that is here."""
        return self.numbers[0]

    @property
    def last(self) -> int:
        """The highest number that is here."""
        return self.numbers[-1]

    @property
    def spanned(self) -> int:
        """How many numbers there are from the lowest to the highest."""
        return self.last - self.first + 1

    @cached_property
    def gaps(self) -> tuple[ranges.Run, ...]:
        """The missing numbers as (first, last) of those without another in between."""
        return tuple(ranges.missing(ranges.single(self.numbers)))

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers in between that are not here."""
        return tuple(n for first, last in self.gaps for n in range(first, last + 1))


@dataclass(frozen=True)
class _Gathered:
    """The numbers of a series, and how often it is written as which issuer and symbol."""

    numbers: set[int] = field(default_factory=set)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def usual(self) -> tuple[str, str]:
        """Issuer and symbol as they are written most."""
        return self.names.most_common(1)[0][0]

    @property
    def is_run(self) -> bool:
        """Whether there are enough of them, and at least half of what they span."""
        return len(self.numbers) >= _LEAST and series.is_dense(self.numbers)


class NumberRuns:
    """Gathers the numbers of papers, one after the other."""

    def __init__(self) -> None:
        self._found: defaultdict[Series, _Gathered] = defaultdict(_Gathered)

    def add(self, fields: Mapping[str, str | None], term: str | None) -> None:
        """Take in a paper: its code, date, issuer and type, and the term that it is of."""
        found = series.of(fields, term)
        if found is None or found.value > _HIGHEST:
            return
        gathered = self._found[found.series]
        gathered.numbers.add(found.value)
        gathered.names[fields["issuer"] or "", found.symbol] += 1

    def runs(self) -> tuple[Run, ...]:
        """Return the runs, the one with the most missing first."""
        found = [
            Run(*gathered.usual, one.period, tuple(sorted(gathered.numbers)))
            for one, gathered in self._found.items()
            if gathered.is_run
        ]
        return tuple(sorted(found, key=_order))


def _order(run: Run) -> tuple[int, str, str, str]:
    return len(run.numbers) - run.spanned, run.issuer, run.symbol, run.period
