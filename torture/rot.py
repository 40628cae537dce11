"""Bit rot: one flipped bit is found wherever it is, what is whole raises no alarm, copies heal.

The flips are spread evenly over the kinds of files. After each the real command looks for it, every
byte; in the catalogue it must find what changes any answer. Bad objects of our own, one for each
error code of the OCFL specification, are judged as an outside validator judges them.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from torture import child, oracle, stock
from torture.ready import paper
from torture.report import Result, Stopwatch
from torture.stock import Stock
from torture.verdicts import judged, mended

_SEED = 20261122
#: Kind of file -> where such files stand in an archive.
KINDS = {
    "original": ("store/**/original/*", "hold/objects/**/original/*"),
    "access copy": ("store/**/access.pdf",),
    "record": ("store/**/record.json", "hold/objects/**/record.json"),
    "inventory": ("store/**/inventory.json", "hold/objects/**/inventory.json"),
    "sidecar": ("store/**/inventory.json.sha512",),
    "events": ("store/**/events.jsonl",),
    "text": ("store/**/text/*.txt",),
    "words": ("store/**/pages.json",),
    "mark": ("store/**/0=*", "store/ocfl_layout.json", "store/extensions/*/config.json"),
    "audit log": ("audit/*.jsonl",),
}


@dataclass(frozen=True)
class Flip:
    """One bit of one file: which byte of it and which bit."""

    kind: str
    path: Path
    byte: int
    bit: int

    def in_(self, root: Path) -> None:
        """Flip it in an archive."""
        path = root / self.path
        path.chmod(0o640)
        with path.open("r+b") as file:
            file.seek(self.byte)
            (value,) = file.read(1)
            file.seek(self.byte)
            file.write(bytes([value ^ (1 << self.bit)]))


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("rot", help="flipped bits, bad objects, repair from a copy")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Flip 1,000 bits in files and 1,000 in the catalogue; with --short 60 each."""
    many = 60 if options.short else 1000
    with stock.fast_folder() as folder:
        made = stock.make(folder)
        return [
            _files(made, many),
            _catalogue(made, many),
            _healthy(folder / "healthy", 50 if options.short else 1000),
            judged(made),
            mended(made, _flips(made.root, many // 2), many // 5),
        ]


def _flips(root: Path, many: int) -> list[Flip]:
    """Choose bits, evenly over the kinds and, within a kind, over its files."""
    choose, found = random.Random(_SEED), []
    places = {
        kind: sorted(path for one in patterns for path in root.glob(one) if path.stat().st_size)
        for kind, patterns in KINDS.items()
    }
    for number in range(many):
        kind = list(KINDS)[number % len(KINDS)]
        path = choose.choice(places[kind])
        byte = choose.randrange(path.stat().st_size)
        found.append(Flip(kind, path.relative_to(root), byte, choose.randrange(8)))
    return found


@cache
def _room(root: Path) -> Path:
    """Return this process's own copy of an archive."""
    room = Path(tempfile.mkdtemp(dir=root.parent)) / "archive"
    shutil.copytree(root, room, symlinks=True)
    return room


def _files(made: Stock, many: int) -> Result:
    watch, flips = Stopwatch(), _flips(made.root, many)

    def look(flip: Flip) -> tuple[bool, bool]:
        room = made.at(_room(made.root))
        before = (room.root / flip.path).read_bytes()
        flip.in_(room.root)
        found = room.run("verify", "--deep").code == 4, room.run("verify").code == 4
        (room.root / flip.path).write_bytes(before)
        return found

    found = list(child.spread(look, flips))
    missed = [flip for flip, (deep, _) in zip(flips, found, strict=True) if not deep]
    quick = Counter(flip.kind for flip, (_, one) in zip(flips, found, strict=True) if one)
    done = f"{many} bits flipped in {len(KINDS)} kinds of files, each with `verify --deep`"
    figure = f"{many - len(missed)} of {many} found; without --deep {sum(quick.values())}"
    return Result("bit rot is found", done, figure, watch.seconds, tuple(map(str, missed)))


def _catalogue(made: Stock, many: int) -> Result:
    """Flip bits of the catalogue: whatever changes an answer must be found."""
    watch, choose = Stopwatch(), random.Random(_SEED)
    path = Path("catalogue.sqlite")
    used = [at for at, value in enumerate((made.root / path).read_bytes()) if value]
    flips = [Flip("catalogue", path, choose.choice(used), choose.randrange(8)) for _ in range(many)]
    whole = _answers(made.root)

    def look(flip: Flip) -> tuple[bool, bool]:
        room = made.at(_room(made.root))
        before = (room.root / path).read_bytes()
        flip.in_(room.root)
        other = _answers(room.root) != whole
        found = room.run("verify", "--deep").code == 4
        (room.root / path).unlink()
        (room.root / path).write_bytes(before)
        return other, found

    found = list(child.spread(look, flips))
    missed = [flip for flip, (other, one) in zip(flips, found, strict=True) if other and not one]
    changed = sum(other for other, _ in found)
    done = f"{many} bits flipped in the catalogue, {changed} of them changing an answer"
    if whole is None or not changed:
        missed.append(flips[0])  # then nothing was tried
    figure = f"{changed - len(missed)} of {changed} found"
    return Result(
        "a false catalogue is found", done, figure, watch.seconds, tuple(map(str, missed))
    )


def _answers(root: Path) -> Any:
    """Return all that the catalogue can be asked; None where it cannot answer."""
    import sqlite3

    from partydoc.archive import tally, whereabouts
    from partydoc.archive.catalogue import Catalogue

    try:
        with Catalogue(root / "catalogue.sqlite") as catalogue:
            rows = [
                (row.id, row.status, row.held, row.pages, row.added_at, row.kept)
                for row in sorted(catalogue.changed_since(-1), key=lambda row: row.id)
            ]
            where = [
                (catalogue.row(row[0]) is None, whereabouts.of(catalogue, row[0])) for row in rows
            ]
            units = [catalogue.unit(name) for name in ("A29", "A29-01", stock.FOLDER)]
            references = [f"{stock.FOLDER}-{number:03d}" for number in range(1, 9)]
            entries = [whereabouts.at(catalogue, reference) for reference in references]
            unread = [row.id for row in catalogue.unread()]
            counts = [of(catalogue) for of in (tally.counts, tally.not_searched, tally.searched)]
            return rows, where, units, entries, unread, counts, sorted(catalogue.held())
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, FileNotFoundError):
        return None


def _healthy(folder: Path, many: int) -> Result:
    """Take in that many papers: nothing must be found in them, by us or by ocfl-py."""
    watch = Stopwatch()
    folder.mkdir()
    made = stock.empty(folder)
    made = made.bring({f"p{number}": paper(f"THÔNG BÁO\nsố {number}") for number in range(many)})
    made.must("scan", "--unclassified", "--folder", stock.FOLDER)
    ran = made.run("verify", "--deep", "--json")
    findings = [*ran.out.splitlines(), *oracle.broken(made.root), *oracle.disagreeing(made.root)]
    if ran.code:
        findings.append(f"exit {ran.code}")
    there = len(oracle.documents(made.root))
    if there != many:
        findings.append(f"{there} objects instead of {many}")
    figure = f"{len(findings)} false alarms in {there} objects; ocfl-py agrees on all"
    done = f"{many} documents taken in, `verify --deep`, ocfl-py"
    return Result("what is whole raises no alarm", done, figure, watch.seconds, tuple(findings))
