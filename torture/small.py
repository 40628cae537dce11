"""Disks that are too small: for any operation with ready readings, and for reading itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from torture import child, objects, oracle, stock
from torture.aftermath import ended, finished
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock
from torture.system import do
from torture.trouble import NO_ROOM, Trouble, met

_SIZES = 40
_BYTES = 16_384
_ON_SMALL = ("scan", "edit many", "ocr", "classify as secret")
_SCAN = Path(__file__).resolve().parents[1] / "samples" / "scans" / "party-1998-report.pdf"
#: KB of room in which the scan cannot be read, or its copy not be taken; the first in short.
_READ_IN = (200, 0, 100, 150, 260, 320, 480, 960)


def troubles(templates: Mapping[str, Stock], sizes: int) -> Iterator[Trouble]:
    """Yield disks of so many sizes, with room for bytes or for files."""
    there = [scene for scene in SCENES if scene.name in templates]
    for number in range(sizes):
        for scene in there:
            template = templates[scene.name]
            if scene.name in _ON_SMALL:
                room = {"size": number * _BYTES * _SIZES // sizes}
                name = f"store with {room['size'] >> 10} KB of room"
                yield Trouble(name, scene, template, partial(_meet, template, room))
            if scene.name == _ON_SMALL[number % len(_ON_SMALL)]:
                room = {"nr_inodes": number * _SIZES // sizes}
                name = f"staging with room for {room['nr_inodes']} files"
                yield Trouble(name, scene, template, partial(_meet, template, room))


def _meet(template: Stock, room: Mapping[str, int], scene: Scene, now: Stock) -> list[str]:
    with _tmpfs(now.root.parent / "small") as disk:
        now = template.copy(disk / "archive")
        _limit(disk, room)
        ran = now.run(*scene.words(now))
        found = met(scene, now, ran, (NO_ROOM,))
        _widen(disk)
        return found + finished(scene, now)


def reading(folder: Path, short: bool) -> Iterator[Trouble]:
    """Yield disks on which the real program has hardly room to read a scan."""
    template = stock.empty(folder).bring({"scan": _SCAN.read_bytes()})
    kept = template.run("scan", "--no-ocr", how=child.program)
    if kept.code:
        raise RuntimeError(f"scan --no-ocr: exit {kept.code}: {kept.err}")
    scene = Scene("ocr for real", ("ocr",), then=("nightly",))
    for size in _READ_IN[:1] if short else _READ_IN:
        meet = partial(_read, template, {"size": size << 10})
        yield Trouble(f"reading with {size} KB of room", scene, template, meet)


def _read(template: Stock, room: Mapping[str, int], scene: Scene, now: Stock) -> list[str]:
    """Read on a full disk more often than a document is tried; then make room."""
    with _tmpfs(now.root.parent / "small") as disk:
        now = template.copy(disk / "archive")
        _limit(disk, room)
        found = []
        for _ in range(3):
            ran = now.run(*scene.command, how=child.program)
            found += met(scene, now, ran, (NO_ROOM,))
        _widen(disk)
        found += ended(now.run(*scene.then, how=child.program), (0,))
        found += oracle.judge(now.root, now.inputs)
        return found + [*_unread(now)]


def _unread(now: Stock) -> Iterator[str]:
    for one, (folder, *_) in oracle.documents(now.root).items():
        if "text/0001.txt" not in objects.head(folder):
            yield f"{one[:12]} was not read"


@contextmanager
def _tmpfs(place: Path) -> Iterator[Path]:
    place.mkdir(parents=True)
    do("mount", "-t", "tmpfs", "-o", "size=64M", "tmpfs", place)
    try:
        yield place
    finally:
        do("umount", "--lazy", place)


def _limit(disk: Path, room: Mapping[str, int]) -> None:
    """Leave so much room on a file system: `size` in bytes, `nr_inodes` in files."""
    there = os.statvfs(disk)
    used = {
        "size": (there.f_blocks - there.f_bfree) * there.f_frsize,
        "nr_inodes": there.f_files - there.f_ffree,
    }
    limits = ",".join(f"{name}={used[name] + more}" for name, more in room.items())
    do("mount", "-o", f"remount,{limits}", disk)


def _widen(disk: Path) -> None:
    do("mount", "-o", "remount,size=64M,nr_inodes=0", disk)
