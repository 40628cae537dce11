"""The working copy shows what the original shows, and carries nothing else."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest

from partydoc.ocr import working

A4 = (595, 842)


def size(path: Path) -> tuple[int, int]:
    with pypdfium2.PdfDocument(path) as pdf:
        width, height = pdf[0].get_size()
    return round(width), round(height)


def test_a_page_ends_where_the_viewer_ends_it(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(50), dpi=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].cropbox = pikepdf.Array([100, 100, 400, 500])
        pdf.save(path)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    assert size(tmp_path / "working.pdf") == (300, 400)


def test_contents_that_are_packed_like_a_picture_are_left_out(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY[:1])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        nonsense = pikepdf.Stream(pdf, b"nonsense", Filter=pikepdf.Name.JBIG2Decode)
        page = pdf.pages[0]
        page.contents_add(nonsense)
        pdf.save(path)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    with pikepdf.open(tmp_path / "working.pdf") as pdf:
        assert [part.get("/Filter") for part in pdf.pages[0].Contents.as_list()] != []
        assert all(part.get("/Filter") != "/JBIG2Decode" for part in pdf.pages[0].Contents)
    with pypdfium2.PdfDocument(tmp_path / "working.pdf") as pdf:
        assert drawn.BODY[0][:5] in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize(("said", "meant"), [(45, 0), (-90, 270), (450, 90), (180, 180)])
def test_pages_are_turned_by_right_angles(tmp_path, said, meant):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(50), dpi=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = said
        pdf.save(path)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    with pikepdf.open(tmp_path / "working.pdf") as pdf:
        assert pdf.pages[0].obj.Rotate == meant


def test_what_a_file_says_beside_its_pages_is_left_behind(tmp_path):
    """Keys of other programs in the trailer and the tree of pages, and a version of the future."""
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(50), dpi=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.trailer.DocChecksum = pikepdf.Name("/checksum")
        pdf.Root.Pages.ITXT = pikepdf.String("made by")
        pdf.Root.Pages.Rotate = 90
        pdf.save(path, force_version="2.0")
    before = size(path)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    with pikepdf.open(tmp_path / "working.pdf") as made:
        assert made.pdf_version == "1.7"
        assert set(made.trailer.keys()) <= {"/Root", "/Size", "/ID"}
        assert set(made.Root.Pages.keys()) == {"/Type", "/Count", "/Kids"}
    assert size(tmp_path / "working.pdf") == before == (842, 595)
