"""GIẢI MẬT: a mark that lifts others, where it was clearly read.

Form: Thông tư 24/2020/TT-BCA, mẫu 05: in two lines, with "Từ: …" and the day in the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from partydoc.box import Box
from partydoc.metadata.layout import cut, same_row
from partydoc.metadata.likeness import distance, key, like
from partydoc.metadata.rules import keys
from partydoc.page import Line, Page

#: How near lines of one stamp stand, as fractions of the page's width and height.
BESIDE, BELOW = 0.08, 0.035
#: From this confidence on its first word is taken for what it says.
_CLEAR = 0.5

State = Literal["clear", "doubtful"]


def state(page: Page) -> State | None:
    """Tell whether GIẢI MẬT stands on a page; None if it does not.

    In a stamp it may stand alone; in print it must have the day under it, for regulations
    on secrets have headings that say the same.
    """
    if any(_is_clear(line) or _is_said_beside(line, page.stamps) for line in page.stamps):
        return "clear"
    printed = [Line(part.words) for line in page.lines for part in cut(page, line)]
    lines = (*printed, *page.stamps)
    if any(_is_clear(part) and any(_is_since(each, part) for each in lines) for part in printed):
        return "clear"
    if any(_is_left(line, page.stamps) for line in page.stamps):
        return "doubtful"
    near = any(_is_near(line) and any(_is_since(each, line) for each in lines) for line in lines)
    return "doubtful" if near else None


def _is_clear(line: Line) -> bool:
    said = key(line.text)
    whole = any(like(said, each) for each in keys("secrecy", "declassified", "texts"))
    return whole and "giai" in said and line.confidence >= _CLEAR


def _is_near(line: Line) -> bool:
    said = key(line.text)
    known = keys("secrecy", "declassified", "texts")
    return said[:1] in ("g", "6", "c") and any(distance(said, each, 2) <= 2 for each in known)


def _is_said_beside(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether GIẢI and MẬT were read apart."""
    return key(line.text) == "mat" and "giai" in companions(line, stamps)


def _is_left(line: Line, stamps: Sequence[Line]) -> bool:
    return key(line.text).endswith("mat") and is_part(line, stamps)


def companions(line: Line, stamps: Sequence[Line]) -> Iterator[str]:
    """Yield the keys of the words beside a line or close above it, also of other readings of it."""
    for each in stamps:
        above = 0 < line.box.top - each.box.top < BELOW
        if (above or same_row(each.box, line.box)) and gap(each.box, line.box) < BESIDE:
            yield from (key(word.text) for word in each.words if word.box.left < line.box.right)


def is_part(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether a mark is that of GIẢI MẬT: said so, or damaged with "Từ: …" under it."""
    known = keys("secrecy", "declassified", "texts")
    if any(like(key(line.text), each) for each in known):
        return True
    beside = list(companions(line, stamps))
    if any(like(each, text.removesuffix("mat")) for each in beside for text in known):
        return True
    starts = any(each.startswith(("g", "6")) for each in beside)
    return starts and any(_is_since(each, line) for each in stamps)


def _is_since(each: Line, line: Line) -> bool:
    """Tell whether a line is the "Từ: 05/9/2024" under a mark."""
    below = 0 < each.box.top - line.box.top < BELOW and gap(each.box, line.box) < BESIDE
    return below and re.match(r"tu\d", key(each.text)) is not None


def gap(one: Box, other: Box) -> float:
    """Return how far two boxes stand apart across the page."""
    return max(one.left - other.right, other.left - one.right, 0.0)
