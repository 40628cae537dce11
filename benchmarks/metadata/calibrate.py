"""From evidence to probability: the curves of `sureness.toml`, measured on the set `tune`.

Isotonic regression by pooling adjacent violators: more evidence never means less probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metadata import papers, scoring
from benchmarks.metadata.reading import readings
from partydoc.metadata.describe import evidence

#: A step of a curve stands on at least so many values; below that nothing is said.
LEAST = 20
#: No evidence at all is taken to have been wrong so often, for little of it is ever seen.
UNSEEN = 2
THRESHOLDS = (0.9, 0.93, 0.95, 0.97, 0.98, 0.99)

Point = tuple[float, float]
Seen = tuple[float, bool]
_HEAD = """\
# How often a value is right that was read with such evidence: field -> points (evidence,
# probability), rising. Made by `python -m benchmarks.metadata calibrate --to FILE` from labelled
# pages of the set `tune`; a field without points of its own follows `default`.

# From this probability on a value is accepted without a person having seen it.
threshold = {threshold}

[curves]
"""


@dataclass
class _Step:
    """Values of like evidence: how many, how many of them right, from where to where."""

    values: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that is right, drawn a little to the middle where few were seen."""
        return (self.right + 0.5) / (self.values + 1)

    def joined(self, other: _Step) -> _Step:
        """Return this and the next step as one."""
        return _Step(self.values + other.values, self.right + other.right, self.low, other.high)


def curve(seen: Iterable[Seen], least: int = LEAST) -> list[Point]:
    """Return the rising points (evidence, probability) of what was seen; each step has two."""
    steps: list[_Step] = []
    for place, is_right in [(0.0, False)] * UNSEEN + sorted(seen):
        step = _Step(1, int(is_right), place, place)
        if steps and (steps[-1].values < least or steps[-1].high == place):
            steps[-1] = steps[-1].joined(step)
        else:
            steps.append(step)
    if len(steps) > 1 and steps[-1].values < least:
        last = steps.pop()
        steps[-1] = steps[-1].joined(last)
    rising: list[_Step] = []
    for step in steps:
        while rising and rising[-1].share >= step.share:
            step = rising.pop().joined(step)
        rising.append(step)
    return [(place, round(step.share, 4)) for step in rising for place in _ends(step)]


def _ends(step: _Step) -> tuple[float, ...]:
    return (step.low,) if step.low == step.high else (step.low, step.high)


def seen_in(samples: Sequence[papers.Sample]) -> dict[str, list[Seen]]:
    """Return for every field the evidence of its values, and which were right."""
    found: dict[str, list[Seen]] = {name: [] for name in scoring.FIELDS}
    for sample, (pages, _) in zip(samples, readings(samples), strict=True):
        record = evidence(pages, (sample.file_name,))
        for name in scoring.FIELDS:
            got, truth = record.get(name), sample.truth.get(name)
            if got is None or not got.value:
                continue
            what = scoring.outcome(name, truth, got, sample.hand)
            if what != "absent":
                is_right = what in (
                    "accepted",
                    "review",
                    "missing",
                )  # a shortened date is not false
                found[name].append((got.confidence, is_right))
    return found


def toml(curves: Mapping[str, Sequence[Point]], threshold: float) -> str:
    """Return the table in the form in which `partydoc.metadata` has it."""
    lines = [f"{name} = [{', '.join(f'[{x}, {y}]' for x, y in points)}]"
             for name, points in curves.items()]  # fmt: skip
    return _HEAD.format(threshold=threshold) + "\n".join(lines) + "\n"


def run(papers_wanted: int, to: Path | None) -> None:
    """Measure the curves on the set `tune`, write or print them, and say what they let through."""
    seen = seen_in(papers.samples("tune", papers_wanted))
    every = [one for some in seen.values() for one in some]
    curves = {"default": curve(every)}
    curves |= {name: curve(some) for name, some in seen.items()
               if len(some) >= 2 * LEAST and name != "code"}  # fmt: skip
    text = toml(curves, _threshold())
    if to:
        to.write_text(text, encoding="utf-8")
    else:
        print(text)
    for line in _passing(seen, curves):
        print(line)


def _threshold() -> float:
    from partydoc.metadata import sureness

    return sureness.threshold()


def _passing(
    seen: Mapping[str, Sequence[Seen]], curves: Mapping[str, Sequence[Point]]
) -> list[str]:
    """Say for some thresholds how many values pass, and how many of them are wrong."""
    from partydoc.metadata.sureness import along

    lines = ["threshold: accepted of all that was read, wrong among them"]
    for least in THRESHOLDS:
        passed = wrong = whole = 0
        for name, some in seen.items():
            points = curves.get(name, curves["default"])
            taken = [is_right for place, is_right in some if along(points, place) >= least]
            passed, wrong, whole = (
                passed + len(taken),
                wrong + taken.count(False),
                whole + len(some),
            )
        lines.append(f"{least}: {passed} of {whole} ({passed / max(1, whole):.1%}), {wrong} wrong "
                     f"({wrong / max(1, passed):.2%})")  # fmt: skip
    return lines
