"""Runs a campaign of torture/ in a process of its own: its ready readings must not stay in ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def keeps_every_promise(*words: object) -> None:
    """Run `python -m torture` with these words; the assertion shows what was not kept."""
    command = [sys.executable, "-m", "torture", *map(str, words)]
    ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
