"""Archives with documents in hold and out of it, made without any OCR."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import desk
from every_state import PERSON

from partydoc import indexing
from partydoc.archive import jobs
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.references import KINDS
from partydoc.archive.root import Archive, create, open_archive
from partydoc.archive.settings import Settings
from partydoc.archive.shelving import new_unit
from partydoc.filing import Filer
from partydoc.page import Reading
from partydoc.work import Work

FOLDER = "A29-01-0003"
COMMIT = Commit("added", "x@y", desk.NOW)


def new_archive(root: Path, network: str = "connected", engine: str = "whoosh") -> Archive:
    """Make an archive with one folder, whose inbox counts as quiet at once."""
    rebuild_catalogue(create(root, Settings(network, engine, quiet=0)))
    archive = open_archive(root)
    with desk.at_work(archive) as opened:
        for kind, reference in zip(KINDS, ("A29", "A29-01", FOLDER), strict=True):
            opened.shelves.add(new_unit(kind, reference, "Nghị quyết năm 2026", "7"), COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def keep(
    opened: Opened, name: str, unclassified: bool = False, folder: str | None = FOLDER
) -> Work:
    """Take a file of one page in from the inbox."""
    path = opened.archive.inbox / f"{name}.pdf"
    path.write_bytes(b"%PDF-1.7 " + name.encode())
    work = desk.keep(opened, path, folder, unclassified)
    assert isinstance(work, Work)
    return work


def read(opened: Opened, work: Work, text: str = desk.BODY, **said: str) -> str:
    """File a document as if its page had been read; `said` are fields as a person gave them."""
    if said:
        fields = {name: replace(PERSON["type"], value=value) for name, value in said.items()}
        work = desk.say(opened, work, fields)
    _file(opened, work, desk.reading_of(text))
    return work.kept.id


def not_sure(opened: Opened, work: Work, text: str = desk.BODY) -> str:
    """File a document that was read, but not well enough: it waits for classification."""
    (page,) = desk.reading_of(text).pages
    lines = tuple(
        replace(line, words=tuple(replace(word, confidence=0.5) for word in line.words))
        for line in page.lines
    )
    _file(opened, work, Reading("test", ("vie",), (replace(page, lines=lines),)))
    return work.kept.id


def _file(opened: Opened, work: Work, reading: Reading) -> None:
    text = "\n".join(page.text for page in reading.pages)
    (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy of " + text.encode())
    (work.job / "pages.json").write_text(json.dumps(reading.to_dict(), ensure_ascii=False), "utf-8")
    Filer(opened, desk.clock, []).file(work, reading)


def settle(opened: Opened, *works: Work) -> None:
    """Finish what was begun, as the line does at its end."""
    opened.shelves.settle(COMMIT)
    for work in works:
        with suppress(OSError):
            jobs.end(work.job)
    indexing.bring_up_to_date(opened)


def some(archive: Archive) -> dict[str, str]:
    """Fill an archive; return name -> id: `open` in the store, `held`, `unsure` and `unread`."""
    with desk.at_work(archive) as opened:
        works = {name: keep(opened, name, name == "open")
                 for name in ("open", "held", "unsure", "unread")}  # fmt: skip
        read(opened, works["open"], "NGHỊ QUYẾT\nvề tủ sách xã", subject="về tủ sách xã")
        read(opened, works["held"], "MẬT\nSố 01-BC/ĐU")
        not_sure(opened, works["unsure"])
        settle(opened, *works.values())
    return {name: work.kept.id for name, work in works.items()}


def entries(archive: Archive) -> list[str | None]:
    """Return which documents fill the entries of the folder."""
    with desk.at_work(archive) as opened:
        return [entry.document for entry in opened.shelves.folder(FOLDER).entries]
