"""The program on a terminal: what it prints there, and what of that a terminal would obey."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
#: What bars and bold print need: colours, the cursor hidden and shown, lines cleared, lines up.
_OURS = re.compile(r"\x1b\[(?:[0-9;]*m|\?25[lh]|[0-9]*[AKG])|\r(?=\n|\x1b\[)|\r$")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def run(
    arguments: Sequence[str], env: Mapping[str, str], folder: Path | None = None
) -> tuple[int, str]:
    """Run the program with a terminal for its output, in a folder; return exit code and output."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-P", "-m", "partydoc", *arguments]
    everything = {**os.environ, "PYTHONPATH": str(_ROOT), "TERM": "xterm", **env}
    streams = {"stdin": subprocess.DEVNULL, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen(command, env=everything, cwd=folder, **streams) as process:  # type: ignore[call-overload]
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
    os.close(ours)
    return process.returncode, shown.decode("utf-8", "replace")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # EIO: nobody writes to it any more
        return b""


def obeyed(shown: str) -> set[str]:
    """Return what a terminal would obey of an output, but for what the program itself needs."""
    return set(_OBEYED.findall(_OURS.sub("", shown)))
