"""Keep: from a file somewhere to an original that is safe, or a reason why not."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from partydoc.archive import inbox, jobs, ocfl
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Brought, Source
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.document import Look, Refusal
from partydoc.ocr import Inspector
from partydoc.outcome import Outcome, in_hold

_LOG = logging.getLogger(__name__)
#: Troubles with a file that leave it where it is, even in the inbox.
_LEFT_ALONE = frozenset({"waiting", "no-permission", "gone", "not-a-file", "symlink-refused"})


@dataclass(frozen=True)
class Work:
    """A document on its way: its job folder, since when, the seconds spent on keeping it, the path
    that it came by, if any, and its place in the batch, counted from 1.
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


class Keeper:
    """Takes files in, one at a time."""

    def __init__(
        self, opened: Opened, inspector: Inspector, clock: Callable[[], datetime],
        folder: str | None, unclassified: bool,
    ) -> None:  # fmt: skip
        self._opened = opened
        self._settings = opened.archive.settings
        self._inspector = inspector
        self._clock = clock
        self._folder = opened.shelves.folder(folder).urn if folder else None
        self._unclassified = unclassified
        self._position = 0
        if unclassified:
            opened.audit.add("declared-unclassified", clock())

    def keep(
        self, source: Source, refusal: Refusal | None, at_work: Collection[str]
    ) -> Work | Outcome:
        """Return the kept document, to be read, or what became of the file instead.

        `refusal` is what was found wrong on the way to the file; `at_work` are the ids of the
        documents that are being read just now.
        """
        started = time.monotonic()
        self._position += 1
        try:
            return self._keep(source, refusal, at_work, started)
        except OSError as trouble:
            if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            return self._outcome("failed", source, started, reason="unexpected")

    def left_unread(self, work: Work) -> Outcome:
        """Return what became of a document that is not to be read now."""
        if self._opened.store.in_hold(work.kept.urn):
            return in_hold(work.kept, work.started, work.position)
        return Outcome.of("archived", work.kept, work.source, work.started)

    def _keep(
        self, source: Source, refusal: Refusal | None, at_work: Collection[str], started: float
    ) -> Work | Outcome:
        incoming = self._inspector.folder / "incoming"
        incoming.unlink(missing_ok=True)
        brought = refusal or inbox.bring(source, incoming, self._settings.quiet)
        if isinstance(brought, Refusal):
            return self._refuse(source, brought, started)
        known = self._opened.store.kept(brought.staged.digests.sha256)
        if known:
            return self._keep_known(source, brought, known, at_work, started)
        look = self._inspector.look(incoming.name, source.name)
        if isinstance(look, Refusal):
            return self._refuse(source, look, started)
        return self._keep_new(source, brought, look, started)

    def _keep_new(self, source: Source, brought: Brought, look: Look, started: float) -> Work:
        now, opened = self._clock(), self._opened
        held = self._settings.connected and not self._unclassified
        kept = Kept(
            id=brought.staged.digests.sha256,
            added_at=now,
            media_type=look.media_type,
            extension=look.extension,
            pages=look.pages,
            names=(source.name,),
            flags=look.flags,
            open=self._unclassified,
        )
        if self._folder:
            place = opened.shelves.reserve(self._folder, None if held else kept.id, kept.pages)
            kept = replace(kept, place=place)
        job = jobs.begin_for(kept, opened.archive.desk)
        files: dict[str, ocfl.Source] = {
            kept.original: brought.staged,
            "record.json": kept.to_json(),
            "events.jsonl": event("ingestion", now, actor(), sha256=kept.id),
        }
        opened.store.add(kept.urn, files, Commit("ingestion", actor(), now), job, held)
        opened.catalogue.note(kept, held)
        opened.audit.add("kept", now, [kept.id], held=held)
        self._dismiss(source, brought)
        return self._work(kept, job, started, source)

    def _keep_known(
        self, source: Source, brought: Brought, known: Kept, at_work: Collection[str],
        started: float,
    ) -> Work | Outcome:  # fmt: skip
        """The same bytes again make no second document; what is unfinished is taken up."""
        opened = self._opened
        if not opened.store.is_whole(known.urn):
            return self._outcome("failed", source, started, known, "stored-copy-damaged")
        self._dismiss(source, brought)
        if known.id in at_work:
            return self._outcome("duplicate", source, started, known)
        held = opened.store.in_hold(known.urn)
        released = held and self._unclassified and known.status != "held"
        if released:
            known = self._declare_open(known)
        elif held and known.status != "pending":
            return in_hold(known, started, self._position)
        if self._folder and (released or not held):
            opened.shelves.enter(self._folder, known.id, known.pages)
        if known.status == "pending":
            job = jobs.begin_for(known, opened.archive.desk)
            return self._work(known, job, started, source)
        return self._outcome("archived" if released else "duplicate", source, started, known)

    def _declare_open(self, known: Kept) -> Kept:
        """An archivist sorted the papers by hand: what waited in hold goes to the store."""
        now, opened = self._clock(), self._opened
        status = status_of(known.fields) if known.ocr else "pending"
        known = replace(known, open=True, status=status, reason=None)
        job = jobs.begin_for(known, opened.archive.desk)
        happened = event("reclassification", now, actor(), open=True)
        opened.store.revise_document(known, {}, happened, Commit(status, actor(), now), job)
        opened.store.release(known.urn)
        opened.catalogue.note(known, held=False)
        opened.audit.add("released", now, [known.id], reason="unclassified")
        opened.shelves.fill(known.place, known.id)
        jobs.end(job)
        return known

    def _work(self, kept: Kept, job: Path, started: float, source: Source) -> Work:
        spent = time.monotonic() - started
        return Work(kept, job, started, spent, source.shown, self._position)

    def _dismiss(self, source: Source, brought: Brought) -> None:
        if source.inbox:
            inbox.dismiss(source, brought)

    def _refuse(self, source: Source, refusal: Refusal, started: float) -> Outcome:
        if refusal.reason in _LEFT_ALONE:
            outcome = {"waiting": "waiting", "symlink-refused": "quarantined"}
            word = outcome.get(refusal.reason, "failed")
            return self._outcome(word, source, started, reason=refusal.reason)
        if source.inbox:
            now = self._clock()
            inbox.quarantine(source, self._opened.archive.quarantine, refusal, now)
            self._opened.audit.add("quarantined", now, reason=refusal.reason)
        return self._outcome("quarantined", source, started, reason=refusal.reason)

    @staticmethod
    def _outcome(
        outcome: str, source: Source, started: float, kept: Kept | None = None,
        reason: str | None = None,
    ) -> Outcome:  # fmt: skip
        return Outcome.of(outcome, kept, source.shown, started, reason, source.name)
