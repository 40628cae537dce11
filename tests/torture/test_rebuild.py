"""A catalogue and an index made anew say the same: the short form of the campaign."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_short_form_keeps_every_promise() -> None:
    command = [sys.executable, "-m", "torture", "rebuild", "--short"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
