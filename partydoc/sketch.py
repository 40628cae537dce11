"""A sketch of what a document says, by which other scans of the same paper are found.

It is a sample of the text's shingles, runs of letters and digits without marks and without what
stands between them: marks, capitals and spaces are what recognition damages most. The shingles
with the smallest hashes are taken, so two texts share as many marks as they share shingles.
A. Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import re
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Iterable
from heapq import nsmallest
from struct import iter_unpack, pack
from zlib import crc32

from partydoc.text import fold

#: So many hashes make a sketch.
SIZE = 64
#: So long are the shingles of a sketch, in letters: three or four syllables, which few share.
_LONG = 12
#: And those by which two texts are compared, where every letter that was misread costs five.
_SHORT = 5

_OTHER = re.compile("[^0-9a-z]+")

#: A mark that more documents share is of a form, not of a paper.
_COMMON = 50
#: A table is sorted in so many parts, so that little of it stands in memory twice.
_PARTS = 16
_PLACE_BITS = 32


def of(pages: Iterable[str]) -> str | None:
    """Return the sketch of a document (base64 of 4-byte hashes), None where next to nothing is
    written.
    """
    marks = nsmallest(SIZE, set(map(crc32, _shingles(pages, _LONG))))
    return b64encode(pack(f">{len(marks)}I", *marks)).decode() if marks else None


def marks(sketch: str) -> tuple[int, ...]:
    """Return the hashes of a sketch, the smallest first."""
    return tuple(mark for (mark,) in iter_unpack(">I", b64decode(sketch)))


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Return which share of the short shingles of two texts both of them have, from 0 to 1."""
    here, there = _shingles(one, _SHORT), _shingles(other, _SHORT)
    return len(here & there) / (len(here | there) or 1)


def _shingles(pages: Iterable[str], length: int) -> set[bytes]:
    letters = _OTHER.sub("", fold("\n".join(pages))).encode()
    return {letters[at : at + length] for at in range(len(letters) - length + 1)}


class Table:
    """From a mark to the documents that have it, each known by its place among all."""

    def __init__(self, every: Iterable[Iterable[int]]) -> None:
        """Make it from the marks of every document."""
        parts = [array("Q") for _ in range(_PARTS)]
        for place, marks in enumerate(every):
            for mark in marks:
                parts[mark % _PARTS].append(mark << _PLACE_BITS | place)
        self._parts = [array("Q", sorted(part)) for part in parts]

    def places(self, mark: int) -> list[int]:
        """Return the places of those that have a mark; none for one that too many have."""
        part = self._parts[mark % _PARTS]
        begin, end = (bisect_left(part, bound << _PLACE_BITS) for bound in (mark, mark + 1))
        if end - begin > _COMMON:
            return []
        return [entry & (1 << _PLACE_BITS) - 1 for entry in part[begin:end]]
