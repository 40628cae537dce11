"""An archive at work without any OCR: what the tests of the archive share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.inbox import Source
from partydoc.archive.kept import event
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened, open_for_writing
from partydoc.archive.root import Archive, create, open_archive
from partydoc.archive.settings import Settings
from partydoc.box import Box
from partydoc.document import Look, Record
from partydoc.filing import Filer
from partydoc.keeping import Keeper
from partydoc.outcome import Outcome
from partydoc.page import Line, Page, Reading, Word
from partydoc.work import Work

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
BODY = "Đảng uỷ xã Đồng Mẫu giao Văn phòng theo dõi việc thực hiện."


def clock() -> datetime:
    """Return a time that stands still."""
    return NOW


def new_archive(root: Path, network: str = "connected") -> Archive:
    """Make an archive whose inbox counts as quiet at once."""
    archive = create(root, Settings(network, "whoosh", quiet=0))
    rebuild_catalogue(archive)
    return open_archive(root)


@contextmanager
def at_work(archive: Archive) -> Iterator[Opened]:
    """Open an archive for writing, as every command does."""
    with archive.writing(wait=5):
        opened = open_for_writing(archive, NOW)
        with opened.catalogue:
            yield opened


class Glance:
    """Stands for the inspecting process: every file is a one-page PDF."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "inspector"
        self.folder.mkdir(exist_ok=True)

    def look(self, name: str, file_name: str) -> Look:
        return Look("application/pdf", "pdf", 1)


def keep(
    opened: Opened, path: Path, folder: str | None = None, unclassified: bool = False
) -> Work | Outcome | None:
    """Keep one file; one that lies in the archive's inbox is taken away."""
    glance = Glance(opened.archive.desk)
    keeper = Keeper(opened, glance, clock, folder, unclassified, [])  # type: ignore[arg-type]
    inbox = path.parent == opened.archive.inbox
    return keeper.keep(Source(path, inbox), None, ())


def file(opened: Opened, work: Work, text: str = BODY) -> Outcome:
    """File a document as if its one page had been read."""
    (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy of " + work.kept.id.encode())
    reading = reading_of(text)
    (work.job / "pages.json").write_text("{}")
    return Filer(opened, clock, []).file(work, reading)


def say(opened: Opened, work: Work, fields: Record) -> Work:
    """Have it stand in the record of a kept document what a person says of it."""
    kept = replace(work.kept, fields={**work.kept.fields, **fields})
    said: dict[str, Any] = {"what": "edit", "operation": 1, "fields": list(fields)}
    happened = event("metadata modification", NOW, "x@y", **said)
    commit = Commit("edit", "x@y", NOW)
    opened.store.revise_document(kept, {}, happened, commit, work.job)
    opened.catalogue.note(kept, opened.store.in_hold(kept.urn))
    return replace(work, kept=kept)


def reading_of(text: str) -> Reading:
    """Return a reading of one page: a letterhead that can be read, and the text as given."""
    lines = ["ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG UỶ XÃ ĐỒNG MẪU", "Đồng Mẫu, ngày 02 tháng 3 năm 2026"]
    body = [line for line in text.split("\n") if line]
    made = tuple(_line(text, i) for i, text in enumerate([*lines, *body]))
    return Reading("test", ("vie",), (Page(1, 210, 297, made),))


def _line(text: str, row: int) -> Line:
    top = 0.05 + row * 0.03
    words = text.split()
    made = tuple(
        Word(word, Box(0.1 + i * 0.05, top, 0.14 + i * 0.05, top + 0.02), 0.96)
        for i, word in enumerate(words)
    )
    return Line(made, row)
