"""How long a person waits who corrects a record while `nightly` reads real scans."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from torture import child, oracle, stock
from torture.report import Result, Stopwatch
from torture.stock import Stock

_PROMISE = "edit answers within 2 s while nightly runs"
_LIMIT_SECONDS = 2.0
_SCANS = Path(__file__).resolve().parent.parent / "samples" / "scans"
#: So many scans lie in the inbox, each of the samples several times with other bytes.
_MANY, _FEW = 40, 4
_PAUSE_SECONDS = 0.3


def run(short: bool) -> Result:
    """Edit again and again until the night is over; with `short` a short night, any speed will do:
    who runs that shares the machine.
    """
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as name:
        now, documents = _prepared(Path(name), _FEW if short else _MANY)
        seconds, findings = _night(now, documents)
    slow = sorted(seconds)
    high = slow[int(0.95 * len(slow))] if slow else 0.0
    if not short and slow and slow[-1] > _LIMIT_SECONDS:
        late = sum(one > _LIMIT_SECONDS for one in slow)
        findings.append(f"{late} of {len(slow)} edits took longer than {_LIMIT_SECONDS:g} s")
    if not slow:
        findings.append("NOT RUN: no edit came in between")
    figure = f"95 % within {high:.2f} s, the slowest {max(slow, default=0):.2f} s"
    done = f"{len(slow)} edits beside one nightly with OCR of {_FEW if short else _MANY} scans"
    return Result(_PROMISE, done, figure, watch.seconds, tuple(findings))


def _prepared(folder: Path, many: int) -> tuple[Stock, list[str]]:
    """Return an archive with scans in its inbox, and documents that can be corrected."""
    now = stock.empty(folder)
    papers = [*_scans(many + 3)]
    known = folder / "known"
    known.mkdir()
    for place, (name, data) in enumerate(papers):
        target = known if place < 3 else now.root / "inbox"
        (target / name).write_bytes(data)
    now.must("scan", "--unclassified", "--no-ocr", str(known), how=child.program)
    return now, [oracle.sha256(data) for _name, data in papers[:3]]


def _scans(many: int) -> Iterator[tuple[str, bytes]]:
    samples = sorted(path for path in _SCANS.iterdir() if path.suffix == ".pdf")
    for number in range(many):
        path = samples[number % len(samples)]
        yield f"{number:03d}-{path.name}", path.read_bytes() + b"%%%d\n" % number


def _night(now: Stock, documents: Sequence[str]) -> tuple[list[float], list[str]]:
    """Return how long each edit took, and what was wrong."""
    command = [sys.executable, "-P", "-m", "partydoc", "-a", str(now.root), "nightly", "--quiet"]
    environment = {**os.environ, **now.env, "PYTHONPATH": str(_SCANS.parent.parent)}
    seconds, findings = [], []
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as night:
        while night.poll() is None:
            time.sleep(_PAUSE_SECONDS)
            document = documents[len(seconds) % len(documents)]
            began = time.monotonic()
            ran = now.run("edit", document, f"place=Xã {len(seconds)}", how=child.program)
            if night.poll() is None:
                seconds.append(time.monotonic() - began)
            if ran.code:
                findings.append(f"edit ended with {ran.code}: {ran.err[-300:]}")
    if night.returncode not in (0, 3):
        findings.append(f"nightly ended with {night.returncode}")
    return seconds, findings
