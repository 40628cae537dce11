"""Times whole processes, from start to exit, with the page cache warm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

Command = Sequence[str]
#: Milliseconds of each run, by contestant and kind of query.
Times = dict[tuple[str, str], list[float]]


def race(commands: Mapping[tuple[str, str], Sequence[Command]], runs: int) -> Times:
    """Run the commands of each contestant and kind by turns, each `runs` times.

    In a round each has one turn, and each round is begun by another; a first round, of all
    commands, does not count.
    """
    keys = list(commands)
    times: Times = {key: [] for key in keys}
    with _environment() as environment:
        for command in (command for key in keys for command in commands[key]):
            _run(command, environment)
        for turn in range(runs):
            first = turn * 7 % len(keys)
            for key in keys[first:] + keys[:first]:
                command = commands[key][turn % len(commands[key])]
                began = time.perf_counter()
                _run(command, environment)
                times[key].append(1000 * (time.perf_counter() - began))
    return times


def partydoc(*arguments: str | Path) -> Command:
    """Return the command as a shell would start it."""
    script = Path(sys.executable).with_name("partydoc")
    start = [str(script)] if script.is_file() else [sys.executable, "-m", "partydoc"]
    return [*start, *map(str, arguments)]


def seconds(command: Command) -> tuple[float, int]:
    """Run a command once; return seconds and its peak in bytes."""
    with _environment() as environment:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return time.perf_counter() - began, usage.ru_maxrss * 1024


def _run(command: Command, environment: Mapping[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, capture_output=True)


@contextmanager
def _environment() -> Iterator[Mapping[str, str]]:
    """Give the commands a home of their own for what they remember of the last search.

    Modules are kept compiled, as those of an installed program are.
    """
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as state:
        yield {**kept, "XDG_STATE_HOME": state, "PARTYDOC_LANG": "en"}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least of the values that a share of them does not exceed."""
    return sorted(values)[max(ceil(share * len(values)), 1) - 1]
