"""`register print`: the registers on paper."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import desk
import openpyxl
import pikepdf
import pypdfium2
import pytest
import rows
from conftest import Run
from forms import judge
from pikepdf.pdfa import check

from partydoc.archive.root import Archive


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with an arrival, one that is void, a secret one, and a departure."""
    archive = rows.new_archive(fast_disk / "a", "independent-lan")
    with desk.at_work(archive) as opened:
        rows.arrive(opened, deadline="2026-03-20")
        void = rows.arrive(opened, code="46-CV/HU", arrival_date="2026-03-01")
        rows.undo(opened, void.operation, desk.NOW)
        rows.arrive(opened, secrecy="Mật", issuer="Nơi Kín")
        rows.depart(opened, answers="1/2026")
    return archive


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


@pytest.mark.parametrize("table", ["in", "out", "handling"])
def test_each_table_is_printed_both_ways(
    run: Run, archive: Archive, tmp_path: Path, table: str
) -> None:
    at = ("-a", archive.root, "register", "print", table)
    for suffix in ("pdf", "xlsx"):
        judge("json/print", run(*at, "--file", tmp_path / f"a.{suffix}", "--json").lines[0])
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert check(document, "2b").passed
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    drawn = text_of(tmp_path / "a.pdf").replace(" ", "")
    assert not [cell for cell in cells if cell.replace(" ", "") not in drawn]
    assert "01-NQ/ĐU" in " ".join(cells) and "Nơi Kín" not in " ".join(cells)


@pytest.mark.parametrize("table", ["in", "out"])
def test_a_day_stands_on_one_line(run: Run, fast_disk: Path, tmp_path: Path, table: str) -> None:
    archive = rows.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        rows.arrive(opened, forwarded="2026-10-20")
        rows.depart(opened, forwarded="2026-10-20")
    run("-a", archive.root, "register", "print", table, "--file", tmp_path / "a.pdf")
    assert "20/10/2026" in text_of(tmp_path / "a.pdf")


def test_a_void_row_is_struck_and_the_column_to_sign_is_empty(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    run("-a", archive.root, "register", "print", "in", "--file", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    struck = {cell.value: cell.font.strike for row in sheet.iter_rows() for cell in row}
    assert struck["46-CV/HU"] and not struck["45-CV/HU"]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "Ngày đến")
    (sign,) = [cell for cell in heads if cell.value == "Ký nhận"]
    below = [sheet.cell(row, sign.column).value for row in range(sign.row + 2, sign.row + 4)]
    assert below == [None, None]


def test_only_the_days_that_are_asked_for_are_printed(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    days = ("--from", "02/3/2026", "--to", "3/2026")
    at = ("-a", archive.root, "register", "print", "in", *days)
    run(*at, "--file", tmp_path / "a.pdf")
    text = text_of(tmp_path / "a.pdf")
    assert "45-CV/HU" in text and "46-CV/HU" not in text


def test_secret_rows_are_printed_where_they_are_asked_for(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    at = ("-a", archive.root, "register", "print", "in", "--secret")
    run(*at, "--file", tmp_path / "a.pdf")
    text = text_of(tmp_path / "a.pdf")
    assert "VĂN BẢN MẬT ĐẾN" in text and "Nơi Kín" in text and "Huyện uỷ Mẫu Sơn" not in text


@pytest.mark.parametrize(
    ("fonds", "numbering", "expected"),
    [
        (("Đảng uỷ xã Đồng Mẫu",), "year", "ĐẢNG UỶ XÃ ĐỒNG MẪU * ĐẢNG CỘNG SẢN VIỆT NAM"),
        (("UBND xã Đồng Mẫu",), "type-term", "UBND XÃ ĐỒNG MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (("Đảng uỷ xã A", "Đảng uỷ xã B"), "type-term", "… * ĐẢNG CỘNG SẢN VIỆT NAM"),
        ((), "type-year", "… * ĐẢNG CỘNG SẢN VIỆT NAM"),
        ((), "year", "… CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ],
)
def test_where_the_settings_name_no_body_the_fonds_or_the_numbering_tells(
    run: Run, fast_disk: Path, tmp_path: Path, fonds: tuple[str, ...], numbering: str, expected: str
) -> None:
    root = desk.new_archive(fast_disk / "a").root
    settings = root / "partydoc.toml"
    settings.write_text(settings.read_text("utf-8").replace("type-term", numbering), "utf-8")
    for number, name in enumerate(fonds):
        run("-a", root, "catalogue", "add", "fonds", f"B{number}", "--title", name)
    run("-a", root, "register", "print", "in", "--file", tmp_path / "a.pdf")
    assert expected in text_of(tmp_path / "a.pdf")


def test_of_several_fonds_the_one_that_is_open_tells_whose_register_it_is(
    run: Run, fast_disk: Path, tmp_path: Path
) -> None:
    root = desk.new_archive(fast_disk / "a").root
    for name in ("A", "B"):
        run("-a", root, "catalogue", "add", "fonds", name, "--title", f"Đảng uỷ xã {name}")
    run("-a", root, "catalogue", "close", "A")
    run("-a", root, "register", "print", "in", "--file", tmp_path / "a.pdf")
    assert "ĐẢNG UỶ XÃ B * ĐẢNG" in text_of(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    "words",
    [("--from", "3/2026", "--to", "2/2026"), ("--from", "31/02/2026"), ("--file", "a.txt")],
)
def test_what_cannot_be_printed_is_named_and_nothing_is_written(
    run: Run, archive: Archive, tmp_path: Path, words: tuple[str, str]
) -> None:
    file = () if "--file" in words else ("--file", tmp_path / "a.pdf")
    run("-a", archive.root, "register", "print", "in", *words, *file, code=2)
    assert list(tmp_path.glob("*.pdf")) == []
