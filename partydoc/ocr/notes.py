"""Text that shows on a scan without being part of it: signature boxes, page numbers, notes.

A viewer copies it from the page itself, so it is not laid under the page a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from partydoc.box import Box
from partydoc.ocr import trust
from partydoc.page import Line, Word
from partydoc.text import fold

#: Of the words of a note so many must have been read where it stands.
_SEEN = 0.5


def turned(lines: Iterable[Line], degrees: int) -> tuple[Line, ...]:
    """Return lines where they stand after their page is turned clockwise."""
    return tuple(
        Line(
            tuple(replace(word, box=_turned(word.box, degrees)) for word in line.words), line.block
        )
        for line in lines
    )


def _turned(box: Box, degrees: int) -> Box:
    left, top, right, bottom = box
    return {
        90: Box(1 - bottom, left, 1 - top, right),
        180: Box(1 - right, 1 - bottom, 1 - left, 1 - top),
        270: Box(top, 1 - right, bottom, 1 - left),
    }.get(degrees, box)


def without(lines: Iterable[Line], notes: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that were read without the words that notes cover."""
    return tuple(_parts(lines, notes, covered=False))


def within(lines: Iterable[Line], notes: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that were read with the words alone that notes cover."""
    return tuple(_parts(lines, notes, covered=True))


def _parts(lines: Iterable[Line], notes: Sequence[Line], *, covered: bool) -> Iterator[Line]:
    for line in lines:
        words = tuple(word for word in line.words if _covered(word, notes) is covered)
        if words:
            yield Line(words, line.block)


def are_true(notes: Sequence[Line], lines: Iterable[Line]) -> bool:
    """Tell whether notes say what was read where they stand."""
    if trust.is_strange("\n".join(note.text for note in notes)):
        return False
    said = _folded(word.text for note in notes for word in note.words)
    seen = [word.text for line in lines for word in line.words if _covered(word, notes)]
    read = _folded(seen)
    return len(said & read) >= _SEEN * len(said)


def _folded(words: Iterable[str]) -> set[str]:
    bare = (fold(word).strip(".,;:()\"'") for word in words)
    return {word for word in bare if len(word) > 1}


def _covered(word: Word, notes: Iterable[Line]) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return any(
        _holds(note.box, x, y) and any(_holds(each.box, x, y) for each in note.words)
        for note in notes
    )


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom
