"""What `catalogue check` finds in an archive."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import desk
import pytest
from conftest import Run
from forms import judge as form
from forms import listed
from test_catalogue import COMMIT, add

from partydoc import checking, findings, indexing
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Field
from partydoc.filing import Filer
from partydoc.findings import Finding
from partydoc.page import Page, Reading
from partydoc.work import Work

FOLDER, OTHER = "A29-01-0003", "A29-01-0004"
KNOWN = {"type": "Nghị quyết", "issuer": "ĐẢNG UỶ XÃ ĐỒNG MẪU", "subject": "về công tác lưu trữ"}
TEXT = (
    "NGHỊ QUYẾT\nvề công tác lưu trữ\nĐiều 1. Giao Văn phòng chỉnh lý xong tài liệu tồn đọng trong"
    " hai kho trước mùa mưa.\nĐiều 2. Các chi bộ lập danh mục, nộp hồ sơ đúng hạn và báo cáo kết"
    " quả.\nĐiều 3. Nghị quyết có hiệu lực kể từ ngày ký và được phổ biến đến từng đảng viên."
)
OTHER_TEXT = (
    "KẾ HOẠCH\ntrồng cây ven đường\nHội Nông dân vận động mỗi hộ trồng ba cây xoan trước cổng nhà"
    " mình.\nĐoàn Thanh niên tưới nước hằng tuần, sửa rào và thay cây đã chết trong mùa khô."
)


def paper(
    opened: Opened, name: str, text: str = TEXT, folder: str | None = FOLDER, **said: str
) -> str:
    """File a document as if a person had described it; return its id."""
    path = opened.archive.root.parent / f"{name}.pdf"
    path.write_bytes(b"%PDF " + name.encode())
    work = desk.keep(opened, path, folder, unclassified=True)
    assert isinstance(work, Work)
    fields = {key: Field(value, source="person", accepted=True) for key, value in said.items()}
    desk.file(opened, desk.say(opened, work, fields), text)
    return work.kept.id


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """A folder of three resolutions: two scans of one paper, and one without its neighbour."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER), ("folder", OTHER),
        ):  # fmt: skip
            add(opened, kind, reference)
        paper(opened, "1", **KNOWN, code="12-NQ/ĐU", date="2021-03-02")
        paper(opened, "2", OTHER_TEXT, **KNOWN, code="15-NQ/ĐU", date="2021-02")
        paper(opened, "3", TEXT.replace("mưa", "mua").replace("hộ", "hô"), OTHER)
        opened.shelves.settle(COMMIT)
        folder = opened.catalogue.unit(FOLDER)
        assert folder
        folder = folder.with_entry("003", None, 2).with_value("end", "2021-02-20")
        opened.shelves.revise([folder], COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def found(archive: Archive, reference: str | None = None) -> list[Finding]:
    with open_for_reading(archive) as catalogue:
        unit = catalogue.unit(reference) if reference else None
        store = Store(archive)
        again = checking.again(catalogue, store, unit)
        return [
            *checking.findings(catalogue, store, unit),
            *(checking.of_rescan(catalogue, one) for one in again),
        ]


def test_each_finding_says_where_and_what(archive: Archive) -> None:
    said = [(one.kind, one.reference, one.what) for one in found(archive, FOLDER)]
    assert said[:-1] == [
        ("missing-numbers", FOLDER, "13-14"),
        ("dates-out-of-order", f"{FOLDER}-002", "2021-02"),
        ("outside-span", f"{FOLDER}-001", "2021-03-02"),
        ("no-document", FOLDER, "3"),
    ]
    assert said[-1][0] == "same-paper"


def test_the_whole_archive_is_looked_at_without_a_reference(archive: Archive) -> None:
    assert found(archive) == found(archive, "A29") == found(archive, FOLDER)
    assert [one.kind for one in found(archive, OTHER)] == ["same-paper"]


def test_what_is_found_outlives_the_catalogue(archive: Archive) -> None:
    before = found(archive)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert found(archive) == before


def test_papers_that_are_not_scanned_count_by_what_was_typed_of_them(archive: Archive) -> None:
    typed = {"code": "14-NQ/ĐU", "date": "2021", **KNOWN}
    with desk.at_work(archive) as opened:
        folder = opened.catalogue.unit(FOLDER)
        assert folder
        entries = (*folder.entries[:-1], replace(folder.entries[-1], fields=typed))
        opened.shelves.revise([replace(folder, entries=entries)], COMMIT)
    assert ("missing-numbers", "13") in [(one.kind, one.what) for one in found(archive, FOLDER)]


def test_another_scan_that_is_filed_nowhere_is_named_by_its_id(run: Run, archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        new = paper(opened, "4", TEXT, None)
    said = {one.document: one for one in found(archive) if one.kind == "same-paper"}
    assert len(said) == 2
    for line in run("-a", archive.root, "catalogue", "check", "--json").lines:
        form("json/check", line)
    assert new in said or any(one.what == new for one in said.values())


def test_only_what_is_accepted_counts(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        for row in list(opened.catalogue.changed_since(0)):
            assert row.kept
            fields = {
                name: replace(one, accepted=False) if one else None
                for name, one in row.kept.fields.items()
            }
            opened.catalogue.note(replace(row.kept, fields=fields), held=False)
    assert [one.kind for one in found(archive)] == ["no-document", "same-paper"]


def test_of_a_secret_document_only_its_sheets_count(fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "lan", "independent-lan")
    with desk.at_work(archive) as opened:
        for kind, reference in (("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER)):
            add(opened, kind, reference)
        for name, code in (("1", "12-NQ/ĐU"), ("2", "12-NQ/ĐU"), ("3", "17-NQ/ĐU")):
            paper(opened, name, **KNOWN, code=code, date="2021", secrecy="Mật")
        opened.shelves.settle(COMMIT)
    assert found(archive) == []


def test_pages_on_which_nothing_was_read_are_named_and_empty_ones_are_not(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    path = fast_disk / "duplex.pdf"
    path.write_bytes(b"%PDF duplex")
    first, *_ = desk.reading_of(OTHER_TEXT).pages
    backs = (Page(2, 210, 297, blank=True), Page(3, 210, 297), Page(4, 210, 297))
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, path, OTHER, unclassified=True)
        assert isinstance(work, Work)
        (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy")
        (work.job / "pages.json").write_text("{}")
        Filer(opened, desk.clock, []).file(work, Reading("test", ("vie",), (first, *backs)))
        opened.shelves.settle(COMMIT)
    silent = [one for one in found(archive, OTHER) if one.kind == "no-text"]
    assert [(one.entry, one.what) for one in silent] == [(f"{OTHER}-002", "3-4")]
    shown = run("-a", archive.root, "show", work.kept.id)
    assert re.search("^pages without text +3, 4$", shown.out, re.M)
    ocr = run("-a", archive.root, "show", work.kept.id, "--json").lines[0]["ocr"]
    assert ocr["silent_pages"] == [3, 4] and "sketch" not in ocr
    with desk.at_work(archive) as opened:  # as an earlier version wrote it down
        row = opened.catalogue.row(work.kept.id)
        assert row and row.kept and row.kept.ocr
        ocr = {name: row.kept.ocr[name] for name in ("engine", "blank_pages")}
        opened.catalogue.note(replace(row.kept, ocr=ocr), held=False)
    assert [one for one in found(archive, OTHER) if one.kind == "no-text"] == silent


# the command


def test_the_command_prints_sentences_or_lines_that_have_their_form(
    run: Run, archive: Archive
) -> None:
    at = ("-a", archive.root, "catalogue", "check")
    ran = run(*at, FOLDER)
    assert f"{FOLDER}: of the series of 12-NQ/ĐU, 2021 these numbers are missing: 13-14." in ran.out
    assert f"{FOLDER}-002: 02/2021 is before the date of the entry above, 02/03/2021." in ran.out
    assert "5 things to look at." in ran.err
    lines = run(*at, "--json").lines
    for line in lines:
        form("json/check", line)
    assert [line["message"] for line in lines] == ran.out.splitlines()
    assert "catalogue tree" in run(*at, "A29-01-0099", code=2).err


def test_to_look_changes_nothing(run: Run, archive: Archive) -> None:
    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in archive.root.rglob("*") if path.is_file()}

    before = state()
    run("-a", archive.root, "catalogue", "check")
    assert state() == before


def test_the_words_of_the_findings_are_those_of_the_schema() -> None:
    assert set(findings._sentences()) == listed("json/check", "finding")


def test_a_folder_without_faults_says_so(run: Run, fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "new")
    ran = run("-a", archive.root, "catalogue", "check")
    assert ran.out == "" and ran.err == "Nothing is wrong here.\n"


def test_a_link_is_written_shown_searched_and_taken_back(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root)
    (rescan,) = [one for one in found(archive) if one.kind == "same-paper"]
    lines = run(*at, "catalogue", "check", OTHER, "--link", "--json").lines
    form("json/check", lines[0])
    form("json/edit", lines[1])
    assert lines[1]["id"] == rescan.document
    assert lines[1]["after"]["same_paper"]["value"] == rescan.what
    assert (
        f"same paper as  {rescan.what}"
        in " ".join(run(*at, "show", rescan.document).out.replace("   ", " ").split(" "))
        or str(rescan.what) in run(*at, "show", rescan.document).out
    )
    hits = run(*at, "search", f"same_paper:{rescan.what}", "--json").lines
    assert [hit["id"] for hit in hits if "id" in hit] == [rescan.document]
    assert [one.kind for one in found(archive, OTHER)] == []
    assert "link" in run(*at, "log").out
    run(*at, "undo", lines[1]["operation"])
    assert [one.kind for one in found(archive, OTHER)] == ["same-paper"]


def test_who_says_that_it_is_another_paper_is_not_asked_again(run: Run, archive: Archive) -> None:
    (rescan,) = [one for one in found(archive) if one.kind == "same-paper"]
    run("-a", archive.root, "edit", rescan.document, "cùng bản giấy=-")
    assert "same-paper" not in [one.kind for one in found(archive)]
    out = run("-a", archive.root, "edit", rescan.document, "same_paper=abc", code=2).err
    assert "is no id of a document" in out


def test_what_a_document_says_itself_is_not_typed_over(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "catalogue", "edit", f"{FOLDER}-001")
    err = run(*at, "loai=Công văn", code=2).err
    assert f"partydoc edit {FOLDER}-001 type=" in err
    run(*at, "signer=Nguyễn Văn An", "note=Mờ")


def test_an_entry_is_told_from_what_is_not_there(run: Run, archive: Archive) -> None:
    err = run("-a", archive.root, "catalogue", "check", f"{FOLDER}-001", code=2).err
    assert f"{FOLDER}-001 is an entry of the folder {FOLDER}" in err
