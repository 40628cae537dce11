"""Turns: long work holds the archive's lock for each change only; in between others have theirs.

In a turn the archive is opened anew, so nothing that somebody else has done meanwhile is missed,
and what a command left that died meanwhile is finished. What lasts from turn to turn is the desk
with this command's jobs, the number of its operation, and the folders that are still to be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

from partydoc import indexing
from partydoc.archive import jobs
from partydoc.archive.recovery import Opened, open_for_writing
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.shelving import Shelves

#: What can be done bit by bit gives up its turn after so long: people wait for theirs.
_SECONDS = 1.0
#: Whoever has begun waits so long for a turn; others hold the lock for an instant, as a rule.
_PATIENCE_SECONDS = 3600.0


class Turns:
    """Turns at an archive, for one command; use it as a context manager.

    `desk` is where its jobs stand, and the processes that read for it. Entering raises Locked when
    another partydoc does not let go of the lock within `wait` seconds. With `cleaned` the index
    then holds nothing withheld; else the caller sees to it.
    """

    seconds = _SECONDS

    def __init__(
        self, archive: Archive, clock: Callable[[], datetime], wait: float, cleaned: bool = True
    ) -> None:
        self.archive = archive
        self._cleaned = cleaned
        self._clock = clock
        self._wait = wait
        self._operation: int | None = None
        self._unsettled: set[str] = set()
        self.desk = archive.desk
        self.unfinished: dict[str, OSError] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Turns:
        with self.turn() as opened:
            self.unfinished = opened.unfinished
            if self._cleaned:
                indexing.forget_withheld(opened)
            self.desk = self._stack.enter_context(jobs.desk(self.archive.desk))
        self._wait = max(self._wait, _PATIENCE_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def turn(self) -> Iterator[Opened]:
        """Open the archive for a change that takes an instant."""
        with self.archive.writing(self._wait):
            archive = open_archive(self.archive.root)  # its settings may be others now
            opened = open_for_writing(archive, self._clock())
            with opened.catalogue:
                opened.audit.operation = self._operation
                parts = opened.store, opened.catalogue, archive.staging
                try:
                    shelves = Shelves(*parts, self._unsettled)
                    yield replace(opened, shelves=shelves, desk=self.desk)
                finally:
                    self._operation = opened.audit.operation
