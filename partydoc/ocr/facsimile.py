"""The one picture that a scanned page is, as the scanner left it.

Drawing such a page would stretch it by a dot or two, which blurs it, and take twice the time.
"""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

_HIDING_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
#: How far, in points, a picture may stand off the edges of its page.
_OFF = 1.0
#: How much the resolutions along both sides may differ.
_DIFFER = 0.01
_GREY_BITS = 8


def facsimile(
    page: pypdfium2.PdfPage, most_dpi: float, most_grey_dpi: float
) -> tuple[Image.Image, float] | None:
    """Return the picture that fills a page (RGB or L), and its resolution.

    None where the page is more, where the picture is turned, and where it is finer than
    `most_dpi`, or if it is grey `most_grey_dpi`: colour is scaled down faster while it is drawn.
    """
    if pdfium.FPDFPage_GetAnnotCount(page):
        return None
    picture = _only_picture(page)
    if picture is None or page.get_rotation() or not _fills(picture, page):
        return None
    across, down = picture.get_px_size()
    width, height = page.get_size()
    dpi = across / width * 72
    if dpi > most_dpi and picture.get_metadata().bits_per_pixel > _GREY_BITS:
        return None
    if dpi > max(most_dpi, most_grey_dpi) or abs(down / height * 72 - dpi) > _DIFFER * dpi:
        return None
    try:
        image = picture.get_bitmap(render=False).to_pil()
    except pypdfium2.PdfiumError:
        return None  # a kind of picture that can only be drawn
    if image.size != (across, down) or dpi > (most_grey_dpi if image.mode == "L" else most_dpi):
        return None
    return image if image.mode == "L" else image.convert("RGB"), dpi


def _only_picture(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    found = None
    for thing in page.get_objects(max_depth=1):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE and found is None:
            found = thing
        elif thing.type != pdfium.FPDF_PAGEOBJ_TEXT or not _hides(thing):
            return None
    return found if isinstance(found, pypdfium2.PdfImage) else None


def _hides(text: pypdfium2.PdfObject) -> bool:
    return pdfium.FPDFTextObj_GetTextRenderMode(text.raw) in _HIDING_MODES


def _fills(picture: pypdfium2.PdfImage, page: pypdfium2.PdfPage) -> bool:
    """Tell whether a picture covers the page upright, and nothing lets the page shine through."""
    clip = pdfium.FPDFPageObj_GetClipPath(picture.raw)
    if pdfium.FPDFPageObj_HasTransparency(picture.raw) or pdfium.FPDFClipPath_CountPaths(clip) > 0:
        return False
    a, b, c, d, e, f = picture.get_matrix().get()
    left, bottom, right, top = page.get_mediabox()
    off = max(abs(e - left), abs(f - bottom), abs(e + a - right), abs(f + d - top))
    return b == c == 0 and a > 0 and d > 0 and off <= _OFF
