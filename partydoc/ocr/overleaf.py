"""Print of the other side that shows through paper: pale, and the wrong way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PIL import Image

from partydoc import syllable
from partydoc.box import Box
from partydoc.ocr import merge
from partydoc.page import Line

#: The paper was turned like a book, or like a calendar.
_FLIPS = (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)
#: What a mirror says at least where a page shows through: more than any one stamp says, and so
#: many times what stands there; then half of what a line says is enough to take it away.
_SAYS, _TIMES, _ENOUGH = 6.0, 2.0, 0.5


def without(
    lines: tuple[Line, ...], page: Image.Image, read: Callable[[Image.Image], Iterable[Line]]
) -> tuple[Line, ...]:
    """Return the lines of a pale page, but those that are no Vietnamese and are some in a mirror.

    A pale stamp or a note in pencil stays: it is spelled, or says nothing in a mirror.
    """
    for flip in _FLIPS:
        if not any(map(_is_odd, lines)):
            break
        mirrored = [_flipped(line, flip) for line in read(page.transpose(flip))]
        if merge.score(mirrored) > max(_SAYS, _TIMES * merge.score(lines)):
            lines = tuple(
                line for line in lines if not (_is_odd(line) and _is_print(mirrored, line))
            )
    return lines


def _is_odd(line: Line) -> bool:
    """Tell whether most words of a line are spelled as no Vietnamese word is."""
    words, spelled = syllable.counted(line.text)
    return 2 * spelled < words or not words


def _is_print(mirrored: Iterable[Line], line: Line) -> bool:
    """Tell whether there is print in a mirror in the place of a line."""
    there = [part for each in mirrored if (part := _within(each, line.box)).words]
    return merge.score(there) > _ENOUGH * merge.score([line])


def _within(line: Line, box: Box) -> Line:
    """Return the line with the words only that a box touches."""
    words = (
        word for word in line.words
        if word.box.left < box.right and box.left < word.box.right
        and word.box.top < box.bottom and box.top < word.box.bottom
    )  # fmt: skip
    return replace(line, words=tuple(words))


def _flipped(line: Line, flip: Image.Transpose) -> Line:
    def back(box: Box) -> Box:
        left, top, right, bottom = box
        if flip == Image.Transpose.FLIP_LEFT_RIGHT:
            return Box(1 - right, top, 1 - left, bottom)
        return Box(left, 1 - bottom, right, 1 - top)

    return replace(line, words=tuple(replace(word, box=back(word.box)) for word in line.words))
