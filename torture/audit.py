"""The audit log: whoever edits, inserts, deletes or swaps lines is found; a cut end by its head."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from torture import child, oracle, stock
from torture.report import Result, Stopwatch
from torture.stock import Stock

_SEED = 20261122
#: The log, file by file, as lines without their line feeds.
Log = dict[str, list[bytes]]


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("audit", help="the audit log, tampered with")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Tamper 500 times, cut the end 100 times and tear the last line 100 times; --short a tenth."""
    share = 10 if options.short else 1
    with stock.fast_folder() as folder:
        made = _written(folder, 100 // share)
        return [_tampered(made, 500 // share), _cut(made, 100 // share), _torn(made, 100 // share)]


def _written(folder: Path, edits: int) -> Stock:
    """Make an archive whose log stands in the files of three months."""
    made = stock.make(folder)
    for number in range(edits):
        made.must("edit", stock.ident("one"), f"note=lần {number}")
    log = sorted((made.root / "audit").iterdir())[0]
    lines = log.read_bytes().splitlines(keepends=True)
    third = len(lines) // 3
    for name, part in (("2026-01", lines[:third]), ("2026-02", lines[third : 2 * third])):
        (log.parent / f"{name}.jsonl").write_bytes(b"".join(part))
    log.write_bytes(b"".join(lines[2 * third :]))
    log.rename(log.with_name("2026-03.jsonl"))
    made.must("verify")
    return made


def _read(root: Path) -> Log:
    return {
        path.name: path.read_bytes().splitlines() for path in sorted((root / "audit").iterdir())
    }


@cache
def _room(root: Path) -> Path:
    """Return this process's own copy of an archive."""
    room = Path(tempfile.mkdtemp(dir=root.parent)) / "archive"
    shutil.copytree(root, room, symlinks=True)
    return room


def _write(made: Stock, data: dict[str, bytes]) -> Stock:
    """Let the log of this process's own copy be another."""
    room = made.at(_room(made.root))
    shutil.rmtree(room.root / "audit")
    (room.root / "audit").mkdir()
    for name, content in data.items():
        (room.root / "audit" / name).write_bytes(content)
    return room


def _whole(log: Log) -> dict[str, bytes]:
    return {name: b"".join(line + b"\n" for line in lines) for name, lines in log.items()}


def _edited(choose: random.Random, log: Log) -> dict[str, bytes]:
    """Flip one bit anywhere, the last line and line feeds included."""
    data = _whole(log)
    name = choose.choice(list(data))
    changed = bytearray(data[name])
    changed[choose.randrange(len(changed))] ^= 1 << choose.randrange(8)
    return {**data, name: bytes(changed)}


def _last_edited(choose: random.Random, log: Log) -> dict[str, bytes]:
    """Let the last line name another document or person."""
    name = list(log)[-1]
    line = log[name][-1]
    at = choose.randrange(len(line))
    other = bytes([line[at] ^ choose.randrange(1, 256)])
    lines = [*log[name][:-1], line[:at] + other + line[at + 1 :]]
    return _whole({**log, name: lines})


def _forged(choose: random.Random, log: Log) -> dict[str, bytes]:
    """Edit a line other than the last, and give it the hash that fits."""
    name, at = _somewhere(choose, log)
    said = json.loads(log[name][at])
    said["ids"] = [oracle.sha256(b"%d" % choose.randrange(1 << 30))]
    del said["hash"]
    data = json.dumps(said, ensure_ascii=False).encode()
    line = data[:-1] + f', "hash": "{oracle.sha256(data)}"}}'.encode()
    return _whole({**log, name: [*log[name][:at], line, *log[name][at + 1 :]]})


def _inserted(choose: random.Random, log: Log) -> dict[str, bytes]:
    name, at = _somewhere(choose, log)
    other = choose.choice([line for lines in log.values() for line in lines])
    return _whole({**log, name: [*log[name][:at], other, *log[name][at:]]})


def _deleted(choose: random.Random, log: Log) -> dict[str, bytes]:
    name, at = _somewhere(choose, log)
    return _whole({**log, name: [*log[name][:at], *log[name][at + 1 :]]})


def _swapped(choose: random.Random, log: Log) -> dict[str, bytes]:
    """Swap two lines, of one file or of two."""
    one, other = _somewhere(choose, log), _somewhere(choose, log)
    if one == other:
        return _swapped(choose, log)
    changed = {name: list(lines) for name, lines in log.items()}
    changed[one[0]][one[1]] = log[other[0]][other[1]]
    changed[other[0]][other[1]] = log[one[0]][one[1]]
    return _whole(changed)


def _somewhere(choose: random.Random, log: Log) -> tuple[str, int]:
    """Choose a line; not the last, for what is gone at the end only the head tells."""
    places = [(name, at) for name, lines in log.items() for at in range(len(lines))]
    return choose.choice(places[:-1])


TAMPERINGS: dict[str, Callable[[random.Random, Log], dict[str, bytes]]] = {
    "edited": _edited, "last line edited": _last_edited, "forged": _forged, "inserted": _inserted,
    "deleted": _deleted, "swapped": _swapped,
}  # fmt: skip


def _tampered(made: Stock, many: int) -> Result:
    watch, log = Stopwatch(), _read(made.root)
    kinds = list(TAMPERINGS)

    def tamper(number: int) -> bool:
        choose = random.Random(_SEED + number)
        room = _write(made, TAMPERINGS[kinds[number % len(kinds)]](choose, log))
        ran = room.run("verify", "--json")
        return ran.code == 4 and "broken-audit" in ran.out

    found = list(child.spread(tamper, range(many)))
    missed = [f"{kinds[n % len(kinds)]} no. {n}" for n, one in enumerate(found) if not one]
    lines = sum(map(len, log.values()))
    done = f"a log of {lines} lines in 3 files, {', '.join(kinds)}; `verify` each time"
    figure = f"{many - len(missed)} of {many} found"
    return Result("a false audit log is found", done, figure, watch.seconds, tuple(missed))


def _cut(made: Stock, many: int) -> Result:
    """Cut lines off the end: `verify` alone cannot know, `verify --head` does."""
    watch, log = Stopwatch(), _read(made.root)
    every = [(name, line) for name, lines in log.items() for line in lines]
    head = json.loads(every[-1][1])["hash"]

    def cut(number: int) -> list[str]:
        left = every[: random.Random(_SEED + number).randrange(len(every))]
        short: Log = {}
        for name, line in left:
            short.setdefault(name, []).append(line)
        room = _write(made, _whole(short))
        earlier = json.loads(left[-1][1])["hash"] if left else "0" * 64
        found = []
        if room.run("verify", "--head", head).code != 4:
            found.append(f"cut no. {number}: the head of before is not missed")
        if "cut-audit" in room.run("verify", "--json", "--head", earlier).out:
            found.append(f"cut no. {number}: an earlier head is missed")
        return found

    findings = [one for each in child.spread(cut, range(many)) for one in each]
    done = "lines cut off the end; `verify --head` with the head of before, and with an earlier one"
    figure = f"{many - len(findings)} of {many} found by the head"
    return Result("a cut audit log is found", done, figure, watch.seconds, tuple(findings))


def _torn(made: Stock, many: int) -> Result:
    """Tear the last line as a power cut does: the next command mends the log and says so."""
    watch, log = Stopwatch(), _read(made.root)
    name = list(log)[-1]
    data = _whole(log)
    last = len(log[name][-1])

    def tear(number: int) -> list[str]:
        left = random.Random(_SEED + number).randrange(1, last)
        room = _write(made, {**data, name: data[name][: len(data[name]) - 1 - last + left]})
        before = room.run("verify", "--json").out
        room.must("index")
        lines = [json.loads(line) for line in _lines(room.root)]
        mended = [line for line in lines if line["what"] == "audit-mended"]
        if before or [line["cut"] for line in mended] != [left]:
            return [f"torn after {left} bytes: {before or 'not noted'}"]
        return oracle.unchained(room.root)

    findings = [one for each in child.spread(tear, range(many)) for one in each]
    done = "the last line torn at any byte; the next command that writes"
    figure = f"{many - len(findings)} of {many} mended and noted"
    return Result("a torn audit log is mended", done, figure, watch.seconds, tuple(findings))


def _lines(root: Path) -> list[bytes]:
    """Return all lines of a log."""
    return [line for lines in _read(root).values() for line in lines]
