"""One of several who are at work at once: the commands it runs, some of which are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from torture import child, unhurried
from torture.child import PATIENCE, Ran
from torture.stock import Stock

#: Nobody can act on these.
_NEVER_SHOWN = ("Traceback (most recent call last)", "database is locked", "disk I/O error")
#: A command that is to be killed is killed after so many seconds; it began when it was forked, or
#: when the program was started.
_FORKED, _STARTED = (0.01, 2.0), (0.3, 3.0)


@dataclass
class Member:
    """`chance`: how many of ten commands that may be killed are; `program`: each is a process that
    was started, not only forked. `said`: what it was told is saved, id -> field -> value; None for
    a value that a killed command may or may not have saved.
    """

    now: Stock
    chance: int
    seed: str
    program: bool = False
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    commands: int = 0
    killed: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def run(self, *words: str, codes: Collection[int] = (0,), mortal: bool = True) -> Ran:
        """Run one command to its end, or kill it at some moment; note what is wrong with it."""
        dies = mortal and self.dice.randrange(10) < self.chance
        moment = self.dice.uniform(*(_STARTED if self.program else _FORKED)) if dies else PATIENCE
        ran = (_started if self.program else _forked)(self.now, words, moment)
        self.commands += 1
        self.killed += ran.killed
        told = " ".join(words)
        self.findings += [f"{told} showed: {one}" for one in _NEVER_SHOWN if one in ran.err]
        if ran.code not in codes and not (dies and ran.killed):
            self.findings.append(f"{told} ended with {ran.code}: {ran.out[-300:]}{ran.err[-300:]}")
        return ran

    def edit(self, document: str, name: str, value: str) -> None:
        """Say something of a document, and remember it where the command says that it is saved."""
        ran = self.run("edit", document, f"{name}={value}", codes=(0, 2, 8))
        if ran.code == 0 or ran.killed:
            self.said.setdefault(document, {})[name] = None if ran.killed else value


def _forked(now: Stock, words: Collection[str], moment: float) -> Ran:
    def first() -> None:
        unhurried.install()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends it on the spot
        signal.setitimer(signal.ITIMER_REAL, moment)

    return child.run("-a", now.root, *words, env=now.env, first=first)


def _started(now: Stock, words: Collection[str], moment: float) -> Ran:
    command = [sys.executable, "-P", "-m", "torture.unhurried", "-a", str(now.root), *words]
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, **now.env, "PYTHONPATH": root}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    return Ran(process.returncode, out.decode(), err.decode("utf-8", "replace"))
