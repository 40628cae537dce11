"""An archive with some documents that were read, for the tests of what people say of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import desk
import sheet

from partydoc import editing, indexing
from partydoc.archive import jobs
from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.document import Field
from partydoc.editing import Edit, Value
from partydoc.filing import Filer
from partydoc.operations import Operation, What
from partydoc.page import Reading
from partydoc.work import Work

#: What a person has to say before a document is described.
ALL: Mapping[str, Value] = {
    "type": "Nghị quyết", "code": "12-NQ/ĐU", "date": "2026-03-02", "issuer": "ĐẢNG UỶ XÃ ĐỒNG MẪU",
    "subject": "về công tác lưu trữ",
}  # fmt: skip


def filled(root: Path, count: int = 2, network: str = "connected") -> tuple[Archive, list[str]]:
    """Make an archive with a folder of documents that were read; return it and their ids."""
    archive = desk.new_archive(root / "archive", network)
    ids = []
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", "A29-01-0003"),
        ):  # fmt: skip
            unit = new_unit(kind, reference, "Nghị quyết", "7")
            opened.shelves.add(unit, Commit("added", "test", desk.NOW))
        for number in range(count):
            path = archive.inbox / f"{number}.pdf"
            path.write_bytes(b"%%PDF %d" % number)
            work = desk.keep(opened, path, "A29-01-0003", unclassified=True)
            assert isinstance(work, Work)
            read(opened, work)
            jobs.end(work.job)
            ids.append(work.kept.id)
        opened.shelves.settle(Commit("entries", "test", desk.NOW))
        indexing.bring_up_to_date(opened)
    return archive, ids


def read(opened: Opened, work: Work, **head: Any) -> None:
    """File a document as if its one page had just been read; `head` as for `sheet.party`.

    All is read but the number, which is written by hand; nobody has signed.
    """
    lines = sheet.party(**{"number": "Số 12@0.4 ¦ -NQ/ĐU", **head})
    reading = Reading("test", ("vie",), (sheet.page(*lines, *sheet.body()),))
    (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy of " + work.kept.id.encode())
    (work.job / "pages.json").write_text(json.dumps(reading.to_dict()), "utf-8")
    Filer(opened, desk.clock, []).file(work, reading)


def say(
    archive: Archive, document: str, values: Mapping[str, Value], what: What = "edit"
) -> Operation:
    """Let a person say something of one document."""
    with desk.at_work(archive) as opened:
        return editing.apply(opened, [Edit(document, values)], desk.NOW, what)


def kept(archive: Archive, document: str) -> Kept:
    """Return a document as the store has it."""
    with desk.at_work(archive) as opened:
        found = opened.store.kept(document)
    assert found is not None
    return found


def read_again(archive: Archive, document: str, **head: Any) -> None:
    """Let a document be read again, as `ocr REF` does."""
    with desk.at_work(archive) as opened:
        now = opened.store.kept(document)
        assert now
        work = Work(now, jobs.begin_for(now, archive.desk), 0.0)
        read(opened, work, **head)
        jobs.end(work.job)


def value(archive: Archive, document: str, name: str) -> object:
    """Return the value of a field as the store has it."""
    field = kept(archive, document).fields.get(name)
    return field.value if field else None


def said(text: str) -> Field:
    """Return a person's field."""
    return Field(text, source="person", accepted=True)
