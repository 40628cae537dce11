"""What each command prints, on an archive that was filled without OCR."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import desk
import pytest
import test_crash as crash
from conftest import Run
from test_catalogue import COMMIT, add

from partydoc import indexing, searching
from partydoc.archive.root import Archive, open_archive
from partydoc.filing import Filer
from partydoc.page import Page, Reading
from partydoc.work import Work
from torture import misfits
from torture.modes import umask

TEXT = (
    "NGHỊ QUYẾT\nvề công tác lưu trữ\nĐiều 1. Giao Văn phòng chỉnh lý tài liệu tồn đọng.\n"
    "Điều 2. Nghị quyết có hiệu lực từ ngày ký."
)


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a folder of two documents, one of them not read yet, and one in hold."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", "A29-01-0003"),
        ):  # fmt: skip
            add(opened, kind, reference, "7" if kind == "folder" else None)
        for name in ("1.pdf", "2.pdf"):
            path = fast_disk / name
            path.write_bytes(b"%PDF " + name.encode())
            work = desk.keep(opened, path, "A29-01-0003", unclassified=True)
            assert isinstance(work, Work)
            if name == "1.pdf":
                desk.file(opened, work, TEXT)
        (fast_disk / "3.pdf").write_bytes(b"%PDF 3")
        desk.keep(opened, fast_disk / "3.pdf")
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def test_a_hit_shows_the_document_where_its_paper_lies_and_the_words(
    run: Run, archive: Archive
) -> None:
    found = run("-a", archive.root, "search", "chinh", "ly")
    assert "A29-01-0003-001 · box 7 · sheet 1 · page 1" in found.out
    assert "chỉnh lý tài liệu" in found.out
    assert found.err == (
        "1 document found. Not searched: 1 waits for OCR, 1 waits for classification.\n"
    )


def test_search_prints_json_with_marks_that_fit_the_snippet(run: Run, archive: Archive) -> None:
    hit = run("-a", archive.root, "search", "--json", "chinh ly").lines[0]
    assert {"version", "archive", "id", "reference", "folder", "box", "sheet", "score", "near",
            "type", "code", "date", "issuer", "subject", "page", "snippet",
            "marks"} == set(hit)  # fmt: skip
    marked = [hit["snippet"][start:end] for start, end in hit["marks"]]
    assert "".join(marked).replace(" ", "") in ("chỉnhlý", "chỉnhlýchỉnhlý")


def test_a_search_without_hits_is_no_error(run: Run, archive: Archive) -> None:
    assert run("-a", archive.root, "search", "khongcotu").out == ""


@pytest.mark.parametrize("reference", ["1", "A29-01-0003-001", None])
def test_show_takes_a_hit_a_reference_and_the_start_of_an_id(
    run: Run, archive: Archive, reference: str | None
) -> None:
    hit = run("-a", archive.root, "search", "--json", "chinh").lines[0]
    data = run("-a", archive.root, "show", "--json", reference or hit["id"][:6]).lines[0]
    assert data["id"] == hit["id"]
    assert data["reference"] == "A29-01-0003-001"
    assert {file["role"] for file in data["files"]} == {"original", "access-copy", "text", "pages"}
    for file in data["files"]:
        assert (archive.root / file["path"]).stat().st_size == file["bytes"]


def test_show_prints_the_text_a_page_and_the_path_of_the_original(
    run: Run, archive: Archive
) -> None:
    assert "Giao Văn phòng" in run("-a", archive.root, "show", "A29-01-0003-001", "--text").out
    assert "Giao Văn phòng" in run("-a", archive.root, "show", "A29-01-0003-001", "--page", 1).out
    run("-a", archive.root, "show", "A29-01-0003-001", "--page", 2, code=2)
    path = run("-a", archive.root, "show", "A29-01-0003-001", "--original").out.strip()
    assert Path(path).read_bytes() == b"%PDF 1.pdf"


def test_show_lists_the_blank_and_the_redrawn_pages(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    path = fast_disk / "duplex.pdf"
    path.write_bytes(b"%PDF duplex")
    first, *_ = desk.reading_of(TEXT).pages
    third = replace(first, number=3, redrawn=True)
    backs = (Page(2, 210, 297, blank=True), third, Page(4, 210, 297, blank=True))
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, path, "A29-01-0003", unclassified=True)
        assert isinstance(work, Work)
        (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy")
        (work.job / "pages.json").write_text("{}")
        reading = Reading("test", ("vie",), (first, *backs))
        reference = Filer(opened, desk.clock, []).file(work, reading).id
    shown = re.sub(" {2,}", "  ", run("-a", archive.root, "show", reference).out)
    assert "blank pages  2, 4\npages redrawn in the access copy  3\n" in shown
    data = run("-a", archive.root, "show", reference, "--json").lines[0]
    assert (data["ocr"]["blank_pages"], data["ocr"]["redrawn_pages"]) == ([2, 4], [3])
    first = run("-a", archive.root, "show", "A29-01-0003-001")
    assert "blank pages" not in first.out and "redrawn" not in first.out


def test_what_was_not_read_has_no_text_and_says_what_to_type(run: Run, archive: Archive) -> None:
    err = run("-a", archive.root, "show", "A29-01-0003-002", "--text", code=8).err
    assert "partydoc ocr" in err


def test_of_a_document_in_hold_only_the_status_is_shown(run: Run, archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        held = next(row.id for row in opened.catalogue.unread() if row.held)
    data = run("-a", archive.root, "show", held[:10], "--json").lines[0]
    assert data["status"] == "awaiting-class"
    assert not any(data["record"].values()) and data["files"] == []
    run("-a", archive.root, "show", held[:10], "--original", code=8)


@pytest.mark.parametrize("reference", ["9", "ffff", "xyz", "A29-01-0009-001", "12ab"])
def test_a_reference_to_nothing_is_a_sentence(run: Run, archive: Archive, reference: str) -> None:
    err = run("-a", archive.root, "show", reference, code=2).err
    assert re.match(r"partydoc: .+\.\n  .+", err)


def test_the_catalogue_grows_from_fonds_to_folder(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "catalogue", "add")
    run(*at, "folder", "A29-01-0004", "--title", "Thông báo", "--box", "8")
    run(*at, "folder", "A29-01-0004", "--title", "Thông báo", code=2)
    assert (
        "catalogue add inventory A30-01"
        in run(*at, "folder", "A30-01-0001", "--title", "x", code=2).err
    )


def test_scanning_into_a_folder_that_is_not_there_takes_nothing_in(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    (fast_disk / "x.pdf").write_bytes(b"%PDF x")
    at = ("-a", archive.root, "scan", "--no-ocr", "--folder", "A29-01-0099", fast_disk / "x.pdf")
    assert "catalogue add folder A29-01-0099" in run(*at, code=2).err


def test_index_rebuild_and_check(run: Run, archive: Archive) -> None:
    assert run("-a", archive.root, "index", "--rebuild", "--json").lines[0]["documents"] == 1
    assert run("-a", archive.root, "index", "--check").out == ""
    for path in archive.index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish")
    run("-a", archive.root, "index", "--check", code=4)
    run("-a", archive.root, "index")
    run("-a", archive.root, "index", "--check")


def test_the_engine_can_be_changed_and_finds_the_same(run: Run, archive: Archive) -> None:
    pytest.importorskip("tantivy", reason="the extra fast is not installed")
    before = run("-a", archive.root, "search", "--json", "chinh").lines
    run("-a", archive.root, "index", "--engine", "tantivy")
    assert 'engine = "tantivy"' in (archive.root / "partydoc.toml").read_text()
    after = run("-a", archive.root, "search", "--json", "chinh").lines
    assert [hit["id"] for hit in after] == [hit["id"] for hit in before]


def test_verify_finds_damage_and_ends_with_4(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "verify", "--deep")
    original = next(archive.store.rglob("original/0001.pdf"))
    original.chmod(0o640)
    original.write_bytes(original.read_bytes()[:-1] + b"?")
    finding = run("-a", archive.root, "verify", "--deep", "--json", code=4).lines[0]
    assert finding["finding"] == "altered-file" and "original/0001.pdf" in finding["path"]
    assert run("-a", archive.root, "verify", code=0).out == ""  # it does not read originals
    original.write_bytes(b"changed")
    assert "original/0001.pdf" in run("-a", archive.root, "verify", code=4).out


def test_doctor_names_what_is_there_and_an_open_hold(run: Run, archive: Archive) -> None:
    rows = {row["name"]: row for row in run("-a", archive.root, "doctor", "--json").lines}
    assert rows["tesseract"]["ok"] and rows["tesseract vie"]["ok"]
    (archive.root / "hold").chmod(0o755)
    rows = {row["name"]: row for row in run("-a", archive.root, "doctor", "--json", code=7).lines}
    assert "chmod 700" in rows["hold"]["mend"]


def test_doctor_works_without_an_archive(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "tesseract" in run("doctor").out


def test_a_night_in_which_an_archive_outgrew_whoosh_says_so_once(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_MANY", 3)
    counts = iter((3, 4, 4, 5))
    monkeypatch.setattr(indexing, "searched", lambda _turns: next(counts))
    assert "partydoc index --engine tantivy" in run("-a", archive.root, "nightly", code=3).err
    assert "tantivy" not in run("-a", archive.root, "nightly").err


def test_a_quiet_night_prints_nothing(run: Run, fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "b")
    ran = run("-a", archive.root, "nightly", "--quiet")
    assert ran.out == ran.err == ""
    (archive.inbox / "x.pdf").write_bytes(b"no pdf")
    assert "quarantine/" in run("-a", archive.root, "nightly", "--quiet", code=3).out
    note = json.loads(next(archive.quarantine.glob("*.json")).read_text("utf-8"))
    assert note["name"] == "x.pdf" and note["reason"] == "not-a-document"


def test_what_never_fits_stops_no_night_and_is_told(run: Run, fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "b")
    misfits.enormous(archive.inbox)
    misfits.deep(archive.inbox)
    (archive.inbox / "x.pdf").write_bytes(b"no pdf")
    for lying in ("x.pdf", "x.pdf.json"):
        report = run("-a", archive.root, "nightly", code=3).out
        assert re.search("^ +2  could not be taken in or read: partydoc scan$", report, re.M)
        assert (archive.quarantine / lying).exists()
    told = run("-a", archive.root, "scan", "--json", code=3).lines
    assert {one["reason"] for one in told} == {"no-room", "path-too-long"}
    assert all(one["outcome"] == "failed" and one["message"] for one in told)


def test_show_tells_the_history(run: Run, archive: Archive) -> None:
    out = run("-a", archive.root, "show", "A29-01-0003-001", "--history").out
    assert [line.split("  ")[2] for line in out.splitlines()] == ["ingestion", "transcription"]
    run("-a", archive.root, "show", "A29-01-0003-001", "--history", "--text", code=2)


def test_a_damaged_document_is_exit_8_with_the_next_step(run: Run, archive: Archive) -> None:
    next(archive.store.rglob("text/0001.txt")).unlink()
    err = run("-a", archive.root, "show", "A29-01-0003-001", "--text", code=8).err
    assert "partydoc verify --deep" in err
    run("-a", archive.root, "index", "--rebuild")
    assert "A29-01-0003-001" in run("-a", archive.root, "search", "folder:A29-01-0003").out


def test_rebuild_names_what_it_had_to_leave_out(run: Run, archive: Archive) -> None:
    for inventory in archive.store.glob("??/??/urn%3asha256*/inventory.json"):
        inventory.chmod(0o640)
        inventory.write_bytes(b"")
    assert "left out" in run("-a", archive.root, "index", "--rebuild").err


def test_an_engine_that_is_missing_changes_nothing(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "has_engine", lambda engine: False)
    before = (archive.root / "partydoc.toml").read_text("utf-8")
    run("-a", archive.root, "index", "--engine", "tantivy", code=7)
    assert (archive.root / "partydoc.toml").read_text("utf-8") == before
    run("init", archive.root.parent / "c", "--network", "connected", code=7)
    assert not (archive.root.parent / "c").exists()


def test_known_bytes_in_another_folder_say_where_they_are_entered(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    run("-a", archive.root, "catalogue", "add", "folder", "A29-01-0004", "--title", "x")
    at = ("-a", archive.root, "scan", "--json", "--no-ocr", "--folder", "A29-01-0004")
    line = run(*at, fast_disk / "1.pdf").lines[0]
    assert line["outcome"] == "duplicate" and "A29-01-0004-001" in line["message"]
    assert run(*at, fast_disk / "1.pdf").lines[0]["message"] is None


def test_only_named_documents_can_be_declared_open(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "ocr", "--unclassified", code=2)


def test_whoever_may_read_the_archive_may_search_it(run: Run, fast_disk: Path) -> None:
    """As a member of the archive's group, without the right to write."""
    pytest.importorskip("tantivy", reason="the extra fast is not installed")
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    fast_disk.chmod(0o755)
    (fast_disk / "1.pdf").write_bytes(b"%PDF 1")
    with umask(0o027):  # that of the program
        run("init", fast_disk / "g", "--network", "connected", "--engine", "tantivy")
        archive = open_archive(fast_disk / "g")
        with desk.at_work(archive) as opened:
            work = desk.keep(opened, fast_disk / "1.pdf", unclassified=True)
            assert isinstance(work, Work)
            desk.file(opened, work, TEXT)
            indexing.bring_up_to_date(opened)
    for path in (archive.root, *archive.root.rglob("*")):
        os.chown(path, 0, 65534)

    def search() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65533)
        assert searching.search(archive, ["chinh ly"], 10, 0).total == 1

    assert crash.in_child(search) == 0
