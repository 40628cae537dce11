"""What keeping an index costs: making it, making it anew from a store, and adding to it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

from benchmarks.aim import Aim
from benchmarks.search import archives, cold
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.index import Index

_ADDED = 100
_ROUNDS = 5
_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Figure:
    """One figure and what is aimed at."""

    name: str
    value: float
    unit: str
    aim: Aim = Aim()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure for JSON."""
        value = round(self.value, 4)
        return {"name": self.name, "value": value, "unit": self.unit, **self.aim.judged(self.value)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Figure:
        """Read it back."""
        aim = Aim(data["most"], data["least"])
        return cls(data["name"], data["value"], data["unit"], aim)

    def line(self) -> str:
        """Return its line of the table."""
        digits = 0 if self.value >= 100 else 2
        shown = f"{self.value:.{digits}f} {self.unit}{self.aim.missed(self.value)}"
        return f"| {self.name} | {shown} | {self.aim.said()} |"


def build(archive: Archive, records: Path, text: int) -> list[Figure]:
    """Index a stream of records in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        count, seconds, peak, own = pool.apply(_build, (archive, records))
    size = archives.size_of(archive.index)
    fast = archive.settings.engine == "tantivy"
    pace, memory, share = (Aim(least=1200), Aim(400), Aim(1.5)) if fast else (Aim(),) * 3
    return [
        Figure("build from a stream", count / seconds, "documents/s", pace),
        Figure("peak while building", peak / 1e6, "MB", memory),
        Figure("peak without files of the index", own / 1e6, "MB"),
        Figure("text", text / 1e6, "MB"),
        Figure("index : text", size / text, "x", share),
    ]


def _build(archive: Archive, records: Path) -> tuple[int, float, int, int]:
    with (
        _OwnMemory() as memory,
        Catalogue(archive.catalogue) as catalogue,
        Index(archive.index, archive.settings.engine) as index,
    ):
        began = time.perf_counter()
        mark = catalogue.mark
        count = index.rebuild(archives.read_records(records), catalogue.generation, mark)
        return count, time.perf_counter() - began, _bytes("VmHWM"), memory.peak


class _OwnMemory:
    """Watches what the process itself takes; files that are mapped are the system's to drop."""

    def __init__(self) -> None:
        self.peak = 0
        self._ended = Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _OwnMemory:
        self._watch.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while True:
            self.peak = max(self.peak, _bytes("RssAnon"))
            if self._ended.wait(_LOOK_SECONDS):
                return


def _bytes(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"no {name}")


def rebuild(archive: Archive, count: int) -> list[Figure]:
    """Run `partydoc index --rebuild` on an archive whose store holds so many documents."""
    command = cold.partydoc("-a", archive.root, "index", "--rebuild", "-q")
    seconds, peak = cold.seconds(command)
    aim = Aim(least=600) if archive.settings.engine == "tantivy" else Aim()
    return [
        Figure(f"index --rebuild of {count}", count / seconds, "documents/s", aim),
        Figure("peak of index --rebuild", peak / 1e6, "MB"),
    ]


def add(archive: Archive, count: int) -> list[Figure]:
    """Run `partydoc index` after a hundred new documents, and after none, some times each."""
    command = cold.partydoc("-a", archive.root, "index", "-q")
    added, nothing = [], []
    for turn in range(_ROUNDS):
        archives.add(archive, _ADDED, count + turn * _ADDED)
        added.append(cold.seconds(command)[0])
        nothing.append(cold.seconds(command)[0])
    return [
        Figure(f"index, {_ADDED} documents more", median(added), "s", Aim(0.5)),
        Figure("index, nothing changed", median(nothing), "s", Aim(0.3)),
    ]
