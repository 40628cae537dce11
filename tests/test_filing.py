"""What is done with a document that was read, or was not."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace

import desk
import pytest
from conftest import Run

from partydoc.document import Field, Look, Refusal
from partydoc.filing import Filer


@pytest.mark.parametrize(
    ("text", "outcome"), [("TUYỆT MẬT\nBáo cáo", "held"), ("Báo cáo", "original-only")]
)
def test_a_mark_that_was_seen_holds_a_paper_of_which_no_copy_can_be_made(tmp_path, text, outcome):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        refusal = Refusal("text-differs", "pages [1]")
        said = Filer(opened, desk.clock, []).not_read(work, refusal, desk.reading_of(text))
        assert said.outcome == outcome
        assert opened.store.in_hold(work.kept.urn) is (outcome == "held")


@pytest.mark.parametrize(
    ("left", "reason"), [(0, "full"), (5, "no-room-to-read"), (100, "ocr-failed")]
)
def test_a_try_counts_only_where_the_disk_had_room(
    tmp_path, monkeypatch: pytest.MonkeyPatch, left: int, reason: str
):
    """`left`: bytes of a disk of 100; with 5 the reserve is whole, but no paper has room."""
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    disk = os.statvfs_result([1, 1, 100, left, left, *os.statvfs(tmp_path)[5:]])
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        monkeypatch.setattr(os, "statvfs", lambda folder: disk)
        try:
            said = Filer(opened, desk.clock, []).not_read(work, Refusal("ocr-failed")).reason
        except OSError as trouble:
            said = "full" if trouble.errno == errno.ENOSPC else None
        assert said == reason
        assert opened.store.known(work.kept.id).attempts == (reason == "ocr-failed")
        assert work.kept.id in [row.id for row in opened.catalogue.unread()]


@pytest.mark.parametrize(
    ("refusal", "outcome", "tries"),
    [
        (Refusal("no-room-to-read"), "failed", 0),  # there is room again, but there was none
        (Refusal("resource-limit", "memory"), "failed", 1),  # others may have taken it
        (Refusal("resource-limit", "processor"), "original-only", 1),
    ],
)
def test_what_no_second_try_can_change_is_not_tried_again(tmp_path, refusal, outcome, tries):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        said = Filer(opened, desk.clock, []).not_read(work, refusal)
        assert (said.outcome, said.reason) == (outcome, refusal.reason)
        assert opened.store.known(work.kept.id).attempts == tries


def test_a_mark_holds_a_paper_also_where_the_disk_is_full(
    tmp_path, monkeypatch: pytest.MonkeyPatch
):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        full = os.statvfs_result([*os.statvfs(tmp_path)[:4], 0, *os.statvfs(tmp_path)[5:]])
        monkeypatch.setattr(os, "statvfs", lambda folder: full)
        read = desk.reading_of("MẬT")
        assert Filer(opened, desk.clock, []).not_read(work, Refusal(""), read).outcome == "held"


@pytest.mark.parametrize("level", [None, "Tối mật"])
def test_on_an_independent_lan_a_person_stands_over_the_mark(tmp_path, level):
    archive = desk.new_archive(tmp_path / "archive", "independent-lan")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf")
        said = Field(level, 1.0, source="person", accepted=True)
        desk.file(opened, desk.say(opened, work, {"secrecy": said}), "MẬT\nBáo cáo")
        assert opened.store.known(work.kept.id).fields["secrecy"] == said


def test_on_an_independent_lan_a_mark_is_a_field(tmp_path):
    archive = desk.new_archive(tmp_path / "archive", "independent-lan")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf")
        desk.file(opened, work, "MẬT\nBáo cáo")
        field = opened.store.known(work.kept.id).fields["secrecy"]
        assert (field.value, field.source, field.accepted) == ("Mật", "machine", True)


def test_what_the_original_has_and_its_copy_has_not_is_said(
    tmp_path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    flags = ("acroform", "extension-mismatch", "no-copying", "owner-password", "signed")
    look = Look("application/pdf", "pdf", 1, flags)
    monkeypatch.setattr(desk.Glance, "look", lambda *_: look)
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        desk.file(opened, work, "Báo cáo")
        (events,) = opened.store.through_time(work.kept.urn, "events.jsonl")[-1:]
    read = json.loads(events.splitlines()[-1])
    assert read["left_out"] == ["acroform", "owner-password", "signed"]
    shown = run("-a", archive.root, "show", work.kept.id, "--json").lines[0]
    assert shown["flags"] == list(flags)
    told = run("-a", archive.root, "show", work.kept.id).out
    assert "signed electronically" in told and "no copying" in told


def test_pages_that_were_redrawn_are_told_in_the_events_and_the_record(tmp_path):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy")
        (work.job / "pages.json").write_text("{}")
        read = desk.reading_of("Báo cáo")
        (page,) = read.pages
        pages = (page, replace(page, number=2, redrawn=True))
        Filer(opened, desk.clock, []).file(work, replace(read, pages=pages))
        events = opened.store.through_time(work.kept.urn, "events.jsonl")[-1]
        assert opened.store.known(work.kept.id).ocr["redrawn_pages"] == [2]
    assert json.loads(events.splitlines()[-1])["redrawn_pages"] == [2]


def test_where_the_copy_has_everything_nothing_is_said_of_it(tmp_path):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        desk.file(opened, work, "Báo cáo")
        events = opened.store.through_time(work.kept.urn, "events.jsonl")[-1]
    read = json.loads(events.splitlines()[-1])
    assert "left_out" not in read and "redrawn_pages" not in read
