"""Secrecy marks in coloured ink: read apart from the text, from every seal and stamp, in pieces.

Forms: Thông tư 24/2020/TT-BCA, mẫu 02 (levels) and 05 (GIẢI MẬT with "Từ: …" under it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from partydoc.box import Box
from partydoc.metadata import declassified
from partydoc.metadata.declassified import BESIDE, gap
from partydoc.metadata.layout import same_row
from partydoc.metadata.level import Level, levels, plain
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import keys, table
from partydoc.page import FRAME, Line, Page, Word

#: Where marks stand in print, as a fraction of the page's height, and what is not a sure word.
HEAD, UNSURE = 0.35, 0.6
#: So many other lines around it make a word a piece of a seal.
CROWD = 3
#: From this confidence on a look-alike of MẬT without its Â is no chance.
LEGIBLE = 0.5

#: M and Â in capitals: no other letters look like them, whatever was printed over the rest.
_TRACE = re.compile(r"M.?[ẬÂ]")
_MARKED = re.compile(r"[ÂẬẠ]")
_CIRCUMFLEX = re.compile(r"[ÂẬẤẦẨẪâậấầẩẫ]")
#: What the frame beside it is read as.
_EDGE = re.compile(r"[\[\]|]")


def marks(page: Page) -> Iterator[Level]:
    """Yield the levels of the marks among the lines found in coloured ink."""
    stamps = page.stamps
    for line in stamps:
        level = _level(line, stamps)
        if level is None or declassified.is_part(line, stamps) or _is_print(line, page):
            continue
        yield _raised(level, line, stamps)


def traces(page: Page) -> bool:
    """Tell whether something may be what is left of a mark that was stamped over text.

    It is looked for in the stamps, and among the words in the head that were not read well.
    """
    head = (line for line in page.lines if line.box.top < HEAD)
    stamped = [line for line in page.stamps if not declassified.is_part(line, page.stamps)]
    pieces = [(line, key(line.text)) for line in stamped if not line.text.islower()]
    if any(
        _is_short_mark(text) and _is_legible(line) and not _is_crowded(line, page.stamps)
        for line, text in pieces
    ):
        return True
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
    if line.text.islower():
        return None  # print that was read as a stamp
    for text in (key(line.text), *_pieces(line)):
        long = _nearly(text)
        if long:
            return long
        short = levels()[-1]
        if text == short.key and (_CIRCUMFLEX.search(line.text) or not _is_crowded(line, stamps)):
            return short
        if _is_short_mark(text) and not _is_crowded(line, stamps) and _is_borne_out(line, stamps):
            return short
    return None


def _is_legible(line: Line) -> bool:
    """Tell whether it was read with Â or a frame, or surely: as MAI a seal's rim is read, too."""
    signs = _CIRCUMFLEX.search(line.text) or _EDGE.search(line.text)
    return bool(signs) or line.confidence >= LEGIBLE


def _is_borne_out(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether a look-alike is none by chance: its own marks, a word, a reading, a frame."""
    short = levels()[-1]
    if _MARKED.search(line.text) and _is_legible(line) or _raised(short, line, stamps) is not short:
        return True
    for each in stamps:
        if each is line or not same_row(each.box, line.box) or gap(each.box, line.box) > 0:
            continue
        if each.text == FRAME or any(map(_is_short_mark, (key(each.text), *_pieces(each)))):
            return True
    return False


def _is_print(line: Line, page: Page) -> bool:
    """Tell whether it is a piece of printed words at the same place that are no mark: MẶT YẾU."""
    after = table("secrecy")["neighbours"]["after"]
    short = levels()[-1].key
    for each in page.lines:
        if same_row(each.box, line.box) and gap(each.box, line.box) <= 0:
            words = [key(word.text) for word in each.words]
            known = any(b in after for a, b in zip(words, words[1:], strict=False) if a == short)
            if known and key(line.text) in "".join(words):
                return True
    return False


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
    bare = plain(text)
    long = (level for level in levels() if len(level.key) > 3)
    return next((level for level in long if distance(bare, plain(level.key), 1) <= 1), None)


def _is_short_mark(text: str) -> bool:
    """Tell whether a text is MẬT with look-alike letters, or a piece of the frame beside it."""
    short = plain(levels()[-1].key)
    return plain(text) in {short, f"t{short}", f"{short}t", f"t{short}t"}


def _is_crowded(line: Line, stamps: Sequence[Line]) -> bool:
    """Tell whether it stands among the many lines of a seal; a line read twice counts once."""
    others: list[Box] = []
    for each in stamps:
        near = abs(each.box.top - line.box.top) < 0.09 and gap(each.box, line.box) < BESIDE
        if near and not any(same_row(each.box, box) for box in (line.box, *others)):
            others.append(each.box)
    return len(others) >= CROWD


def _raised(level: Level, line: Line, stamps: Sequence[Line]) -> Level:
    """Return the higher level where TUYỆT or TỐI was read apart from MẬT."""
    beside = [plain(text) for text in declassified.companions(line, stamps)]
    for each in levels():
        first = plain(each.key.removesuffix(level.key))
        limit = len(first) // 5
        if each.key.endswith(level.key) and any(
            first and distance(text, first, limit) <= limit for text in beside
        ):
            return each
    return level
