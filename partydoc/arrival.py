"""A file that is being taken in: where it came from, and what is told of it."""

from __future__ import annotations

import errno
import logging
import time
from dataclasses import dataclass
from pathlib import Path

from partydoc.archive import leaving
from partydoc.archive.inbox import Brought, Source
from partydoc.archive.kept import Kept
from partydoc.outcome import Outcome, in_hold, left_in_inbox
from partydoc.work import Work

_LOG = logging.getLogger(__name__)
#: May not be changed there, or has no room in its path for the name under which files leave.
_NOT_REMOVED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)


@dataclass(frozen=True)
class Arrival:
    """A source, when it was first touched (time.monotonic), and its place in the batch from 1."""

    source: Source
    started: float
    position: int

    def outcome(self, outcome: str, kept: Kept | None = None, reason: str | None = None) -> Outcome:
        """Return what became of it."""
        source = self.source
        return Outcome.of(outcome, kept, source.shown, self.started, reason, source.name)

    def there(self, known: Kept, held: bool) -> Outcome:
        """Return what is told of bytes that the archive has already."""
        if held:
            return in_hold(known, self.started, self.position)
        return self.outcome("duplicate", known)

    def not_removed(self, known: Kept, held: bool) -> Outcome:
        """Return what is told where the archive has the bytes, but may not take the file away."""
        if held:
            return left_in_inbox(known, self.started, self.position)
        return self.outcome("failed", known, "not-removed")

    def work(self, kept: Kept, job: Path) -> Work:
        """Return the document, to be read."""
        spent = time.monotonic() - self.started
        return Work(kept, job, self.started, spent, self.source.shown, self.position)

    def dismiss(self, brought: Brought) -> bool:
        """Take the file out of the inbox; whether that is allowed. A document is none the worse."""
        try:
            if self.source.inbox:
                leaving.dismiss(self.source, brought)
        except OSError as trouble:
            if trouble.errno not in _NOT_REMOVED:
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            return False
        return True
