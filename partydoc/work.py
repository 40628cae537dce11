"""A document on its way through the line."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from partydoc.archive.kept import Kept


@dataclass(frozen=True)
class Work:
    """What is known of the document, its job folder, since when (time.monotonic), the seconds spent
    on keeping it, the path that it came by, if any, and its place in the batch, counted from 1.
    """

    kept: Kept
    job: Path
    started: float
    spent: float = 0.0
    source: str | None = None
    position: int | None = None

    def after(self, seconds: float) -> Work:
        """Return it as if it had been read at once: the time in the queue does not count."""
        return replace(self, started=time.monotonic() - self.spent - seconds)
