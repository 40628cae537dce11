"""An archive with folders that may be destroyed, and the people who do that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import desk
import inhold
import pytest

from partydoc import disposing, indexing
from partydoc.archive import audit, disposals
from partydoc.archive.disposal import Disposal
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.archive.units import Entry
from partydoc.commands.session import Session

OLD, KEPT, ORDER = "A29-01-0001", "A29-01-0002", "A29-01-0009"
COMMIT = Commit("said", "x@y", desk.NOW)
PERSON = 70_000
#: What only the documents that are destroyed say: name, text, note, subject.
NAME, TEXT, NOTE, SUBJECT = "bạchyếnkín", "hoàngoanhẩn", "chíchchoèthan", "sơncavắng"
WORDS = (NAME, TEXT, NOTE, SUBJECT)
INPUTS = {name: b"%PDF-1.7 " + name.encode() for name in (NAME, "chung", "quyết định")}


class People:
    """Lets work be done by one person or another."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.now("an")

    def now(self, who: str) -> None:
        """Let this person be at work; `archive` is the archive's own account."""
        names = {PERSON: who}
        self._monkeypatch.setattr(audit, "_login", lambda: PERSON)
        self._monkeypatch.setattr(audit, "_name_of", lambda uid: names.get(uid, "archive"))


def new_archive(root: Path, engine: str = "whoosh") -> tuple[Archive, SimpleNamespace]:
    """Make an archive; return it with the ids: `gone` stands in OLD alone, `both` in OLD and KEPT,
    `scan` of a decision in ORDER.
    """
    archive = inhold.new_archive(root, engine=engine)
    with desk.at_work(archive) as opened:
        for reference in (OLD, KEPT, ORDER):
            opened.shelves.add(new_unit("folder", reference, "Tập lưu", "7"), COMMIT)
        works = [inhold.keep(opened, name, True, folder)
                 for name, folder in zip(INPUTS, (OLD, OLD, ORDER), strict=True)]  # fmt: skip
        gone = inhold.read(opened, works[0], f"BÁO CÁO\nvề {TEXT}", subject=f"về {SUBJECT}",
                           code="12-BC/ĐU", date="2010-05-02")  # fmt: skip
        both = inhold.read(opened, works[1], "NGHỊ QUYẾT\nvề tủ sách", subject="về tủ sách")
        scan = inhold.read(opened, works[2], "QUYẾT ĐỊNH\nvề hủy tài liệu", code="15-QĐ/ĐU")
        inhold.settle(opened, *works)
        say(opened, KEPT, **{"entry 001": Entry("001", 1, 1, both)})
        paper = Entry("003", 3, 3, None, NOTE, {"subject": f"về {SUBJECT}"})
        close(opened, **{"entry 003": paper})
        indexing.bring_up_to_date(opened)
    return archive, SimpleNamespace(gone=gone, both=both, scan=scan)


def say(opened: Opened, reference: str, **values: Any) -> None:
    """Write something of a folder."""
    unit = opened.shelves.folder(reference)
    for name, value in values.items():
        unit = unit.with_value(name, value)
    opened.shelves.revise([unit], COMMIT)


def close(opened: Opened, reference: str = OLD, **values: Any) -> None:
    """Let a folder be closed, its term run out."""
    say(opened, reference, retention="5 năm", end="2012-06", closed="2013-01-05", **values)


def propose(root: Path, *references: str) -> Disposal:
    with at(root) as opened:
        return disposing.propose(opened, references or (OLD,), "hết thời hạn", desk.NOW)


def approve(root: Path, scan: str, number: int = 1, code: str = "15-QĐ/ĐU") -> Disposal:
    with at(root) as opened:
        return disposing.approve(opened, number, code, date(2026, 2, 27), scan, desk.NOW)


def execute(root: Path, number: int = 1) -> Disposal:
    with at(root) as opened:
        return disposing.execute(opened, number, desk.NOW)


def destroy(root: Path) -> None:
    """Execute the first proposal, unless that is done."""
    with at(root) as opened:
        found = disposals.numbered(opened.catalogue, 1)
        if found and not found.executed:
            disposing.execute(opened, 1, desk.NOW)


@contextmanager
def at(root: Path) -> Iterator[Opened]:
    """Open an archive as the commands do."""
    with Session(root).writing(5) as opened:
        yield opened
