"""Crash states: every order in which a power cut may let changes reach the disk, or not.

A run is recorded, call by call; then at each instant of it the changes that nothing has made
durable are dropped: all, each alone, all but one, some by chance, and the last one torn in half.
This needs no root, and finds what a file system such as ext4 happens to hide.

Each operation is recorded from a clean start, and again after a run of it that was killed where it
had not yet synced a name: what the next run builds on may be what only memory knows.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from torture import bare, child, stock
from torture.aftermath import RECOVER, figure, outlived
from torture.reached import Missed, reached
from torture.recorder import Recorder
from torture.report import Result, Stopwatch, skipped
from torture.scene import Scene
from torture.scenes import SCENES
from torture.stock import Stock
from torture.syscalls import watched
from torture.tree import Recording, Tree

_PROMISE = "a power cut loses nothing, whatever order the disk keeps"
_SEED = 20260302
#: So many of each operation; the shortest ones have fewer.
_EACH, _EACH_SHORT = 130, 12
#: So many runs of each are killed first, and so many states of each run after that are tried.
_STRUCK, _STRUCK_SHORT = 6, 2
_EACH_STRUCK = 16
#: At every such state the same command follows the recovery.
_AGAIN = 4
_SHORT = ("scan", "edit", "edit in a new month", "classify as secret")


@dataclass(frozen=True)
class State:
    """One state: the instant, the changes before it that never reached the disk, and one of which
    half did.
    """

    event: int
    dropped: frozenset[int] = frozenset()
    torn: int | None = None

    def kept(self, recording: Recording) -> frozenset[int]:
        """Return the changes that reached the disk."""
        return frozenset(n for n in recording.changes if n < self.event) - self.dropped

    def missing(self, changes: Sequence[int]) -> tuple[int, frozenset[int]]:
        """Return how many of the changes, which are numbered upwards, there are up to the last that
        reached the disk, and those before it that did not: others with these are the same.
        """
        count = bisect_left(changes, self.event)
        while count and changes[count - 1] in self.dropped:
            count -= 1
        last = changes[count - 1] if count else 0
        return count, frozenset(one for one in self.dropped if one < last)

    def over(self, recording: Recording) -> bool:
        """Whether the command had ended: what it told people must stand."""
        return self.event == recording.events


@dataclass(frozen=True)
class Recorded:
    """One operation as it was recorded, on an archive that was prepared for it.

    `struck`: the step at which a run before was killed, 0 where there was none; `begins`: the event
    with which the run after it begins; `alone`: recovery is all that this one does.
    """

    scene: Scene
    template: Stock
    recording: Recording
    struck: int = 0
    begins: int = 0
    alone: bool = False

    def did(self, state: State) -> bool:
        """Whether the operation had ended, with nothing left to the night."""
        whole = not (self.struck and (self.alone or self.scene.then))
        return whole and state.over(self.recording)


@dataclass(frozen=True)
class Tried:
    """What came of a state, or of those of a run after one that was `struck`."""

    states: int
    findings: list[str]
    struck: bool = False


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("states", help="drop what was not yet durable, in every order")
    parser.add_argument("--engine", choices=stock.ENGINES, default=stock.ENGINES[0])
    parser.add_argument("--only", metavar="NAME", help="one operation")
    parser.add_argument("--each", type=int, metavar="N", help="so many states of each operation")
    parser.add_argument("--until-red", action="store_true", help="stop at the first breach")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Try states of each operation; with --short a few of four."""
    watch, findings, red = Stopwatch(), list[str](), options.until_red
    each = options.each or (_EACH_SHORT if options.short else _EACH)
    names = (options.only,) if options.only else _SHORT
    strikes = _STRUCK_SHORT if options.short else _STRUCK
    if options.engine != stock.ENGINES[0]:
        strikes = 0  # of threads that are killed strace does not tell all that they did
    tried = operations = struck = 0
    with stock.fast_folder() as folder:
        made = stock.make(folder, options.engine)
        for number, scene in enumerate(SCENES):
            if (options.short or options.only) and scene.name not in names:
                continue
            with skipped(findings, scene.name):
                recorded = record(scene, scene.prepared(made, folder / str(number) / "archive"))
                states = _sample(recorded, each)
                works = [partial(_judged, recorded, state, i) for i, state in enumerate(states)]
                blows = enumerate(bare.steps(recorded.recording, strikes))
                # What takes long comes in the middle: then no core waits for another at the end.
                half = len(works) // 2
                works[half:half] = [
                    partial(_struck, recorded, step, bool(i % 2)) for i, step in blows
                ]
                for one in child.spread(_done, works, lambda one: red and bool(one.findings)):
                    findings += one.findings
                    tried, struck = tried + one.states, struck + one.struck
                operations += 1
    done = (
        f"{tried} states of {operations} operations, and of {struck} runs after one that was"
        " killed, each recovered and judged"
    )
    return Result(_PROMISE, done, figure(findings), watch.seconds, tuple(findings))


