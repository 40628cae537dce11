"""The block of the signer: authority, position and name in the right half, recipients at the left.

Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (T/M, K/T, T/L, Q.); Nghị định 30/2020/NĐ-CP, Phụ lục I,
mục II.7 (TM., KT., TL., TUQ., Q.). Of the two signers of a biên bản the chair stands at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from partydoc.metadata.layout import Segment, rows, segments
from partydoc.metadata.layout import cut as columns
from partydoc.metadata.likeness import begins, key
from partydoc.metadata.rules import keys, table
from partydoc.page import Page

#: Lines of one block stand this close, in heights of its letters.
PITCH = 3.0


@dataclass(frozen=True)
class Signature:
    """A block: its lines of authority ("T/M …", "KT. …"), its lines of position, and its page.

    `segments` are those of the whole page, top to bottom, `stamped` those in coloured ink.
    """

    page: int
    authority: tuple[Segment, ...]
    position: tuple[Segment, ...]
    segments: tuple[Segment, ...]
    stamped: tuple[Segment, ...] = ()

    @property
    def last(self) -> Segment:
        """The line above the name."""
        return (*self.authority, *self.position)[-1]


def find(pages: Sequence[Page]) -> list[Signature]:
    """Return the blocks of the pages before the first appendix, the likeliest first.

    That is the one on the page with the recipients, else the last one.
    """
    found: list[tuple[tuple[int, int], Signature]] = []
    for page in _body(pages):
        cut = segments(page)
        block = _block(page.number, cut)
        if block:
            named = _has_recipients(cut)
            stamped = (part for line in page.stamps for part in columns(page, line))
            block = replace(block, stamped=tuple(stamped))
            found.append(((int(named), 0 if named else page.number), block))
    found.sort(key=lambda each: each[0], reverse=True)
    return [block for _rank, block in found]


def is_position(text: str) -> bool:
    """Tell whether a key begins like a position."""
    known = keys("signing", "positions", "starts") + keys("signing", "minutes_block", "starts")
    return any(begins(text, each) for each in known if len(each) > 3)


def is_authority(text: str) -> bool:
    """Tell whether a line begins with T/M, K/T, TM., KT. and the like."""
    first = text.replace(" ", "", 1).upper() if len(text.split()[0]) < 3 else text.upper()
    return any(
        first.startswith(each) for row in table("signing")["authority"] for each in row["prefixes"]
    )


def _body(pages: Sequence[Page]) -> Iterable[Page]:
    """Yield the pages before the first appendix."""
    known = keys("letterhead", "body", "appendix")
    for page in pages:
        first = [line for line in page.lines[:3] if line.box.top < 0.2]
        if page.number > 1 and any(key(line.text).startswith(known) for line in first):
            return
        yield page


def _has_recipients(cut: Sequence[Segment]) -> bool:
    known = keys("signing", "recipients", "texts")
    return any(begins(each.key, text) and each.box.left < 0.4 for each in cut for text in known)


def _block(page: int, cut: tuple[Segment, ...]) -> Signature | None:
    """Return the lowest block of capitals in the right half."""
    lines = [
        each
        for each in cut
        if _is_right(each) and each.is_capitals and (page > 1 or each.box.top > 0.2)
    ]
    starts = [i for i, each in enumerate(lines) if is_position(each.key) or is_authority(each.text)]
    if not starts:
        return None
    first = last = starts[-1]
    while first > 0 and _is_close(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _is_close(lines[last], lines[last + 1]):
        last += 1
    block = lines[min(i for i in starts if i >= first) : last + 1]
    authority, position = _parted(block)
    return Signature(page, authority, position, cut)


def _is_right(segment: Segment) -> bool:
    return segment.centre > 0.52 and segment.box.left > 0.4


def _is_close(above: Segment, below: Segment) -> bool:
    height = max(above.height, below.height, 0.008)
    step = below.box.top - above.box.top
    return 0 < step < PITCH * height and abs(above.centre - below.centre) < 0.14


def _parted(block: Sequence[Segment]) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Part a block: below the authority the position begins, at a line that names one."""
    lines = [line for row in rows(block) for line in row]
    last = max((i for i, line in enumerate(lines) if is_authority(line.text)), default=-1)
    if last < 0:
        return (), tuple(lines)
    start = next((i for i in range(last + 1, len(lines)) if is_position(lines[i].key)), None)
    if start is None:
        return tuple(lines[: last + 1]), tuple(lines[last + 1 :])
    return tuple(lines[:start]), tuple(lines[start:])
