"""`catalogue print`: what is asked for is written, whole, and logged."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import printable
import pypdfium2
import pytest
from conftest import Run
from forms import judge, listed
from pikepdf.pdfa import check

from partydoc.archive.root import Archive
from partydoc.prints import fonts, xlsx
from partydoc.printwishes import KINDS

UNITS = {"fonds": "A29", "inventory": "A29-01", "folder": printable.FOLDER}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return printable.archive_of(fast_disk / "a")


@pytest.fixture
def print_(run: Run, archive: Archive) -> Any:
    def print_(*words: object, code: int = 0) -> Any:
        return run("-a", archive.root, "catalogue", "print", *words, code=code)

    return print_


def exports(archive: Archive) -> list[dict[str, Any]]:
    lines = [json.loads(line) for path in archive.audit.iterdir()
             for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    return [line for line in lines if line["what"] == "exported"]


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_every_kind_is_printed_of_every_unit_that_has_it(
    print_: Any, tmp_path: Path, kind: str, suffix: str
) -> None:
    for unit in KINDS[kind]:
        path = tmp_path / f"{unit}.{suffix}"
        line = print_(UNITS[unit], "--kind", kind, "--to", path, "--json").lines[0]
        judge("json/print", line)
        assert line["kind"] == kind and path.stat().st_size > 3000
        if suffix == "pdf":
            with pikepdf.open(path) as document:
                assert check(document, "2b").passed
        else:
            assert openpyxl.load_workbook(path).worksheets[0].max_row > 3
    assert set(KINDS) < listed("json/print", "kind")  # registers are printed too
    assert not list(tmp_path.glob(".*"))


def test_both_files_say_the_same(print_: Any, tmp_path: Path) -> None:
    for suffix in ("pdf", "xlsx"):
        print_(printable.FOLDER, "--kind", "muc-luc-van-ban", "--to", tmp_path / f"a.{suffix}")
    drawn = text_of(tmp_path / "a.pdf")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert f"Tờ trình {printable.FORMULA}" in cells
    joined = drawn.replace(" ", "")
    assert not [cell for cell in cells if cell.replace(" ", "") not in joined]


def test_a_print_is_an_export_and_logged(print_: Any, archive: Archive, tmp_path: Path) -> None:
    to = ("--kind", "muc-luc-van-ban", "--to")
    print_(printable.FOLDER, *to, tmp_path / "a.pdf")
    print_(printable.FOLDER, *to, tmp_path / "b.pdf", "--with-secret")
    usual, secret = exports(archive)
    judge("audit", usual)
    assert len(usual["ids"]) == 1 and usual["ids"][0].startswith("urn:uuid:")
    assert secret["ids"][0] == usual["ids"][0] and len(secret["ids"]) == 2


def test_secret_documents_are_printed_only_on_an_independent_lan_and_when_asked_for(
    print_: Any, run: Run, fast_disk: Path, tmp_path: Path
) -> None:
    to = ("--kind", "muc-luc-van-ban", "--to")
    print_(printable.FOLDER, *to, tmp_path / "a.pdf")
    print_(printable.FOLDER, *to, tmp_path / "b.pdf", "--with-secret")
    assert "kín" not in text_of(tmp_path / "a.pdf") and "kín" in text_of(tmp_path / "b.pdf")
    connected = printable.archive_of(fast_disk / "c", network="connected")
    at = ("-a", connected.root, "catalogue", "print", printable.FOLDER, *to, tmp_path / "c.pdf")
    assert "in hold" in run(*at, "--with-secret", code=2).err
    assert not (tmp_path / "c.pdf").exists() and not exports(connected)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("A29", "--kind", "muc-luc-van-ban"), "is not printed of A29"),
        (("A29-01-0099", "--kind", "bia"), "A29-01-0099"),
        ((printable.FOLDER, "--kind", "bia", "--year", "2020"), "--year says nothing of bia"),
        (("A29", "--kind", "nhan", "--metres", "3"), "--metres says nothing of nhan"),
        (("A29", "--kind", "danh-muc-ho-so", "--year", "1975"), "no folders"),
        (("A29", "--kind", "bien-ban-giao-nhan", "--metres", "x"), "no number of metres"),
    ],
)
def test_what_cannot_be_printed_is_named_and_nothing_is_written(
    print_: Any, archive: Archive, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in print_(*words, "--to", tmp_path / "a.pdf", code=2).err
    assert not list(tmp_path.glob("*a.pdf*")) and not exports(archive)


def test_a_file_that_is_there_is_left_alone(print_: Any, archive: Archive, tmp_path: Path) -> None:
    there = tmp_path / "a.xlsx"
    there.write_text("mine")
    words = ("A29", "--kind", "muc-luc-ho-so", "--to")
    assert "left alone" in print_(*words, there, code=2).err
    assert "inside the archive" in print_(*words, archive.root / "a.xlsx", code=2).err
    assert "folder is not there" in print_(*words, tmp_path / "x" / "a.pdf", code=2).err
    assert "FILE.pdf or FILE.xlsx" in print_(*words, tmp_path / "a.docx", code=2).err
    assert there.read_text() == "mine" and not exports(archive)


def test_a_missing_font_is_exit_7_with_the_package_and_a_workbook_needs_none(
    print_: Any, run: Run, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_ROOT", tmp_path)
    words = ("A29", "--kind", "muc-luc-ho-so", "--to")
    assert "fonts-liberation2" in print_(*words, tmp_path / "a.pdf", code=7).err
    print_(*words, tmp_path / "a.xlsx")
    rows = {line["name"]: line for line in run("-a", archive.root, "doctor", "--json").lines}
    font = rows[fonts.FAMILY]
    assert not font["ok"] and not font["needed"] and "fonts-liberation2" in font["mend"]


def test_what_changes_while_it_is_drawn_is_drawn_again(
    print_: Any, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, drawn = xlsx.write, []

    def write(*asked: Any) -> frozenset[str]:
        if not drawn:
            document = first_document(archive)
            printable.withhold(archive, document)
        drawn.append(1)
        return real(*asked)

    monkeypatch.setattr(xlsx, "write", write)
    print_(printable.FOLDER, "--kind", "muc-luc-van-ban", "--to", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert len(drawn) == 2 and "13-TTr/ĐU" in cells
    assert "Tờ trình về việc chỉnh lý tài liệu" not in cells


def first_document(archive: Archive) -> str:
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(archive) as catalogue:
        unit = catalogue.unit(printable.FOLDER)
        assert unit
        return str(unit.entries[0].document)


def test_signs_that_the_font_lacks_are_told(
    print_: Any, archive: Archive, tmp_path: Path, run: Run
) -> None:
    run("-a", archive.root, "catalogue", "edit", printable.FOLDER, "title=Chữ 漢")
    words = (printable.FOLDER, "--kind", "bia", "--to")
    assert "□ stands for 漢" in print_(*words, tmp_path / "a.pdf").err
    assert "漢" not in print_(*words, tmp_path / "a.xlsx").err
