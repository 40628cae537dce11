"""How much memory and temporary disk one worker needs at its peak."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.ocr import contestants, engines
from benchmarks.ocr.batches import Batch, Press
from partydoc.ocr import Readers

_EVERY = 0.05  # seconds
#: At most so many megabytes a worker: on A4 at 300 dpi, and on A3 at 600 dpi.
_A4, _A3 = Aim(350), Aim(700)
#: Temporary files at most, in sizes of the document: what is read and what is made of it, the words
#: of its pages, and so many megabytes.
_COPIES, _BESIDE = 2.2, 1


@dataclass
class Peak:
    """Megabytes: the document, the worker, the largest program it started, temporary files."""

    name: str
    aim: Aim
    document: float
    worker: float = 0
    program: float = 0
    disk: float = 0

    @property
    def most_files(self) -> Aim:
        """What its temporary files are to come to at most."""
        return Aim(round(_COPIES * self.document + _BESIDE))

    def see(self, folder: Path) -> None:
        """Take a look at all our descendants and at the folder."""
        for pid in _descendants(os.getpid()):
            name, high = _status(pid)
            if name.startswith("python"):  # bubblewrap stands between us and it
                self.worker = max(self.worker, high)
            else:
                self.program = max(self.program, high)
        self.disk = max(self.disk, _size(folder))


def measure(press: Press, long: bool, large: bool) -> list[Peak]:
    """Read documents with one worker each; `long` adds 400 pages, `large` A3 at 600 dpi."""
    peaks = [_peak(press.bind(f"{size} pages, A4 at 300 dpi", (size,)), _A4)
             for size in ((5, 20, 400) if long else (5, 20))]  # fmt: skip
    return [*peaks, _peak(press.large(), _A3)] if large else peaks


def _peak(batch: Batch, aim: Aim) -> Peak:
    size = sum(path.stat().st_size for path, _ in batch.documents) / 1e6
    peak, over = Peak(batch.name, aim, size), threading.Event()
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


def _size(folder: Path) -> float:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(path, name).lstat().st_size
            except OSError:
                continue  # it has gone
    return total / 1e6


def lines(peaks: list[Peak]) -> list[str]:
    """Return the table in Markdown."""
    table = [
        "| document of | MB | worker MB | aim | largest program MB | temporary files MB | aim |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for peak in peaks:
        worker = f"{peak.worker:.0f}{peak.aim.missed(peak.worker)}"
        files = f"{peak.disk:.0f}{peak.most_files.missed(peak.disk)}"
        table.append(
            f"| {peak.name} | {peak.document:.0f} | {worker} | {peak.aim.said()} |"
            f" {peak.program:.0f} | {files} | {peak.most_files.said()} |"
        )
    return table


def figures(peaks: list[Peak]) -> list[dict[str, Any]]:
    """Return the peaks for JSON."""
    return [{"document": peak.name, **peak.aim.judged(peak.worker),
             "document_mb": round(peak.document, 1), "worker_mb": round(peak.worker, 1),
             "program_mb": round(peak.program, 1), "disk_mb": round(peak.disk, 1),
             "disk": peak.most_files.judged(peak.disk)}
            for peak in peaks]  # fmt: skip
