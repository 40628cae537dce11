"""A workbook goes out, is filled in, and comes back."""

from __future__ import annotations

import errno
import json
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import desk
import openpyxl
import paper
import pytest
import waiting
from conftest import Run
from forms import judge
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import SerialisationError
from waiting import KNOWN, sure, unsure

from partydoc import fieldnames, returned, workbook
from partydoc.archive.kept import Kept
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.ocr import pictures
from partydoc.reviewing import Paper
from partydoc.text import clean
from partydoc.withholding import withhold_all
from partydoc.workbook import CHECKED, COLUMNS, HIDDEN, ID, PICTURE

FORMULA = "=SUM(1;2) về việc chỉnh lý"
BY_HAND = KNOWN | {"number": unsure("11"), "code": unsure("11-TTr/ĐU"), "date": unsure("2010-07")}
OTHER = {**KNOWN, "subject": unsure(FORMULA), "number": sure("05")}

Sheet = Any


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with two documents that wait and one that does not."""
    return waiting.archive_of(fast_disk / "a", [BY_HAND, OTHER, KNOWN])


@pytest.fixture
def written(archive: Archive, run: Run, tmp_path: Path) -> Path:
    """The workbook of what waits."""
    path = tmp_path / "nhập.xlsx"
    run("-a", archive.root, "review", waiting.FOLDER, "--to", path, "--no-pictures")
    return path


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


def fill(path: Path, change: Callable[[Sheet], None]) -> None:
    """Open a workbook as its user would, change it, save it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def put(row: int, name: str, value: object) -> Callable[[Sheet], None]:
    def change(sheet: Sheet) -> None:
        sheet.cell(row, column(name)).value = value

    return change


def kept(archive: Archive, number: int) -> Any:
    return waiting.records(archive)[number - 1]


# out


