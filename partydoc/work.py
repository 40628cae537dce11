"""A document on its way through the line."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from partydoc import ocr
from partydoc.archive import jobs
from partydoc.archive.kept import Kept
from partydoc.document import Look


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

    def submit(self, readers: ocr.Readers) -> None:
        """Have it read: the originals in use were lent to its job."""
        kept, job = self.kept, self.job
        look = Look(kept.media_type, kept.extension, kept.pages, kept.flags)
        if not kept.bound:
            readers.submit(kept.id, jobs.lent(job), look, job)
            return
        originals = {n: (jobs.lent(job, n), kept.type_of(n)) for n in kept.in_use}
        first = jobs.lent(job, kept.in_use[0])
        readers.submit(kept.id, first, look, job, ocr.Binding(kept.bound, originals))
