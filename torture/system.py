"""Commands of the system: mounting, and what else only it can do."""

from __future__ import annotations

import os
import subprocess


def do(*command: object) -> None:
    """Run a system command. Raises OSError where it fails, or is not there."""
    words = list(map(str, command))
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PATH": path})
    if done.returncode:
        raise OSError(f"{words[0]}: {done.stderr.strip()}")
