"""Counts of outcomes, with the bounds within which the true shares lie."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.metadata import scoring
from benchmarks.metadata.reading import Read
from benchmarks.metadata.scoring import Fold, Outcome
from partydoc.text import exact

_Z = 1.959964  # of the normal distribution, for 95 %
_ON_PAPER: tuple[Outcome, ...] = ("accepted", "review", "wrong", "unsure", "missing")


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % bounds of a share (Wilson 1927); all is possible where nothing was seen."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    reach = _Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


@dataclass
class Tally:
    """Outcomes of one field, or of many; `f1` are shares of words in common."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    f1: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the counts of another."""
        self.outcomes += other.outcomes
        self.f1 += other.f1

    @property
    def on_paper(self) -> int:
        """How many fields stood on the papers."""
        return sum(self.outcomes[name] for name in _ON_PAPER)

    @property
    def right(self) -> int:
        """How many were right, accepted or not."""
        return self.outcomes["accepted"] + self.outcomes["review"]

    @property
    def false(self) -> int:
        """How many values were accepted that are not on the paper."""
        return self.outcomes["wrong"] + self.outcomes["invented"]

    @property
    def mean_f1(self) -> float:
        """The mean share of words in common, 0 for what is missing."""
        return sum(self.f1) / len(self.f1) if self.f1 else 0.0

    def share(self, part: int) -> float:
        """Return a count as a share of the fields on the papers."""
        return part / self.on_paper if self.on_paper else 0.0


@dataclass(frozen=True)
class Judged:
    """One field of one paper: what stands there, what was read, and what that is."""

    read: Read
    field: str
    truth: Any
    value: Any
    confidence: float
    outcome: Outcome


def judged(reads: Iterable[Read], folded: Fold = exact) -> list[Judged]:
    """Return every field of every paper whose truth is known; of no document, all that was read."""
    found = []
    for read in reads:
        truth = read.sample.truth or dict.fromkeys(scoring.FIELDS)
        for name in scoring.FIELDS:
            if name not in truth:
                continue
            got = read.record.get(name)
            what = scoring.outcome(name, truth[name], got, read.sample.hand, folded)
            value, sure = (got.value, got.confidence) if got else (None, 0.0)
            found.append(Judged(read, name, truth[name], value, sure, what))
    return found


def tally(every: Iterable[Judged], folded: Fold = exact) -> Tally:
    """Count outcomes, and the words that subjects have in common."""
    found = Tally()
    for one in every:
        found.outcomes[one.outcome] += 1
        if one.field == "subject" and one.truth:
            found.f1.append(scoring.f1(one.truth, one.value, folded))
    return found
