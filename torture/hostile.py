"""Hostile and broken files through the real command line: each ends, and nothing is left of it.

Files are scanned in batches by `partydoc scan`, with its readers as everybody has them. Of every
file is asked: one outcome, with a reason in one line; in time; no traceback, no process, no
temporary file; the file itself as it was, and, where it was taken in, bit for bit in the store.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from torture import mutants, oracle
from torture.report import Result, Stopwatch

_PROMISE = "a hostile file ends with a reason and leaves nothing behind"
_ROOT = Path(__file__).resolve().parents[1]
_BATCH = 50
#: Seconds that a document may take: for a look, for reading it and each of its pages, and to end.
_LOOK, _BASE, _PAGE, _MORE = 60, 60, 15, 5
_OUTCOMES = frozenset(
    {"archived", "duplicate", "original-only", "held", "awaiting-class", "quarantined", "failed"}
)
#: Of a document that is kept, read once in vain and to be tried again.
_AGAIN = frozenset({"time-limit", "resource-limit", "ocr-failed", "access-copy-failed"})
_REFUSED = frozenset({"no-permission", "symlink-refused", "not-a-file"})


def add(parts: Any) -> None:
    """Add the parser."""
    parser = parts.add_parser("hostile", help="broken, hostile and odd files through `scan`")
    parser.add_argument("--files", type=Path, metavar="DIR", help="all files of this folder too")
    parser.add_argument("--mutated", type=int, metavar="N", help="so many changed files (1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Scan bombs, changed files, and those of a folder."""
    count = options.mutated if options.mutated is not None else 20 if options.short else 1000
    with TemporaryDirectory(prefix="partydoc-torture-") as name:
        base = Path(name)
        results = [_scanned("bombs", base, list(_bombs(_new(base / "bombs"), options.short)))]
        changed = list(mutants.mutants(_new(base / "mutants"), count, options.seed))
        what = f"files with changed bytes (seed {options.seed})"
        results.append(_scanned(what, base, changed))
        if options.files:
            found = sorted(path for path in options.files.rglob("*") if path.is_file())
            results.append(_scanned("files of a folder", base, found))
    return results


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _bombs(folder: Path, short: bool) -> Iterator[Path]:
    """Write the bombs of the tests; those that only drawing shows cost the most time."""
    sys.path.insert(0, str(_ROOT / "tests"))
    import bombs

    endless = () if short else bombs.ENDLESS_TO_DRAW
    for number, make in enumerate((*bombs.BOMBS, *bombs.HARMLESS, *endless)):
        yield make(_new(folder / str(number)))  # some have the same name


@dataclass
class _Found:
    """What was found of one kind of files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)


def _scanned(what: str, base: Path, files: Sequence[Path]) -> Result:
    """Scan files into a new archive, batch by batch; say what is wrong."""
    watch, found = Stopwatch(), _Found()
    work = base / hashlib.sha256(what.encode()).hexdigest()[:8]
    archive, temporary = work / "archive", work / "tmp"
    temporary.mkdir(parents=True)
    _command(temporary, "init", str(archive), "--network", "independent-lan")
    before = {path: _state(path) for path in files}
    kept: set[str] = set()
    for start in range(0, len(files), _BATCH):
        kept |= _batch(archive, temporary, files[start : start + _BATCH], found)
    found.findings += [f"changed: {path.name}" for path in files if _state(path) != before[path]]
    found.findings += oracle.judge(archive, kept)
    done = f"{len(files)} {what}: " + ", ".join(f"{n} {one}" for one, n in _often(found.outcomes))
    figure = (
        f"breaches {len(found.findings)}; slowest {found.slowest:.0f} s; "
        + ", ".join(f"{one} {n}" for one, n in _often(found.reasons))
    )  # fmt: skip
    return Result(_PROMISE, done, figure, watch.seconds, tuple(found.findings))


def _often(counted: Counter[str]) -> list[tuple[str, int]]:
    return counted.most_common()


def _batch(
    archive: Path, temporary: Path, batch: Sequence[Path], found: _Found
) -> set[str]:  # fmt: skip
    """Scan some files; return the ids of those that were kept."""
    ran = _command(temporary, "-a", str(archive), "scan", "--jobs", "2", "--json", *map(str, batch))
    found.findings += _of_the_run(ran, archive, temporary)
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    told = Counter(line.get("source") for line in lines)
    found.findings += [f"{told[str(path)]} outcomes: {path.name}" for path in batch
                       if told[str(path)] != 1]  # fmt: skip
    for line in lines:
        found.outcomes[line.get("outcome", "?")] += 1
        found.slowest = max(found.slowest, line.get("seconds", 0))
        if line.get("reason"):
            found.reasons[line["reason"]] += 1
        found.findings += [f"{wrong}: {line}" for wrong in _of_the_line(line)]
    return {line["id"] for line in lines if line.get("id")}


def _command(temporary: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, its temporary files in a folder of their own."""
    environment = {
        **os.environ, "TMPDIR": str(temporary), "PARTYDOC_LANG": "en", "PYTHONPATH": str(_ROOT),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "partydoc", *arguments],
        capture_output=True, text=True, errors="backslashreplace", env=environment, check=False,
    )  # fmt: skip


def _of_the_run(
    ran: subprocess.CompletedProcess[str], archive: Path, temporary: Path
) -> Iterator[str]:
    if ran.returncode not in (0, 3):
        yield f"ended with {ran.returncode}: {ran.stderr[-300:]}"
    if "Traceback" in ran.stdout + ran.stderr:
        yield f"traceback: {ran.stderr[-300:]}"
    yield from (f"left over: {path}" for path in temporary.iterdir())
    yield from (one for one in oracle.left_over(archive))
    yield from (f"still running: {one}" for one in _running(archive))


def _of_the_line(line: dict[str, Any]) -> Iterator[str]:
    outcome, reason, message = (line.get(name) for name in ("outcome", "reason", "message"))
    if outcome not in _OUTCOMES:
        yield "no outcome"
    if outcome == "failed" and reason not in _AGAIN | _REFUSED:
        yield "not foreseen"
    if outcome not in ("archived", "duplicate") and not (reason and message):
        yield "no reason"
    if "\n" in (message or "") or "Error" in (message or ""):
        yield "no sentence"
    allowed = _LOOK + _BASE + _PAGE * (line.get("pages") or 0) + _MORE
    if line.get("seconds", 0) > allowed:
        yield "too long"
    document, source = line.get("id"), line.get("source")
    if document and source and document != _digest(Path(source)):
        yield "another document"


def _running(archive: Path) -> Iterator[str]:
    """Name the processes that stand in the archive or speak of it."""
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
            stands = (folder / "cwd").readlink().is_relative_to(archive)
            if stands or str(archive).encode() in words:
                yield words.decode("utf-8", "backslashreplace")[:200]


def _state(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return _digest(path), status.st_mtime_ns, status.st_mode


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
