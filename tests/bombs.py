"""Writes pictures that are small on disk and endless when opened; says how all such files end.

Each function writes one file into a folder and returns its path; those for PDFs stand in
`pdf_bombs.py`.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pdf_bombs
from handmade import packed, write
from pdf_bombs import HUGE
from PIL import Image


def giant_jpeg(folder: Path) -> Path:
    """A JPEG of a few bytes that claims to be 60000 by 60000 dots."""
    out = io.BytesIO()
    Image.new("L", (64, 64)).save(out, "JPEG")
    data = bytearray(out.getvalue())
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, HUGE, HUGE)
    return write(folder, "giant.jpg", bytes(data))


def tiff(frames: int, *, side: int = 8, loop: bool = False) -> bytes:
    """Return a TIFF of 1-bit pages that share their dots; with `loop` the last leads back."""
    out = bytearray(b"II*\0" + struct.pack("<I", 16) + b"\0" * 8)
    tags = ((256, side), (257, side), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, side),
            (279, 8))  # fmt: skip
    for number in range(frames):
        out += struct.pack("<H", len(tags))
        for tag, value in tags:
            out += struct.pack("<HHII", tag, 4, 1, value)
        last = 16 if loop else 0
        out += struct.pack("<I", len(out) + 4 if number < frames - 1 else last)
    return bytes(out)


def giant_tiff(folder: Path) -> Path:
    """A TIFF of a few bytes that claims to be 60000 by 60000 dots."""
    return write(folder, "giant.tif", tiff(1, side=HUGE))


def tiff_of_many_pages(folder: Path) -> Path:
    """A TIFF of a hundred thousand pages."""
    return write(folder, "pages.tif", tiff(100_000))


def tiff_of_many_posters(folder: Path) -> Path:
    """A TIFF of five hundred pages of 20000 by 20000 dots each."""
    return write(folder, "posters.tif", tiff(500, side=20_000))


def tiff_in_a_circle(folder: Path) -> Path:
    """A TIFF whose third and last page leads back to the first one."""
    return write(folder, "circle.tif", tiff(3, loop=True))


def endless_comment(folder: Path) -> Path:
    """A PNG of 8 by 8 dots with a comment of a gigabyte."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    data = out.getvalue()
    comment = b"zTXtComment\0\0" + packed(b"a", 1024)
    chunk = struct.pack(">I", len(comment) - 4) + comment + struct.pack(">I", zlib.crc32(comment))
    return write(folder, "comment.png", data[:33] + chunk + data[33:])


Writer = Callable[[Path], Path]

#: How each of them ends, within moments.
BOMBS: dict[Writer, str] = {
    pdf_bombs.giant_picture: "too-large",
    pdf_bombs.giant_jpeg2000: "too-large",
    giant_jpeg: "too-large",
    giant_tiff: "too-large",
    tiff_of_many_pages: "too-large",
    tiff_of_many_posters: "too-large",
    pdf_bombs.one_page_many_times: "too-large",
    pdf_bombs.giant_inline_picture: "resource-limit",
    pdf_bombs.one_picture_many_times: "resource-limit",
    pdf_bombs.one_poster_on_each_page: "resource-limit",
    pdf_bombs.endless_content: "resource-limit",
    pdf_bombs.endless_second_page: "resource-limit",
    pdf_bombs.letters_without_end: "resource-limit",
    pdf_bombs.packed_five_times: "resource-limit",
    pdf_bombs.runs_of_spaces: "resource-limit",
    pdf_bombs.one_content_many_times: "resource-limit",
    pdf_bombs.forms_in_forms: "resource-limit",
    pdf_bombs.form_in_itself: "resource-limit",
    pdf_bombs.masks_in_masks: "resource-limit",
    pdf_bombs.endless_font: "resource-limit",
    pdf_bombs.endless_stamp: "resource-limit",
    pdf_bombs.endless_objects: "resource-limit",
    endless_comment: "resource-limit",
    pdf_bombs.deep_array: "damaged-pdf",
}

#: What only drawing shows: these cost the processor time that a look may take.
ENDLESS_TO_DRAW: tuple[Writer, ...] = (pdf_bombs.fine_tiling, pdf_bombs.long_program)

#: What only drawing shows, on a page that no look draws: it costs the time of one request.
ENDLESS_TO_READ: tuple[Writer, ...] = (pdf_bombs.fine_tiling_behind,)

#: What looks dangerous and is not; all the same to be read.
HARMLESS: dict[Writer, int] = {tiff_in_a_circle: 3, pdf_bombs.form_in_itself_once: 1}
