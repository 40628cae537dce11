"""What the gate said, counted by sort and by group, with the bounds that so few pages allow."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.aim import Aim
from benchmarks.gate.shelf import Sample
from partydoc.document import Verdict
from partydoc.metadata.secrecy import judge
from partydoc.page import Page

#: 95 %, two-sided.
_Z = 1.959964


@dataclass(frozen=True)
class Judged:
    """A document and what the gate said of it."""

    sample: Sample
    verdict: Verdict


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % bounds of Wilson (1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share itself, 0 where there is nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """The lower and the upper bound."""
        if not self.of:
            return 0.0, 1.0
        n, share, square = self.of, self.value, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        reach = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def __str__(self) -> str:
        low, high = self.bounds
        return f"{self.hits}/{self.of} = {self.value:.1%} ({low:.1%}-{high:.1%})"


@dataclass(frozen=True)
class Promise:
    """The share of a verdict in a group, and what is aimed at."""

    group: str
    name: str
    kind: str
    aim: Aim


PROMISES = (
    Promise("clear marks", "held", "marked", Aim(least=0.99)),
    Promise("degraded marks", "held", "marked", Aim(least=0.95)),
    Promise("marks", "archived", "clear", Aim(most=0.0)),
    Promise("unmarked", "held", "marked", Aim(most=0.02)),
    Promise("ordinary", "awaiting-class", "unsure", Aim(most=0.05)),
    Promise("degraded", "awaiting-class", "unsure", Aim(most=0.15)),
)


def judged(every: Iterable[Sample], pages: Mapping[Path, tuple[Page, ...]]) -> list[Judged]:
    """Let the gate judge each document."""
    return [Judged(sample, judge(pages[sample.path])) for sample in every]


def share(promise: Promise, every: Sequence[Judged]) -> Share:
    """Return the share that a promise is about."""
    of = [each for each in every if _counts(promise.group, each.sample)]
    return Share(sum(each.verdict.kind == promise.kind for each in of), len(of))


def _counts(group: str, sample: Sample) -> bool:
    wide: dict[str, Callable[[Sample], bool]] = {
        "marks": lambda one: one.sort.marked,
        "unmarked": lambda one: not one.sort.marked,
    }
    return wide[group](sample) if group in wide else sample.sort.group == group


def is_miss(each: Judged) -> bool:
    """Tell whether the gate said something else than what the page bears."""
    if each.sample.sort.group == "without words":
        return each.verdict.kind == "marked"
    return each.verdict.kind != ("marked" if each.sample.sort.marked else "clear")


def lines(every: Sequence[Judged]) -> list[str]:
    """Return the tables in Markdown: aims, then sorts with the numbers of the missed pages."""
    shown = ["| group | verdict | share (95 % bounds) | aim |", "|---|---|---:|---:|"]
    for one in PROMISES:
        found = share(one, every)
        if found.of:
            missed = one.aim.missed(found.value)
            shown.append(f"| {one.group} | {one.name} | {found}{missed} | {one.aim.said('.0%')} |")
    shown += ["", "| sort | group | pages | held | unsure | clear | level wrong | missed pages |",
              "|---|---|---:|---:|---:|---:|---:|---|"]  # fmt: skip
    for name in dict.fromkeys(each.sample.sort.name for each in every):
        shown.append(_row([each for each in every if each.sample.sort.name == name]))
    return shown


def _row(same: Sequence[Judged]) -> str:
    sort = same[0].sample.sort
    kinds = [each.verdict.kind for each in same]
    counts = (kinds.count(kind) for kind in ("marked", "unsure", "clear"))
    wrong = sum(_level_is_wrong(each) for each in same)
    missed = ", ".join(
        f"{each.sample.number} {each.verdict.kind}" for each in same if is_miss(each)
    )
    said = " | ".join(map(str, counts))
    return f"| {sort.name} | {sort.group} | {len(same)} | {said} | {wrong or ''} | {missed} |"


def _level_is_wrong(each: Judged) -> bool:
    held = each.verdict.kind == "marked" and each.sample.sort.marked
    return held and each.verdict.level != each.sample.level


def figures(every: Sequence[Judged]) -> dict[str, Any]:
    """Return the same for JSON, with one row a document."""
    aims = []
    for one in PROMISES:
        found = share(one, every)
        aims.append({
            "group": one.group, "verdict": one.name, "hits": found.hits, "of": found.of,
            "bounds": [round(each, 4) for each in found.bounds], **one.aim.judged(found.value),
        })  # fmt: skip
    documents = [
        {"sort": each.sample.sort.name, "number": each.sample.number, "mark": each.sample.level,
         "verdict": each.verdict.kind, "level": each.verdict.level, "page": each.verdict.page}
        for each in every
    ]  # fmt: skip
    return {"aims": aims, "documents": documents}
