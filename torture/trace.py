"""strace of real commands, OCR included: nothing in the archive is changed but through disk.py.

Named exceptions are what SQLite writes into the catalogue, what the search engine writes into the
index, the folders in staging in which OCR processes work with the two files that they leave in the
job of a document (they are synced before they become a part of it), and the empty files of locks.
Besides, whatever gets its place in store, hold or quarantine gets it by a rename that cannot
replace anything.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from torture import oracle, stock
from torture.marked import BEGIN, END
from torture.report import Result, Stopwatch, skipped
from torture.stock import FOLDER, Stock
from torture.syscalls import CHANGES, Call, watched

_PROMISE = "one module alone changes the archive"
#: What SQLite itself does to its file and its journal; the file's name is not its own to change.
_SQLITE = re.compile(r"catalogue\.sqlite(\.new-\d+)?(-journal)?$")
_OF_SQLITE = ("openat", "open", "pwrite64", "write", "ftruncate", "fchown", "fchmod", "fallocate")
_INDEX = re.compile(r"index(\.next|\.new-old)?(/|$)")
_OCR = re.compile(
    r"(hold/)?staging/([^/]+/)?((inspector|reader-\d+)(/|$)|job-[^/]+/(access\.pdf|pages\.json)$)"
)
_LOCK = re.compile(r"\.(lock|turn|nightly|indexing|review)$|hold/staging/\.[^/]+$")
_FINAL = re.compile(r"(store|hold/objects|quarantine)/")


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("trace", help="strace: no write goes round archive/disk.py")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Trace commands that change everything there is; with --short three of them."""
    watch, findings, seen, done = Stopwatch(), list[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory() as name, skipped(findings, "strace"):
        now = stock.empty(Path(name))
        ids = _papers(now)
        for words in islice(_commands(now, ids), 3 if options.short else None):
            done += 1
            take = partial(_counted, seen, now.root)
            ran, told = watched(take, "torture.marked", "-a", now.root, *words, env=now.env)
            findings += [f"{words[0]}: {one}" for one in told]
            if ran.code not in (0, 3):
                findings.append(f"{words[0]}: exit {ran.code}: {ran.err[-200:]}")
    parts = ", ".join(f"{seen[how]} by {how}" for how in ("disk", "SQLite", "the index", "OCR"))
    what = f"{done} real commands under strace: {parts}"
    return Result(_PROMISE, what, f"{seen['round it']} round it", watch.seconds, tuple(findings))


def _papers(now: Stock) -> list[str]:
    """Put two real scans and a file that is none into the inbox; return the ids of the scans."""
    from PIL import Image, ImageDraw, ImageFont

    ids = []
    for number in (1, 2):
        page = Image.new("L", (1240, 1754), "white")
        font = ImageFont.load_default(34)
        for row in range(12):
            text = f"Bao cao so {number} dong {row} cua van phong xa"
            ImageDraw.Draw(page).text((150, 150 + 60 * row), text, "black", font)
        path = now.root / "inbox" / f"{number}.png"
        page.save(path, dpi=(150, 150))
        ids.append(oracle.sha256(path.read_bytes()))
    (now.root / "inbox" / "none.pdf").write_bytes(b"%PDF-1.7 but nothing that follows from it")
    return ids


def _commands(now: Stock, ids: list[str]) -> Iterator[list[str]]:
    one, two = ids
    yield ["scan", "--folder", FOLDER, "--unclassified", "--jobs", "1"]
    yield ["edit", one, two, "signer=Nguyễn Văn Mẫu"]
    yield ["classify", two, "--secret", "mat"]
    yield ["undo", _of_the_edit(now)]
    yield ["hold", "release", two, "--reason", "Giải mật"]
    yield ["catalogue", "add", "folder", "A29-01-0004", "--title", "Mới"]
    yield ["index", "--rebuild"]
    yield ["nightly"]


def _of_the_edit(now: Stock) -> str:
    """Return the number of the operation that was an edit."""
    log = map(json.loads, now.must("log", "--json").out.splitlines())
    return next(str(one["operation"]) for one in log if one["what"] == "edit")


def _counted(seen: Counter[str], root: Path, calls: Iterable[Call]) -> list[str]:
    """Count how each change came about; return those that went round, or may replace something."""
    told = []
    for how, call, path in _judged(calls, root):
        seen[how] += 1
        if how in ("round it", "replacing"):
            told.append(f"{call.name} {path}: {how}")
    return told


def _judged(calls: Iterable[Call], root: Path) -> Iterator[tuple[str, Call, str]]:
    """Yield each call that changes something in the archive, and how it came about."""
    depth: Counter[int] = Counter()
    for call in calls:
        if call.name in ("access", "faccessat2"):
            depth[call.pid] += (call.named == BEGIN) - (call.named == END)
        elif call.name in CHANGES or call.makes:
            there = [path for path in map(Path, call.touches) if path.is_relative_to(root)]
            paths = [str(path.relative_to(root)) for path in there]
            if paths:
                yield _how(call, paths, depth[call.pid] > 0), call, paths[-1]


def _how(call: Call, paths: list[str], through_disk: bool) -> str:
    if call.name.startswith("rename") and _may_replace(call, paths[-1]):
        return "replacing"
    if through_disk:
        return "disk"
    if any(_OCR.match(path) for path in paths):
        return "OCR"
    if all(_INDEX.match(path) for path in paths):
        return "the index"
    if all(_SQLITE.match(path) for path in paths) and (
        call.name in _OF_SQLITE or paths[0].endswith("-journal")
    ):
        return "SQLite"
    return "a lock" if call.makes and _LOCK.match(paths[0]) else "round it"


def _may_replace(call: Call, target: str) -> bool:
    """Whether a rename into the places that count could replace what stands there."""
    safe = {"RENAME_NOREPLACE", "RENAME_EXCHANGE"} & {*call.arguments[-1].split("|")}
    return bool(_FINAL.match(target)) and not safe and not target.endswith(".json")
