"""`partydoc report` in a terminal and for scripts."""

from __future__ import annotations

import io
import time
from pathlib import Path

import counted
import desk
import pytest
import waiting
from conftest import Run
from counted import document, known, unit
from forms import judge
from terminal import ENTER, Terminal
from waiting import KNOWN, unsure

from partydoc.archive.root import Archive


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a little of everything."""
    archive = counted.empty(fast_disk / "a")
    with desk.at_work(archive) as opened:
        ids = [document(opened, str(number), known(number)) for number in (1, 2, 3, 5, 6)]
        ids.append(document(opened, "unsure", {}))
        document(opened, "unread", status="pending")
        unit(opened, "folder", "A29-01-0001", *ids, None)
        opened.audit.add("review", desk.NOW, ids[:1], fields=["date"], seconds=42)
        opened.audit.add("nightly", desk.NOW, outcomes={}, slice=0)
    return archive


def test_every_part_is_printed_in_lines(archive: Archive, run: Run) -> None:
    out = run("-a", archive.root, "report").out
    for part in (
        "How far digitisation has come: a", "Secret documents are counted nowhere.",
        "85.7 %                 6 / 7  entries of folders with a scan",
        "median 0:42, on average 0:42 (0:42 for 1 document)",
        "By type", "5    71.4 %  Nghị quyết", "2    28.6 %  not known",
        "NQ/ĐU · 2021 · ĐẢNG UỶ XÃ ĐỒNG MẪU: 1 of 6 is missing: 4",
        "1  documents wait for OCR: partydoc ocr", "The last night's work was done on",
    ):  # fmt: skip
        assert part in out, part
    assert max(map(len, out.splitlines())) <= 100


def test_one_object_says_the_same_to_scripts(archive: Archive, run: Run) -> None:
    (line,) = run("-a", archive.root, "report", "--json").lines
    judge("json/report", line)
    assert line["states"]["pending"] == 1 and line["seconds"]["median"] == 42
    assert line["gaps"][0]["missing"] == [4]
    assert line["counts"]["type"] == {
        "known": 5, "documents": 7, "values": [{"value": "Nghị quyết", "count": 5}],
    }  # fmt: skip


def test_an_empty_archive_has_a_report(fast_disk: Path, run: Run) -> None:
    archive = counted.empty(fast_disk / "b")
    judge("json/report", run("-a", archive.root, "report", "--json").lines[0])
    out = run("-a", archive.root, "report").out
    assert "0 / 0" in out and "nobody has worked" in out and "nightly" in out


def test_secret_documents_cannot_be_asked_for_on_a_connected_machine(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "r.html"
    err = run("-a", archive.root, "report", "--with-secret", "--html", path, code=2).err
    assert "hold" in err and not path.exists()


def test_on_an_independent_lan_the_report_says_that_they_are_counted(
    fast_disk: Path, run: Run
) -> None:
    alone = counted.empty(fast_disk / "b", "independent-lan")
    assert "are counted nowhere" in run("-a", alone.root, "report").out
    assert "secrecy mark are counted;" in run("-a", alone.root, "report", "--with-secret").out
    assert run("-a", alone.root, "report", "--with-secret", "--json").lines[0]["with_secret"]


def test_a_value_cannot_command_the_terminal(fast_disk: Path, run: Run) -> None:
    archive = counted.empty(fast_disk / "b")
    with desk.at_work(archive) as opened:
        document(opened, "1", known(type="\x1b[2JBáo cáo"))
    assert "\x1b" not in run("-a", archive.root, "report").out


def test_nothing_is_written_by_looking(archive: Archive, run: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in archive.root.rglob("*") if path.is_file()}
    run("-a", archive.root, "report")
    after = {path: path.stat().st_mtime_ns for path in archive.root.rglob("*") if path.is_file()}
    assert after == before


def test_what_a_person_took_in_the_loop_stands_in_the_report(fast_disk: Path, run: Run) -> None:
    number = {"number": unsure("11"), "code": unsure("11-TTr/ĐU")}
    archive = waiting.archive_of(fast_disk / "c", [KNOWN, KNOWN | number])
    with Terminal(("-a", archive.root, "review", waiting.FOLDER), fast_disk) as terminal:
        terminal.until("number [11]: ")
        time.sleep(0.2)  # less than 0.05 s would be told as 0.0
        terminal.type("13" + ENTER)
        assert terminal.end() == 0
    (line,) = run("-a", archive.root, "report", "--json").lines
    judge("json/report", line)
    assert line["seconds"]["denominator"] == 1 and line["seconds"]["median"] > 0
    assert line["states"] == {
        "reviewed": 1, "by-machine": 1, "review": 0, "pending": 0, "original-only": 0,
    }  # fmt: skip


def test_what_a_script_types_takes_nobodys_time(
    fast_disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    date = {"date": unsure("2010-07")}
    archive = waiting.archive_of(fast_disk / "c", [KNOWN | date])
    monkeypatch.setattr("sys.stdin", io.StringIO("8\n"))
    run("-a", archive.root, "review", waiting.FOLDER, "--no-pictures")
    (line,) = run("-a", archive.root, "report", "--json").lines
    assert line["states"]["reviewed"] == 1 and line["seconds"]["denominator"] == 0
