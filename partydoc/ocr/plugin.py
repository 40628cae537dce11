"""Our engine for ocrmypdf: it hands over words that are already read.

ocrmypdf lays the text under the pages and makes the PDF/A; the recognition pass has been done
before, once, with the picture that reads best. `pages` is set before `ocrmypdf.ocr` is called,
in the same process.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ocrmypdf import hookimpl
from ocrmypdf.hocrtransform import BoundingBox, OcrClass, OcrElement
from ocrmypdf.pluginspec import OcrEngine, OrientationConfidence
from PIL import Image

from partydoc.document import Box, Line, Page

#: What was read, by page number from 0. One job at a time in a process.
pages: dict[int, Page] = {}

_DPI = 300


class AlreadyRead(OcrEngine):
    """Gives ocrmypdf the words of each page."""

    @staticmethod
    def version() -> str:
        """The engine's part of the producer line; Tesseract's version stands in pages.json."""
        return "partydoc"

    @staticmethod
    def creator_tag(options: Any) -> str:
        """What stands in the access copy as its creator."""
        return "partydoc"

    def __str__(self) -> str:
        return "partydoc"

    @staticmethod
    def languages(options: Any) -> set[str]:
        """Everything was read already, so no language is missing."""
        return set(options.languages) if options else set()

    @staticmethod
    def get_orientation(input_file: Path, options: Any) -> OrientationConfidence:
        """Pages come upright."""
        return OrientationConfidence(angle=0, confidence=0.0)

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        """Not used: `generate_ocr` is."""
        raise NotImplementedError

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        """Not used: `generate_ocr` is."""
        raise NotImplementedError

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Words, not hOCR."""
        return True

    @staticmethod
    def generate_ocr(
        input_file: Path, options: Any, page_number: int = 0
    ) -> tuple[OcrElement, str]:
        """Return the page's tree of lines and words, and its text."""
        page = pages.get(page_number)
        return (_tree(page), page.text) if page else (_blank(), "")


def _tree(page: Page) -> OcrElement:
    width, height = page.width_mm / 25.4 * _DPI, page.height_mm / 25.4 * _DPI
    lines = [_line(line, width, height) for line in page.lines]
    paragraph = OcrElement(
        OcrClass.PARAGRAPH, bbox=BoundingBox(0, 0, width, height), children=lines
    )
    return OcrElement(
        OcrClass.PAGE,
        bbox=BoundingBox(0, 0, width, height),
        dpi=_DPI,
        children=[paragraph] if lines else [],
    )


def _blank() -> OcrElement:
    return OcrElement(OcrClass.PAGE, bbox=BoundingBox(0, 0, _DPI, _DPI), dpi=_DPI)


def _line(line: Line, width: float, height: float) -> OcrElement:
    words = [
        OcrElement(OcrClass.WORD, bbox=_pixels(word.box, width, height), text=word.text)
        for word in line.words
    ]
    return OcrElement(
        OcrClass.LINE, bbox=_pixels(line.box, width, height), children=words, direction="ltr"
    )


def _pixels(box: Box, width: float, height: float) -> BoundingBox:
    left, top = box.left * width, box.top * height
    return BoundingBox(
        left, top, max(box.right * width, left + 1), max(box.bottom * height, top + 1)
    )


@hookimpl
def get_ocr_engine(options: Any) -> OcrEngine:
    """Take the place of ocrmypdf's own Tesseract."""
    return AlreadyRead()


@hookimpl
def rasterize_pdf_page(output_file: Path) -> Path:
    """Draw nothing: nobody looks at this picture (drawing and packing it is half of a run)."""
    Image.new("1", (8, 8), 1).save(output_file, dpi=(_DPI, _DPI))
    return output_file
