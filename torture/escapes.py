"""Escape attempts from inside a reader that a document has taken over: none may succeed.

Each is tried without any confinement first: one that gets nowhere there proves nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from torture.attempt import Attempt
from torture.attempts import ATTEMPTS
from torture.report import Result, Stopwatch
from torture.stage import Stage

_PROMISE = "a document that takes over its reader gets nowhere"
_NOBODY = 65534
#: Set, bubblewrap is left out on purpose: a machine, or a container, that has no namespaces.
WITHOUT = "PARTYDOC_TORTURE_WITHOUT_BUBBLEWRAP"


@dataclass(frozen=True)
class Wall:
    """What stands between: bubblewrap or not; `kernel`: Landlock as an older kernel has it."""

    name: str
    bubbled: bool
    kernel: int | None = None


WALLS = (
    Wall("bubblewrap", bubbled=True),
    Wall("Landlock alone", bubbled=False),
    Wall("Landlock alone, as in Linux 6.1", bubbled=False, kernel=2),
)


def add(parts: Any) -> None:
    """Add the parser."""
    parser = parts.add_parser("escapes", help="ways out of a reader that was taken over")
    parser.add_argument("--account", choices=("this", "both"), default="both",
                        help="as root: try it as an ordinary account too (default)")  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Try everything behind every wall, as root and as an ordinary account."""
    with TemporaryDirectory(prefix="partydoc-torture-") as base:
        results = list(_as_this_account(Path(base), options.short))
    if os.geteuid() == 0 and options.account == "both" and not options.short:
        results += _as_nobody()
    return results


def _as_this_account(base: Path, short: bool) -> Iterator[Result]:
    unproven = [one.what for one in ATTEMPTS if not _escapes(base, one, None)]
    walls = WALLS[:2] if short else WALLS
    for wall in walls:
        if not (wall.bubbled and os.environ.get(WITHOUT)):
            yield _behind(wall, base, unproven)


def _behind(wall: Wall, base: Path, unproven: list[str]) -> Result:
    watch = Stopwatch()
    proving = [one for one in ATTEMPTS if one.what not in unproven]
    escaped = [one.what for one in proving if _escapes(base, one, wall)]
    needed = [one.what for one in ATTEMPTS if one.what in unproven and one.proven]
    account = "root" if os.geteuid() == 0 else "an ordinary account"
    done = f"{len(proving)} attempts behind {wall.name} as {account}"
    findings = [f"succeeded behind {wall.name} as {account}: {what}" for what in escaped]
    findings += [f"NOT RUN: proves nothing, fails unconfined as well: {what}" for what in needed]
    return Result(_PROMISE, done, f"succeeded {len(escaped)}", watch.seconds, tuple(findings))


def _escapes(base: Path, attempt: Attempt, wall: Wall | None) -> bool:
    bubbled, kernel = (wall.bubbled, wall.kernel) if wall else (False, None)
    with Stage(base, bubbled=bubbled, kernel=kernel, naked=wall is None) as stage:
        return stage.escapes(attempt)


def _as_nobody() -> list[Result]:
    """Run all of it once more under another account; where that cannot be, say so."""
    watch = Stopwatch()
    with TemporaryDirectory(prefix="partydoc-torture-") as folder:
        os.chown(folder, _NOBODY, _NOBODY)
        report = Path(folder, "report.json")
        command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        command += [sys.executable, "-B", "-m", "torture", "escapes", "--json", str(report)]
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False,
            env={**os.environ, "HOME": folder, "TMPDIR": folder},
        )  # fmt: skip
        if not report.exists():
            what = f"NOT RUN as an ordinary account: {ran.stderr.strip()[-300:]}"
            return [Result(_PROMISE, "as an ordinary account", "-", watch.seconds, (what,))]
        found = json.loads(report.read_text())["results"]
    names = ("promise", "done", "figure", "seconds")
    return [Result(*(one[name] for name in names), tuple(one["findings"])) for one in found]
