"""What can never come in: told each night anew, left as it is, and in nobody else's way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from torture import oracle, ready, stock
from torture.report import Result, Stopwatch

#: More than a third of any disk there is, and less than a file on ext4 may have, in bytes.
_ENORMOUS = 1 << 43
#: Folders of so long a name, so many, make a path longer than the kernel takes (PATH_MAX).
_LONG, _DEEP = "sâu" * 60, 18
_NIGHTS = 2


def enormous(folder: Path) -> Path:
    """Make a file larger than the disk, of which not a byte is written."""
    path = folder / "a-enormous.pdf"
    with path.open("wb") as file:
        file.truncate(_ENORMOUS)
    return path


def deep(folder: Path) -> Path:
    """Make folders in folders until nobody can name the innermost one with its whole path."""
    at = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    for _ in range(_DEEP):
        os.mkdir(_LONG, dir_fd=at)
        above, at = at, os.open(_LONG, os.O_PATH | os.O_DIRECTORY, dir_fd=at)
        os.close(above)
    os.close(at)
    return folder / _LONG


def run(folder: Path) -> Result:
    """Let nights go over an inbox with both and two plain papers; take both away, and judge."""
    watch = Stopwatch()
    archive = stock.empty(folder)
    inbox = archive.root / "inbox"
    odd = enormous(inbox), deep(inbox)
    archive = archive.bring({name: ready.paper(f"về {name}") for name in ("đường", "trường")})
    findings = [one for _ in range(_NIGHTS) for one in _night(archive)]
    findings += [f"{path.name[:9]} was not left" for path in odd if not path.exists()]
    odd[0].unlink(missing_ok=True)
    shutil.rmtree(odd[1], ignore_errors=True)
    findings += [f"left: {path.name}" for path in inbox.iterdir()]
    findings += oracle.judge(archive.root, archive.inputs)
    done = f"a file larger than the disk, a path longer than PATH_MAX: {_NIGHTS} nights"
    promise = "what cannot come in keeps nothing else out"
    return Result(promise, done, f"breaches {len(findings)}", watch.seconds, tuple(findings))


def _night(archive: stock.Stock) -> Iterator[str]:
    ran = archive.run("nightly", "--json")
    if ran.code != 3 or ran.traceback:
        yield f"a night ended with {ran.code}: {ran.err[-300:]}"
    elif json.loads(ran.out)["outcomes"].get("failed") != 2:
        yield f"not both were told: {ran.out}"
