"""From evidence to probability: how often a value read with such evidence is right.

The readers weigh their evidence on a scale of their own; the table `sureness.toml` says, measured
on labelled pages, how often it was right. Between two points of a field's table lies a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from partydoc.document import Field
from partydoc.metadata.rules import table

Curve = tuple[tuple[float, float], ...]


def weigh(record: Mapping[str, Field | None]) -> dict[str, Field | None]:
    """Return the record with probabilities in place of evidence, and what is accepted by them.

    A code is as sure as the weaker of its halves. A pencilled sheet number is never accepted.
    """
    found = {name: _weighed(name, field) for name, field in record.items()}
    code, number, symbol = (found.get(name) for name in ("code", "number", "symbol"))
    if code and number and symbol:
        sure = min(number.confidence, symbol.confidence)
        found["code"] = replace(code, confidence=sure, accepted=number.accepted and symbol.accepted)
    return found


def _weighed(name: str, field: Field | None) -> Field | None:
    if field is None or field.source != "machine":
        return field
    sure = probability(name, field.confidence)
    return replace(
        field, confidence=round(sure, 3), accepted=sure >= threshold() and name != "sheets"
    )


def threshold() -> float:
    """Return the probability from which on a value stands without a person having seen it."""
    return table("sureness")["threshold"]


def probability(name: str, evidence: float) -> float:
    """Return how often a field read with this evidence (0..1) is right."""
    return along(curve(name), evidence)


@cache
def curve(name: str) -> Curve:
    """Return the points (evidence, probability) of a field; those of all where it has none."""
    curves = table("sureness")["curves"]
    points = curves.get(name) or curves["default"]
    return tuple((float(evidence), float(sure)) for evidence, sure in points)


def along(points: Sequence[tuple[float, float]], evidence: float) -> float:
    """Return the value of a rising broken line at a place; its ends run on level."""
    at = bisect_right([place for place, _ in points], evidence)
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (left, low), (right, high) = points[at - 1], points[at]
    return low + (high - low) * (evidence - left) / (right - left)
