"""A document that is open after all goes from hold into the store, as if it had never waited."""

from __future__ import annotations

import json
import os
from pathlib import Path

import desk
import inhold
import judge
import pytest
import test_crash as crash
from conftest import Run
from forms import judge as has_form
from forms import written

from partydoc.archive import jobs
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.filing import Filer
from partydoc.work import Work


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


def release(run: Run, archive: Archive, document: str) -> dict:
    at = ("-a", archive.root, "hold", "release", document[:12], "--no-ocr", "--json")
    return run(*at, "--reason", "Giải mật theo QĐ 5").lines[0]


def test_what_was_read_is_described_catalogued_and_found(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    line = release(run, archive, ids["unsure"])
    has_form("json/scan", line)
    assert line["outcome"] == "archived"
    data = run("-a", archive.root, "show", ids["unsure"], "--json").lines[0]
    assert data["status"] in ("described", "review") and data["ocr"]
    assert "giao Văn phòng" in run("-a", archive.root, "show", ids["unsure"], "--text").out
    assert data["reference"] == "A29-01-0003-003"
    hits = run("-a", archive.root, "search", "--json", "dong mau").lines
    assert ids["unsure"] in {hit["id"] for hit in hits}
    judge.catalogue_agrees(archive.root)
    for name, data in written(archive):
        has_form(name, data)


def test_the_reason_stands_in_the_log_and_in_the_history(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    release(run, archive, ids["held"])
    history = run("-a", archive.root, "show", ids["held"], "--history", "--json").lines
    assert history[-1]["type"] == "reclassification"
    assert history[-1]["reason"] == "Giải mật theo QĐ 5"
    log = [json.loads(line) for path in archive.audit.iterdir()
           for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    said = [line for line in log if line["what"] == "released"]
    assert [line["reason"] for line in said] == ["Giải mật theo QĐ 5"]
    assert history[-1]["operation"] == said[0]["operation"]


def test_an_empty_reason_releases_nothing(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    run("-a", archive.root, "hold", "release", ids["held"], "--reason", "  ", code=2)
    run("-a", archive.root, "hold", "release", ids["held"], code=2)
    with desk.at_work(archive) as opened:
        assert opened.store.in_hold(f"urn:sha256:{ids['held']}")


def test_a_mark_that_a_person_let_pass_holds_no_more(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    release(run, archive, ids["held"])
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(ids["held"])
        assert kept and kept.status == "pending" and kept.cleared
        work = Work(kept, jobs.begin_for(kept, archive.desk), 0.0)
        inhold.read(opened, work, "MẬT\nSố 01-BC/ĐU")
        inhold.settle(opened, work)
        kept = opened.store.kept(ids["held"])
        assert kept and kept.status in ("described", "review") and kept.cleared
        assert kept.fields.get("secrecy") is None
        assert not opened.store.in_hold(kept.urn)


def test_one_that_was_only_waiting_is_held_by_a_mark_that_is_seen_later(
    archive: Archive, run: Run
) -> None:
    ids = inhold.some(archive)
    release(run, archive, ids["unread"])
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(ids["unread"])
        assert kept and kept.open and not kept.cleared
        work = Work(kept, jobs.begin_for(kept, archive.desk), 0.0)
        (work.job / "access.pdf").write_bytes(b"%PDF-1.7")
        (work.job / "pages.json").write_text("{}")
        said = Filer(opened, desk.clock, []).file(work, desk.reading_of("MẬT\nSố 01-BC/ĐU"))
        assert said.outcome == "held"


def test_a_document_in_the_store_cannot_be_released(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    at = ("-a", archive.root, "hold", "release", ids["open"], "--reason", "x", "--no-ocr")
    assert "partydoc hold list" in run(*at, code=2).err


def test_one_that_is_damaged_stops_no_other(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    for path in archive.hold.glob(f"??/??/*{ids['held']}/**/record.json"):
        path.unlink()
    at = ("-a", archive.root, "hold", "release", "--no-ocr", "--reason", "x", "--json")
    lines = run(*at, ids["held"], ids["unsure"], code=4).lines
    for line in lines:
        has_form("json/scan", line)
    told = {line["id"]: (line["outcome"], line["reason"]) for line in lines}
    assert told == {
        ids["held"]: ("failed", "damaged-in-hold"),
        ids["unsure"]: ("archived", None),
    }
    with desk.at_work(archive) as opened:
        assert opened.store.in_hold(f"urn:sha256:{ids['held']}")


def test_after_a_crash_the_log_tells_the_reason(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = inhold.some(archive)["held"]
    with monkeypatch.context() as power:
        power.setattr(Store, "release", lambda *_: os._exit(9))
        assert os.waitstatus_to_exitcode(crash.in_child(lambda: release(run, archive, held))) == 9
    with desk.at_work(archive) as opened:
        assert not opened.store.in_hold(f"urn:sha256:{held}")
        line = next(one for one in opened.audit.newest_first() if one["what"] == "recovered")
    has_form("audit", line)
    assert (line["ids"], line["reason"]) == ([held], "Giải mật theo QĐ 5")
