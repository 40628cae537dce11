"""JPEG pictures taken apart and put together as they are packed: no dot is unpacked.

The marks and segments are those of ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_START, _END = b"\xff\xd8", b"\xff\xd9"
_ENDS, _SCAN, _INTERVAL = 0xD9, 0xDA, 0xDD
#: How pictures begin that a TIFF may hold in strips: baseline, and with more tables.
_FRAMES = (0xC0, 0xC1)
#: What programs have written beside the picture.
_ASIDE = (*range(0xE0, 0xF0), 0xFE)
#: A mark that ends packed dots: not one between intervals, and no dots that look like one.
_AFTER_DOTS = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MORE_PICTURES = b"MPF\0"
#: Adobe's mark; what follows says whether dots are YCbCr (1) or as they are (0).
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
_BLOCK, _MOST_BLOCKS = 8, 0xFFFF
#: Of a segment: its mark and its length.
_SHORTEST = 4


class Broken(Exception):
    """A picture that is not packed as it should be, or not as a PDF can hold it."""


class Told(NamedTuple):
    """What a TIFF says of a picture in strips: its size in dots, the rows of a strip but the last,
    how many colours it has, and whether these are YCbCr or as they are.
    """

    size: tuple[int, int]
    rows: int
    colours: int
    ycbcr: bool


class _Part(NamedTuple):
    """A segment with its mark; behind that of a scan its packed dots."""

    mark: int
    data: bytes

    @property
    def dots(self) -> int:
        """Where the packed dots of a scan begin."""
        return 2 + int.from_bytes(self.data[2:4])


class _Strip(NamedTuple):
    """A strip of rows: what stands before its first scan, the size in dots of the strip and of what
    is packed together in it, its colours, its scans, and where the dots of the first one begin.
    """

    head: tuple[bytes, ...]
    size: tuple[int, int]
    units: tuple[int, int]
    colours: int
    scans: tuple[bytes, ...]
    dots: int


def first(data: bytes) -> bytes:
    """Return the first of the pictures that phones write behind each other, without a word of them.

    Raises Broken where its end cannot be found.
    """
    alone = (part.data for part in _parts(data) if part.data[4:8] != _MORE_PICTURES)
    return b"".join((_START, *alone, _END))


def joined(tables: bytes, strips: Sequence[bytes], told: Told) -> bytes:
    """Return one picture made of its strips: they follow each other as the intervals of one scan.

    `tables`: a JPEG without a picture that holds what the strips have in common, or nothing.
    Raises Broken where they cannot be joined.
    """
    shared = [part.data for part in _parts(tables) if not _is_aside(part)] if tables else []
    read = [_strip(data) for data in strips]
    if len(read) > 1:
        shared.append(_interval(read, told))
    elif read[0].size != told.size:
        raise Broken(f"{read[0].size}, not {told.size}")
    if read[0].colours != told.colours:
        raise Broken(f"{read[0].colours} colours")
    head = (_resized(part, told.size[1]) for part in read[0].head)
    adobe = _ADOBE + bytes([told.ycbcr])
    return b"".join((_START, adobe, *shared, *head, *_scans(read), _END))


def _parts(data: bytes) -> Iterator[_Part]:
    """Yield the segments of the first picture in the data, without its ends."""
    if not data.startswith(_START):
        raise Broken("no start")
    at = len(_START)
    while (mark := _mark(data, at)) != _ENDS:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if not at + _SHORTEST <= end < len(data):
            raise Broken("no end")
        if mark == _SCAN:
            after = _AFTER_DOTS.search(data, end)
            end = after.start() if after else len(data)
        yield _Part(mark, data[at:end])
        at = end
        while data[at : at + 2] == b"\xff\xff":
            at += 1


def _mark(data: bytes, at: int) -> int:
    if at + 2 > len(data) or data[at] != 0xFF:
        raise Broken("no end")
    return data[at + 1]


def _is_aside(part: _Part) -> bool:
    return part.mark in _ASIDE


def _strip(data: bytes) -> _Strip:
    parts = [part for part in _parts(data) if not _is_aside(part)]
    marks = [part.mark for part in parts]
    frames = [part.data for part in parts if part.mark in _FRAMES]
    if len(frames) != 1 or _SCAN not in marks:
        raise Broken("no picture")
    (frame,) = frames
    if len(frame) < 13 or len(frame) != 10 + 3 * frame[9] or frame[4] != 8:
        raise Broken("no picture of 8 bits")
    scan = marks.index(_SCAN)
    height, width = (int.from_bytes(frame[at : at + 2]) for at in (5, 7))
    head = tuple(part.data for part in parts[:scan])
    scans = tuple(part.data for part in parts[scan:])
    return _Strip(head, (width, height), _units(frame), frame[9], scans, parts[scan].dots)


def _units(frame: bytes) -> tuple[int, int]:
    """Return the size in dots of what is packed together: a block of each colour, or some."""
    factors = frame[11::3]
    if len(factors) == 1:
        return _BLOCK, _BLOCK  # of one colour alone blocks follow each other whatever the factors
    across, down = max(each >> 4 for each in factors), max(each & 15 for each in factors)
    if not (across and down):
        raise Broken("no blocks")
    return _BLOCK * across, _BLOCK * down


def _interval(strips: Sequence[_Strip], told: Told) -> bytes:
    """Return the segment that says how much each strip but the last holds; see that it is so."""
    (width, height), rows, one = told.size, told.rows, strips[0]
    left = height - rows * (len(strips) - 1)
    heights = [rows] * (len(strips) - 1) + [left]
    alike = all(
        _without_height(each.head) == _without_height(one.head)
        and len(each.scans) == 1
        and each.scans[0][: each.dots] == one.scans[0][: one.dots]
        and each.size == (width, high)
        for each, high in zip(strips, heights, strict=True)
    )
    blocks = -(-width // one.units[0]) * (rows // one.units[1])
    whole = rows % one.units[1] == 0 and blocks <= _MOST_BLOCKS
    if not (alike and whole and left > 0 and _is_plain(one)):
        raise Broken("strips of different kinds")
    return bytes((0xFF, _INTERVAL, 0, 4)) + blocks.to_bytes(2)


def _is_plain(strip: _Strip) -> bool:
    """Tell whether all colours are in the one scan, and it has no intervals yet."""
    in_scan = strip.scans[0][4:5] == bytes([strip.colours])
    return in_scan and all(part[1] != _INTERVAL for part in strip.head)


def _without_height(head: tuple[bytes, ...]) -> list[bytes]:
    return [_resized(part, 0) for part in head]


def _resized(part: bytes, height: int) -> bytes:
    return part[:5] + height.to_bytes(2) + part[7:] if part[1] in _FRAMES else part


def _scans(strips: Sequence[_Strip]) -> Iterator[bytes]:
    """Yield the packed dots of all strips, with the marks that intervals have between them."""
    yield from strips[0].scans
    for number, strip in enumerate(strips[1:]):
        yield bytes((0xFF, 0xD0 + number % 8))
        yield strip.scans[0][strip.dots :]
