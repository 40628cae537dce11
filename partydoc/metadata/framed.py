"""Drawn frames of the size of a mark: what a damaged reading inside one may be, and what is unread.

A frame is evidence of its own: inside it fewer letters are enough, and one that nobody could read
leaves a doubt. Forms: Thông tư 24/2020/TT-BCA, mẫu 02.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from partydoc.box import Box
from partydoc.metadata.level import Level, levels, plain
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import keys, table
from partydoc.page import FRAME, Line, Page, Word

#: So many damaged letters are forgiven inside a frame, by the length of the level's name.
_FORGIVEN = {3: 1, 6: 2, 8: 3}
#: What is read this surely says what a frame is about, if it fills so much of its width.
_SURE, _FILLED = 0.7, 0.4
#: In capitals so many letters do.
_LETTERS = 4
#: A word of so few letters is a piece of print that was cut off.
_PIECE = 2
#: A space between words, and what a box may reach over a side, as fractions of the page's width.
_SPACE, _SIDE = 0.012, 0.006


def read(page: Page) -> Iterator[Level | Literal["unread"]]:
    """Yield of each frame the level that is nearly read in it, or that it could not be read."""
    for frame in boxes(page.stamps):
        stamped = [line for line in page.stamps if line.text != FRAME and _holds(frame, line.box)]
        printed = [_within(frame, line) for line in page.lines]
        inside = [*stamped, *filter(None, printed)]
        if any("giai" in key(line.text) for line in inside):
            continue  # GIẢI MẬT, or what is left of it: see `declassified`
        level, sure = _level(inside)
        if level and sure:
            yield level
        elif not _is_explained(frame, stamped, page.lines):
            yield level or "unread"


def _level_with(frame: Box, lines: Sequence[Line]) -> list[Line]:
    """Return the printed lines half-way up a frame: print that was stamped over seldom is."""
    quarter = (frame.bottom - frame.top) / 4
    return [
        line
        for line in lines
        if frame.top + quarter < (line.box.top + line.box.bottom) / 2 < frame.bottom - quarter
    ]


def _running_through(frame: Box, lines: Sequence[Line]) -> list[Line]:
    """Return the printed lines that have words in a frame and run on beyond its sides."""
    return [line for line in lines if _within(frame, line) and not _contained(frame, line)]


def boxes(stamps: Sequence[Line]) -> list[Box]:
    """Return where frames were seen."""
    return [line.box for line in stamps if line.text == FRAME]


def _level(lines: Sequence[Line]) -> tuple[Level | None, bool]:
    """Return the level that is named best, and whether to the letter.

    A long name counts before MẬT, which is a part of it.
    """
    found = [(off, level) for level in levels() for line in lines for off in _off(line, level)]
    if not found:
        return None, False
    off, level = min(found, key=lambda each: (len(each[1].key) == 3, each[0]))
    return level, not off


def _off(line: Line, level: Level) -> Iterator[float]:
    """Yield how far a line, a word of it, or two of them are off a level's name."""
    limit, wanted = _FORGIVEN.get(len(level.key), 1), plain(level.key)
    if len(wanted) == 3 and line.confidence >= _SURE:
        limit = 0  # a sure word is what it is: TÀI, MAI
    for text in _texts(line):
        found = distance(plain(text), wanted, limit)
        if len(text) >= 3 and found <= limit and text not in keys("secrecy", "damaged", "others"):
            yield found / len(wanted)


def _texts(line: Line) -> Iterator[str]:
    words = [key(word.text) for word in line.words if not word.text.islower()]
    rules = table("secrecy")["neighbours"]
    yield "".join(words)
    yield from map("".join, zip(words, words[1:], strict=False))
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if before not in rules["before"] and after not in rules["after"]:
            yield word


def _holds(frame: Box, box: Box) -> bool:
    """Tell whether the middle of a box lies in a frame."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return frame.left <= across <= frame.right and frame.top <= down <= frame.bottom


def _within(frame: Box, line: Line) -> Line | None:
    words = tuple(word for word in line.words if _holds(frame, word.box))
    return Line(words, line.block) if words else None


def _is_explained(frame: Box, stamped: Sequence[Line], printed: Sequence[Line]) -> bool:
    """Tell whether sure words that stay within the frame say what stands in it.

    Print that runs through it leaves pieces, as sure as words, and capitals of its own.
    """
    through = _running_through(frame, printed)
    others = (
        line
        for line in (*stamped, *_level_with(frame, printed))
        if not any(True for level in levels() for _ in _off(line, level))
    )
    sure = [
        word
        for line in others
        for word in _contained(frame, line)
        if word.confidence >= _SURE and key(word.text) and not _begins_a_level(word.text)
    ]
    capitals = [key(word.text) for word in sure if word.text.isupper()]
    if sum(len(text) for text in capitals if not _is_said(text, through)) >= _LETTERS:
        return True
    least = _PIECE if through else 0
    filled = sum(word.box.right - word.box.left for word in sure if len(key(word.text)) > least)
    return filled >= _FILLED * (frame.right - frame.left)


def _is_said(text: str, lines: Sequence[Line]) -> bool:
    return any(text in key(line.text) for line in lines)


def _begins_a_level(text: str) -> bool:
    """Tell whether a word may be what a seal or print left of TUYỆT or TỐI: TUY, ITOI."""
    said = key(text)
    whole = {level.key: level.key.removesuffix(levels()[-1].key) for level in levels()}
    return len(said) >= 3 and any(
        name.startswith(said) or first and plain(first) in plain(said)
        for name, first in whole.items()
    )


def _contained(frame: Box, line: Line) -> tuple[Word, ...]:
    """Return the words of a line in a frame; none where it runs on beyond a side, as print does."""
    said = [word for word in line.words if any(map(str.isalnum, word.text))]  # no rules: |
    inside = [i for i, word in enumerate(said) if _holds(frame, word.box)]
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    words = tuple(said[first : last + 1])
    before = said[first - 1].box.right if first else -1.0
    after = said[last + 1].box.left if last + 1 < len(said) else 2.0
    runs_on = words[0].box.left - before < _SPACE or after - words[-1].box.right < _SPACE
    crosses = words[0].box.left < frame.left - _SIDE or words[-1].box.right > frame.right + _SIDE
    return () if runs_on or crosses else words
