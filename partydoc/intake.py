"""The straight line: one scan from paper to findable. Start reading here.

    keep      the original is safe on disk, within seconds            keeping.py
    read      words with boxes, and a searchable PDF/A                ocr/, in processes of its own
    judge     a secrecy mark puts the document into hold              filing.py
    describe  type, number, issuer, date, subject, signer             filing.py
    file      record, text and access copy become a new version       filing.py
    settle    folder entries, then the index

On a connected machine a document stands in hold until it has been judged; one rename brings it
into the store. Nothing is ever taken in twice, and what a crash interrupts the next run finishes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc import indexing, ocr
from partydoc.archive import jobs
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Source
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.document import Look, Refusal
from partydoc.errors import Damage, Unreadable
from partydoc.filing import Filer
from partydoc.keeping import Keeper
from partydoc.outcome import Outcome, damaged_in_hold, in_hold
from partydoc.releasing import declare_open
from partydoc.work import Work

_SETTLE_EVERY = 200


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
    """The line at work; use it as a context manager, with the archive's lock held."""

    def __init__(self, opened: Opened, wishes: Wishes, clock: Callable[[], datetime]) -> None:
        self._opened = opened
        self._wishes = wishes
        self._clock = clock
        self._at_work: dict[str, Work] = {}
        self._done: list[Path] = []
        self.index_made: indexing.Indexed | None = None  # where it had to be made anew
        self._stack = ExitStack()
        self._readers: ocr.Readers | None = None
        self._inspector: ocr.Inspector | None = None
        self._filer = Filer(opened, clock)

    def __enter__(self) -> Line:
        if self._wishes.read:  # better now than after half a batch
            ocr.require(self._opened.archive.settings.languages, self._tessdata)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def take_in(self, sources: Iterable[tuple[Source, Refusal | None]]) -> Iterator[Outcome]:
        """Take each source through the whole line; yield what became of each, as it is known."""
        keeper = self._keeper()
        for source, refusal in sources:
            kept = keeper.keep(source, refusal, self._at_work.keys())
            if isinstance(kept, Outcome):
                yield kept
            elif self._wishes.read:
                self._read(kept)
            else:
                yield keeper.left_unread(kept)
                self._done.append(kept.job)
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
        opened, started = self._opened, time.monotonic()
        try:
            kept = opened.store.kept(document)
        except Unreadable:
            yield Outcome("failed", document, reason="stored-copy-damaged", name=document[:12])
            return
        if kept is None:
            return
        if kept.status == "held":  # a mark was seen; only a person may take that back
            yield in_hold(kept, started)
            return
        job = jobs.begin_for(kept, opened.archive.desk)
        if self._wishes.unclassified and opened.store.in_hold(kept.urn):
            yield from self._let_out(Work(kept, job, started))
        else:
            self._read(Work(kept, job, started))

    def release(self, documents: Iterable[str], **said: Any) -> Iterator[Outcome]:
        """Let documents out of hold that are open after all; read those that were never read.

        `said`: what goes into their history, such as the `reason`.
        """
        opened = self._opened
        for document in documents:
            started = time.monotonic()
            try:
                kept = opened.store.known(document)
                if opened.store.in_hold(kept.urn):
                    work = Work(kept, jobs.begin_for(kept, opened.archive.desk), started)
                    yield from self._let_out(work, **said)
            except (Unreadable, Damage):  # the others are none the worse for it
                yield damaged_in_hold("failed", document, started)
            yield from self._finished(wait=0)
        yield from self._rest()

    def _let_out(self, work: Work, **said: Any) -> Iterator[Outcome]:
        kept = declare_open(self._opened, work.kept, work.job, self._clock(), **said)
        if kept.status == "pending" and self._wishes.read:
            self._read(replace(work, kept=kept))
            return
        self._done.append(work.job)
        yield Outcome.of("archived", kept, None, work.started)

    def settle(self) -> None:
        """Write the folders' entries, let go of finished jobs, bring the index up to date."""
        opened = self._opened
        opened.shelves.settle(Commit("entries", actor(), self._clock()))
        for job in self._done:
            jobs.end(job)
        self._done.clear()
        indexed = indexing.bring_up_to_date(opened.archive, opened.store, opened.catalogue)
        if indexed.anew:
            self.index_made = indexed

    def _read(self, work: Work) -> None:
        kept = work.kept
        original = self._opened.store.file(kept.urn, kept.original)
        assert original is not None
        look = Look(kept.media_type, kept.extension, kept.pages, kept.flags)
        self._at_work[kept.id] = work
        self._reading().submit(kept.id, original, look, work.job)

    def _finished(self, wait: float) -> Iterator[Outcome]:
        for finished in self._readers.finished(wait) if self._readers else ():
            work = self._at_work.pop(finished.ticket).after(finished.seconds)
            if finished.refusal:
                yield self._filer.not_read(work, finished.refusal, finished.reading)
            elif finished.reading:
                yield self._filer.file(work, finished.reading)
            self._done.append(work.job)
            if len(self._done) >= _SETTLE_EVERY:
                self.settle()

    def _rest(self) -> Iterator[Outcome]:
        while self._at_work:
            yield from self._finished(wait=1.0)
        self.settle()

    # The processes are started when the first document needs them.

    def _keeper(self) -> Keeper:
        if self._inspector is None:
            self._inspector = self._stack.enter_context(ocr.Inspector(self._opened.archive.desk))
        wishes = self._wishes
        return Keeper(
            self._opened, self._inspector, self._clock, wishes.folder, wishes.unclassified,
            self._done,
        )  # fmt: skip

    def _reading(self) -> ocr.Readers:
        if self._readers is None:
            archive = self._opened.archive
            readers = ocr.Readers(
                archive.desk,
                self._wishes.workers,
                archive.settings.languages,
                tessdata=self._tessdata,
            )
            self._readers = self._stack.enter_context(readers)
        return self._readers

    @property
    def _tessdata(self) -> Path | None:
        folder = self._opened.archive.settings.tessdata
        return Path(folder) if folder else None
