"""The speed table: contestants run by turns on the same pages, and ratios are taken by round."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.aim import Aim
from benchmarks.ocr import contestants, engines
from benchmarks.ocr.batches import MIXED, Batch, Press
from benchmarks.ocr.contestants import Contestant
from partydoc.ocr.tools import fast

#: Seconds a page by batch, contestant and round.
Times = dict[str, dict[str, list[float]]]

_SINGLE = "1 page"
#: Of all ways to scan but the first so large a part of the pages, in documents of at most so many.
_PART, _LARGEST = 0.5, 5


@dataclass(frozen=True)
class Ratio:
    """One time over another, the median of all rounds, and what is aimed at."""

    batch: str
    name: str
    value: float
    aim: Aim


def measure(
    presses: Sequence[Press], sizes: Sequence[int], pages: int, mixed: int, repeat: int
) -> Times:
    """Run all contestants `repeat` times on batches of documents of each size and way to scan.

    A batch has about `pages` pages, and a document for every core; less of all scans but the
    first. The mixed batch (0: none), of the first, has `mixed` of its 60 pages.
    """
    first, *others = presses
    batches = [_uniform(first, size, pages) for size in sizes]
    few = [size for size in sizes if size <= _LARGEST]
    batches += [_uniform(each, size, round(pages * _PART)) for each in others for size in few]
    times: Times = {}
    with ExitStack() as stack:
        warm = first.bind("warm", (1,) * engines.CORES)
        racing = _contestants(stack, first.folder, warm, batches)
        for batch in batches:
            times[batch.name] = race(racing, batch, repeat)
    if mixed:
        batch = first.bind("mixed", _mixed(mixed))
        racing = {"partydoc scan": contestants.whole_scan, "tesseract": contestants.bare}
        times[batch.name] = race(racing, batch, repeat)
    return times


def _uniform(press: Press, size: int, pages: int) -> Batch:
    name = _SINGLE if size == 1 else f"{size} pages"
    return press.bind(f"{name}, {press.kind}", (size,) * max(engines.CORES, pages // size))


def _mixed(pages: int) -> tuple[int, ...]:
    chosen: tuple[int, ...] = ()
    for size in MIXED:
        if sum(chosen) + size <= pages:
            chosen = (*chosen, size)
    return chosen


def _contestants(
    stack: ExitStack, folder: Path, warm: Batch, batches: Sequence[Batch]
) -> dict[str, Contestant]:
    racing: dict[str, Contestant] = {}
    if fast():
        desk = folder / "fast"
        racing["partydoc"] = stack.enter_context(contestants.readers(desk, warm))
    racing["tesseract"] = contestants.bare
    racing["ocrmypdf"] = contestants.stock
    desk = folder / "program"
    racing["without fast"] = stack.enter_context(contestants.readers(desk, warm, fast=False))
    if fast():
        pictures = [picture for batch in batches for picture in batch.pictures]
        racing["engine alone"] = stack.enter_context(contestants.engine_alone(pictures))
    return racing


def race(racing: dict[str, Contestant], batch: Batch, repeat: int) -> dict[str, list[float]]:
    """Let each contestant run once a round, each round begun by another."""
    names = list(racing)
    times: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(repeat):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            began = time.perf_counter()
            racing[name](batch)
            times[name].append((time.perf_counter() - began) / len(batch.pictures))
    return times


def ratios(times: Times) -> list[Ratio]:
    """Return what the contestants' times are to each other, with what is aimed at."""
    found = []
    for batch, by in times.items():
        single = batch.startswith(_SINGLE)
        for over, under, aim in (
            ("partydoc", "tesseract", Aim(0.95 if single else 0.85)),
            ("ocrmypdf", "partydoc", Aim(least=2.2 if single else 2.1)),
            ("partydoc", "engine alone", Aim(1.6)),
            ("without fast", "tesseract", Aim(1.15)),
            ("partydoc scan", "tesseract", Aim(1.0)),
        ):
            if over in by and under in by:
                rounds = [a / b for a, b in zip(by[over], by[under], strict=True)]
                found.append(Ratio(batch, f"{over} : {under}", median(rounds), aim))
    return found


def lines(times: Times) -> list[str]:
    """Return two tables in Markdown: seconds a page, and ratios with what is aimed at."""
    names = list(dict.fromkeys(name for by in times.values() for name in by))
    table = ["| documents of | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for batch, by in times.items():
        cells = [f"{median(by[name]):.2f}" if name in by else "" for name in names]
        table.append(f"| {batch} | " + " | ".join(cells) + " |")
    table += ["", "| documents of | ratio | median | aim |", "|---|---|---:|---:|"]
    for one in ratios(times):
        shown = f"{one.value:.2f}{one.aim.missed(one.value)}"
        table.append(f"| {one.batch} | {one.name} | {shown} | {one.aim.said()} |")
    return table


def figures(times: Times) -> dict[str, Any]:
    """Return times and ratios for JSON."""
    return {
        "seconds_per_page": times,
        "ratios": [{"batch": one.batch, "ratio": one.name, "median": round(one.value, 3),
                    **one.aim.judged(one.value)}
                   for one in ratios(times)],
    }  # fmt: skip
