"""A disk that is full, or fails: nothing is lost, a line says so, the next run finishes alone.

steps      each step fails: no room, an I/O error, a short write; once, or from there on
store      the file system has room for so many bytes more: tmpfs of 40 sizes
staging    the file system has room for so many files more: 40 sizes
catalogue  SQLite may add so many pages more to its file: 40 times
garbled    other bytes reach the disk than were written: found before the inbox is emptied
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from torture import child, oracle, stock
from torture.aftermath import ended, figure, finished
from torture.cuts import do
from torture.kills import undisturbed
from torture.report import Result, Stopwatch, skipped
from torture.scenes import SCENES, Scene
from torture.stock import Stock

_PROMISE = "a full or failing disk loses nothing, and the next run finishes alone"
_KINDS = ("enospc", "eio", "short", "enospc+", "eio+", "short+")
#: Every so many steps fail, each in the next of these ways; prime to their number. Long, short.
_STRIDE, _STRIDE_SHORT = 5, 113
_SIZES, _SIZES_SHORT = 40, 2
_BYTES, _PAGES = 16_384, 4
_WRITES, _WRITES_SHORT = 60, 12
_NO_ROOM = 9
#: How a run may end on a bad disk: unexpectedly, some not taken in, damage, one unreadable.
_BAD_DISK = (1, 3, 4, 8, _NO_ROOM)
_ON_SMALL = ("scan", "edit many", "ocr", "classify as secret")


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with a disk while an operation is at work: `meet` lets it happen to
    a copy of the archive, and returns what is wrong then and after it was put right.
    """

    name: str
    scene: Scene
    template: Stock
    meet: Callable[[Scene, Stock], list[str]]


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("full", help="no room, I/O errors, short writes, at every place")
    parser.add_argument("--stride", type=int, metavar="N", help="let every Nth step fail")
    parser.add_argument("--only", metavar="NAME", help="one operation")
    parser.add_argument("--until-red", action="store_true", help="stop at the first breach")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Try every kind of trouble; with --short a few of each."""
    watch, findings = Stopwatch(), list[str]()
    stride = options.stride or (_STRIDE_SHORT if options.short else _STRIDE)
    sizes = _SIZES_SHORT if options.short else _SIZES
    with tempfile.TemporaryDirectory(dir=stock.fast_folder()) as name:
        made = stock.make(Path(name))
        templates = {
            scene.name: scene.prepared(made, Path(name) / f"scene-{number}")
            for number, scene in enumerate(SCENES)
            if options.only in (None, scene.name)
        }
        troubles = [
            *_garbled(templates, _WRITES_SHORT if options.short else _WRITES),
            *_failing_steps(templates, stride, Path(name) / "count"),
            *_small_disks(templates, sizes), *_small_catalogues(templates, sizes),
        ]  # fmt: skip
        for found in child.spread(_tried, troubles, lambda one: options.until_red and bool(one)):
            findings += found
    kinds = [trouble.name.split()[0] for trouble in troubles]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    done = f"{len(templates)} operations: {counts}"
    return Result(_PROMISE, done, figure(findings), watch.seconds, tuple(findings))


def _there(templates: dict[str, Stock]) -> list[Scene]:
    return [scene for scene in SCENES if scene.name in templates]


def _tried(trouble: Trouble) -> list[str]:
    folder = Path(tempfile.mkdtemp(dir=trouble.template.root.parent))
    found: list[str] = []
    try:
        with skipped(found, "small file systems need root"):
            found += trouble.meet(trouble.scene, trouble.template.at(folder / "archive"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [f"{trouble.scene.name}, {trouble.name}: {one}" for one in found]


def _met(scene: Scene, now: Stock, ran: child.Ran, ends: tuple[int, ...]) -> list[str]:
    """Return what is wrong at the instant at which a run has met a trouble."""
    found = ended(ran, (*scene.codes, *ends)) + oracle.instant(now.root, scene.sure(now))
    if ran.code == _NO_ROOM and len(ran.err.strip().splitlines()) > 2:
        found.append(f"more was said than that there is no room: {ran.err}")
    return found


def _failing_steps(
    templates: dict[str, Stock], stride: int, count: Path
) -> Iterator[Trouble]:  # fmt: skip
    kinds = itertools.cycle(_KINDS)
    for number, scene in enumerate(_there(templates)):
        template = templates[scene.name]
        steps = undisturbed(scene, template, count)
        for step in range(min(1 + number % stride, steps), steps + 1, stride):
            kind = next(kinds)
            plus = "+" if kind.endswith("+") else ""
            fail_at = f"{step}{plus}:{kind.rstrip('+')}"
            yield Trouble(f"steps {fail_at}", scene, template, partial(_at_step, template, fail_at))


def _at_step(template: Stock, fail_at: str, scene: Scene, now: Stock) -> list[str]:
    now = template.copy(now.root)
    ends = _BAD_DISK if "eio" in fail_at else (_NO_ROOM,)
    ran = now.run(*scene.words(now), PARTYDOC_FAIL_AT=fail_at)
    return _met(scene, now, ran, ends) + finished(scene, now)


def _small_disks(templates: dict[str, Stock], sizes: int) -> Iterator[Trouble]:
    for number in range(sizes):
        for scene in _there(templates):
            template = templates[scene.name]
            if scene.name in _ON_SMALL:
                room = {"size": number * _BYTES * _SIZES // sizes}
                name = f"store with {room['size'] >> 10} KB of room"
                yield Trouble(name, scene, template, partial(_on_small, template, room))
            if scene.name == _ON_SMALL[number % len(_ON_SMALL)]:
                room = {"nr_inodes": number * _SIZES // sizes}
                name = f"staging with room for {room['nr_inodes']} files"
                yield Trouble(name, scene, template, partial(_on_small, template, room))


def _on_small(template: Stock, room: dict[str, int], scene: Scene, now: Stock) -> list[str]:
    with _tmpfs(now.root.parent / "small") as disk:
        now = template.copy(disk / "archive")
        _limit(disk, room)
        ran = now.run(*scene.words(now))
        found = _met(scene, now, ran, (_NO_ROOM,))
        do("mount", "-o", "remount,size=64M,nr_inodes=0", disk)
        return found + finished(scene, now)


@contextmanager
def _tmpfs(place: Path) -> Iterator[Path]:
    place.mkdir(parents=True)
    do("mount", "-t", "tmpfs", "-o", "size=64M", "tmpfs", place)
    try:
        yield place
    finally:
        do("umount", "--lazy", place)


def _limit(disk: Path, room: dict[str, int]) -> None:
    """Leave so much room on a file system: `size` in bytes, `nr_inodes` in files."""
    there = os.statvfs(disk)
    used = {
        "size": (there.f_blocks - there.f_bfree) * there.f_frsize,
        "nr_inodes": there.f_files - there.f_ffree,
    }
    limits = ",".join(f"{name}={used[name] + more}" for name, more in room.items())
    do("mount", "-o", f"remount,{limits}", disk)


def _small_catalogues(templates: dict[str, Stock], sizes: int) -> Iterator[Trouble]:
    none = ("index", "hold export")  # they write nothing into it
    scenes = [scene for scene in _there(templates) if not scene.name.startswith(none)]
    for number, (pages, scene) in enumerate(itertools.product(range(_PAGES), scenes)):
        if number < sizes:
            template = templates[scene.name]
            name = f"catalogue with room for {pages} pages"
            yield Trouble(name, scene, template, partial(_with_pages, template, pages))


def _with_pages(template: Stock, pages: int, scene: Scene, now: Stock) -> list[str]:
    now = template.copy(now.root)
    limited = partial(child.run, first=partial(_limit_pages, pages))
    ran = now.run(*scene.words(now), how=limited)
    return _met(scene, now, ran, (_NO_ROOM,)) + finished(scene, now)


def _limit_pages(pages: int) -> None:
    """Let no SQLite file that is opened from here on grow by more than so many pages."""
    connect = sqlite3.connect

    def limited(*arguments: Any, **options: Any) -> sqlite3.Connection:
        db = connect(*arguments, **options)
        there = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {there + pages}")
        return db

    sqlite3.connect = limited  # type: ignore[assignment]


def _garbled(templates: dict[str, Stock], writes: int) -> Iterator[Trouble]:
    for scene in _there(templates):
        template = templates[scene.name]
        for number in range(1, writes + 1) if scene.name == "scan" else ():
            name = f"garbled write {number}"
            yield Trouble(name, scene, template, partial(_with_garbled, template, number))


def _with_garbled(template: Stock, number: int, scene: Scene, now: Stock) -> list[str]:
    now = template.copy(now.root)
    ran = now.run(*scene.words(now), how=partial(child.run, first=partial(garble, number)))
    found = ended(ran, (*scene.codes, *_BAD_DISK)) + oracle.lost(now.root, scene.sure(now))
    now.run(*scene.words(now))
    return found + oracle.lost(now.root, scene.sure(now))


def garble(number: int) -> None:
    """Let the disk keep one bit of one write otherwise than it was given."""
    from partydoc.archive import disk

    put, writes = disk._put, itertools.count(1)

    def garbled(descriptor: int, data: bytes) -> None:
        if next(writes) == number:
            data = bytes([data[0] ^ 1]) + data[1:]
        put(descriptor, data)

    disk._put = garbled
