"""Power cuts: an ext4 of its own is found as the disk had it at that instant.

The archive stands on a loop-mounted image. The program is killed, and the image is copied while it
is mounted: the copy holds what the file system had pushed to its device by then and nothing else.
The copy is mounted, which plays the journal back as after a real power cut, recovered and judged.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from torture import child, stock
from torture.aftermath import figure, outlived
from torture.kills import undisturbed
from torture.reached import Missed, reached
from torture.report import Result, Stopwatch, skipped
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock
from torture.system import do

_PROMISE = "a power cut loses nothing, on ext4"
_MEGABYTES = 32
#: So many cuts in each operation, and one right after its end: long, short.
_EACH, _EACH_SHORT = 12, 2
_SHORT = ("scan", "edit many", "classify as secret", "catalogue rebuild")


@dataclass(frozen=True)
class Cut:
    """One cut: on which image, before which step; None: after the command has ended."""

    scene: Scene
    template: Stock
    image: Path
    step: int | None


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("cuts", help="power cuts on loop-mounted ext4 images (root)")
    parser.add_argument("--engine", choices=stock.ENGINES, default=stock.ENGINES[0])
    parser.add_argument("--only", metavar="NAME", help="one operation")
    parser.add_argument("--until-red", action="store_true", help="stop at the first breach")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Cut the power in every operation; with --short some cuts in four."""
    watch, findings, cuts = Stopwatch(), list[str](), list[Cut]()
    names = (options.only,) if options.only else _SHORT
    wanted = options.short or options.only
    scenes = [scene for scene in SCENES if not wanted or scene.name in names]
    needed = skipped(findings, "power cuts need root, mkfs.ext4 and loop devices")
    with stock.fast_folder() as folder, needed:
        made = stock.make(folder, options.engine)
        cuts = list(_cuts(scenes, made, folder, _EACH_SHORT if options.short else _EACH))
        for found in child.spread(cut, cuts, lambda found: options.until_red and bool(found)):
            findings += found
    done = f"{len(cuts)} power cuts in {len(scenes)} operations on loop-mounted ext4"
    return Result(_PROMISE, done, figure(findings), watch.seconds, tuple(findings))


def _cuts(scenes: Sequence[Scene], made: Stock, folder: Path, each: int) -> Iterator[Cut]:
    for number, scene in enumerate(scenes):
        template = scene.prepared(made, folder / f"scene-{number}" / "archive")
        steps = undisturbed(scene, template, folder / "count")
        image = folder / f"{number}.img"
        make_image(image, template.root.parent)
        places = sorted({1 + (steps - 1) * i // max(1, each - 1) for i in range(each)})
        yield from (Cut(scene, template, image, step) for step in places)
        yield Cut(scene, template, image, None)


def make_image(image: Path, content: Path) -> None:
    """Make an ext4 image of what stands in a folder. Raises OSError where that cannot be."""
    with image.open("wb") as file:
        file.truncate(_MEGABYTES << 20)
    do("mkfs.ext4", "-q", "-F", "-d", content, "-m", "0", image)


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount an image, which writes nothing of its own accord for five minutes."""
    place.mkdir()
    do("mount", "-o", "loop,commit=300", image, place)
    try:
        yield place
    finally:
        do("umount", "--lazy", place)


def cut(one: Cut) -> list[str]:
    """Cut the power once; return what is wrong after the next run."""
    try:
        wrong = reached(partial(_cut, one))
    except Missed as missed:
        wrong = [str(missed)]
    return [f"{one.scene.name}, cut at step {one.step or 'last + 1'}: {line}" for line in wrong]


def _cut(one: Cut) -> list[str]:
    folder = Path(tempfile.mkdtemp(dir=one.image.parent))
    image, found = folder / "before.img", folder / "after.img"
    do("cp", "--sparse=always", one.image, image)
    fail_at = f"{one.step}:kill" if one.step else ""
    with mounted(image, folder / "before") as place:
        now = one.template.at(place / "archive")
        ran = now.run(*one.scene.words(now), PARTYDOC_FAIL_AT=fail_at)
        do("cp", "--sparse=always", image, found)
    with mounted(found, folder / "after") as place:
        now = one.template.at(place / "archive")
        wrong = outlived(one.scene, now, over=one.step is None)
    shutil.rmtree(folder, ignore_errors=True)
    if ran.killed != bool(one.step):
        raise Missed(f"was never reached: exit {ran.code}: {ran.err[-200:]}")
    return wrong
