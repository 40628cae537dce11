"""Secrecy marks in coloured ink: read apart from the text, from every seal and stamp, in pieces.

Forms: Thông tư 24/2020/TT-BCA, mẫu 02 (levels) and 05 (GIẢI MẬT with "Từ: …" under it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from partydoc.document import Box, Line
from partydoc.metadata.layout import same_row
from partydoc.metadata.level import Level, exactly, levels, nearly
from partydoc.metadata.likeness import key, like
from partydoc.metadata.rules import keys, table

#: How near lines of one stamp stand, as fractions of the page's width and height.
BESIDE, BELOW = 0.08, 0.035
#: So many other lines around it make a word a piece of a seal.
CROWD = 3

_CIRCUMFLEX = re.compile(r"[ÂẬẤẦẨẪâậấầẩẫ]")


def marks(stamps: Sequence[Line]) -> Iterator[Level]:
    """Yield the levels of the marks among the lines found in coloured ink."""
    for line in stamps:
        level = _level(line, stamps)
        if level is None or _is_declassified(line, stamps):
            continue
        yield _raised(level, line, stamps)


def _level(line: Line, stamps: Sequence[Line]) -> Level | None:
    """Return the level that a line, or a piece of it between noise, names or nearly names."""
    for text in (key(line.text), *_pieces(line)):
        long = nearly(text)
        if long:
            return long
        short = levels()[-1]
        if text == short.key and (_CIRCUMFLEX.search(line.text) or not _is_crowded(line, stamps)):
            return short
        if re.fullmatch(_confused(short.key), text) and not _is_crowded(line, stamps):
            return short
    return None


def _pieces(line: Line) -> Iterator[str]:
    """Yield words and pairs of words that stand between noise; a word of a sentence is none."""
    words = [key(word.text) for word in line.words]
    rules = table("secrecy")["neighbours"]
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        if after and len(words) <= 6:
            yield word + after
        if before not in rules["before"] and after not in rules["after"] and len(word) >= 3:
            if len(before) <= 2 and len(after) <= 2:
                yield word


@cache
def _confused(short: str) -> str:
    """Return a pattern for a short mark: one letter of it confused, or one stray sign beside it."""
    confusions = table("secrecy")["stamp"]["confusions"]
    forms = [f"[il1|]{short}", f"{short}[il1|j]"]
    for i, char in enumerate(short):
        others = "".join(confusions.get(char, ()))
        if others:
            forms.append(f"{short[:i]}[{others}]{short[i + 1 :]}")
    return "|".join(forms)


def _is_crowded(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether it stands among the many lines of a seal."""
    others = [
        each
        for each in stamps
        if not same_row(each.box, line.box)
        and abs(each.box.top - line.box.top) < 0.09
        and _gap(each.box, line.box) < BESIDE
    ]
    return len(others) >= CROWD


def _gap(one: Box, other: Box) -> float:
    """Return how far two boxes stand apart across the page."""
    return max(one.left - other.right, other.left - one.right, 0.0)


def _companions(line: Line, stamps: Sequence[Line]) -> Iterator[str]:
    """Yield the keys of what stands close on the left of a line, or close above it."""
    for each in stamps:
        left = same_row(each.box, line.box) and each.box.right <= line.box.left + 0.01
        above = 0 < line.box.top - each.box.top < BELOW and not same_row(each.box, line.box)
        if (left or above) and _gap(each.box, line.box) < BESIDE:
            yield key(each.text)


def _is_declassified(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether a mark is that of GIẢI MẬT: said so, or damaged with "Từ: …" under it."""
    known = keys("secrecy", "declassified", "texts")
    if any(like(key(line.text), each) for each in known):
        return True
    beside = list(_companions(line, stamps))
    if any(like(each, text.removesuffix("mat")) for each in beside for text in known):
        return True
    starts = any(each.startswith(("g", "6")) for each in beside)
    return starts and any(_is_since(each, line) for each in stamps)


def _is_since(each: Line, line: Line) -> bool:
    """Tell whether a line is the "Từ: 05/9/2024" under a mark."""
    below = 0 < each.box.top - line.box.top < BELOW and _gap(each.box, line.box) < BESIDE
    return below and re.match(r"tu\d", key(each.text)) is not None


def _raised(level: Level, line: Line, stamps: Sequence[Line]) -> Level:
    """Return the higher level where TUYỆT or TỐI was read apart from MẬT."""
    for each in levels():
        first = each.key.removesuffix(level.key)
        if first and any(like(text, first) or text == first for text in _companions(line, stamps)):
            return each
    return exactly(level.key) or level
