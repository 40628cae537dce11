"""A page that is one grey picture and nothing else: its dots are there without drawing it.

PDFium draws in colours, whatever is on a page, which takes three times as long as unpacking; and
it draws 2480 dots as 2481, which blurs them.
"""

from __future__ import annotations

import ctypes
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

#: How far a side of the picture may be from that of the page, in points; and from what is wanted,
#: in dots.
_NEAR, _DOTS = 0.5, 1.5


def of(page: pypdfium2.PdfPage, wanted: tuple[float, float]) -> Image.Image | None:
    """Return the picture that a page consists of, in mode L, if it has the wanted size in dots.

    None where there is more to draw, or less. Whether the picture has a mask PDFium does not tell:
    who asks knows that it has none.
    """
    things = list(islice(page.get_objects(max_depth=1), 2))
    if len(things) != 1 or things[0].type != pdfium.FPDF_PAGEOBJ_IMAGE:
        return None
    (thing,) = things
    if not (_is_bare(page) and _fills(thing, page) and _is_uncut(thing, page)):
        return None
    if not _is_grey(thing, page):
        return None
    return _unpacked(thing) if _is_near(_size(thing), wanted, _DOTS) else None


def _is_bare(page: pypdfium2.PdfPage) -> bool:
    """Tell whether a page stands as it is stored, and nothing is pinned on it."""
    return page.get_rotation() == 0 and not pdfium.FPDFPage_GetAnnotCount(page.raw)


def _fills(thing: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> bool:
    """Tell whether a picture lies upright on exactly the whole page, and hides it."""
    left, bottom, right, top = page.get_bbox()
    whole = (right - left, 0, 0, top - bottom, left, bottom)
    opaque = not pdfium.FPDFPageObj_HasTransparency(thing.raw)
    return opaque and _is_near(thing.get_matrix().get(), whole, _NEAR)


def _is_uncut(thing: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> bool:
    """Tell whether no clip path hides more of the page than a hair at its edges."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing.raw)
    paths = range(pdfium.FPDFClipPath_CountPaths(clip))  # -1 where there is none
    return all(_holds(_corners(clip, path), page.get_bbox()) for path in paths)


def _corners(clip: pdfium.FPDF_CLIPPATH, path: int) -> list[tuple[float, float]]:
    """Return the corners of a path of four straight lines; none of any other path."""
    number = pdfium.FPDFClipPath_CountPathSegments(clip, path)
    if number not in (4, 5):  # the fifth leads back to the first
        return []
    parts = [pdfium.FPDFClipPath_GetPathSegment(clip, path, each) for each in range(number)]
    straight = [pdfium.FPDF_SEGMENT_MOVETO, *[pdfium.FPDF_SEGMENT_LINETO] * (number - 1)]
    *points, last = map(_point, [*parts, parts[0]][:5])
    if list(map(pdfium.FPDFPathSegment_GetType, parts)) != straight or last != points[0]:
        return []
    return points


def _point(part: pdfium.FPDF_PATHSEGMENT) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(part, x, y)
    return x.value, y.value


def _holds(corners: list[tuple[float, float]], page: tuple[float, float, float, float]) -> bool:
    """Tell whether corners lie, one after the other, at or beyond those of the page."""
    left, bottom, right, top = page
    at = [
        (x >= right - _NEAR, y >= top - _NEAR)
        for x, y in corners
        if not (left + _NEAR < x < right - _NEAR or bottom + _NEAR < y < top - _NEAR)
    ]
    around = zip(at, at[1:] + at[:1], strict=True)
    return len({*at}) == 4 and all((a == c) != (b == d) for (a, b), (c, d) in around)


def _is_grey(thing: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> bool:
    told = pdfium.FPDF_IMAGEOBJ_METADATA()
    known = pdfium.FPDFImageObj_GetImageMetadata(thing.raw, page.raw, told)
    return bool(known) and told.bits_per_pixel <= 8


def _size(thing: pypdfium2.PdfObject) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(thing.raw, width, height)
    return width.value, height.value


def _is_near(found: tuple[float, ...], wanted: tuple[float, ...], most: float) -> bool:
    return all(abs(one - other) < most for one, other in zip(found, wanted, strict=True))


def _unpacked(thing: pypdfium2.PdfObject) -> Image.Image | None:
    """Return the dots of a picture, None where they are not grey."""
    bitmap = pdfium.FPDFImageObj_GetBitmap(thing.raw)
    if not bitmap:
        return None
    try:
        if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_Gray:
            return None
        size = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
        return Image.frombytes("L", size, dots, "raw", "L", stride, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
