"""A soak: 2,000 documents through the whole line, night after night in one process.

Everything is the real command's but the reading of pages, which is ready at once. A process that
lives for one night only never sees what leaks; this one lives for twenty.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from torture import child, oracle, stock
from torture.ready import WORD, paper
from torture.report import Result, Stopwatch
from torture.stock import Stock

#: So much may the memory grow, in megabytes, after the second night.
_GROWTH = 20.0


@dataclass(frozen=True)
class Night:
    """How a process stands after a night: megabytes in memory, open files, what lies in staging."""

    memory: float
    handles: int
    staging: int


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("soak", help="2,000 documents in twenty nights of one process")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Twenty nights of 100 documents; with --short five of 20."""
    watch = Stopwatch()
    nights, each = (5, 20) if options.short else (20, 100)
    with stock.fast_folder() as folder:
        made = stock.empty(folder)
        findings: list[str] = []
        child.warm()
        with patch.dict(os.environ, made.env):
            seen = [_night(made, number, each, findings) for number in range(nights)]
        there = len(oracle.documents(made.root))
        if there != nights * each:
            findings.append(f"{there} documents instead of {nights * each}")
        findings += [*oracle.disagreeing(made.root), *oracle.unchained(made.root), *_flat(seen)]
    growth = seen[-1].memory - seen[1].memory
    figure = (
        f"memory {growth:+.1f} MB (of {seen[1].memory:.0f}), open files"
        f" {seen[1].handles} -> {seen[-1].handles}, staging {seen[-1].staging}"
    )
    done = f"{there} documents in {nights} nights of one process, reading ready at once"
    return Result("memory and files stay flat", done, figure, watch.seconds, tuple(findings))


def _night(made: Stock, number: int, each: int, findings: list[str]) -> Night:
    papers = {
        f"{number}-{one}": paper(f"BÁO CÁO\nsố {number}-{one} về {WORD}") for one in range(each)
    }
    made.bring(papers)
    for words in (("nightly", "--json"), ("search", WORD), ("verify",)):
        if code := _command("-a", str(made.root), *words):
            findings.append(f"night {number}: {words[0]} ended with {code}")
    gc.collect()
    desks = (made.root / "staging", made.root / "hold" / "staging")
    return Night(_memory(), _handles(), sum(1 for desk in desks for _path in desk.iterdir()))


def _command(*arguments: str) -> int:
    """Run a command line in this process, its output caught."""
    from partydoc import cli

    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(out):
        return cli.run(arguments)


def _memory() -> float:
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmRSS"))) / 1024


def _handles() -> int:
    return sum(1 for _path in Path("/proc/self/fd").iterdir())


def _flat(seen: Sequence[Night]) -> Iterator[str]:
    """Yield what did not stay flat after the second night, by which all is loaded."""
    grown = seen[-1].memory - seen[1].memory
    if grown > _GROWTH:
        yield f"memory grew by {grown:.1f} MB"
    if any(night.handles != seen[1].handles for night in seen[2:]):
        yield f"open files: {[night.handles for night in seen]}"
    if any(night.staging for night in seen):
        yield f"left in staging: {[night.staging for night in seen]}"
