"""The working copy: a plain PDF made of whatever came in, which becomes the access copy.

Of a PDF it need not be written: it is the original, cleaned in memory.

The original is never touched. The working copy has no password, no signature, no scripts, no
attachments, no form and no layers; its pages end where the viewer ends them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import sanitize
from PIL import Image

from partydoc.ocr import binding, excerpt, hyphens, legacy, media, unshown, weight

_PAGE_KEYS = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/Contents", "/Rotate", "/UserUnit",
    "/Group", "/Annots",
}  # fmt: skip
#: What viewers assume where no box makes sense.
_ASSUMED = [0.0, 0.0, 612.0, 792.0]
#: Points; readers need not show smaller pages (ISO 32000-1, annex C.2).
_SMALLEST = 3
_ROOT_KEYS = {"/Type", "/Pages"}
_TRAILER_KEYS = {"/Root", "/Size", "/ID"}
#: PDF/A-2 is PDF 1.7, whatever the file called itself.
VERSION = "1.7"


class DynamicForm(Exception):
    """The pages of the file exist only in the program that fills in its form (dynamic XFA)."""


def make(original: Path, media_type: str, into: Path) -> None:
    """Write the working copy of a PDF or an image to `into`.

    Raises DynamicForm and `binding.DamagedImage`.
    """
    Image.MAX_IMAGE_PIXELS = media.MAX_PIXELS
    if media_type == media.PDF.media_type:
        with opened(original, into) as pdf:
            pdf.save(into, force_version=VERSION)
    else:
        binding.bind(original, into)


def opened(original: Path, scratch: Path) -> pikepdf.Pdf:
    """Open a PDF as its working copy; `scratch`: a file that may be written. Raises DynamicForm."""
    # Read, not mapped: what a long document maps counts as memory of the process.
    pdf = pikepdf.open(original, access_mode=pikepdf.AccessMode.stream)
    try:
        _clean(pdf, scratch)
    except BaseException:
        pdf.close()
        raise
    return pdf


def _clean(pdf: pikepdf.Pdf, scratch: Path) -> None:
    """Take over the pages alone: scripts, attachments, forms and private data stay behind.

    They are left behind where they are, for what is copied from one PDF to another stays in
    memory until it is written: a long document would fill it.
    """
    if pdf.Root.get("/NeedsRendering", False):
        raise DynamicForm
    unshown.drop_notes(pdf)
    _flatten(pdf)
    sanitize.remove_javascript(pdf)
    for page in pdf.pages:
        _crop(page)
        _leave_out_coded_pictures(page)
        page.obj.Rotate = _rotation(page.obj.get("/Rotate", 0))
        for key in set(page.obj.keys()) - _PAGE_KEYS:
            del page.obj[key]
    unshown.take_away(pdf, scratch)
    for known, keys in ((pdf.Root, _ROOT_KEYS), (pdf.trailer, _TRAILER_KEYS)):
        for key in set(known.keys()) - keys:
            del known[key]
    unsettled = legacy.mend(pdf)
    excerpt.plant(pdf, [page.obj for page in pdf.pages])
    hyphens.settle(pdf, unsettled, scratch)


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Draw form fields, signature pictures and notes into the page; links stay."""
    if "/AcroForm" in pdf.Root:
        with suppress(pikepdf.PdfError, ValueError, TypeError):
            pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _rotation(turn: Any) -> int:
    """Return a turn in steps of 90 degrees; what is none counts as none."""
    try:
        return int(float(turn)) // 90 * 90 % 360
    except (TypeError, ValueError, OverflowError):
        return 0


def _crop(page: pikepdf.Page) -> None:
    media_box = _box(lambda: page.mediabox) or _ASSUMED
    box = _box(lambda: page.cropbox) or media_box
    pairs = zip(box, media_box, (max, max, min, min), strict=True)
    shown = [inner(one, other) for one, other, inner in pairs]
    if min(shown[2] - shown[0], shown[3] - shown[1]) < _SMALLEST:
        shown = media_box
    if min(shown[2] - shown[0], shown[3] - shown[1]) < _SMALLEST:
        shown = _ASSUMED
    page.mediabox = pikepdf.Array(shown)


def _box(said: Callable[[], Any]) -> list[float] | None:
    """Return left, bottom, right and top of a box; None for what is no box."""
    try:
        x1, y1, x2, y2 = (float(side) for side in said())
    except (AttributeError, TypeError, ValueError, OverflowError, LookupError, pikepdf.PdfError):
        return None
    return [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]


def _leave_out_coded_pictures(page: pikepdf.Page) -> None:
    """Drop contents that are packed like a picture: viewers draw nothing of it, poppler hangs."""
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    kept = [part for part in parts if not weight.PICTURE_FILTERS & set(weight.filters(part))]
    if len(kept) < len(parts):
        page.obj.Contents = pikepdf.Array(kept)
