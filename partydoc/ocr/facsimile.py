"""A page as a picture of itself: where the text it brings, or a font, cannot stay as it is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from partydoc.ocr import contents, excerpt, picture

#: Print is drawn so fine, and on a scan that is coarser at least so fine.
_PRINT_DPI, _LEAST_DPI = 300, 150
#: PDFium rounds the size of what it draws up: a hair coarser, each dot falls on a dot.
_HAIR = 1e-5
#: Dots of a picture with grey or colour, which PDFium unpacks as well: A4 at 600 dpi.
_MOST_DOTS = 36_000_000
_BLACK = 128
#: What the three colours of a dot may differ by on a page without colour.
_GREY = 2


def replace(pdf: pikepdf.Pdf, index: int, scratch: Path) -> None:
    """Put a picture in the place of a page: it keeps its size and its look, and says nothing.

    A scan keeps its resolution; black and white stays so, and print without pictures loses no dot.
    `scratch`: a file that may be written.
    """
    with excerpt.of(pdf, [index], scratch), pypdfium2.PdfDocument(scratch) as drawn:
        image, bits = _drawn(drawn[0])
    layout = img2pdf.get_layout_fun(_displayed_points(pdf.pages[index]))
    single = img2pdf.convert(packed(image, bits), layout_fun=layout)
    with pikepdf.open(BytesIO(single)) as made:
        pdf.pages[index] = made.pages[0]


def _drawn(leaf: pypdfium2.PdfPage) -> tuple[Image.Image, int]:
    """Return how a page looks, and how many bits a dot of its pictures has."""
    found = contents.read(leaf)
    bits = contents.bits(leaf)
    dpi = _dpi(found) * (1 - _HAIR)
    if bits != 1:
        width, height = leaf.get_size()
        dpi = min(dpi, (_MOST_DOTS / max(width * height, 1)) ** 0.5 * 72)
    image = picture.draw(leaf, dpi, dpi).image
    leaf.close()
    return image, bits


def _dpi(found: contents.Contents) -> float:
    if not found.scanned or not found.scan_dpi:
        return _PRINT_DPI
    return max(found.own_dpi, _LEAST_DPI) if found.lines else found.own_dpi


def packed(image: Image.Image, bits: int) -> bytes:
    """Return a page, on which pictures have so many bits a dot (0: no pictures), as a file."""
    grey = image.convert("L") if _is_grey(image) else image
    buffer = BytesIO()
    if bits == 1 and grey.mode == "L":
        two = grey.point([0] * _BLACK + [255] * (256 - _BLACK)).convert("1")
        two.save(buffer, "TIFF", compression="group4")
    elif bits > 1:
        grey.save(buffer, "JPEG", quality=85)
    else:
        grey.save(buffer, "PNG")
    return buffer.getvalue()


def _is_grey(image: Image.Image) -> bool:
    if image.mode == "L":
        return True
    red, green, blue = image.split()
    apart = (ImageChops.difference(green, other).histogram() for other in (red, blue))
    return not any(any(levels[_GREY + 1 :]) for levels in apart)


def _displayed_points(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = (right - left) * unit, (top - bottom) * unit
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)
