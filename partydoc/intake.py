"""The straight line: one scan from paper to findable. Start reading here.

    keep      the original is safe on disk, within seconds            keeping.py
    read      words with boxes, and a searchable PDF/A                ocr/, in processes of its own
    judge     a secrecy mark puts the document into hold              filing.py
    describe  type, number, issuer, date, subject, signer             filing.py
    file      record, text and access copy become a new version       filing.py
    settle    folder entries, then the index

On a connected machine a document stands in hold until it has been judged; one rename brings it
into the store. Nothing is ever taken in twice, and what a crash interrupts the next run finishes.
The archive is locked for each change only, a `turn`; while papers are read others work beside us.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc import indexing, ocr, releasing
from partydoc.archive import apart, jobs
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Source
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.document import Refusal
from partydoc.errors import Damage, Unreadable
from partydoc.filing import Filer
from partydoc.keeping import Keeper
from partydoc.outcome import Outcome, damaged_in_hold, in_hold
from partydoc.turns import Turns
from partydoc.work import Work

Clock = Callable[[], datetime]
#: A folder gets one version for so many documents.
_SETTLE_EVERY = 200
#: Of so many documents the index may not know yet: whoever writes next has to wait for them.
_INDEX_EVERY = 20


@dataclass(frozen=True)
class Wishes:
    """What was asked for: a folder's reference, "declared open", whether to read now, with how
    many workers.
    """

    folder: str | None = None
    unclassified: bool = False
    read: bool = True
    workers: int = 2


class Line:
    """The line at work; use it as a context manager."""

    def __init__(self, turns: Opened | Turns, wishes: Wishes, clock: Clock) -> None:
        self._turns = turns
        self._archive = turns.archive
        self._wishes = wishes
        self._clock = clock
        self._at_work: dict[str, Work] = {}
        self._done: list[Path] = []
        self._not_indexed = 0
        self.index_made: indexing.Indexed | None = None  # where it had to be made anew
        self._stack = ExitStack()
        self._readers: ocr.Readers | None = None
        self._inspector: ocr.Inspector | None = None
        self._filer = Filer(turns, clock, self._done)

    def __enter__(self) -> Line:
        if self._archive.settings.connected:  # better now than after half a batch
            apart.require_together(self._archive)
        if self._wishes.read:
            ocr.require(self._archive.settings.languages, self._archive.settings.models)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def take_in(self, sources: Iterable[tuple[Source, Refusal | None]]) -> Iterator[Outcome]:
        """Take each source through the whole line; yield what became of each, as it is known."""
        keeper = self._keeper()
        for source, refusal in sources:
            kept = keeper.keep(source, refusal, self._at_work.keys())
            if kept is None:
                continue
            if isinstance(kept, Outcome):
                yield kept
            elif self._wishes.read:
                self._read(kept)
            else:
                self._done.append(kept.job)
                self._counted()
                yield keeper.left_unread(kept)
            yield from self._finished(wait=0)
        yield from self._rest()

    def read_again(self, documents: Iterable[str]) -> Iterator[Outcome]:
        """Read documents that the archive has already: what is pending, or is to be redone."""
        for document in documents:
            if document not in self._at_work:
                yield from self._again(document)
            yield from self._finished(wait=0)
        yield from self._rest()

    def _again(self, document: str) -> Iterator[Outcome]:
        with self._turns.turn() as opened:
            found = self._taken_up(opened, document)
        if isinstance(found, Work):
            self._read(found)
        elif found:
            yield found

    def _taken_up(self, opened: Opened, document: str) -> Work | Outcome | None:
        """Return a document of the archive, to be read, or what is told of it instead."""
        started = time.monotonic()
        try:
            kept = opened.store.kept(document)
        except Unreadable:
            return Outcome("failed", document, reason="stored-copy-damaged", name=document[:12])
        if kept is None:
            return None
        held = opened.store.in_hold(kept.urn)
        if kept.secret:  # a mark was seen; only a person may take that back
            return in_hold(kept, started)
        if kept.passed_on:  # its pages are read where they are now
            return Outcome("failed", kept.id, reason="passed-on", name=kept.id[:12])
        if kept.status == "pending" and jobs.elsewhere(document, self._archive.desk, opened.desk):
            return None  # another partydoc is reading it
        work = Work(kept, jobs.begin_for(kept, opened.desk), started)
        if self._wishes.unclassified and held:
            return self._let_out(opened, work)
        return self._to_be_read(opened, work)

    @staticmethod
    def _to_be_read(opened: Opened, work: Work) -> Work | Outcome:
        kept = work.kept
        with suppress(Unreadable, FileNotFoundError):
            if opened.store.lend(kept, work.job):
                return work
        jobs.end(work.job)
        return Outcome("failed", kept.id, reason="stored-copy-damaged", name=kept.id[:12])

    def release(self, documents: Iterable[str], **said: Any) -> Iterator[Outcome]:
        """Let documents out of hold that are open after all; read those that were never read.

        `said`: what goes into their history, such as the `reason`.
        """
        for document in documents:
            with self._turns.turn() as opened:
                found = self._released(opened, document, **said)
            if isinstance(found, Work):
                self._read(found)
            elif found:
                yield found
            yield from self._finished(wait=0)
        yield from self._rest()

    def _released(self, opened: Opened, document: str, **said: Any) -> Work | Outcome | None:
        started = time.monotonic()
        try:
            kept = opened.store.known(document)
            if opened.store.in_hold(kept.urn):
                if kept.passed_on and not releasing.may_follow(opened, kept):
                    return Outcome("failed", kept.id, reason="part-in-hold", name=kept.id[:12])
                work = Work(kept, jobs.begin_for(kept, opened.desk), started)
                return self._let_out(opened, work, **said)
        except (Unreadable, Damage):  # the others are none the worse for it
            return damaged_in_hold("failed", document, started)
        return None

    def _let_out(self, opened: Opened, work: Work, **said: Any) -> Work | Outcome:
        kept = releasing.declare_open(opened, work.kept, work.job, self._clock(), **said)
        if kept.status == "pending" and self._wishes.read:
            return self._to_be_read(opened, replace(work, kept=kept))
        self._done.append(work.job)
        return Outcome.of("archived", kept, None, work.started)

    def settle(self) -> None:
        """Write the folders' entries, let go of finished jobs, bring the index up to date."""
        with self._turns.turn() as opened:
            opened.shelves.settle(Commit("entries", actor(), self._clock()))
            for job in self._done:
                jobs.end(job)
            self._done.clear()
        self._index()

    def _counted(self) -> None:
        """Count one document more, and settle when there are enough."""
        self._not_indexed += 1
        if len(self._done) >= _SETTLE_EVERY:
            self.settle()
        elif self._not_indexed >= _INDEX_EVERY:
            self._index()

    def _index(self) -> None:
        indexed = indexing.bring_up_to_date(self._turns)
        self._not_indexed = 0
        if indexed.anew:
            self.index_made = indexed

    def _read(self, work: Work) -> None:
        self._at_work[work.kept.id] = work
        work.submit(self._reading())

    def _finished(self, wait: float) -> Iterator[Outcome]:
        for finished in self._readers.finished(wait) if self._readers else ():
            work = self._at_work.pop(finished.ticket).after(finished.seconds)
            if finished.reading is None or finished.refusal:
                refusal = finished.refusal or Refusal("ocr-failed")
                outcome = self._filer.not_read(work, refusal, finished.reading)
            else:
                outcome = self._filer.file(work, finished.reading)
            self._counted()
            yield outcome

    def _rest(self) -> Iterator[Outcome]:
        while self._at_work:
            yield from self._finished(wait=1.0)
        self.settle()

    # The processes are started when the first document needs them.

    def _keeper(self) -> Keeper:
        if self._inspector is None:
            self._inspector = self._stack.enter_context(ocr.Inspector(self._turns.desk))
        wishes = self._wishes
        return Keeper(
            self._turns, self._inspector, self._clock, wishes.folder, wishes.unclassified,
            self._done,
        )  # fmt: skip

    def _reading(self) -> ocr.Readers:
        if self._readers is None:
            settings, workers = self._archive.settings, self._wishes.workers
            readers = ocr.Readers(
                self._turns.desk, workers, settings.languages, tessdata=settings.models
            )
            self._readers = self._stack.enter_context(readers)
        return self._readers
