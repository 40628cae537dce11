"""The access copy: a searchable PDF/A-2b, made by ocrmypdf from the working copy."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import ocrmypdf
import pikepdf
from pikepdf import pdfa

from partydoc.document import Page
from partydoc.ocr import plugin

logging.getLogger("ocrmypdf").setLevel(logging.CRITICAL)

FLAVOUR = "2b"


class AccessCopyFailed(Exception):
    """No access copy that keeps its promises could be made; the message says why."""


def make(working: Path, into: Path, pages: Sequence[Page], languages: Sequence[str]) -> None:
    """Write the access copy; `pages` get the text that was read laid under them.

    The other pages keep the text they came with. What is written is opened again and checked:
    as many pages as before, and valid PDF/A-2b.

    Raises AccessCopyFailed, mostly for born-digital files: fonts that are not embedded.
    """
    plugin.pages = {page.number - 1: page for page in pages}
    chosen = ",".join(str(index + 1) for index in sorted(plugin.pages))
    try:
        ocrmypdf.ocr(
            working,
            into,
            language=list(languages),
            plugins=["partydoc.ocr.plugin"],
            mode="redo" if chosen else "skip",
            pages=chosen or None,
            output_type="pdfa-2",
            pdfa_backend="internal",  # Ghostscript has corrupted text and pictures in PDF/A
            optimize=0,
            fast_web_view=0,
            jobs=1,
            use_threads=True,
            progress_bar=False,
            invalidate_digital_signatures=True,
            tagged_pdf_mode="ignore",
            max_image_mpixels=0,
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever a strange file does to three libraries
        raise AccessCopyFailed(f"{type(error).__name__}: {error}") from error
    finally:
        plugin.pages = {}
    _check(working, into)


def _check(working: Path, made: Path) -> None:
    with pikepdf.open(working) as before, pikepdf.open(made) as after:
        if len(before.pages) != len(after.pages):
            raise AccessCopyFailed(f"{len(after.pages)} pages of {len(before.pages)}")
    report = pdfa.validate_written(made, FLAVOUR)
    if not report.passed:
        raise AccessCopyFailed(report.summary())
