"""Pictures of pages for people: review, thumbnails."""

from __future__ import annotations

from pathlib import Path


def page_picture(pdf: Path, page: int, dpi: int, into: Path) -> Path:
    """Draw a page (from 1) of an access copy as a PNG file with poppler; return `into`.

    Raises ValueError if the PDF has no such page.
    """
    from pdf2image import convert_from_path

    images = convert_from_path(pdf, dpi=dpi, first_page=page, last_page=page, fmt="png")
    if not images:
        raise ValueError(f"no page {page}")
    images[0].save(into, format="PNG")
    return into
