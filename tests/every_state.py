"""Fills an archive with documents in every state, in folders of its own, without any OCR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import desk

from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.references import KINDS
from partydoc.archive.shelving import new_unit
from partydoc.box import Box
from partydoc.document import Field, Refusal
from partydoc.filing import Filer
from partydoc.outcome import Outcome
from partydoc.page import Line, Page, Reading, Word
from partydoc.work import Work

SURE = Field("Nghị quyết", 0.97, 1, Box(0.1, 0.1, 0.4, 0.2), "person", accepted=True)
PERSON = dict.fromkeys(("type", "code", "issuer", "subject"), SURE) | {
    "date": replace(SURE, value="2026-03"),
    "recipients": replace(SURE, value=["Văn phòng Đảng uỷ", "Lưu Văn phòng"]),
    "urgency": Field(None, source="person", accepted=True),
}


def bring(opened: Opened) -> Iterator[Outcome]:
    """Bring documents of every status; yield what became of each."""
    commit = Commit("added", "x@y", desk.NOW)
    for kind, reference in zip(KINDS, ("A29", "A29-01", "A29-01-0003"), strict=True):
        opened.shelves.add(new_unit(kind, reference, "Nghị quyết năm 2026", "7"), commit)
    letter = _mended(desk.reading_of("Đảng uỷ xã Đồng Mẫu giao Văn phòng."))
    filer = Filer(opened, desk.clock, [])
    review = _kept(opened, "review", True)
    yield _file(filer, review, letter)
    described = _kept(opened, "described", True)
    yield _file(filer, desk.say(opened, described, PERSON), letter)
    yield _refused(opened, _brought(opened, "described"))
    yield filer.not_read(_kept(opened, "form", True), Refusal("xfa-form", "dynamic"))
    yield filer.not_read(_kept(opened, "slow", True), Refusal("time-limit", "60 s"))
    yield _file(filer, _kept(opened, "marked"), desk.reading_of("MẬT\nSố 01-BC/ĐU"))
    blank = Reading("test", ("vie",), (Page(1, 210, 297, blank=True),))
    yield _file(filer, _kept(opened, "blank"), blank)
    yield _refused(opened, opened.archive.root.parent / "gone.pdf")
    _kept(opened, "unread")
    opened.shelves.settle(commit)


def _mended(reading: Reading) -> Reading:
    """Add a line with a word whose spelling was mended, from below an earlier program's scan."""
    (page,) = reading.pages
    line = Line((Word("người", Box(0.1, 0.9, 0.2, 0.92), 0.9, "ngừơi"),), 99)
    more = replace(page, lines=(*page.lines, line), origin="hidden-layer")
    return replace(reading, pages=(more,))


def _brought(opened: Opened, name: str) -> Path:
    path = opened.archive.inbox / f"{name}.pdf"
    path.write_bytes(b"%PDF " + name.encode())
    return path


def _kept(opened: Opened, name: str, unclassified: bool = False) -> Work:
    work = desk.keep(opened, _brought(opened, name), "A29-01-0003", unclassified)
    assert isinstance(work, Work)
    return work


def _file(filer: Filer, work: Work, reading: Reading) -> Outcome:
    (work.job / "access.pdf").write_bytes(b"%PDF-1.7 " + work.kept.id.encode())
    (work.job / "pages.json").write_text(json.dumps(reading.to_dict()), "utf-8")
    return filer.file(work, reading)


def _refused(opened: Opened, path: Path) -> Outcome:
    outcome = desk.keep(opened, path)
    assert isinstance(outcome, Outcome)
    return outcome
