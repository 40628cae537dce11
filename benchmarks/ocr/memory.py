"""How much memory and temporary disk one worker needs at its peak.

What it makes, access copy and words, is no temporary file: that is written where it stays.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.ocr import contestants, engines
from benchmarks.ocr.batches import Batch, Press
from partydoc.ocr import Readers
from partydoc.ocr.parcel import ACCESS, PAGES

_EVERY = 0.05  # seconds
_BLOCK = 512  # bytes, in which a file says how much room it takes
#: At most so many megabytes a worker: on A4 at 300 dpi, and on A3 at 600 dpi.
_A4, _A3 = Aim(350), Aim(700)
#: Temporary files at most: so many pages of the document, and megabytes for the words of each.
_AT_ONCE, _WORDS = 3, 0.03
#: What is to last: access copy and words. While it is written a copy has a name of its own.
_RESULTS = ACCESS, PAGES


@dataclass
class Peak:
    """Megabytes at most: the document, of so many pages, the worker, the largest program it
    started, all files there are, and the results.
    """

    name: str
    aim: Aim
    document: float
    pages: int
    worker: float = 0
    program: float = 0
    disk: float = 0
    result: float = 0
    #: What there was at each look: all files, and those of them that are results.
    looks: list[tuple[float, float]] = field(default_factory=list)

    @property
    def temporary(self) -> float:
        """What is no result, as far as it is written; one that stands there twice counts once."""
        return max((disk - min(made, self.result) for disk, made in self.looks), default=0)

    @property
    def most_temporary(self) -> Aim:
        """What its temporary files are to come to at most."""
        pages = min(_AT_ONCE, self.pages + 1)
        return Aim(round(pages * self.document / self.pages + _WORDS * self.pages, 1))

    def see(self, folder: Path) -> None:
        """Take a look at all our descendants and at the folder."""
        for pid in _descendants(os.getpid()):
            name, high = _status(pid)
            if name.startswith("python"):  # bubblewrap stands between us and it
                self.worker = max(self.worker, high)
            else:
                self.program = max(self.program, high)
        files = list(_files(folder))
        results = [[size for name, size in files if each in name] for each in _RESULTS]
        self.result = max(self.result, sum(max(sizes, default=0) for sizes in results))
        self.looks.append((sum(size for _, size in files), sum(map(sum, results))))
        self.disk = max(self.disk, self.looks[-1][0])


def measure(press: Press, long: bool, large: bool) -> list[Peak]:
    """Read documents with one worker each; `long` adds 400 pages, `large` A3 at 600 dpi."""
    peaks = [_peak(press.bind(f"{size} pages, A4 at 300 dpi", (size,)), _A4)
             for size in ((5, 20, 400) if long else (5, 20))]  # fmt: skip
    return [*peaks, _peak(press.large(), _A3)] if large else peaks


def _peak(batch: Batch, aim: Aim) -> Peak:
    size = sum(path.stat().st_size for path, _ in batch.documents) / 1e6
    pages = sum(pages for _, pages in batch.documents)
    peak, over = Peak(batch.name, aim, size, pages), threading.Event()
    with TemporaryDirectory() as folder, Readers(Path(folder), 1, engines.LANGUAGES) as pool:

        def watch() -> None:
            while not over.wait(_EVERY):
                peak.see(Path(folder))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            contestants.read_all(pool, batch, Path(folder))
        finally:
            over.set()
            watcher.join()
        peak.see(Path(folder))  # a worker that still lives tells its peak exactly
    return peak


def _descendants(root: int) -> Iterator[int]:
    """Yield all processes that stem from one."""
    family = {root}
    for pid in sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue  # it has ended
        parent = int(stat.rpartition(")")[2].split()[1])
        if parent in family:
            family.add(pid)
            yield pid


def _status(pid: int) -> tuple[str, float]:
    """Return the name of a process and the megabytes it had at most; nothing if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return "", 0
    said = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return said["Name"], int(said.get("VmHWM", "0 kB").split()[0]) / 1024


def _files(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield name and megabytes of each file that takes room: no other name of one elsewhere."""
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                status = Path(path, name).lstat()
            except OSError:
                continue  # it has gone
            if status.st_nlink == 1:
                yield name, status.st_blocks * _BLOCK / 1e6


def lines(peaks: list[Peak]) -> list[str]:
    """Return the table in Markdown."""
    table = [
        "| document of | MB | worker MB | aim | largest program MB |"
        " files MB | of them results | temporary files MB | aim |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for peak in peaks:
        worker = f"{peak.worker:.0f}{peak.aim.missed(peak.worker)}"
        files = f"{peak.temporary:.1f}{peak.most_temporary.missed(peak.temporary)}"
        table.append(
            f"| {peak.name} | {peak.document:.0f} | {worker} | {peak.aim.said()} |"
            f" {peak.program:.0f} | {peak.disk:.0f} | {peak.result:.0f} | {files} |"
            f" {peak.most_temporary.said()} |"
        )
    return table


def figures(peaks: list[Peak]) -> list[dict[str, Any]]:
    """Return the peaks for JSON."""
    return [{"document": peak.name, **peak.aim.judged(peak.worker),
             "document_mb": round(peak.document, 1), "worker_mb": round(peak.worker, 1),
             "program_mb": round(peak.program, 1), "disk_mb": round(peak.disk, 1),
             "result_mb": round(peak.result, 1), "temporary_mb": round(peak.temporary, 2),
             "temporary": peak.most_temporary.judged(peak.temporary)}
            for peak in peaks]  # fmt: skip
