"""Two readings of the same page made one: the surer words, and the lines only one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partydoc.box import Box
from partydoc.page import Line, Word

_SAME_PLACE = 0.5
_SURE = 0.6
#: Below this confidence a word says nothing.
_SAID = 0.5
#: Words as sure as print, and so many letters in them, say something though the line is unsure.
_PRINT, _LETTERS = 0.85, 6
#: So many times as much must a line say to take the place of others.
_MORE = 1.3


def score(lines: Iterable[Line]) -> float:
    """Return how much was read: letters, weighed by confidence above one half."""
    words = (word for line in lines for word in line.words)
    return sum(
        len(word.text) * (word.confidence - _SAID)
        for word in words
        if word.confidence > _SAID and any(char.isalnum() for char in word.text)
    )


def mended(first: Sequence[Line], second: Sequence[Line]) -> tuple[Line, ...]:
    """Return the first reading with unsure words and missing lines taken from the second.

    A sure line of the second takes the place of words that say much less: those of a line that
    was cut off, or nothing; where nothing was read, half of it may be unsure, too.
    """
    others = [word for line in second for word in line.words]
    better = [Line(tuple(_surer(word, others) for word in line.words), line.block)
              for line in first]  # fmt: skip
    block = max((line.block for line in first), default=0)
    for line in second:
        known = [part for each in better if (part := _part(each, line.box, inside=True)).words]
        if line.confidence < _SURE and (known or not _is_half_sure(line)):
            continue
        if score([line]) > _MORE * score(known):
            block += 1
            better = [rest for each in better
                      if (rest := _part(each, line.box, inside=False)).words]  # fmt: skip
            _insert(better, Line(line.words, block))
    return tuple(better)


def placed(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with others set between them, each before the first that stands below it."""
    whole, block = list(lines), max((line.block for line in lines), default=0)
    for line in others:
        _insert(whole, Line(line.words, block + 1 + line.block))
    return tuple(whole)


def _is_half_sure(line: Line) -> bool:
    """Tell whether half of the letters are in words as sure as print: a name under a seal."""
    letters = [(word, sum(map(str.isalpha, word.text))) for word in line.words]
    sure = sum(count for word, count in letters if word.confidence >= _PRINT)
    return sure >= _LETTERS and 2 * sure >= sum(count for _, count in letters)


def _part(line: Line, box: Box, *, inside: bool) -> Line:
    """Return the line with its words in the box only, or with the others."""
    words = tuple(word for word in line.words if _inside(word.box, box) is inside)
    return Line(words, line.block)


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


def _inside(box: Box, other: Box) -> bool:
    """Tell whether half of a box lies in another, that of a line of many words for instance."""
    return _common(box, other) > _SAME_PLACE * _area(box)


def _overlap(a: Box, b: Box) -> float:
    """Return the common area as a share of both together."""
    common = _common(a, b)
    return common / (_area(a) + _area(b) - common) if common else 0.0


def _common(a: Box, b: Box) -> float:
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return width * height if width > 0 and height > 0 else 0.0


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
