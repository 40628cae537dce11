"""The access copy: a searchable PDF/A-2b, made of the working copy and what was read."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pypdfium2
from ocrmypdf import pdfa
from ocrmypdf._graft import strip_invisible_text
from PIL import Image

from partydoc.ocr import contents, layer, picture, working
from partydoc.ocr.leaf import Leaf

logging.getLogger("ocrmypdf").setLevel(logging.CRITICAL)
_OUTPUT = "pdfa-2"


class AccessCopyFailed(Exception):
    """No access copy that keeps its promises could be made; the message says why."""


def make(working_copy: Path, into: Path, leaves: Iterable[Leaf]) -> None:
    """Write the access copy: the words that were recognised are laid under the pages.

    The other pages keep the text they came with. What is written is opened again and checked:
    as many pages as before, and valid PDF/A-2b.

    Raises AccessCopyFailed, mostly for born-digital files: fonts that are not embedded.
    """
    fitted = into.with_name("fitted.pdf")
    try:
        pages = _fit(working_copy, leaves, fitted)
        # Without Ghostscript, which has corrupted text and pictures in PDF/A.
        pdfa.speculative_pdfa_conversion(fitted, into, _OUTPUT)
    except MemoryError:
        raise
    except Exception as error:  # whatever a strange file does to two libraries
        raise AccessCopyFailed(f"{type(error).__name__}: {error}") from error
    finally:
        fitted.unlink(missing_ok=True)
    with pikepdf.open(into) as made:
        if len(made.pages) != pages:
            raise AccessCopyFailed(f"{len(made.pages)} pages of {pages}")


def _fit(path: Path, leaves: Iterable[Leaf], into: Path) -> int:
    """Write a copy that says what was read and shows its pages upright; return their number."""
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
        text = layer.Layer(pdf)
        for index, leaf in zip(range(len(pdf.pages)), leaves, strict=True):
            if leaf.redraw:
                working.replace_page(pdf, index, _image(drawn[index]))
            page = pdf.pages[index]
            if leaf.strip and not leaf.redraw:
                strip_invisible_text(pdf, page)
            if leaf.page.rotation:
                page.rotate(leaf.page.rotation, relative=True)
            if leaf.laid:
                text.lay(page, leaf.laid)
        text.close()
        pdf.save(into)
        return len(pdf.pages)


def _image(leaf: pypdfium2.PdfPage) -> Image.Image:
    image = picture.draw(leaf, contents.read(leaf).scan_dpi or picture.DRAWN_DPI).image
    leaf.close()
    return image
