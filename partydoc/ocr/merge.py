"""Two readings of the same page made one: the surer words, and the lines only one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partydoc.document import Box, Line, Word

_SAME_PLACE = 0.5
_SURE = 0.6


def score(lines: Iterable[Line]) -> float:
    """Return how much was read: letters, weighed by confidence above one half."""
    words = (word for line in lines for word in line.words)
    return sum(
        len(word.text) * (word.confidence - 0.5)
        for word in words
        if word.confidence > 0.5 and any(char.isalnum() for char in word.text)
    )


def mended(first: Sequence[Line], second: Sequence[Line]) -> tuple[Line, ...]:
    """Return the first reading with unsure words and missing lines taken from the second."""
    others = [word for line in second for word in line.words]
    better = [Line(tuple(_surer(word, others) for word in line.words), line.block)
              for line in first]  # fmt: skip
    taken = [word.box for line in first for word in line.words]
    block = max((line.block for line in first), default=0)
    for line in second:
        if line.confidence >= _SURE and not any(_overlap(line.box, box) > 0.1 for box in taken):
            block += 1
            _insert(better, Line(line.words, block))
    return tuple(better)


def _surer(word: Word, others: Iterable[Word]) -> Word:
    if word.confidence >= _SURE:
        return word
    same = [other for other in others if _overlap(word.box, other.box) > _SAME_PLACE]
    return max([word, *same], key=lambda candidate: candidate.confidence)


def _insert(lines: list[Line], line: Line) -> None:
    """Put a line before the first one that starts lower and stands on the same side."""
    for i, other in enumerate(lines):
        beside = min(other.box.right, line.box.right) - max(other.box.left, line.box.left)
        if beside > 0 and other.box.top > line.box.top:
            lines.insert(i, line)
            return
    lines.append(line)


def _overlap(a: Box, b: Box) -> float:
    """Return the common area as a share of both together."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / (_area(a) + _area(b) - common)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
