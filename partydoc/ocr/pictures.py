"""A page drawn by poppler: a second eye where the first renderer or resolution did not do."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

_PATIENCE = 20  # seconds; a page that poppler cannot draw in them stays as it was read


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
