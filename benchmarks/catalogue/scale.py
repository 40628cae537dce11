"""Lists, finding aids and the catalogue itself, in an archive of a hundred thousand documents.

All objects are there, written by the store's own code, but synced once at the end; originals and
access copies are a line each. One folder more has five hundred entries, of documents that stand
elsewhere too.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.search import archives, cold, documents
from benchmarks.search.upkeep import Figure
from partydoc.archive import ocfl, root
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry, Unit

_LARGE, _LARGE_HOLDS = "A29-02-0001", 500
_PAGES = 2
_ROUNDS = 3


def add(parts: Any) -> None:
    """Add the part `scale`."""
    part = parts.add_parser("scale", help=__doc__.splitlines()[0])
    part.add_argument("--documents", type=int, default=100_000, metavar="N")
    part.add_argument("--folders", type=int, default=2_000, metavar="N")
    part.add_argument("--runs", type=int, default=20, metavar="N", help="of each quick command")
    part.add_argument("--keep", type=Path, metavar="DIR", help="make the archive there, or use it")
    part.set_defaults(run=run)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measure and print; return the figures for JSON."""
    with TemporaryDirectory() as folder:
        place = options.keep or Path(folder) / "archive"
        if not (place / "partydoc.toml").is_file():
            _make_apart(place, options.documents, options.folders)
        archive = root.open_archive(place)
        figures = [*_listing(archive, options), *_printing(archive), *_anew(archive)]
    print(f"\n{options.documents} documents in {options.folders} folders\n")
    print("| what | figure | aim |\n|---|---:|---|")
    print("\n".join(one.line() for one in figures))
    return {"documents": options.documents, "figures": [one.to_dict() for one in figures]}


def _make_apart(folder: Path, many: int, folders: int) -> None:
    """Make the archive in a process of its own: what it takes would count as the peak of others."""
    with get_context("spawn").Pool(1) as pool:
        pool.apply(_make, (folder, many, folders))


def _make(folder: Path, many: int, folders: int) -> None:
    began = time.perf_counter()
    archive = archives.make_empty(folder)
    with archives.synced_once():
        archives.keep(archive, documents.documents(many))
        ids = [documents.document(number).id for number in range(many)]
        archives.shelve(archive, _units(ids, folders))
    rebuild_catalogue(archive)
    print(f"made        in {time.perf_counter() - began:.0f} s")


def _units(ids: list[str], folders: int) -> Iterator[Unit]:
    yield archives.unit("fonds", "A29", ())
    yield archives.unit("inventory", "A29-01", ())
    yield archives.unit("inventory", "A29-02", ())
    each = -(-len(ids) // folders)
    for number in range(folders):
        part = ids[number * each : (number + 1) * each]
        yield archives.unit("folder", f"A29-01-{number + 1:04}", _entries(part))
    yield archives.unit("folder", _LARGE, _entries(ids[:: max(1, len(ids) // _LARGE_HOLDS)]))


def _entries(ids: list[str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{number + 1:03}", number * _PAGES + 1, (number + 1) * _PAGES, id_)
        for number, id_ in enumerate(ids[:_LARGE_HOLDS])
    )


def _listing(archive: Archive, options: argparse.Namespace) -> list[Figure]:
    some = [f"A29-01-{number:04}" for number in range(1, options.folders, options.folders // 7 + 1)]
    start = ("-a", archive.root, "catalogue")
    commands = {
        ("list of a folder", ""): [cold.partydoc(*start, "list", one) for one in some],
        ("list of a folder of 500", ""): [cold.partydoc(*start, "list", _LARGE)],
        ("tree of a folder", ""): [cold.partydoc(*start, "tree", one) for one in some],
        ("tree of all", ""): [cold.partydoc(*start, "tree")],
    }
    times = cold.race(commands, options.runs)
    aims = {"tree of all": Aim(), "list of a folder of 500": Aim()}
    return [
        Figure(f"{name}, p95", cold.percentile(found, 0.95), "ms", aims.get(name, Aim(150)))
        for (name, _kind), found in times.items()
    ]


def _printing(archive: Archive) -> Iterator[Figure]:
    aims = {"pdf": 7, "xlsx": 2}
    for form, aim in aims.items():
        with TemporaryDirectory() as folder:
            to = [Path(folder) / f"{number}.{form}" for number in range(_ROUNDS)]
            words = ("catalogue", "print", _LARGE, "--kind", "muc-luc-van-ban", "--to")
            ran = [cold.seconds(cold.partydoc("-a", archive.root, *words, one)) for one in to]
        seconds, peak = median(one[0] for one in ran), max(one[1] for one in ran)
        yield Figure(f"finding aid of 500 documents, {form.upper()}", seconds, "s", Aim(aim))
        yield Figure(f"its peak, {form.upper()}", peak / 1e6, "MB", Aim(300))


def _anew(archive: Archive) -> list[Figure]:
    read = [_apart(_read_inventories, archive) for _round in range(_ROUNDS)]
    made = [_apart(rebuild_catalogue, archive) for _round in range(_ROUNDS)]
    reading, making = (median(one[0] for one in ran) for ran in (read, made))
    return [
        Figure("reading all inventories once", reading, "s"),
        Figure("the catalogue made anew", making, "s"),
        Figure("that is so many times as long", making / reading, "x", Aim(3)),
        Figure("its peak", max(one[1] for one in made) / 1e6, "MB", Aim(300)),
    ]


def _read_inventories(archive: Archive) -> None:
    for folder in ocfl.object_folders(archive.store):
        ocfl.read_inventory(folder)


def _apart(work: Callable[[Archive], object], archive: Archive) -> tuple[float, int]:
    """Run work in a process of its own; return its seconds, and the peak of it and of as many like
    its largest child as there are processors, in bytes.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_timed, work, archive).result()


def _timed(work: Callable[[Archive], object], archive: Archive) -> tuple[float, int]:
    began = time.perf_counter()
    work(archive)
    seconds = time.perf_counter() - began
    own, child = (
        resource.getrusage(which).ru_maxrss * 1024
        for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return seconds, own + child * len(os.sched_getaffinity(0))
