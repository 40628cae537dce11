"""Slow writers of another account: only the owner of a file can ask the kernel who writes it.

The scans are nobody's, the files root's. While they are being written they must wait, however often
somebody scans; when they were quiet for long enough they are taken in, whole.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from torture import child, nobody, oracle, stock, writers
from torture.leaves import leaf
from torture.modes import umask
from torture.report import Result, Stopwatch
from torture.stock import Stock

_PROMISE = "no half file of another account is taken in"
_SCAN = ("scan", "--unclassified", "--no-ocr")
_SIZE = 20_000


def run(folder: Path) -> Result:
    """Write in each way, with a scan in each pause; then let the time have passed."""
    watch, findings = Stopwatch(), list[str]()
    if os.geteuid():
        findings.append("NOT RUN: only root can become another account")
        return Result(_PROMISE, "nothing", "-", 0.0, tuple(findings))
    archive = stock.empty(folder)
    folder.chmod(0o755)
    nobody.own(archive.root)
    nobody.own(archive.memory)
    scans = 0

    def pause() -> None:
        nonlocal scans
        scans += 1
        ran = archive.run(*_SCAN, how=partial(child.run, first=nobody.become))
        if ran.code not in (0, 3) or ran.traceback:
            findings.append(f"exit {ran.code}: {ran.out}{ran.err}")

    inbox = archive.root / "inbox"
    files = {inbox / f"{way.__name__}.pdf": way for way in writers.WAYS}
    with umask(0o022):  # everybody may read what they write
        for number, (path, way) in enumerate(files.items()):
            way(path, _data(number), pause)
            pause()
    early = oracle.documents(archive.root)
    findings += [f"taken in too early: {one[:12]}" for one in early]
    findings += _at_last(archive, [oracle.sha256(_data(number)) for number in range(len(files))])
    done = f"{len(files)} ways of writing slowly, scanned by one who does not own the files"
    figure = f"{scans} scans meanwhile, lost or halved {len(findings)}"
    return Result(_PROMISE, done, figure, watch.seconds, tuple(findings))


def _data(number: int) -> bytes:
    return leaf(9500 + number, _SIZE + number)


def _at_last(archive: Stock, whole: list[str]) -> list[str]:
    """Scan as if the time had passed; return what is wrong then."""
    ran = archive.run(*_SCAN, how=partial(child.run, first=_when_time_has_passed))
    found = [f"the last scan: exit {ran.code}: {ran.out}{ran.err}"] if ran.code else []
    kept = set(oracle.documents(archive.root))
    found += [f"half a file archived: {one[:12]}" for one in kept - {*whole}]
    found += [f"left: {ascii(path.name)}" for path in (archive.root / "inbox").iterdir()]
    return found + oracle.judge(archive.root, whole)


def _when_time_has_passed() -> None:
    from partydoc.archive import lease

    nobody.become()
    lease.AT_LEAST = 0.0
