"""Pages drawn by poppler: pictures for people."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from partydoc.box import Box

_PATIENCE = 20  # seconds; a page that poppler cannot draw in them stays as it was read
_YELLOW = (255, 214, 0)
#: Pixels between a frame and the words in it.
_AIR = 4
_CAPTION = 18
_GAP = 8


@dataclass(frozen=True)
class Zone:
    """A strip of a page: its page (from 1), from where to where in fractions of the height, and
    what is framed there.
    """

    page: int
    top: float
    bottom: float
    framed: tuple[Box, ...] = ()


def page_image(pdf: Path, page: int, dpi: int) -> Image.Image | None:
    """Draw a page (from 1) as displayed; None where poppler cannot draw it soon."""
    from pdf2image import convert_from_path, exceptions

    try:
        images = convert_from_path(pdf, dpi=dpi, first_page=page, last_page=page, timeout=_PATIENCE)
    except (
        exceptions.PDFPageCountError,
        exceptions.PDFSyntaxError,
        exceptions.PDFPopplerTimeoutError,
    ):
        return None
    return images[0] if images else None


def strips(pdf: Path, zones: Sequence[Zone], dpi: int, caption: str = "") -> bytes | None:
    """Return strips of pages, one below the other, as a PNG; None where poppler cannot draw them.

    The caption (ASCII) stands above, so that nobody types from the picture of another document.
    Raises pdf2image's PDFInfoNotInstalledError where poppler is not installed.
    """
    pages = dict.fromkeys(zone.page for zone in zones)
    drawn = {page: page_image(pdf, page, dpi) for page in pages}
    cut = [_cut(page, zone) for zone in zones if (page := drawn[zone.page])]
    return _packed(_stacked(cut, caption), "PNG") if cut else None


def header(pdf: Path, bottom: float, dpi: int) -> bytes | None:
    """Return the head of the first page as a small grey JPEG; None where it cannot be drawn."""
    page = page_image(pdf, 1, dpi)
    return _packed(_cut(page, Zone(1, 0, bottom)).convert("L"), "JPEG") if page else None


def _cut(page: Image.Image, zone: Zone) -> Image.Image:
    seen = page.convert("RGB")
    pen = ImageDraw.Draw(seen)
    for box in zone.framed:
        left, right = box.left * seen.width - _AIR, box.right * seen.width + _AIR
        top, bottom = box.top * seen.height - _AIR, box.bottom * seen.height + _AIR
        pen.rectangle((left, top, max(left, right), max(top, bottom)), outline=_YELLOW, width=3)
    area = (0, int(zone.top * seen.height), seen.width, max(1, int(zone.bottom * seen.height)))
    return seen.crop(area)


def _stacked(cut: Iterable[Image.Image], caption: str) -> Image.Image:
    pieces = list(cut)
    height = _CAPTION + sum(piece.height + _GAP for piece in pieces)
    sheet = Image.new("RGB", (max(piece.width for piece in pieces), height), "silver")
    ImageDraw.Draw(sheet).text((_AIR, _AIR), caption, fill="black")
    at = _CAPTION
    for piece in pieces:
        sheet.paste(piece, (0, at))
        at += piece.height + _GAP
    return sheet


def _packed(picture: Image.Image, kind: str) -> bytes:
    held = io.BytesIO()
    # Packed quickly: it is looked at once.
    options = {"compress_level": 1} if kind == "PNG" else {"quality": 60}
    picture.save(held, kind, **options)
    return held.getvalue()
