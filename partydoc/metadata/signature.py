"""The block of the signer: authority, position and name in the right half, recipients at the left.

Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (T/M, K/T, T/L, Q.); Nghị định 30/2020/NĐ-CP, Phụ lục I,
mục II.7 (TM., KT., TL., TUQ., Q.). Of the two signers of a biên bản the chair stands at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from partydoc.metadata import heads
from partydoc.metadata.layout import Segment, rows, same_row, segments
from partydoc.metadata.layout import cut as columns
from partydoc.metadata.likeness import begins, key
from partydoc.metadata.rules import keys, table
from partydoc.page import Page

#: Lines of one block stand this close, in heights of its letters.
PITCH = 3.0
#: What is less high than the lines beside it has no letters.
LOW = 0.5
#: What stands before a line on its row is no further from it, in parts of the page's width.
GAP = 0.03
#: What is read less surely may be a stroke of the signature.
READ, STROKE = 0.5, 2


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


def find(pages: Sequence[Page], chiefs: Sequence[str] = ()) -> list[Signature]:
    """Return the blocks of the pages before the first appendix, the likeliest first.

    That is the one on the page with the recipients, else the last one. `chiefs` are the positions
    of who heads the issuer: one of these is known however damaged.
    """
    found: list[tuple[tuple[int, int], Signature]] = []
    for page in _body(pages):
        cut = segments(page)
        block = _block(page.number, cut, chiefs)
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


def _block(page: int, cut: tuple[Segment, ...], chiefs: Sequence[str]) -> Signature | None:
    """Return the lowest block of capitals in the right half."""
    right = [each for each in cut if _is_right(each) and (page > 1 or each.box.top > 0.2)]
    lines = [each for each in right if _is_capitals(each)]
    known = [each for each in lines if is_position(each.key) or is_authority(each.text)]
    known = known or [each for each in lines if heads.nearest(each.key, chiefs)]
    apart = [each for each in lines if each not in known]
    lines = [each for each in lines if each in known or not _is_scrap(each, known)]
    starts = [i for i, each in enumerate(lines) if each in known]
    lines = [_joined(each, apart) if each in known else each for each in lines]
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


def _is_scrap(line: Segment, known: Sequence[Segment]) -> bool:
    """Tell whether a line is what a signature left beside another, or marks without letters."""
    low = any(line.height < LOW * each.height for each in known)
    return low or any(same_row(line.box, each.box) for each in known)


def _joined(line: Segment, others: Sequence[Segment]) -> Segment:
    """Return a line with what stands right before it on its row: the PHÓ of PHÓ BÍ THƯ."""
    for each in others:
        gap = line.box.left - each.box.right
        if same_row(line.box, each.box) and -GAP < gap < GAP and each.confidence >= READ:
            return Segment(line.page, (*each.words, *line.words))
    return line


def _is_capitals(line: Segment) -> bool:
    """Tell whether a line is in capitals but for what a signature or a seal left in it."""
    read = tuple(word for word in line.words if word.confidence >= READ)
    has_word = any(len(key(word.text)) > STROKE for word in read)
    return line.is_capitals or has_word and Segment(line.page, read).is_capitals


def _is_right(segment: Segment) -> bool:
    return segment.centre > 0.52 and segment.box.left > 0.4


def _is_close(above: Segment, below: Segment) -> bool:
    height = max(min(above.height, below.height), 0.008)
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
