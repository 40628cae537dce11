"""The working copy shows what the original shows, and carries nothing else."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from partydoc.ocr import working

A4 = (595, 842)


def size(path: Path) -> tuple[int, int]:
    with pypdfium2.PdfDocument(path) as pdf:
        width, height = pdf[0].get_size()
    return round(width), round(height)


@pytest.mark.parametrize("dpi", [(150, 150), (72, 72), None, (1, 1)])
def test_a_picture_becomes_a_page_of_its_size_or_a4(tmp_path, dpi):
    """A resolution no scanner has (72, 1) says nothing: the page is taken for A4."""
    original = tmp_path / "page.png"
    Image.new("L", (1240, 1754), 255).save(original, **({"dpi": dpi} if dpi else {}))
    working.make(original, "image/png", tmp_path / "working.pdf")
    assert size(tmp_path / "working.pdf") == pytest.approx(A4, abs=1)


def test_a_jpeg_is_kept_as_it_was_compressed(tmp_path):
    original = tmp_path / "page.jpg"
    original.write_bytes(drawn.jpeg(drawn.sheet(50), 50))
    working.make(original, "image/jpeg", tmp_path / "working.pdf")
    with pikepdf.open(tmp_path / "working.pdf") as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.Filter in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode]))


def test_a_page_ends_where_the_viewer_ends_it(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(50), dpi=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].cropbox = pikepdf.Array([100, 100, 400, 500])
        pdf.save(path)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    assert size(tmp_path / "working.pdf") == (300, 400)


def test_a_replaced_page_keeps_its_size_and_loses_its_text(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY[:1])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        working.replace_page(pdf, 0, drawn.sheet(50).rotate(90, expand=True))
        pdf.save(path)
    assert size(path) == pytest.approx(A4[::-1], abs=1)
    with pypdfium2.PdfDocument(path) as pdf:
        assert pdf[0].get_textpage().get_text_range() == ""


def test_every_page_can_become_a_picture(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    working.as_pictures(path)
    with pikepdf.open(path) as pdf:
        assert [len(page.Resources.XObject) for page in pdf.pages] == [1]
