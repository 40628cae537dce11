"""Two readings of the same page made one: the surer words, and the lines only one has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from partydoc.box import Box
from partydoc.page import Line, Word

_SAME_PLACE = 0.5
_SURE = 0.6
#: Two words that stand beside one another share no more than this of the smaller box.
_RIM = 0.1
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
    was cut off, or nothing; where nothing was read, half of it may be unsure, too. Of other lines
    the words are taken that stand right before the first reading's, as sure as print.
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
        elif known:
            better = _filled(better, line)
    return tuple(better)


def placed(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with others set between them, each before the first that stands below it."""
    whole, block = list(lines), max((line.block for line in lines), default=0)
    for line in others:
        _insert(whole, Line(line.words, block + 1 + line.block))
    return tuple(whole)


def uncovered(lines: Sequence[Line], again: Iterable[Line], place: Box) -> tuple[Line, ...]:
    """Return lines with what another reading found in a place of the page that it saw bare.

    A line of it that has a sure word there, and says more than what it covers, takes its place.
    Words are as sure as the surer reading has them.
    """
    words = [word for line in lines for word in line.words]
    whole, block = list(lines), max((line.block for line in lines), default=0)
    better = []
    for line in again:
        known = [_part(each, line.box, inside=True) for each in lines]
        if _is_sure_in(line, place) and score([line]) > score(known):
            said = (word for word in line.words if any(map(str.isalnum, word.text)))
            better.append(Line(tuple(_surest(word, words) for word in said), 0))
            whole = [rest for each in whole if (rest := _part(each, line.box, inside=False)).words]
    for i, line in enumerate(better, 1):
        _insert(whole, replace(line, block=block + i))
    return tuple(whole)


def _is_sure_in(line: Line, place: Box) -> bool:
    return any(_common(word.box, place) and word.confidence >= _SURE
               and any(map(str.isalnum, word.text)) for word in line.words)  # fmt: skip


def _is_half_sure(line: Line) -> bool:
    """Tell whether half of the letters are in words as sure as print: a name under a seal."""
    letters = [(word, sum(map(str.isalpha, word.text))) for word in line.words]
    sure = sum(count for word, count in letters if word.confidence >= _PRINT)
    return sure >= _LETTERS and 2 * sure >= sum(count for _, count in letters)


def _filled(lines: list[Line], other: Line) -> list[Line]:
    """Return lines with the words of another, as sure as print, that stand right before theirs."""
    same = [i for i, line in enumerate(lines) if _part(line, other.box, inside=True).words]
    known = [word for line in lines for word in line.words]
    unseen = [word for word in other.words if _is_print(word)
              and not any(_touches(word.box, each.box) for each in known)]  # fmt: skip
    if len(same) != 1 or not unseen:
        return lines
    (at,) = same
    line = lines[at]
    words = (*line.words, *(word for word in unseen if _stands_before(word, line)))
    whole = Line(tuple(sorted(words, key=lambda word: word.box.left)), line.block)
    return [*lines[:at], whole, *lines[at + 1 :]]


def _is_print(word: Word) -> bool:
    return word.confidence >= _PRINT and sum(map(str.isalpha, word.text)) > 1


def _stands_before(word: Word, line: Line) -> bool:
    """Tell whether a word ends right before one of a line: no further from it than it is high."""
    high = word.box.bottom - word.box.top
    return any(0 <= each.box.left - word.box.right < high for each in line.words)


def _touches(box: Box, other: Box) -> bool:
    """Tell whether more than a rim of one of two boxes lies in the other."""
    return _common(box, other) > _RIM * min(_area(box), _area(other))


def _part(line: Line, box: Box, *, inside: bool) -> Line:
    """Return the line with its words in the box only, or with the others."""
    words = tuple(word for word in line.words if _inside(word.box, box) is inside)
    return Line(words, line.block)


def _surer(word: Word, others: Iterable[Word]) -> Word:
    return word if word.confidence >= _SURE else _surest(word, others)


def _surest(word: Word, others: Iterable[Word]) -> Word:
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
