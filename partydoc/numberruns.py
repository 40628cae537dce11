"""Runs of document numbers, and what is missing in them.

A body numbers its documents on and on: a state body within a year (Nghị định 30/2020/NĐ-CP, Phụ
lục I, mục II.3), a Party committee within its term, each type by itself (Quy định 399-QĐ/TW; Hướng
dẫn 36-HD/VPTW). So numbers of one issuer, one symbol and one such period are a run. What came
before its lowest or after its highest number nobody can know, and of a body that sends some of its
papers only, most are missing: a run counts where at least half of it is here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from partydoc.spellings import Spellings
from partydoc.text import exact

_CODE = re.compile(r"(\d{1,5})[^\W\d_]?\s*([-/])\s*(\S.*)")
#: Fewer numbers than this are no run.
_LEAST = 5


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
    def missing(self) -> tuple[int, ...]:
        """The numbers in between that are not here."""
        here = set(self.numbers)
        return tuple(n for n in range(self.first, self.last + 1) if n not in here)

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The missing numbers as (first, last) of those without another in between."""
        here = zip(self.numbers, self.numbers[1:], strict=False)
        return tuple((low + 1, high - 1) for low, high in here if high > low + 1)


class NumberRuns:
    """Gathers the numbers of papers, one after the other."""

    def __init__(self) -> None:
        self._issuers, self._symbols = Spellings(), Spellings()
        self._found: dict[tuple[str, str, str], set[int]] = {}

    def add(self, fields: Mapping[str, str | None], term: str | None) -> None:
        """Take in a paper: its code, date and issuer, and the term that it is of."""
        code, issuer = fields.get("code"), fields.get("issuer")
        parts = _CODE.fullmatch(code) if code else None
        year = (fields.get("date") or "")[:4]
        if not (parts and issuer):
            return
        period = term if term and parts[2] == "-" else year
        if period:
            key = (self._issuers.add(issuer), self._symbols.add(parts[3]), period)
            self._found.setdefault(key, set()).add(int(parts[1]))

    def runs(self) -> tuple[Run, ...]:
        """Return the runs, the one with the most missing first."""
        issuers, symbols = self._issuers.usual(), self._symbols.usual()
        found = [
            Run(issuers[issuer], symbols[symbol], period, tuple(sorted(all_)))
            for (issuer, symbol, period), all_ in self._found.items()
            if len(all_) >= _LEAST and 2 * len(all_) >= max(all_) - min(all_) + 1
        ]
        return tuple(sorted(found, key=_order))


def _order(run: Run) -> tuple[int, str, str, str]:
    return -len(run.missing), exact(run.issuer), run.symbol, run.period
