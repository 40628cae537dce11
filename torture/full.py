"""A disk that is full, or fails: nothing is lost, a line says so, the next run finishes alone.

steps      each step fails: no room, an I/O error, a short write; once, or from there on
store      the file system has room for so many bytes more: tmpfs of 40 sizes
staging    the file system has room for so many files more: 40 sizes
catalogue  SQLite may add so many pages more to its file: 40 times
garbled    other bytes reach the disk than were written: nothing relies on them
reading    the real program has hardly room to read a scan: tmpfs of 8 sizes
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from torture import child, garbled, small, stock
from torture.aftermath import figure, finished
from torture.kills import clear, undisturbed
from torture.reached import Missed, reached
from torture.report import Result, Stopwatch, skipped
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock
from torture.trouble import BAD_DISK, NO_ROOM, Trouble, met

_PROMISE = "a full or failing disk loses nothing, and the next run finishes alone"
_KINDS = ("enospc", "short", "enospc+", "eio+", "short+")
#: Every so many steps fail once, after which the run may go on, and once more in the next of these
#: ways; prime to their number. Long, short.
_STRIDE, _STRIDE_SHORT = 6, 113
_SIZES, _SIZES_SHORT = 40, 2
_PAGES = 4
_WRITES, _WRITES_SHORT = 5, 35


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
    writes = _WRITES_SHORT if options.short else _WRITES
    with stock.fast_folder() as folder:
        made = stock.make(folder)
        templates = {
            scene.name: scene.prepared(made, folder / f"scene-{number}")
            for number, scene in enumerate(SCENES)
            if options.only in (None, scene.name)
        }
        troubles = [
            *garbled.troubles(templates, writes, folder / "count"),
            *_failing_steps(templates, stride, folder / "count"),
            *small.troubles(templates, sizes), *_small_catalogues(templates, sizes),
        ]  # fmt: skip
        if options.only in (None, "ocr"):
            troubles += small.reading(folder / "reading", options.short)
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


def _failing_steps(
    templates: dict[str, Stock], stride: int, count: Path
) -> Iterator[Trouble]:  # fmt: skip
    kinds = itertools.cycle(_KINDS)
    for number, scene in enumerate(_there(templates)):
        template = templates[scene.name]
        steps = undisturbed(scene, template, count)
        for step in range(min(1 + number % stride, steps), steps + 1, stride):
            for kind in ("eio", next(kinds)):
                plus = "+" if kind.endswith("+") else ""
                fail_at = f"{step}{plus}:{kind.rstrip('+')}"
                meet = partial(_at_step, template, step, fail_at)
                yield Trouble(f"steps {fail_at}", scene, template, meet)


def _at_step(template: Stock, step: int, fail_at: str, scene: Scene, now: Stock) -> list[str]:
    try:
        return reached(partial(_once, template, step, fail_at, scene, now.root))
    except Missed as missed:
        return [str(missed)]


def _once(template: Stock, step: int, fail_at: str, scene: Scene, root: Path) -> list[str]:
    now = template.copy(root)
    ends = BAD_DISK if "eio" in fail_at else (NO_ROOM,)
    env = {**now.env, "PARTYDOC_FAIL_AT": fail_at}
    ran, taken = child.steps("-a", now.root, *scene.words(now), env=env)
    if taken < step:
        clear(now)
        raise Missed(f"was never reached: exit {ran.code}: {ran.err[-200:]}")
    return met(scene, now, ran, ends) + finished(scene, now)


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
    return met(scene, now, ran, (NO_ROOM,)) + finished(scene, now)


def _limit_pages(pages: int) -> None:
    """Let no SQLite file that is opened from here on grow by more than so many pages."""
    connect = sqlite3.connect

    def limited(*arguments: Any, **options: Any) -> sqlite3.Connection:
        db = connect(*arguments, **options)
        there = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {there + pages}")
        return db

    sqlite3.connect = limited  # type: ignore[assignment]
