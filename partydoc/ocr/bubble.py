"""bubblewrap: a process with a file system, processes and a network of its own, all but empty.

It needs the program `bwrap` and a kernel that lets ordinary accounts have namespaces; Ubuntu does
so for programs with an AppArmor profile only. So it is tried once a run, and used where that works.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO

from partydoc.ocr import sandbox

_TRIAL_SECONDS = 20
_ANY_FOLDER = Path("/usr")
_APART = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


@cache
def missing(desk: Path = _ANY_FOLDER) -> str | None:
    """Say why it cannot be used for what lies in a folder; None where it works.

    `not-installed`, `apparmor`, or `failed`: no namespaces, or a file system that it cannot show.
    """
    if not shutil.which("bwrap"):
        return "not-installed"
    program = [sys.executable, "-P", "-c", "import partydoc, json"]
    try:
        run = subprocess.run(
            around(program, desk, [], []), env=sandbox.environment(desk), check=False,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_TRIAL_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return "failed"
    if run.returncode == 0:
        return None
    return "apparmor" if _is_one(_APPARMOR) else "failed"


def around(
    program: Sequence[str], folder: Path, writable: Iterable[Path], readable: Iterable[Path]
) -> list[str]:
    """Return the command that runs a program in a folder, of which it may write some parts.

    Besides it sees what `sandbox.programs` names and `readable`, at the usual places.
    """
    command = ["bwrap", *_APART, "--proc", "/proc", "--dev", "/dev"]
    for path in _outermost([*sandbox.programs(), *readable]):
        command += ["--ro-bind-try", str(path), str(path)]
    command += ["--ro-bind", str(folder), str(folder)]
    for path in writable:
        command += ["--bind", str(path), str(path)]
    return [*command, "--remount-ro", "/", "--chdir", str(folder), "--", *program]


def first_process(info: BinaryIO) -> int:
    """Read what `--info-fd` says: the first process inside, as seen from here; 0 if there is none.

    When that one is killed the kernel ends all others inside before it is gone.
    """
    said = b""
    while not said.endswith(b"}\n") and (line := info.readline()):
        said += line
    try:
        return int(json.loads(said)["child-pid"])
    except (ValueError, KeyError):
        return 0


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Leave out what lies inside another one, and what is named twice."""
    kept: list[Path] = []
    for path in sorted({*paths}):
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def _is_one(path: Path) -> bool:
    try:
        return path.read_text().strip() == "1"
    except OSError:
        return False
