"""What the search for re-scans costs in a large archive: time and memory.

Times are those of the processor. The documents are those of `benchmarks.search`, about 3 KB of a
small vocabulary, so that all share much; every fiftieth is the one before it, read without a fault.
They stand in the catalogue alone; their texts are made when they are asked for, which costs more
than reading them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.search import documents
from benchmarks.search.upkeep import Figure
from partydoc import rescans, sketch
from partydoc.archive import catalogue_file, root
from partydoc.archive.catalogue_rows import row
from partydoc.archive.kept import Kept
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.settings import Settings
from partydoc.archive.store import Store
from partydoc.document import Field, Searchable

_AGAIN_EVERY = 50
_WHEN = datetime(2026, 1, 5, tzinfo=UTC)
_PARTS = ("type", "number", "symbol", "code", "date", "issuer")


def add(parts: Any) -> None:
    """Add the options of this part."""
    parser = parts.add_parser("cost", help="the search for re-scans in a large archive")
    parser.set_defaults(run=run)
    parser.add_argument("--documents", type=int, default=100_000, metavar="N", help="(100000)")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measure, print the table, return the figures."""
    count = options.documents
    with TemporaryDirectory() as name:
        archive = root.create(Path(name, "archive"), Settings("independent-lan", "whoosh"))
        rows = (row(_kept(number), held=False) for number in range(count))
        catalogue_file.rebuild(archive.catalogue, rows, ())
        size = archive.catalogue.stat().st_size
        with get_context("spawn").Pool(1) as pool:
            right, wrong, seconds, peak = pool.apply(_find, (archive,))
            *_, folder, _ = pool.apply(_find, (archive, range(0, _AGAIN_EVERY)))
    made = list(map(_pages, range(min(count, 1000))))
    began = time.process_time()
    sketches = [sketch.of(pages) for pages in made]
    each = (time.process_time() - began) / len(made)
    again = count // _AGAIN_EVERY
    found = [
        Figure("a sketch, when a document is filed", 1000 * each, "ms"),
        Figure("sketches in the catalogue", sum(len(one or "") for one in sketches) / len(made)
               * count / size, "x"),
        Figure("search in all documents", seconds, "s"),
        Figure("search, a document", 1000 * seconds / count, "ms"),
        Figure("search for those of one folder", folder, "s"),
        Figure("peak memory of the search", peak / 1e6, "MB", Aim(most=300)),
        Figure("re-scans found", right / (again or 1), "x", Aim(least=0.95)),
        Figure("wrong among the links", wrong / (right + wrong or 1), "x", Aim(most=0.02)),
    ]  # fmt: skip
    print(f"\n{count} documents\n\n| | | aim |\n|---|---:|---:|")
    print("\n".join(one.line() for one in found))
    return {"documents": count, "cost": [one.to_dict() for one in found]}


def _paper(number: int) -> Searchable:
    """Return the document of which a scan has this number."""
    if number % _AGAIN_EVERY == _AGAIN_EVERY - 1:
        return documents.document(number - 1, damaged=False)
    return documents.document(number)


def _pages(number: int) -> tuple[str, ...]:
    return _paper(number).pages


def _kept(number: int) -> Kept:
    paper = _paper(number)
    fields = {name: Field(paper.fields[name], 0.99, 1, accepted=True) for name in _PARTS}
    how = {"engine": "none", "languages": ["vie"], "confidence": 0.94, "silent_pages": [],
           "sketch": sketch.of(paper.pages)}  # fmt: skip
    return Kept(
        f"{number:064x}", _WHEN + timedelta(seconds=number), "application/pdf", "pdf", 2,
        status="described", ocr=how, fields=fields,
    )  # fmt: skip


class _Invented(Store):
    """The store as it would be."""

    def texts(self, document: str) -> tuple[str, ...]:
        return _pages(int(document, 16))


def _find(archive: Archive, among: Iterable[int] | None = None) -> tuple[int, int, float, int]:
    """Return how many links are right and wrong, seconds, and the peak of memory in bytes."""
    began = time.process_time()
    ids = None if among is None else {f"{number:064x}" for number in among}
    with open_for_reading(archive) as catalogue:
        found = list(rescans.find(catalogue, _Invented(archive), ids))
    seconds = time.process_time() - began
    right = sum(int(one.document, 16) - int(one.first, 16) == 1 for one in found)
    return right, len(found) - right, seconds, _peak()


def _peak() -> int:
    status = Path("/proc/self/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
