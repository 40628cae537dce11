"""A disk that keeps other bytes than it was given: nothing may rely on them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from torture import child
from torture.aftermath import finished
from torture.kills import clear
from torture.reached import Missed, reached
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock
from torture.trouble import BAD_DISK, Trouble, met


def troubles(templates: Mapping[str, Stock], stride: int, count: Path) -> Iterator[Trouble]:
    """Yield every so many writes of each operation; `count` is a place for a trial run."""
    for first, scene in enumerate(one for one in SCENES if one.name in templates):
        template = templates[scene.name]
        writes = _writes(scene, template, count)
        for number in range(min(1 + first % stride, writes), writes + 1, stride):
            meet = partial(_meet, template, number)
            yield Trouble(f"garbled write {number}", scene, template, meet)


def _writes(scene: Scene, template: Stock, root: Path) -> int:
    """Return how many writes an operation makes when nothing is in its way."""
    now = template.copy(root)
    _run(scene, now, 0)
    clear(now)
    return int(_count(now).read_text())


def _meet(template: Stock, number: int, scene: Scene, now: Stock) -> list[str]:
    try:
        return reached(partial(_once, template, number, scene, now.root))
    except Missed as missed:
        return [str(missed)]


def _once(template: Stock, number: int, scene: Scene, root: Path) -> list[str]:
    now = template.copy(root)
    ran = _run(scene, now, number)
    if int(_count(now).read_text()) < number:
        clear(now)
        raise Missed("was never reached")
    return met(scene, now, ran, BAD_DISK) + finished(scene, now)


def _run(scene: Scene, now: Stock, number: int) -> child.Ran:
    _count(now).write_text("0")
    first = partial(_garble, number, _count(now))
    return now.run(*scene.words(now), how=partial(child.run, first=first))


def _count(now: Stock) -> Path:
    return now.root.with_name(f"{now.root.name}-writes")


def _garble(number: int, count: Path) -> None:
    """Let the disk keep one bit of one write otherwise than it was given; count them all."""
    from partydoc.archive import disk

    put, writes = disk._put, itertools.count(1)

    def garbled(descriptor: int, data: bytes) -> None:
        now = next(writes)
        count.write_text(str(now))
        put(descriptor, bytes([data[0] ^ 1]) + data[1:] if now == number and data else data)

    disk._put = garbled
