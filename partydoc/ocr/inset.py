"""Print in a picture that stands on a typed page: a letter pasted in, the head of a form.

Photographs and coats of arms make words too, but not sure ones, and no syllables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partydoc import syllable
from partydoc.box import Box
from partydoc.ocr import notes, patch, picture, recognise
from partydoc.page import Line, Word

#: Less ink than this share of a picture, beside the typed words on it, is no print.
_LEAST_INK = 0.005
#: Lines that are less sure do not tell that a picture holds text.
_SURE = 0.7
#: In a picture of text a line has one sure word; numbers are read less surely, but not so badly.
_SURE_WORD, _LEAST_WORD = 0.6, 0.3
#: A picture of text has so many words at least, of which so many are syllables; or it is in another
#: language and surely read: the more there is, the less sure each word has to be.
_FEWEST, _SPELLED = 5, 0.7
_MANY, _SURE_OF_MANY, _SURE_OF_FEW = 20, 0.8, 0.9


def read(
    pictures: Iterable[Box], typed: Sequence[Line], seen: picture.Drawn,
    recogniser: recognise.Recogniser,
) -> tuple[Line, ...]:  # fmt: skip
    """Return what is printed in the pictures of a typed page and typed nowhere on it."""
    lines = (line for box in pictures for line in _in_picture(box, typed, seen, recogniser))
    return notes.without(lines, typed)


def text(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return what can be read of some lines, if it is text at all."""
    lines = tuple(lines)
    return tuple(legible(lines)) if _is_text(lines) else ()


def beside(lines: Iterable[Line], pictures: Iterable[Box]) -> tuple[Line, ...]:
    """Return lines without the words that stand in pictures."""
    return notes.without(lines, [Line((Word("", box, 1.0),)) for box in pictures])


def _in_picture(
    box: Box, typed: Sequence[Line], seen: picture.Drawn, recogniser: recognise.Recogniser
) -> list[Line]:
    width, height = seen.image.size
    left, right = round(box.left * width), round(box.right * width)
    image = seen.image.crop((left, round(box.top * height), right, round(box.bottom * height)))
    # Not made coarser: what is pasted in is often smaller than it was.
    part = picture.Drawn(image, min(seen.dpi, picture.OCR_DPI))
    covered = [_within(word.box, box) for line in typed for word in line.words]
    mask = patch.uncovered(picture.ink(part.image.convert("L"), part.dpi), covered)
    if picture.ink_share(mask)[0] < _LEAST_INK:
        return []
    return [line.placed_in(box) for line in text(recogniser.print_on(part))]


def legible(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines that have a sure word, without the words that nobody can read."""
    for line in lines:
        words = tuple(word for word in line.words if word.confidence >= _LEAST_WORD)
        if any(word.confidence >= _SURE_WORD for word in words):
            yield Line(words, line.block)


def _is_text(read: Iterable[Line]) -> bool:
    lines = [line for line in read if line.confidence >= _SURE]
    words, spelled = syllable.counted("\n".join(line.text for line in lines))
    if words < _FEWEST:
        return False
    sure = Line(tuple(word for line in lines for word in line.words)).confidence
    enough = _SURE_OF_MANY if words >= _MANY else _SURE_OF_FEW
    return spelled >= _SPELLED * words or sure >= enough


def _within(box: Box, outer: Box) -> Box:
    """Return a box of the page as a part of another."""
    across, down = outer.right - outer.left, outer.bottom - outer.top
    return Box(
        (box.left - outer.left) / across, (box.top - outer.top) / down,
        (box.right - outer.left) / across, (box.bottom - outer.top) / down,
    )  # fmt: skip
