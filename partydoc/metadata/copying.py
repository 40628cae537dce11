"""Copies: which kind a document is, and what the copier added to it.

A copier adds a block of its own, with number, date and signer: none of them is the document's.
The forms stand in copies.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment, cut, segments
from partydoc.metadata.likeness import begins, key, like
from partydoc.metadata.rules import copy_abbreviations, keys, table
from partydoc.page import Page

#: How far the header of a copier's block stands above its number or title, in page heights.
BLOCK = 0.11
#: On page 1 the sign of an electronic copy stands above this, on the right half.
CORNER = 0.3

_ANY_NUMBER = re.compile(r"^\W*[sS]\w\W{0,3}\s*[\d.…_ ]*\s*[-–/]\s*(?P<type>\w{2,4})\s*[/–-]")


class Block(NamedTuple):
    """Where the copier's own block begins: page and height on it."""

    page: int
    top: float


@dataclass(frozen=True)
class Copy:
    """The sign of a copy: its kind (None where only a copy's number was found) and its place."""

    kind: str | None
    sign: Segment
    block: Block | None = None


def find(pages: Sequence[Page]) -> Copy | None:
    """Return what makes the document a copy; None for one that bears no such sign."""
    signs = [sign for page in pages for sign in _signs(page, len(pages))]
    if not signs:
        return None
    best = next((sign for sign in signs if sign.kind), signs[0])
    return replace(best, block=min((sign.block for sign in signs if sign.block), default=None))


def read(copy: Copy | None) -> Field | None:
    """Return the field `copy_type`."""
    if copy is None or copy.kind is None:
        return None
    return found(copy.kind, min(0.95, 0.6 + 0.4 * copy.sign.confidence), [copy.sign])


def without(pages: Sequence[Page], copy: Copy | None) -> tuple[Page, ...]:
    """Return the pages without the copier's block and what follows it."""
    if copy is None or copy.block is None:
        return tuple(pages)
    number, top = copy.block
    last = next(page for page in pages if page.number == number)
    lines = tuple(line for line in last.lines if line.box.top < top)
    return (*(page for page in pages if page.number < number), replace(last, lines=lines))


def is_copy_number(text: str) -> bool:
    """Tell whether a line is the number that a copy was given: Số 24-BS/VPTU."""
    match = _ANY_NUMBER.match(text)
    return match is not None and key(match["type"]) in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(map(key, copy_abbreviations()))


def _signs(page: Page, pages: int) -> Iterator[Copy]:
    printed = segments(page)
    for segment in printed:
        kind = _kind(segment)
        if kind and _is_corner(segment):
            yield Copy(kind, segment)
        elif kind and (page.number == pages or segment.box.top > 0.4):
            yield Copy(kind, segment, _top_of_block(printed, segment))
        elif is_copy_number(segment.text) and (page.number > 1 or segment.box.top > CORNER):
            yield Copy(None, segment, _top_of_block(printed, segment))
    for segment in (part for line in page.stamps for part in cut(page, line)):
        kind = _kind(segment)
        if kind:
            yield Copy(kind, segment)


def _kind(segment: Segment) -> str | None:
    """Return the kind that a short line in capitals names, alone or before a semicolon."""
    first = segment.text.split(";")[0].split("\n")[0]
    letters = [char for char in first if char.isalpha()]
    words = first.split()
    if not letters or len(words) > 6 or not _is_upper(words[:2]) and len(words) > 4:
        return None
    if not _is_upper(words[:2]) and not (segment.box.top > 0.4 and first[:1].isupper()):
        return None
    text = key(first)
    for row in table("copies")["copy"]:
        if any(like(text, key(each)) for each in row["texts"]):
            return row["value"]
    return None


def _is_upper(words: Iterable[str]) -> bool:
    letters = [char for word in words for char in word if char.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _is_corner(segment: Segment) -> bool:
    return segment.page == 1 and segment.box.top < CORNER and segment.centre > 0.5


def _top_of_block(printed: Sequence[Segment], sign: Segment) -> Block:
    """Return where the copier's letterhead begins: at the highest line of it over the sign."""
    known = [key(each["text"]) for each in table("letterhead")["header"]]
    over = [each for each in printed if 0 <= sign.box.top - each.box.top < BLOCK]
    heads = [each for each in over if any(like(each.key, header) for header in known)]
    left = [each for each in over if each.box.left < 0.4 and each.is_capitals]
    names = [each for each in left if begins_body(each.key)]
    tops = [each.box.top for each in (heads or names)]
    return Block(sign.page, min(tops, default=sign.box.top) - 0.004)


def begins_body(text: str) -> bool:
    """Tell whether a key begins like the name of a body."""
    return any(
        len(each) > 3 and begins(text, each) for each in keys("letterhead", "bodies", "starts")
    )
