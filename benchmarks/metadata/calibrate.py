"""From evidence to probability: the curves of `sureness.toml`, measured on the set `tune`.

Isotonic regression by pooling adjacent violators: more evidence never means less probability. A
field of which little was seen leans on all fields together. What the curves let through is judged
on papers that they were not made from: half of them makes curves for the other half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metadata import papers, scoring
from benchmarks.metadata.reading import readings
from partydoc.metadata.describe import evidence
from partydoc.metadata.sureness import along

#: A step of a curve stands on at least so many values; fewer are enough where it leans.
LEAST, LEAST_LEANING = 20, 12
#: No evidence at all is taken to have been wrong so often, for little of it is ever seen.
UNSEEN = 2
#: What all fields together say of a step counts as so many values of the field.
LEANING = 8
#: No value is accepted that is wrong more than twice in twenty-five.
THRESHOLDS = (0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99)
#: Of the values accepted on the other half no more may be wrong: half of what is promised, for
#: papers of an archive differ more from these than one half from the other.
WRONG = 0.005

Point = tuple[float, float]
Seen = tuple[float, bool]
#: Of every field the values of the papers of even, and of odd number.
Halves = tuple[Mapping[str, Sequence[Seen]], Mapping[str, Sequence[Seen]]]
_HEAD = """\
# How often a value is right that was read with such evidence: field -> points (evidence,
# probability), rising, with lines between them. Made by
# `python -m benchmarks.metadata calibrate --to FILE`, not by hand, from {values} values on {papers}
# labelled papers of the set `tune`; a field without points of its own follows `default`.
{said}
# From this probability on a value is accepted without a person having seen it: the lowest at which
# no more than one accepted value in two hundred was wrong, judged so.
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
    summed: float

    def joined(self, other: _Step) -> _Step:
        """Return this and the next step as one."""
        return _Step(
            self.values + other.values,
            self.right + other.right,
            self.low,
            other.high,
            self.summed + other.summed,
        )

    @property
    def middle(self) -> float:
        """The mean evidence of its values."""
        return min(self.high, max(self.low, self.summed / self.values))

    def share(self, leaning: Sequence[Point]) -> float:
        """The share that is right, drawn a little to the middle, or to what all fields say."""
        if not leaning:
            return (self.right + 0.5) / (self.values + 1)
        return (self.right + LEANING * along(leaning, self.middle)) / (self.values + LEANING)


def curve(seen: Iterable[Seen], least: int = LEAST, leaning: Sequence[Point] = ()) -> list[Point]:
    """Return the rising points (evidence, probability) of what was seen, one for each step.

    `leaning` is the curve of all fields: one of few values keeps to it, and each does below the
    middle of its lowest step.
    """
    steps: list[_Step] = []
    unseen = [] if leaning else [(0.0, False)] * UNSEEN
    for place, is_right in unseen + sorted(seen):
        step = _Step(1, int(is_right), place, place, place)
        if steps and (steps[-1].values < least or steps[-1].high == place):
            steps[-1] = steps[-1].joined(step)
        else:
            steps.append(step)
    if len(steps) > 1 and steps[-1].values < least:
        last = steps.pop()
        steps[-1] = steps[-1].joined(last)
    rising: list[_Step] = []
    for step in steps:
        while rising and rising[-1].share(leaning) >= step.share(leaning):
            step = rising.pop().joined(step)
        rising.append(step)
    points = [(round(step.middle, 4), round(step.share(leaning), 4)) for step in rising]
    if not points:
        return list(leaning)
    # The lowest step may hold values of much less evidence than its mean, too few for a step.
    return [(x, y) for x, y in leaning if x < points[0][0] and y < points[0][1]] + points


def curves_of(seen: Mapping[str, Sequence[Seen]]) -> dict[str, list[Point]]:
    """Return the curve of all fields, `default`, and of each field that has values enough."""
    default = curve(one for name, some in seen.items() for one in some if name != "code")
    own = {name: curve(some, LEAST_LEANING, default) for name, some in seen.items()
           if len(some) >= LEAST and name != "code"}  # fmt: skip
    return {"default": default, **own}


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


def toml(
    curves: Mapping[str, Sequence[Point]],
    threshold: float,
    said: Sequence[str] = (),
    counts: tuple[int, int] = (0, 0),
) -> str:
    """Return the table in the form in which `partydoc.metadata` has it.

    `said` are lines on how it was judged, `counts` the values and the papers it was made from.
    """
    lines = [f"{name} = [{', '.join(f'[{x}, {y}]' for x, y in points)}]"
             for name, points in curves.items()]  # fmt: skip
    values, papers_ = counts
    judged = "".join(f"# {line}\n" for line in said)
    head = _HEAD.format(threshold=threshold, values=values, papers=papers_, said=judged)
    return head + "\n".join(lines) + "\n"


def run(papers_wanted: int, to: Path | None) -> None:
    """Measure the curves on the set `tune`, judge them, and write or print them."""
    samples = papers.samples("tune", papers_wanted)
    text, lines = table_of(tuple(seen_in([one for one in samples if one.number % 2 == odd])
                                 for odd in (0, 1)), len(samples))  # type: ignore[arg-type]  # fmt: skip
    if to:
        to.write_text(text, encoding="utf-8")
    else:
        print(text)
    for line in lines:
        print(line)


def table_of(halves: Halves, papers_read: int) -> tuple[str, list[str]]:
    """Return the table made from both halves, and what every threshold would let through."""
    even, odd = halves
    crossed = _passing(even, curves_of(odd)), _passing(odd, curves_of(even))
    counts = {each: (crossed[0][each][0] + crossed[1][each][0],
                     crossed[0][each][1] + crossed[1][each][1]) for each in THRESHOLDS}  # fmt: skip
    held = (each for each in THRESHOLDS if counts[each][1] <= WRONG * counts[each][0])
    threshold = next(held, THRESHOLDS[-1])
    both = {name: [*even[name], *odd[name]] for name in even}
    values = sum(len(some) for name, some in both.items() if name != "code")
    passed, wrong = counts[threshold]
    said = [
        f"Judged on papers the curves were not made from: {passed} of {values} values accepted,",
        f"{wrong} of them wrong.",
    ]
    lines = [
        f"{each}: {passed} of {values} accepted ({passed / max(1, values):.1%}), "
        f"{wrong} wrong ({wrong / max(1, passed):.2%})"
        for each, (passed, wrong) in counts.items()
    ]
    return toml(curves_of(both), threshold, said, (values, papers_read)), lines


def _passing(
    seen: Mapping[str, Sequence[Seen]], curves: Mapping[str, Sequence[Point]]
) -> dict[float, tuple[int, int]]:
    """Return for every threshold how many values pass, and how many of these are wrong."""
    found = {}
    for least in THRESHOLDS:
        taken = [
            is_right
            for name, some in seen.items()
            for place, is_right in some
            if name != "code" and along(curves.get(name, curves["default"]), place) >= least
        ]
        found[least] = (len(taken), taken.count(False))
    return found
