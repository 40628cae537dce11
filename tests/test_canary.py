"""No byte of a document in hold stands anywhere outside hold: not of its text, not of its name."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import desk
import disposed
import drawn
import inhold
import pikepdf
import pytest
from conftest import Run

from partydoc import indexing
from partydoc.archive import audit, jobs
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.index import Index
from partydoc.work import Work
from torture import canary

NAME, TEXT, NOTE = "bạchyếnkín", "hoàngoanhẩn", "chíchchoèthan"
SUBJECT, SIGNER, ISSUER = "sơncavắng", "Khướuđuôidài", "VÀNHKHUYÊNXÃ"
WORDS = (NAME, TEXT, NOTE, SUBJECT, SIGNER, ISSUER)
SAID = {"subject": f"về {SUBJECT}", "signer": SIGNER, "issuer": ISSUER, "type": "Kế hoạch",
        "code": "12-KH/ĐU", "date": "2026-03-02"}  # fmt: skip
BODY = f"KẾ HOẠCH\nvề {SUBJECT}\nĐiều 1. Giao {TEXT} theo dõi.\n{SIGNER}"
Found = Callable[[], list[str]]


@pytest.fixture(params=["whoosh", "tantivy"])
def archive(
    request: pytest.FixtureRequest, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> Archive:
    """An archive in which other documents come before and after those of the tests."""
    pytest.importorskip(request.param)
    monkeypatch.setenv("TMPDIR", str(fast_disk))
    archive = inhold.new_archive(fast_disk / "a", engine=request.param)
    inhold.some(archive)
    return archive


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def outside(archive: Archive, tmp_path: Path) -> Found:
    """Looks for the words outside hold: the archive, temporary files, what a search remembers."""
    places = (archive.root, archive.root.parent, tmp_path)
    return lambda: canary.traces(places, WORDS, but=archive.root / "hold")


def in_hold(archive: Archive) -> list[str]:
    return canary.traces([archive.root / "hold"], WORDS)


@pytest.mark.parametrize("declared_open", [False, True])
def test_held_at_intake(archive: Archive, outside: Found, declared_open: bool) -> None:
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, NAME, declared_open)
        inhold.read(opened, work, f"MẬT\n{BODY}")
        inhold.settle(opened, work)
    assert in_hold(archive) and not outside()


def test_waiting_for_classification(archive: Archive, outside: Found) -> None:
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, NAME)
        inhold.not_sure(opened, work, BODY)
        inhold.settle(opened, work)
    assert any(TEXT in trace for trace in in_hold(archive)) and not outside()


def archived(archive: Archive, run: Run) -> str:
    """Take the document into the store; it is corrected, found and looked at."""
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, NAME, unclassified=True)
        document = inhold.read(opened, work, BODY, **SAID)
        inhold.settle(opened, work)
    run("-a", archive.root, "edit", document[:12], f"note=xem {NOTE}", f"place={NOTE}")
    run("-a", archive.root, "edit", document[:12], "place=Đồng Mẫu")
    assert run("-a", archive.root, "search", "--json", TEXT).lines[0]["id"] == document
    assert TEXT in run("-a", archive.root, "show", document, "--text").out
    assert SIGNER in run("-a", archive.root, "show", "1").out
    return document


def test_found_late_and_purged(
    archive: Archive, run: Run, outside: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = archived(archive, run)
    assert len({trace.split(" ")[0] for trace in outside()}) == len(WORDS)
    run("-a", archive.root, "classify", document[:12], "--secret", "mat")
    assert len({trace.split(" ")[0] for trace in in_hold(archive)}) == len(WORDS)
    assert not outside()
    run("-a", archive.root, "log")
    run("-a", archive.root, "show", "1", "--text", code=8)  # the last search had it
    assert run("-a", archive.root, "search", "--json", TEXT).out == ""
    assert not outside()
    for person in ("an", "binh"):
        monkeypatch.setattr("partydoc.archive.purging.account", lambda who=person: who)
        monkeypatch.setattr("partydoc.destroying.account", lambda who=person: who)
        run("-a", archive.root, "hold", "purge", document[:12])
    assert not in_hold(archive) and not outside()


def test_destroyed_by_a_decision(
    fast_disk: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """Also what is only typed in the folder, of a paper that was never scanned."""
    pytest.importorskip(engine)
    monkeypatch.setenv("TMPDIR", str(fast_disk))
    people = disposed.People(monkeypatch)
    archive, ids = disposed.new_archive(fast_disk / "b", engine)
    places, at = (archive.root.parent, tmp_path), ("-a", archive.root)
    run(*at, "edit", ids.gone[:12], f"note=xem {disposed.NOTE}", f"place={disposed.NOTE}")
    run(*at, "edit", ids.gone[:12], "place=Đồng Mẫu")
    assert run(*at, "search", "--json", disposed.TEXT).lines[0]["id"] == ids.gone
    found = canary.traces(places, disposed.WORDS)
    assert len({trace.split(" ")[0] for trace in found}) == len(disposed.WORDS)
    disposed.propose(archive.root)
    people.now("binh")
    run(*at, "dispose", "approve", 1, "--decision", "15-QĐ/ĐU", "--date", "2/1/2026",
        "--scan", ids.scan)  # fmt: skip
    run(*at, "dispose", "execute", 1)
    assert not canary.traces(places, disposed.WORDS)
    assert run(*at, "search", "--json", disposed.TEXT).out == ""
    run(*at, "show", ids.gone, code=8)
    run(*at, "log")
    with Index(archive.index, engine) as index:
        state = index.state()
    assert state and state.documents == 2
    assert not canary.traces(places, disposed.WORDS)


def read_as_marked(opened: Opened, document: str) -> Work:
    """Read a document again, and see a mark on it."""
    kept = opened.store.kept(document)
    assert kept
    work = Work(kept, jobs.begin_for(kept, opened.archive.desk), 0.0)
    inhold.read(opened, work, f"TỐI MẬT\n{BODY}")
    return work


def test_a_mark_that_a_better_model_sees_takes_everything_along(
    archive: Archive, run: Run, outside: Found
) -> None:
    document = archived(archive, run)
    with desk.at_work(archive) as opened:
        inhold.settle(opened, read_as_marked(opened, document))
    assert in_hold(archive) and not outside()


def test_after_a_power_cut_the_next_search_finishes_the_cleaning(
    archive: Archive, run: Run, outside: Found
) -> None:
    document = archived(archive, run)
    with desk.at_work(archive) as opened:
        read_as_marked(opened, document)  # and then the power goes
    assert outside()
    before = archive.catalogue.stat().st_ino
    assert run("-a", archive.root, "search", "--json", TEXT).out == ""
    assert archive.catalogue.stat().st_ino != before and not outside()


def test_what_sqlite_left_in_its_free_space_goes_too(
    archive: Archive, run: Run, outside: Found
) -> None:
    """Rows that moved between pages can leave copies that secure_delete does not know of."""
    document = archived(archive, run)
    with closing(sqlite3.connect(archive.catalogue, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=OFF")
        db.execute("CREATE TABLE t (a)")
        db.execute("INSERT INTO t VALUES (?)", (f"{TEXT} " * 2000,))
        db.execute("DROP TABLE t")
    run("-a", archive.root, "classify", document[:12], "--secret", "tuyet-mat")
    assert not outside()


@pytest.mark.slow
def test_the_whole_line_leaves_nothing_behind(tmp_path: Path) -> None:
    """With the real processes: a paper with a mark, another that is declared secret later."""
    root, temporary, papers = tmp_path / "a", tmp_path / "tmp", tmp_path / "papers"
    for folder in (temporary, papers):
        folder.mkdir()
    lines = [
        *drawn.HEADER,
        *drawn.TITLE,
        *drawn.BODY[:6],
        f"Giao {TEXT} theo dõi {SUBJECT}.",
        SIGNER,
    ]
    drawn.born_digital(papers / f"{NAME}-1.pdf", [lines[0], "MẬT", *lines[1:]])
    drawn.born_digital(papers / f"{NAME}-2.pdf", lines)
    env = os.environ | {"TMPDIR": str(temporary), "HOME": str(tmp_path / "home"),
                        "XDG_STATE_HOME": str(tmp_path / "state")}  # fmt: skip

    def partydoc(*arguments: str) -> list[dict]:
        command = [sys.executable, "-m", "partydoc", "-a", str(root), *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def outside() -> list[str]:
        places = (root, temporary, tmp_path / "state", tmp_path / "home")
        there = [place for place in places if place.exists()]
        return canary.traces(there, (NAME, TEXT, SUBJECT, SIGNER), but=root / "hold")

    init = [sys.executable, "-m", "partydoc", "init", str(root), "--network", "connected", "-q"]
    subprocess.run(init, check=True, env=env)
    first = partydoc("scan", "--jobs", "1", str(papers / f"{NAME}-1.pdf"))[0]
    assert first["outcome"] == "held" and not outside()
    second = partydoc("scan", "--jobs", "1", "--unclassified", str(papers / f"{NAME}-2.pdf"))[0]
    assert second["outcome"] == "archived" and outside()
    assert partydoc("search", TEXT)[0]["id"] == second["id"]
    assert partydoc("classify", second["id"], "--secret", "Tối mật")[0]["outcome"] == "held"
    assert not outside()
    said = ("hold", "release", first["id"], "--reason", "Giải mật")
    assert partydoc(*said)[0]["outcome"] == "archived"  # read now, and its mark is let pass
    assert partydoc("search", TEXT)[0]["id"] == first["id"]


# The hunt itself: what is planted is found, or the rest proves nothing.


def in_sqlite(folder: Path) -> None:
    """In a page that is free."""
    with closing(sqlite3.connect(folder / "x.sqlite", isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=OFF")
        db.execute("CREATE TABLE t (a)")
        db.execute("INSERT INTO t VALUES (?)", (f"{TEXT} " * 2000,))
        db.execute("DELETE FROM t")
        assert not db.execute("SELECT * FROM t").fetchall()


def in_journal(folder: Path) -> None:
    in_sqlite(folder)
    data = (folder / "x.sqlite").read_bytes()
    (folder / "x.sqlite").unlink()
    (folder / "x.sqlite-journal").write_bytes(data[4096:])


def in_pdf_stream(folder: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.Root.Hidden = pdf.make_stream(TEXT.encode() * 20)
        pdf.save(folder / "x.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)


def in_pdf_title(folder: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.docinfo["/Title"] = TEXT
        pdf.save(folder / "x.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)


def in_pdf_text(folder: Path) -> None:
    drawn.born_digital(folder / "x.pdf", [TEXT])


def in_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", TEXT * 10)


def in_file_name(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", f"{TEXT}.txt")).touch()


def in_zlib_amid(folder: Path) -> None:
    (folder / "x.bin").write_bytes(b"abc" + zlib.compress(TEXT.encode() * 9) + b"def")


def as_bytes(data: bytes) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        (folder / "x.bin").write_bytes(b"\x00\x01" + data + b"\xff")

    return plant


def in_index(engine: str, deleted: bool) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        archive = inhold.new_archive(folder / "a", engine=engine)
        with desk.at_work(archive) as opened:
            works = [inhold.keep(opened, name, unclassified=True) for name in ("x", "y", "z")]
            for work in works:
                inhold.read(opened, work, BODY if work is works[1] else desk.BODY)
            inhold.settle(opened, *works)
            with Index(archive.index, engine) as index:
                if deleted:
                    index.update([], [works[1].kept.id], opened.catalogue.generation, 99)
        for path in [*archive.root.rglob("*")]:
            if path.is_file() and not path.is_relative_to(archive.index):
                path.unlink()

    return plant


PLANTED = {
    "utf-8": as_bytes(TEXT.encode()),
    "nfd": as_bytes(unicodedata.normalize("NFD", TEXT).encode()),
    "folded": as_bytes(b"hoangoanhan"),
    "capitals": as_bytes(TEXT.upper().encode()),
    "utf-16": as_bytes(TEXT.encode("utf-16-le")),
    "json": as_bytes(json.dumps(TEXT).encode()),
    "sqlite": in_sqlite,
    "journal": in_journal,
    "pdf stream": in_pdf_stream,
    "pdf title": in_pdf_title,
    "pdf text": in_pdf_text,
    "zip": in_zip,
    "zlib": in_zlib_amid,
    "file name": in_file_name,
    "whoosh": in_index("whoosh", deleted=False),
    "tantivy": in_index("tantivy", deleted=False),
    "deleted, whoosh": in_index("whoosh", deleted=True),
    "deleted, tantivy": in_index("tantivy", deleted=True),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_word_that_was_planted_is_found(fast_disk: Path, kind: str) -> None:
    if "tantivy" in kind:
        pytest.importorskip("tantivy")
    assert not canary.traces([fast_disk], [TEXT])
    PLANTED[kind](fast_disk)
    assert canary.traces([fast_disk], [TEXT])


def test_what_stands_in_the_folder_to_leave_out_is_not_reported(fast_disk: Path) -> None:
    (fast_disk / "hold").mkdir()
    in_pdf_text(fast_disk / "hold")
    assert not canary.traces([fast_disk], [TEXT], but=fast_disk / "hold")


def test_the_log_tells_ids_and_a_reason_only(archive: Archive, run: Run) -> None:
    document = archived(archive, run)
    run("-a", archive.root, "classify", document, "--secret", "mat")
    lines = [json.loads(line) for path in audit.Audit(archive.audit).files()
             for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    held = [line for line in lines if document in line["ids"] and line["what"] == "held"]
    assert held and held[-1]["held"] is True
    assert not canary.traces([archive.audit], WORDS)
    with desk.at_work(archive) as opened:
        assert indexing.bring_up_to_date(opened).documents == 0
