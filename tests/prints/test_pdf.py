"""A form as PDF: archival, searchable, its fonts in the file."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf.pdfa import check

from partydoc.prints import pdf
from partydoc.prints.form import A3_WIDE, A4_WIDE, Column, Form, Line, Row, Table

MADE = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COLUMNS = (
    Column("Số TT", 15, "centre"),
    Column("Tên loại và trích yếu", 110),
    Column("Ghi chú", 40),
)
TRICKY = "=1+1 Nguyễn Đễ được thưởng {nb} (hai) \\ phần"


def form(rows: int) -> Form:
    cells = tuple(Row((str(i), f"{TRICKY} số {i}", "")) for i in range(1, rows + 1))
    heads = (
        Line("MỤC LỤC", bold=True),
        Line("nghiêng", italic=True),
        Line("cả hai", 13, "left", True, True),
    )
    return Form("Mục lục văn bản A29", (*heads, Table(COLUMNS, cells)))


def read(path: Path) -> list[str]:
    """Return the text of each page as a reader finds it."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(unicodedata.normalize("NFC", page).split()) for page in pages]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    assert pdf.write(form(120), tmp_path / "a.pdf", MADE) == frozenset()
    return tmp_path / "a.pdf"


def test_it_is_pdf_a_2b_with_title_and_language(path: Path) -> None:
    with pikepdf.open(path) as document:
        report = check(document, "2b")
        assert report.passed, report
        assert document.docinfo["/Title"] == "Mục lục văn bản A29"
        assert document.Root.Lang == "vi" and document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as meta:
            assert meta["dc:title"] == "Mục lục văn bản A29"
            assert meta.pdfa_status == "2B"


def test_every_font_stands_in_the_file(path: Path) -> None:
    with pikepdf.open(path) as document:
        fonts = {
            str(font.BaseFont): font.DescendantFonts[0].FontDescriptor
            for page in document.pages for font in page.Resources.Font.values()
        }  # fmt: skip
        assert all("/FontFile2" in descriptor for descriptor in fonts.values())
    assert len(fonts) == 4 and all("LiberationSerif" in name for name in fonts)


def test_all_of_it_is_found_with_the_heads_and_numbers_on_each_page(path: Path) -> None:
    pages = read(path)
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert "Số TT Tên loại và trích yếu Ghi chú" in text
        assert text.endswith(f"Trang {number}/{len(pages)}")
    whole = " ".join(pages)
    assert whole.count(TRICKY) == 120 and f"{TRICKY} số 120" in whole


@pytest.mark.parametrize(("paper", "size"), [(A4_WIDE, (842, 595)), (A3_WIDE, (1191, 842))])
def test_paper_is_as_large_as_it_is_to_be(
    paper: object, size: tuple[int, int], tmp_path: Path
) -> None:
    pdf.write(Form("t", (Line("a"),), paper), tmp_path / "a.pdf", MADE)  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert tuple(map(round, document[0].get_size())) == size


def test_signs_without_a_shape_are_told_and_the_file_stays_archival(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert pdf.write(Form("漢", (Line("chữ 漢"),)), path, MADE) == {"漢"}
    assert read(path) == ["chữ □ Trang 1/1"]
    with pikepdf.open(path) as document:
        assert check(document, "2b").passed
