"""Figures at the head of a page, looked at twice: no spelling tells 12 from 17.

Number and day are what a document is known by. A line with figures that were read less than surely
is read again by itself, and larger. What both looks give alike is surer, what they give differently
is doubted. The words stay those of the first look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from PIL import Image, ImageOps

from partydoc.box import Box
from partydoc.ocr import engine
from partydoc.page import Line, Word
from partydoc.text import fold

#: No number and no date of a letterhead stands lower on its page.
_HEAD = 0.35
#: Figures that were read more surely need no second look.
_SURE = 0.88
#: So sure is what two looks give alike, and no surer what they give differently.
_ALIKE, _DIFFERENT = 0.9, 0.5
#: How much around a line is shown with it, in heights of it; how much larger; the rim in dots.
_AROUND, _LARGER, _RIM = 0.35, 1.5, 12
#: What figures are taken for where they stand among figures; 5 and 8 for the same.
_LETTERS = str.maketrans("lIíìÍÌị|][!TJOŠ§S", "1111111111111" + "0???")


def confirmed(
    grey: Image.Image, dpi: int, reader: engine.Engine, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """Return the lines of a page, the figures at its head as sure as a second look makes them."""
    doubted = [i for i, line in enumerate(lines) if any(map(_is_doubted, line.words))]
    if not doubted:
        return lines
    pictures = [_picture(grey, lines[i].box) for i in doubted]
    looks = reader.read_all(pictures, round(dpi * _LARGER), engine.LINE)
    found = list(lines)
    for i, look in zip(doubted, looks, strict=True):
        found[i] = weighed(lines[i], [word for line in look for word in line.words])
    return tuple(found)


def weighed(line: Line, again: Sequence[Word]) -> Line:
    """Return a line with its unsure figures borne out, or not, by a second reading of it.

    Where more follows on the figures in their word, it must be the same. What the second reading
    has nothing for stays as it is.
    """
    ours, theirs = list(_figures(line.words)), [figure for _, figure in _figures(again)]
    tails = {_tail(word.text) for word in again}
    words = list(line.words)
    for i, alike in _compared(ours, theirs):
        if not _is_doubted(line.words[i]):
            continue
        word = words[i]
        if not alike:
            words[i] = replace(word, confidence=min(word.confidence, _DIFFERENT))
        elif _tail(word.text) in tails or _is_figure(word.text):
            words[i] = replace(word, confidence=max(word.confidence, _ALIKE))
    return Line(tuple(words), line.block)


def _compared(ours: Sequence[tuple[int, str]], theirs: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Yield the words whose figures have a counterpart, and whether it is the same."""
    own = [figure for _, figure in ours]
    for what, a, b, c, d in SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
        if what == "delete":
            continue
        for (i, one), other in zip(ours[a:b], theirs[c:d], strict=False):
            yield i, _is_same(one, other)


def _tail(text: str) -> str:
    """Return a word from its figures on, folded; a doubled Đ is one: 12-NQ/ĐĐU."""
    return re.sub(r"^\D*", "", fold(text)).replace("dd", "d").strip(".,:;")


def _is_same(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or "?" in (a, b) and {a, b} <= set("?58") for a, b in zip(one, other, strict=True)
    )


def _figures(words: Iterable[Word]) -> Iterator[tuple[int, str]]:
    """Yield the figures of words, each with its word, letters among them made figures: l7, 201]."""
    for i, word in enumerate(words):
        for token in re.findall(r"[^\W_\d]*\d[\w|\]\[!]*", word.text):
            if _is_figure(token):
                yield i, token.translate(_LETTERS)
            else:
                yield from ((i, run) for run in re.findall(r"\d+", token))


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"[\d?]+", text.strip(".,:;").translate(_LETTERS)) is not None


def _is_doubted(word: Word) -> bool:
    return word.box.top < _HEAD and word.confidence < _SURE and any(_figures([word]))


def _picture(grey: Image.Image, box: Box) -> Image.Image:
    """Return a line as a picture of its own, larger than it stands on the page."""
    around = _AROUND * (box.bottom - box.top) * grey.height
    left, right = box.left * grey.width - 2 * around, box.right * grey.width + 2 * around
    top, bottom = box.top * grey.height - around, box.bottom * grey.height + around
    crop = grey.crop(
        (
            max(0, round(left)),
            max(0, round(top)),
            min(grey.width, round(right)),
            min(grey.height, round(bottom)),
        )
    )
    size = (round(crop.width * _LARGER), round(crop.height * _LARGER))
    return ImageOps.expand(crop.resize(size, Image.Resampling.BICUBIC), _RIM, 255)
