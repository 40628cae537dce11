"""kill -9 at the steps of every operation, and once more in the recovery: nothing may be lost.

Each point begins with a fresh archive. The first kill comes at the step that is counted, the second
in the run after it, which is the same command again or, at every other point, another command: then
recovery alone has to finish what was begun, and the same command comes last.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from torture import child, elsewhere, stock
from torture.aftermath import RECOVER, figure, finished, outlived
from torture.reached import Missed, reached
from torture.report import Result, Stopwatch, skipped
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock

_PROMISE = "kill -9 anywhere loses nothing"
#: Every so many steps are struck, and every so many of those in the program itself: long, short.
_STRIDE, _STRIDE_SHORT = 3, 45
_PROGRAM, _PROGRAM_SHORT = 25, 30
#: The second kill comes within so many steps of the run after the first.
_SOON = 12
#: Of so many points at least half must have had one: some recoveries take fewer steps.
_MANY = 20


@dataclass(frozen=True)
class Point:
    """One step of one operation, struck on a copy of an archive that is prepared for it; in the
    program itself, a process of its own, or in a forked one.
    """

    scene: Scene
    template: Stock
    step: int
    program: bool = False


@dataclass(frozen=True)
class Struck:
    """What came of one point; `twice`: the recovery was struck as well."""

    twice: bool
    findings: tuple[str, ...]


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("kills", help="kill -9 at the steps of every operation, and again")
    parser.add_argument("--engine", choices=stock.ENGINES, default=stock.ENGINES[0])
    parser.add_argument("--stride", type=int, metavar="N", help="strike every Nth step; 1: all")
    parser.add_argument("--only", metavar="NAME", help="one operation")
    parser.add_argument("--until-red", action="store_true", help="stop at the first breach")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Strike the steps; by default every third, with --short every 45th."""
    watch, red, findings = Stopwatch(), options.until_red, list[str]()
    stride = options.stride or (_STRIDE_SHORT if options.short else _STRIDE)
    program = _PROGRAM_SHORT if options.short else _PROGRAM
    every = (*SCENES, *elsewhere.SCENES)
    scenes = [scene for scene in every if options.only in (None, scene.name)]
    with stock.fast_folder() as folder:
        points = list(_points(scenes, folder, options.engine, stride, findings))
        by_program = [
            Point(one.scene, one.template, one.step, number % program == 0)
            for number, one in enumerate(points, 1)
        ]
        struck = list(child.spread(strike, by_program, lambda one: red and bool(one.findings)))
    findings += [one for each in struck for one in each.findings]
    return _summed(by_program, struck, watch, findings)


def _summed(
    points: Sequence[Point], struck: Sequence[Struck], watch: Stopwatch, findings: list[str]
) -> Result:
    operations = len({point.scene.name for point in points})
    program = sum(point.program for point in points)
    twice = sum(each.twice for each in struck)
    if len(struck) >= _MANY and twice < len(struck) // 2:
        findings.append(f"NOT RUN: of {len(struck)} recoveries only {twice} were killed as well")
    done = (
        f"{len(points)} kills in {operations} operations ({program} of the program itself),"
        f" {twice} with another in the recovery"
    )
    return Result(_PROMISE, done, figure(findings), watch.seconds, tuple(findings))


def _points(
    scenes: Sequence[Scene], folder: Path, engine: str, stride: int, findings: list[str]
) -> Iterator[Point]:
    """Prepare each scene, and yield its points."""
    made = stock.make(folder, engine)
    for number, scene in enumerate(scenes):
        template = scene.prepared(made, folder / f"scene-{number}")
        with skipped(findings, f"{scene.name}: file systems of its own need root"):
            steps = undisturbed(scene, template, folder / "count")
            first = min(1 + number % stride, steps)
            yield from (Point(scene, template, step) for step in range(first, steps + 1, stride))


def undisturbed(scene: Scene, template: Stock, root: Path) -> int:
    """Run a scene with nothing in its way, on a copy; return how many steps it takes.

    Raises RuntimeError where it is wrong already.
    """
    now = template.copy(root)
    with scene.around(now):
        ran, steps = child.steps("-a", now.root, *scene.words(now), env=now.env)
        wrong = [] if ran.code in scene.codes else [f"exit {ran.code}: {ran.err}"]
        wrong += scene.wrong(now, done=True)
    clear(now)
    if wrong:
        raise RuntimeError(f"{scene.name}, undisturbed: {'; '.join(wrong)}")
    return steps


def clear(now: Stock) -> None:
    """Remove an archive, and what it has left outside."""
    for path in (now.root, now.work):
        shutil.rmtree(path, ignore_errors=True)


def strike(point: Point) -> Struck:
    """Strike once, and once more; then let the next run finish, and judge."""
    name = f"{point.scene.name}, step {point.step}"
    try:
        twice, findings = reached(partial(_strike, point))
    except Missed as missed:
        twice, findings = False, [str(missed)]
    return Struck(twice, tuple(f"{name}: {one}" for one in findings))


def _strike(point: Point) -> tuple[bool, list[str]]:
    folder = Path(tempfile.mkdtemp(dir=point.template.root.parent))
    try:
        now = point.template.copy(folder / "archive")
        with point.scene.around(now):
            return _struck(point, now)
    finally:
        shutil.rmtree(folder)


def _struck(point: Point, now: Stock) -> tuple[bool, list[str]]:
    scene, words = point.scene, point.scene.words(now)
    how = child.ready_program if point.program else child.run
    first = now.run(*words, how=how, PARTYDOC_FAIL_AT=f"{point.step}:kill")
    if not first.killed:
        raise Missed(f"was never reached: exit {first.code}: {first.err[-200:]}")
    found = scene.instant(now)
    alone = point.step // 2 % 2 == 0
    soon = random.Random(f"{scene.name} {point.step}").randint(1, _SOON)
    again = RECOVER if alone else words
    second = now.run(*again, how=how, PARTYDOC_FAIL_AT=f"{soon}:kill")
    return second.killed, found + (outlived if alone else finished)(scene, now)
