"""The access copy: a searchable PDF/A-2b, made of the working copy and what was read."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterable
from pathlib import Path

import pikepdf
from ocrmypdf import pdfa
from ocrmypdf._graft import strip_invisible_text
from pikepdf.pdfa import check, prepare, save

from partydoc.ocr import facsimile, layer, resources
from partydoc.ocr.leaf import Leaf
from partydoc.ocr.working import VERSION

logging.getLogger("ocrmypdf").setLevel(logging.CRITICAL)
_OUTPUT, _FLAVOUR = "pdfa-2", "2b"


class AccessCopyFailed(Exception):
    """No access copy that keeps its promises could be made; the message says why.

    `pages`: the numbers of those that are at fault; none where that cannot be told.
    """

    def __init__(self, message: str, pages: Collection[int] = ()) -> None:
        super().__init__(message)
        self.pages = frozenset(pages)


def make(pdf: pikepdf.Pdf, into: Path, leaves: Iterable[Leaf], scratch: Path) -> None:
    """Make a working copy the access copy: the words that were recognised are laid under the pages.

    The other pages keep the text they came with. What is written is opened again and checked:
    as many pages as before, and valid PDF/A-2b. `scratch`: a file that may be written.

    Raises AccessCopyFailed, mostly for born-digital files: fonts that are not embedded.
    """
    pages = _fit(pdf, leaves, scratch)
    _save(pdf, into)
    with pikepdf.open(into) as made:
        if len(made.pages) != pages:
            raise AccessCopyFailed(f"{len(made.pages)} pages of {pages}")


def _fit(pdf: pikepdf.Pdf, leaves: Iterable[Leaf], scratch: Path) -> int:
    """Let a document say what was read and show its pages upright; return their number."""
    at = 0
    try:
        text = layer.Layer(pdf)
        for at, leaf in zip(range(1, len(pdf.pages) + 1), leaves, strict=True):
            _fit_page(pdf, at - 1, leaf, scratch)
            if leaf.laid:
                text.lay(pdf.pages[at - 1], leaf.laid)
        text.close()
        return len(pdf.pages)
    except MemoryError:
        raise
    except Exception as error:  # whatever a strange page does to two libraries
        raise AccessCopyFailed(_named(error), [at] if at else []) from error


def _fit_page(pdf: pikepdf.Pdf, index: int, leaf: Leaf, scratch: Path) -> None:
    if leaf.page.redrawn:
        facsimile.replace(pdf, index, scratch)
    else:
        if leaf.strip:
            strip_invisible_text(pdf, pdf.pages[index])
        resources.settle(pdf, pdf.pages[index])
    if leaf.page.rotation:
        pdf.pages[index].rotate(leaf.page.rotation, relative=True)


def _save(pdf: pikepdf.Pdf, into: Path) -> None:
    """Make it PDF/A, without Ghostscript, which has corrupted text and pictures in it.

    As `ocrmypdf.pdfa.speculative_pdfa_conversion` does, which wants another file between: a second
    copy of a long document on the disk.
    """
    try:
        report = save(
            pdf, into, pdfa.output_type_to_flavour(_OUTPUT), output_intent="sRGB",
            force_version=VERSION,
        )  # fmt: skip
    except MemoryError:
        raise
    except Exception as error:
        raise AccessCopyFailed(_named(error), _at_fault(pdf)) from error
    pdfa.log_prepare_result(report.prepared)


def _at_fault(pdf: pikepdf.Pdf) -> list[int]:
    """Return the numbers of the pages that are no PDF/A, each looked at by itself."""
    return [number for number, page in enumerate(pdf.pages, 1) if not _is_archival(page)]


def _is_archival(page: pikepdf.Page) -> bool:
    with pikepdf.new() as alone, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that have no form any more
        try:
            alone.pages.append(page)
            prepare(alone, _FLAVOUR, output_intent="sRGB")
            return check(alone, _FLAVOUR).passed
        except MemoryError:
            raise
        except Exception:
            return False


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