def test_a_row_a_document_with_frozen_headers_and_unsure_cells_coloured(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book.worksheets[0]
    assert sheet.max_row == 3 and sheet.freeze_panes == "D2"
    heads = [cell.value for cell in sheet[1]]
    assert heads[: len(COLUMNS)][4:] == [fieldnames.label(name) for name in COLUMNS[4:]]
    row = {name: sheet.cell(2, column(name)) for name in COLUMNS}
    assert row["reference"].value == "A29-01-0003-001"
    assert (row["date"].value, row["number"].value) == ("07/2010", "11")
    coloured = {name for name, cell in row.items() if cell.fill.fill_type}
    assert coloured == {"number", "date"}
    assert book[HIDDEN].sheet_state == "hidden"


def test_every_cell_is_text_also_what_looks_like_a_formula_or_a_number(written: Path) -> None:
    sheet = openpyxl.load_workbook(written).worksheets[0]
    subject, number = sheet.cell(3, column("subject")), sheet.cell(3, column("number"))
    assert (subject.value, subject.data_type) == (FORMULA, "s")
    assert (number.value, number.data_type) == ("05", "s")
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


def test_a_workbook_that_is_there_is_left_alone(archive: Archive, run: Run, written: Path) -> None:
    before = written.read_bytes()
    at = ("-a", archive.root, "review", "--to")
    assert "left alone" in run(*at, written, code=2).err
    assert "folder is not there" in run(*at, written.parent / "x" / "y.xlsx", code=2).err
    assert written.read_bytes() == before
    assert [path.name for path in written.parent.glob("*.xlsx")] == [written.name]


def test_the_head_of_the_page_hangs_in_its_row(archive: Archive, run: Run, tmp_path: Path) -> None:
    copy = Store(archive).file(kept(archive, 1).urn, "access.pdf")
    assert copy is not None
    copy.chmod(0o640)
    paper.save_scan_pdf([paper.party_page(dpi=50)], copy, 50)
    path = tmp_path / "with.xlsx"
    line = run("-a", archive.root, "review", waiting.FOLDER, "--to", path, "--json").lines[0]
    judge("json/review", line)
    assert line["documents"] == 2
    sheet = openpyxl.load_workbook(path).worksheets[0]
    (image,) = sheet._images  # the other document has no copy that can be drawn
    anchor = image.anchor._from
    assert (anchor.row, anchor.col) == (1, COLUMNS.index(PICTURE))
    assert sheet.row_dimensions[2].height > 150


def exports(archive: Archive) -> list[dict]:
    lines = [json.loads(line) for path in archive.audit.iterdir()
             for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    return [line for line in lines if line["what"] == "exported"]


def exported(archive: Archive) -> dict:
    (line,) = exports(archive)
    return line


def test_a_workbook_is_an_export_and_logged(archive: Archive, written: Path) -> None:
    line = exported(archive)
    judge("audit", line)
    assert line["ids"] == [kept(archive, 1).id, kept(archive, 2).id]


def test_marked_documents_are_left_out(fast_disk: Path, run: Run, tmp_path: Path) -> None:
    marked = BY_HAND | {"secrecy": sure("Mật"), "subject": sure("về việc kín")}
    archive = waiting.archive_of(fast_disk / "b", [marked, BY_HAND], network="independent-lan")
    path = tmp_path / "b.xlsx"
    ran = run("-a", archive.root, "review", "--to", path, "--no-pictures")
    assert "1 document with a secrecy mark is left out" in ran.err
    assert openpyxl.load_workbook(path).worksheets[0].max_row == 2


def rows(path: Path) -> list[str]:
    """The ids in a workbook, on any sheet."""
    book = openpyxl.load_workbook(path)
    return [cell.value for sheet in book.worksheets for cell in sheet["A"][1:] if cell.value]


@pytest.fixture
def secret(archive: Archive) -> str:
    """The first document, whose picture can be drawn."""
    copy = Store(archive).file(kept(archive, 1).urn, "access.pdf")
    assert copy is not None
    copy.chmod(0o640)
    paper.save_scan_pdf([paper.party_page(dpi=50)], copy, 50)
    return kept(archive, 1).id


def withhold(archive: Archive, document: str) -> None:
    with desk.at_work(archive) as opened:
        withhold_all(opened, [document], "Mật", desk.NOW)


def test_what_went_into_hold_while_pages_were_drawn_is_in_no_row(
    archive: Archive, run: Run, tmp_path: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def classified_meanwhile(*arguments: Any) -> bytes | None:
        drawn = header(*arguments)
        if drawn:
            withhold(archive, secret)
        return drawn

    header = pictures.header
    monkeypatch.setattr(pictures, "header", classified_meanwhile)
    path = tmp_path / "x.xlsx"
    line = run("-a", archive.root, "review", waiting.FOLDER, "--to", path, "--json").lines[0]
    assert line["documents"] == 1 and secret not in rows(path)
    assert not openpyxl.load_workbook(path).worksheets[0]._images
    assert secret not in exported(archive)["ids"]


def test_what_went_into_hold_while_the_lock_was_waited_for_is_in_no_row(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    document, locked = kept(archive, 1).id, threading.Event()

    def classify() -> None:
        with desk.at_work(archive) as opened:
            locked.set()
            time.sleep(0.3)
            withhold_all(opened, [document], "Mật", desk.NOW)

    other = threading.Thread(target=classify)
    other.start()
    locked.wait()
    path = tmp_path / "x.xlsx"
    run("-a", archive.root, "review", waiting.FOLDER, "--to", path, "--no-pictures")
    other.join()
    assert rows(path) and document not in rows(path)
    assert document not in exported(archive)["ids"]


@pytest.mark.parametrize("inside", ["inbox", "store", "."])
def test_no_workbook_is_written_into_the_archive(archive: Archive, run: Run, inside: str) -> None:
    path = archive.root / inside / "x.xlsx"
    assert "inside the archive" in run("-a", archive.root, "review", "--to", path, code=2).err
    assert not list(archive.root.rglob("*.xlsx*"))


@pytest.mark.parametrize("lxml", [True, False])
def test_a_full_disk_leaves_no_part_and_no_line_in_the_log(
    archive: Archive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lxml: bool
) -> None:
    def full(_book: Any, path: Path) -> None:
        path.write_bytes(b"PK half of it")
        raise SerialisationError("IO_WRITE") if lxml else OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(openpyxl.Workbook, "save", full)
    at = ("-a", archive.root, "review", "--to", tmp_path / "x.xlsx", "--no-pictures")
    assert "room" in run(*at, code=1 if lxml else 9).err
    assert not list(tmp_path.glob("*.xlsx*")) and not list(tmp_path.glob(".x*"))
    assert not list(exports(archive))


# and back


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
@settings(max_examples=40, deadline=None)
def test_whatever_stands_in_a_cell_comes_back_as_unchanged(texts: list[str]) -> None:
    values = [clean(text) or "x" for text in texts]
    papers = [
        Paper(Kept(f"{n:064d}", desk.NOW, "application/pdf", "pdf", 1,
                   fields={"subject": unsure(value), "note": sure(value)}), None, None, {})
        for n, value in enumerate(values)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with workbook.prepared(path, papers, {}):
            assert not path.exists()
        found = returned.read(path)
    assert not found.troubles and len(found.rows) == len(papers)
    for row, value in zip(found.rows, values, strict=True):
        assert row.changed == [] and row.before.get("note", "") == workbook.plain(value)


def test_changed_cells_are_one_operation_and_nothing_else_changes(
    archive: Archive, run: Run, written: Path
) -> None:
    fill(written, put(2, "number", "13"))
    fill(written, put(2, "date", "05/07/2010"))
    fill(written, put(3, "keywords", "lưu trữ; chỉnh lý"))
    fill(written, put(3, "place", None))
    lines = run("-a", archive.root, "edit", "--from", written, "--json").lines
    for line in lines:
        judge("json/edit", line)
    assert len({line["operation"] for line in lines}) == 1
    assert {name for line in lines for name in line["after"]} == {
        "number", "code", "date", "keywords",
    }  # fmt: skip
    first, second = kept(archive, 1), kept(archive, 2)
    assert first.status == "described" and first.fields["code"].value == "13-TTr/ĐU"
    assert second.fields["place"].value == "Đồng Mẫu"
    assert second.fields["subject"].value == FORMULA and not second.fields["subject"].accepted
    again = run("-a", archive.root, "edit", "--from", written)
    assert again.out == "" and "Nothing changed" in again.err
    run("-a", archive.root, "undo", lines[0]["operation"])
    assert kept(archive, 1).fields["number"].value == "11"


def test_a_dry_run_shows_and_changes_nothing(archive: Archive, run: Run, written: Path) -> None:
    fill(written, put(2, "number", "13"))
    before = waiting.records(archive)
    ran = run("-a", archive.root, "edit", "--from", written, "--dry-run")
    assert "11 → 13" in ran.out and "would change" in ran.err
    assert waiting.records(archive) == before


def test_a_mark_in_the_column_says_that_the_unsure_cells_are_right(
    archive: Archive, run: Run, written: Path
) -> None:
    fill(written, put(2, CHECKED, "x"))
    fill(written, put(2, "date", "5/7/2010"))
    run("-a", archive.root, "edit", "--from", written)
    fields = kept(archive, 1).fields
    assert fields["number"].value == "11" and fields["number"].source == "person"
    assert fields["date"].value == "2010-07-05" and kept(archive, 1).status == "described"
    assert fields["type"].source == "machine"


@pytest.mark.parametrize(
    ("mark", "right"),
    [("X", True), ("✓", True), ("Đúng", True), ("không", False), ("đừng", False), ("-", False)],
)
def test_only_a_mark_says_that_a_row_is_right(
    archive: Archive, run: Run, written: Path, mark: str, right: bool
) -> None:
    fill(written, put(2, CHECKED, mark))
    fill(written, put(2, "signer", "Trần Thị Bình"))
    ran = run("-a", archive.root, "edit", "--from", written, code=0 if right else 3)
    assert ("D2: " + mark in ran.out) is not right
    number = kept(archive, 1).fields["number"]
    assert number.accepted is right
    assert (kept(archive, 1).fields["signer"].value == "Trần Thị Bình") is right


def test_a_dash_says_that_there_is_none(archive: Archive, run: Run, written: Path) -> None:
    fill(written, put(2, "number", "-"))
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["number"] == fieldnames.ABSENT
    other = written.with_name("again.xlsx")
    run("-a", archive.root, "review", waiting.FOLDER, "--to", other, "--no-pictures")
    assert openpyxl.load_workbook(other).worksheets[0].cell(2, column("number")).value == "K/số"


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_workbook_with_a_stale_row_changes_nothing_and_says_which(
    archive: Archive, run: Run, written: Path, dry: tuple[str, ...]
) -> None:
    waiting.change(archive, kept(archive, 1).id, {"number": "19"})
    fill(written, put(2, "number", "13"))
    fill(written, put(2, "date", "5/7/2010"))
    fill(written, put(3, "subject", "về việc lưu trữ"))
    before = waiting.records(archive)
    ran = run("-a", archive.root, "edit", "--from", written, "--json", *dry, code=3)
    (left,) = ran.lines
    judge("json/edit", left)
    assert left["column"] == "F" and left["row"] == 2 and "19" in left["message"]
    assert "nothing of it was taken in" in ran.err
    assert waiting.records(archive) == before


@pytest.mark.parametrize("typed", [None, "19"])
def test_a_stale_cell_that_is_emptied_or_says_what_stands_lets_the_workbook_in(
    archive: Archive, run: Run, written: Path, typed: str | None
) -> None:
    waiting.change(archive, kept(archive, 1).id, {"number": "19"})
    fill(written, put(2, "number", typed))
    fill(written, put(3, "subject", "về việc lưu trữ"))
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["number"].value == "19"
    assert kept(archive, 2).fields["subject"].value == "về việc lưu trữ"


def test_a_reading_that_somebody_confirmed_meanwhile_is_stale(
    archive: Archive, run: Run, written: Path
) -> None:
    waiting.change(archive, kept(archive, 1).id, {"number": "11"})
    fill(written, put(2, "number", "17"))
    ran = run("-a", archive.root, "edit", "--from", written, code=3)
    assert "F2" in ran.out and kept(archive, 1).fields["number"].value == "11"


def test_a_persons_value_that_stood_there_already_may_be_corrected(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    waiting.change(archive, kept(archive, 1).id, {"place": "Hà Mẫu"})
    path = tmp_path / "again.xlsx"
    run("-a", archive.root, "review", waiting.FOLDER, "--to", path, "--no-pictures")
    fill(path, put(2, "place", "Sông Mẫu"))
    run("-a", archive.root, "edit", "--from", path)
    assert kept(archive, 1).fields["place"].value == "Sông Mẫu"


def test_ids_that_were_sorted_apart_from_their_rows_change_nothing(
    archive: Archive, run: Run, written: Path
) -> None:
    def swap(sheet: Sheet) -> None:
        one, other = sheet.cell(2, column(ID)), sheet.cell(3, column(ID))
        one.value, other.value = other.value, one.value
        sheet.cell(2, column("note")).value = "đã soát"

    before = waiting.records(archive)
    fill(written, swap)
    ran = run("-a", archive.root, "edit", "--from", written, code=3)
    assert ran.out.count("sorted apart") == 2 and waiting.records(archive) == before


def test_recipients_may_stand_below_each_other(archive: Archive, run: Run, written: Path) -> None:
    fill(written, put(2, "recipients", "- Như trên;\n- Thường trực Huyện ủy\n- Lưu Văn phòng."))
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["recipients"].value == [
        "Như trên", "Thường trực Huyện ủy", "Lưu Văn phòng",
    ]  # fmt: skip


def test_the_same_said_by_two_is_no_trouble(archive: Archive, run: Run, written: Path) -> None:
    waiting.change(archive, kept(archive, 1).id, {"number": "13"})
    fill(written, put(2, "number", "13"))
    assert "Nothing changed" in run("-a", archive.root, "edit", "--from", written).err


@pytest.mark.parametrize(
    ("name", "typed", "column_letter"),
    [
        ("date", "31/02/2010", "I"), ("number", "=1+1", "F"), ("number", True, "F"),
        ("number", "số mười", "F"), ("code", "13-QĐ/ĐU", None), ("secrecy", "Mật", None),
    ],
)  # fmt: skip
def test_what_cannot_be_written_names_its_cell_and_stops_no_other_row(
    archive: Archive, run: Run, written: Path, name: str, typed: object, column_letter: str | None
) -> None:
    if name == "code":
        fill(written, put(2, "number", "14"))
    fill(written, put(2, name, typed))
    fill(written, put(3, "signer", "Trần Thị Bình"))
    lines = run("-a", archive.root, "edit", "--from", written, "--json", code=3).lines
    (left,) = [line for line in lines if line.get("outcome") == "left"]
    judge("json/edit", left)
    assert (left["row"], left["column"]) == (2, column_letter)
    assert kept(archive, 1).fields["number"].value == "11"
    assert kept(archive, 2).fields["signer"].value == "Trần Thị Bình"


def test_an_unknown_id_and_a_document_twice_are_told(
    archive: Archive, run: Run, written: Path
) -> None:
    def change(sheet: Sheet) -> None:
        sheet.cell(4, column(ID)).value = sheet.cell(2, column(ID)).value
        sheet.cell(5, column(ID)).value = "x" * 64
        sheet.cell(6, column("note")).value = "không có mã"

    fill(written, change)
    out = run("-a", archive.root, "edit", "--from", written, code=3).out.splitlines()
    assert ["A4" in out[0], "A5" in out[1], "A6" in out[2], len(out)] == [True, True, True, 3]


def test_columns_may_be_moved_and_left_out_but_not_renamed(
    archive: Archive, run: Run, written: Path
) -> None:
    def move(sheet: Sheet) -> None:
        for row in (1, 2, 3):
            one, other = sheet.cell(row, column("number")), sheet.cell(row, column("date"))
            one.value, other.value = other.value, one.value
        sheet.cell(2, column("date")).value = "13"
        sheet.delete_cols(column("note"))

    fill(written, move)
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["number"].value == "13"
    assert kept(archive, 1).fields["date"].value == "2010-07"
    before = waiting.records(archive)
    for text in ("Người phụ trách", fieldnames.label("type")):
        fill(written, lambda sheet, text=text: put(1, "signer", text)(sheet))
        fill(written, put(2, "place", "Mẫu Sơn"))
        error = json.loads(run("-a", archive.root, "edit", "--from", written, "--json", code=2).err)
        assert "cell N1" in error["message"] and text in error["message"]
    fill(written, lambda sheet: sheet.delete_cols(column(ID)))
    run("-a", archive.root, "edit", "--from", written, code=2)
    assert waiting.records(archive) == before


def test_days_and_numbers_that_a_program_made_of_text_are_understood(
    archive: Archive, run: Run, written: Path
) -> None:
    import datetime

    fill(written, put(2, "date", datetime.datetime(2010, 7, 5)))
    fill(written, put(2, "number", 13))
    fill(written, put(3, "sheets", 2.0))
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["date"].value == "2010-07-05"
    assert kept(archive, 1).fields["number"].value == "13"
    assert kept(archive, 2).fields["sheets"].value == "2"


def test_a_workbook_in_vietnamese_comes_back_in_english(
    archive: Archive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vi.xlsx"
    at = ("-a", archive.root)
    monkeypatch.setattr("partydoc.workbook._labels", lambda: {n: n.upper() for n in COLUMNS})
    run(*at, "review", waiting.FOLDER, "--to", path, "--no-pictures")
    fill(path, put(2, "number", "13"))
    run(*at, "edit", "--from", path)
    assert kept(archive, 1).fields["number"].value == "13"


@pytest.mark.parametrize("make", ["text", "zip", "foreign", "cut", "shortened"])
def test_what_is_no_workbook_of_ours_is_a_sentence(
    archive: Archive, run: Run, written: Path, make: str
) -> None:
    other = written.with_name("other.xlsx")
    if make == "foreign":
        openpyxl.Workbook().save(other)
    else:
        whole = written.read_bytes()
        data = {"text": b"not a workbook", "zip": b"PK\x05\x06" + bytes(18), "cut": whole[:3000]}
        other.write_bytes(data.get(make, whole[:100] + whole[900:]))
    error = json.loads(run("-a", archive.root, "edit", "--from", other, "--json", code=2).err)
    assert "other.xlsx" in error["message"] and "--to FILE.xlsx" in error["hint"]


def test_a_workbook_that_unpacks_to_too_much_is_not_read(
    archive: Archive, run: Run, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(written, put(2, "number", "13"))
    monkeypatch.setattr(returned, "_LARGEST", 5000)
    assert written.name in run("-a", archive.root, "edit", "--from", written, code=2).err
    assert kept(archive, 1).fields["number"].value == "11"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/media/image9.png"])
def test_a_workbook_that_is_too_large_when_unpacked_is_refused_before_it_is(
    archive: Archive, run: Run, written: Path, name: str
) -> None:
    fill(written, put(2, "number", "13"))
    bomb = written.with_name("bomb.xlsx")
    with zipfile.ZipFile(written) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        parts = {part: good.read(part) for part in good.namelist()}
        blank = b" " * (returned._LARGEST + 10**6)
        for part, data in (parts | {name: parts.get(name, b"") + blank}).items():
            bad.writestr(part, data, compresslevel=1)
    run("-a", archive.root, "edit", "--from", bomb, code=2)
    assert kept(archive, 1).fields["number"].value == "11"


def test_the_archives_own_types_are_understood(archive: Archive, run: Run, written: Path) -> None:
    with (archive.root / "partydoc.toml").open("a", encoding="utf-8") as own:
        own.write('[[types]]\nname = "Phiếu trình"\nabbreviation = "PTr"\n')
    fill(written, put(2, "type", "PTr"))
    run("-a", archive.root, "edit", "--from", written)
    assert kept(archive, 1).fields["type"].value == "Phiếu trình"


def test_nothing_else_is_named_with_a_workbook(archive: Archive, run: Run, written: Path) -> None:
    run("-a", archive.root, "edit", "--from", written, "1", "số=3", code=2)
    run("-a", archive.root, "edit", code=2)


def test_a_document_that_went_into_hold_meanwhile_is_left(
    archive: Archive, run: Run, written: Path
) -> None:
    document = kept(archive, 1)
    with desk.at_work(archive) as opened:
        opened.store.withhold(document.urn)
        opened.catalogue.note(document, held=True)
    fill(written, put(2, "number", "13"))
    line = run("-a", archive.root, "edit", "--from", written, "--json", code=3).lines[0]
    assert line["column"] == "A" and line["row"] == 2