def record(scene: Scene, template: Stock, struck: int = 0, alone: bool = False) -> Recorded:
    """Record one operation, or after a run of it that is `struck` at a step the next one: the same
    again, or `alone` any that recovers. Raises OSError where that is not possible.
    """
    folder = Path(tempfile.mkdtemp(dir=template.root.parent))
    ran_on = template.copy(folder / "run" / "archive")
    before = Tree({0: {}})
    before.graft("archive", Tree.of(template.root))
    recorder = Recorder(folder / "run", before, folder / "steps")
    begins, archive = 0, ("torture.ready", "-a", str(ran_on.root))
    if struck:
        env = {**ran_on.env, "PARTYDOC_FAIL_AT": f"{struck}:kill"}
        ran, recording = watched(recorder.take, *archive, *scene.words(ran_on), env=env)
        if not ran.killed:
            raise Missed(f"step {struck} was never reached: exit {ran.code}: {ran.err[-300:]}")
        begins = recording.events
    words = RECOVER if alone else scene.words(ran_on)
    env = {**ran_on.env, "PARTYDOC_COUNT_TO": str(folder / "steps")}
    ran, recording = watched(recorder.take, *archive, *words, env=env)
    if ran.code not in ((0,) if alone else scene.codes):
        raise OSError(f"under strace it ended with {ran.code}: {ran.err[-300:]}")
    return Recorded(scene, template, recording, struck, begins, alone)


def _done(work: Callable[[], Tried]) -> Tried:
    return work()


def _struck(clean: Recorded, step: int, alone: bool) -> Tried:
    """Kill a run, and try states of the next."""
    found = list[str]()
    with skipped(found, f"{clean.scene.name}, struck at {step}"):
        recorded = reached(partial(record, clean.scene, clean.template, step, alone))
        states = _sample(recorded, _EACH_STRUCK)
        for number, state in enumerate(states):
            found += _judged(recorded, state, number).findings
        return Tried(len(states), found, struck=True)
    return Tried(0, found, struck=True)


def _sample(recorded: Recorded, many: int) -> list[State]:
    """Return so many different states, a fifth of them after the end, the others by chance."""
    recording, changes = recorded.recording, list(recorded.recording.changes)
    seen, over, rest = set[object](), list[State](), list[State]()
    for state in _after(recorded) if recorded.struck else _states(recording):
        key = (*state.missing(changes), state.torn, state.over(recording))
        if key not in seen:
            seen.add(key)
            (over if state.over(recording) else rest).append(state)
    chance = random.Random(_SEED)
    chance.shuffle(rest)
    chance.shuffle(over)
    share = min(len(over), many, max(4, many // 5))
    return over[:share] + rest[: many - share]


def _states(recording: Recording) -> Iterator[State]:
    """Yield the states at every instant; the same one may come again."""
    chance = random.Random(_SEED)
    for event in [*(number + 1 for number in recording.changes), recording.events]:
        pending = frozenset(recording.pending(event))
        yield State(event)
        yield State(event, pending)
        for one in sorted(pending):
            yield State(event, frozenset([one]))
            yield State(event, pending - {one})
            if recording.changes[one].half:
                yield State(event, torn=one)
        for _ in range(3):
            yield State(event, frozenset(one for one in sorted(pending) if chance.random() < 0.5))


def _after(recorded: Recorded) -> Iterator[State]:
    """Yield states at every instant of the run after the one that was killed: of what that one did
    the last thing is dropped, all, or some by chance; or all whatsoever.
    """
    recording, chance = recorded.recording, random.Random(_SEED)
    instants = [number + 1 for number in recording.changes if number >= recorded.begins]
    for event in (*instants, recording.events):
        pending = recording.pending(event)
        left = [one for one in pending if one < recorded.begins]
        yield State(event, frozenset(pending))
        yield State(event, frozenset(left))
        yield State(event, frozenset(left[-1:]))
        yield State(event, frozenset(one for one in left if chance.random() < 0.5))


def _judged(recorded: Recorded, state: State, number: int) -> Tried:
    scene = recorded.scene
    folder = Path(tempfile.mkdtemp(dir=recorded.template.root.parent))
    try:
        kept = state.kept(recorded.recording)
        recorded.recording.state(kept, state.torn).write(folder / "found")
        now = recorded.template.at(folder / "found" / "archive")
        found = outlived(scene, now, recorded.did(state), again=number % _AGAIN == 0)
    finally:
        shutil.rmtree(folder)
    after = f" after a kill at {recorded.struck}" if recorded.struck else ""
    told = f"{scene.name}{after}, state {number} ({_told(recorded.recording, state)})"
    return Tried(1, [f"{told}: {one}" for one in found])


def _told(recording: Recording, state: State) -> str:
    """Return what was dropped, for whoever looks for the reason."""
    names = [recording.changes[one].what for one in sorted(state.dropped)[:4]]
    torn = f"; torn: {recording.changes[state.torn].what}" if state.torn is not None else ""
    over = "; over" if state.over(recording) else ""
    return f"at {state.event}, dropped {len(state.dropped)}: {', '.join(names)}{torn}{over}"
