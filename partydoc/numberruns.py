"""Runs of document numbers in a whole archive, and what is missing in them.

What came before the lowest number of a series (`series`), or after its highest, nobody can know;
and of a body that sends some of its papers only, most are missing. So a run goes from the lowest to
the highest that is here, and counts where at least half of it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
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


class NumberRuns:
    """Gathers the numbers of papers, one after the other."""

    def __init__(self) -> None:
        self._numbers: dict[Series, set[int]] = {}
        self._names: dict[Series, Counter[tuple[str, str]]] = {}

    def add(self, fields: Mapping[str, str | None], term: str | None) -> None:
        """Take in a paper: its code, date, issuer and type, and the term that it is of."""
        found = series.of(fields, term)
        if found is None or found.value > _HIGHEST:
            return
        self._numbers.setdefault(found.series, set()).add(found.value)
        name = (fields["issuer"] or "", found.symbol)
        self._names.setdefault(found.series, Counter())[name] += 1

    def runs(self) -> tuple[Run, ...]:
        """Return the runs, the one with the most missing first."""
        found = [
            Run(*self._names[one].most_common(1)[0][0], one.period, tuple(sorted(numbers)))
            for one, numbers in self._numbers.items()
            if len(numbers) >= _LEAST and 2 * len(numbers) >= max(numbers) - min(numbers) + 1
        ]
        return tuple(sorted(found, key=_order))


def _order(run: Run) -> tuple[int, str, str, str]:
    return len(run.numbers) - run.spanned, run.issuer, run.symbol, run.period
