"""Secrecy marks in coloured ink: read apart from the text, from every seal and stamp, in pieces.

Forms: Thông tư 24/2020/TT-BCA, mẫu 02 (levels) and 05 (GIẢI MẬT with "Từ: …" under it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from partydoc.document import Box, Line, Page, Word
from partydoc.metadata.layout import same_row
from partydoc.metadata.level import Level, levels
from partydoc.metadata.likeness import distance, key, like
from partydoc.metadata.rules import keys, table

#: How near lines of one stamp stand, as fractions of the page's width and height.
BESIDE, BELOW = 0.08, 0.035
#: Where marks stand in print, as a fraction of the page's height, and what is not a sure word.
HEAD, UNSURE = 0.35, 0.6
#: So many other lines around it make a word a piece of a seal.
CROWD = 3

#: M and Â in capitals: no other letters look like them, whatever was printed over the rest.
_TRACE = re.compile(r"M[ẬÂ]")
_CIRCUMFLEX = re.compile(r"[ÂẬẤẦẨẪâậấầẩẫ]")


def marks(stamps: Sequence[Line]) -> Iterator[Level]:
    """Yield the levels of the marks among the lines found in coloured ink."""
    for line in stamps:
        level = _level(line, stamps)
        if level is None or _is_declassified(line, stamps):
            continue
        yield _raised(level, line, stamps)


def traces(page: Page) -> bool:
    """Tell whether something may be what is left of a mark that was stamped over text.

    It is looked for in the stamps, and among the words in the head that were not read well.
    """
    head = (line for line in page.lines if line.box.top < HEAD)
    stamped = (line for line in page.stamps if not _is_declassified(line, page.stamps))
    return any(map(_is_trace, _pairs(stamped))) or any(
        _is_trace((before, word)) for before, word in _pairs(head) if word.confidence < UNSURE
    )


def _pairs(lines: Iterable[Line]) -> Iterator[tuple[Word | None, Word]]:
    """Yield every word with the one before it."""
    for line in lines:
        yield from zip((None, *line.words), line.words, strict=False)


def _is_trace(pair: tuple[Word | None, Word]) -> bool:
    before, word = pair
    if not _TRACE.search(word.text) or key(word.text) in keys("secrecy", "damaged", "others"):
        return False
    known = (*table("secrecy")["neighbours"]["before"], "do")
    return before is None or not key(before.text).endswith(known)


def _level(line: Line, stamps: Sequence[Line]) -> Level | None:
    """Return the level that a line, or a piece of it between noise, names or nearly names."""
    for text in (key(line.text), *_pieces(line)):
        long = _nearly(text)
        if long:
            return long
        short = levels()[-1]
        if text == short.key and (_CIRCUMFLEX.search(line.text) or not _is_crowded(line, stamps)):
            return short
        if _is_short_mark(text) and not _is_crowded(line, stamps):
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
        is_word = before in rules["before"] or after in rules["after"]
        if not is_word and len(word) >= 3 and max(len(before), len(after)) <= 2:
            yield word


def _nearly(text: str) -> Level | None:
    """Return the long level that a stamp's text comes near to, look-alike letters made one."""
    plain = _plain(text)
    long = (level for level in levels() if len(level.key) > 3)
    return next((level for level in long if distance(plain, _plain(level.key), 1) <= 1), None)


def _is_short_mark(text: str) -> bool:
    """Tell whether a text is MẬT with look-alike letters, or a piece of the frame beside it."""
    short = _plain(levels()[-1].key)
    return _plain(text) in {short, f"t{short}", f"{short}t", f"t{short}t"}


def _plain(text: str) -> str:
    return text.translate(_look_alikes())


@cache
def _look_alikes() -> dict[int, str]:
    confusions = table("secrecy")["stamp"]["confusions"]
    return {ord(each): letter for letter, others in confusions.items() for each in others}


def _is_crowded(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether it stands among the many lines of a seal; a line read twice counts once."""
    others: list[Box] = []
    for each in stamps:
        near = abs(each.box.top - line.box.top) < 0.09 and _gap(each.box, line.box) < BESIDE
        if near and not any(same_row(each.box, box) for box in (line.box, *others)):
            others.append(each.box)
    return len(others) >= CROWD


def _gap(one: Box, other: Box) -> float:
    """Return how far two boxes stand apart across the page."""
    return max(one.left - other.right, other.left - one.right, 0.0)


def _companions(line: Line, stamps: Sequence[Line]) -> Iterator[str]:
    """Yield the keys of the words beside a line or close above it, also of other readings of it."""
    for each in stamps:
        above = 0 < line.box.top - each.box.top < BELOW
        if (above or same_row(each.box, line.box)) and _gap(each.box, line.box) < BESIDE:
            yield from (key(word.text) for word in each.words if word.box.left < line.box.right)


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
    beside = [_plain(text) for text in _companions(line, stamps)]
    for each in levels():
        first = _plain(each.key.removesuffix(level.key))
        limit = len(first) // 5
        if each.key.endswith(level.key) and any(
            first and distance(text, first, limit) <= limit for text in beside
        ):
            return each
    return level
