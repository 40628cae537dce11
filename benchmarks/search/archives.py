"""Archives of invented documents: whole ones, and large ones without the objects of the store.

A whole one is written by the store's own code, but synced once at the end instead of at each
step; its originals and access copies are a line each. A large one has settings, folders,
catalogue and index like any other, and can be searched and added to; only the objects of its
documents are missing, so nothing of it can be shown or made anew.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from benchmarks.search import documents
from partydoc.archive import catalogue_file, jobs, root
from partydoc.archive.anew import open_catalogue, rebuild_catalogue
from partydoc.archive.catalogue_rows import row
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit, Source
from partydoc.archive.root import Archive
from partydoc.archive.settings import Settings
from partydoc.archive.store import Store
from partydoc.archive.units import Entry, Unit
from partydoc.document import Field, Searchable

_WHEN = datetime(2026, 1, 5, tzinfo=UTC)
_COMMIT = Commit("benchmark", "benchmark", _WHEN)
_NOTE = "An archive of invented documents without objects in store/: it can be searched only.\n"
_NO_FIELD = {"status", "folder", "reference"}


def write_records(path: Path, count: int) -> int:
    """Write the documents as a stream of records, one a line; return the bytes of their pages."""
    size = 0
    with path.open("w", encoding="utf-8") as out:
        for one in documents.documents(count):
            size += sum(len(page.encode()) for page in one.pages)
            json.dump([one.id, one.change, one.fields, one.pages], out, ensure_ascii=False)
            out.write("\n")
    return size


def read_records(path: Path) -> Iterator[Searchable]:
    """Read the stream back."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            id_, change, fields, pages = json.loads(line)
            yield Searchable(id_, change, fields, tuple(pages))


def make_large(folder: Path, engine: str, records: Path) -> Archive:
    """Make an archive without objects from a stream of records; its index is still to be made."""
    archive = root.create(folder, _settings(engine))
    (folder / "BENCHMARK.txt").write_text(_NOTE)
    ids = [one.id for one in read_records(records)]
    kept = (_kept(one) for one in read_records(records))
    rows = (row(one, held=False) for one in kept)
    catalogue_file.rebuild(archive.catalogue, rows, _units(ids))
    return archive


def make_whole(folder: Path, engine: str, count: int) -> Archive:
    """Make an archive with all its objects; its index is still to be made."""
    archive = make_empty(folder, engine)
    with synced_once():
        shelve(archive, _units([documents.document(number).id for number in range(count)]))
        keep(archive, documents.documents(count))
    rebuild_catalogue(archive)
    return archive


def make_empty(folder: Path, engine: str = "whoosh") -> Archive:
    """Make an archive of nothing."""
    return root.create(folder, _settings(engine))


def keep(archive: Archive, papers: Iterable[Searchable]) -> None:
    """Write documents into the store, not into the catalogue."""
    for one in papers:
        _keep(archive, one)


def shelve(archive: Archive, units: Iterable[Unit]) -> None:
    """Write units into the store, not into the catalogue."""
    for one in units:
        job = jobs.begin(archive.staging)
        Store(archive).add(one.urn, {"record.json": one.to_json()}, _COMMIT, job)
        jobs.end(job)


def add(archive: Archive, count: int, first: int) -> None:
    """Keep further documents in an archive, store and catalogue, not in the index."""
    with synced_once(), open_catalogue(archive, write=True) as catalogue:
        for one in documents.documents(count, first):
            catalogue.note(_keep(archive, one), held=False)


@contextmanager
def synced_once() -> Iterator[None]:
    """Let no step wait for the disk; all of it is synced at the end."""
    with patch("os.fsync"), patch("os.fdatasync"):
        yield
    os.sync()


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _settings(engine: str) -> Settings:
    return Settings(network="independent-lan", engine=engine, language="en")


def _kept(one: Searchable) -> Kept:
    fields = {
        name: Field(value, 0.99, 1, accepted=True)
        for name, value in one.fields.items()
        if name not in _NO_FIELD
    }
    return Kept(
        one.id, _WHEN, "application/pdf", "pdf", len(one.pages), names=("scan.pdf",),
        status="described", ocr={"engine": "none", "languages": ["vie"], "confidence": 0.94},
        fields=fields,
    )  # fmt: skip


def _keep(archive: Archive, one: Searchable) -> Kept:
    """Write a document as intake does: what came first, then what was read of it."""
    store, kept, job = Store(archive), _kept(one), jobs.begin(archive.staging)
    came = replace(kept, status="pending", ocr=None, fields={})
    happened = event("ingestion", _WHEN, "benchmark", sha256=kept.id)
    first: dict[str, Source] = {
        kept.original: documents.original(one.change - 1),
        "record.json": came.to_json(),
        "events.jsonl": happened,
    }
    store.add(kept.urn, first, _COMMIT, job)
    read: dict[str, Source] = {
        f"text/{number:04}.txt": page.encode() for number, page in enumerate(one.pages, 1)
    }
    read["access.pdf"] = b"access copy of " + kept.id.encode()
    happened = event("transcription", _WHEN, "benchmark", outcome="success")
    store.revise_document(kept, read, happened, _COMMIT, job)
    jobs.end(job)
    return kept


def _units(ids: list[str]) -> Iterable[Unit]:
    yield unit("fonds", "A29", ())
    yield unit("inventory", "A29-01", ())
    for first in range(0, len(ids), documents.FOLDER_HOLDS):
        entries = tuple(
            Entry(documents.reference(number)[-3:], number % 100 * 2 + 1, number % 100 * 2 + 2, id_)
            for number, id_ in enumerate(ids[first : first + documents.FOLDER_HOLDS], first)
        )
        yield unit("folder", documents.folder(first), entries)


def unit(kind: str, reference: str, entries: tuple[Entry, ...]) -> Unit:
    """Return a unit; the same reference gives the same id."""
    urn = uuid.uuid5(uuid.NAMESPACE_URL, reference).urn
    box = "4" if kind == "folder" else None
    return Unit(urn, kind, reference, "Hồ sơ thử", box, entries)
