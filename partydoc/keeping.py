"""Keep: from a file somewhere to an original that is safe, or a reason why not."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from partydoc.archive import inbox, jobs, ocfl
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Brought, Source
from partydoc.archive.kept import Kept, Place, event
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.document import Look, Refusal
from partydoc.errors import Unreadable
from partydoc.ocr import Inspector
from partydoc.outcome import Outcome, in_hold
from partydoc.releasing import declare_open
from partydoc.work import Work

_LOG = logging.getLogger(__name__)
#: Troubles with a file that leave it where it is, even in the inbox.
_LEFT_ALONE = frozenset(
    {"waiting", "no-permission", "gone", "not-a-file", "symlink-refused", "unexpected", "own-file"}
)


class Keeper:
    """Takes files in, one at a time."""

    def __init__(
        self, opened: Opened, inspector: Inspector, clock: Callable[[], datetime],
        folder: str | None, unclassified: bool, done: list[Path],
    ) -> None:  # fmt: skip
        """Jobs that need no reading are added to `done`, to be ended when all is settled."""
        self._opened = opened
        self._settings = opened.archive.settings
        self._inspector = inspector
        self._clock = clock
        self._folder = opened.shelves.folder(folder).urn if folder else None
        self._unclassified = unclassified
        self._done = done
        self._batch = clock()
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
        incoming = self._inspector.folder / "incoming"
        incoming.unlink(missing_ok=True)
        try:
            brought = refusal or inbox.bring(source, incoming, self._settings.quiet)
            if isinstance(brought, Refusal):
                return self._refuse(source, brought, started)
            return self._keep(source, brought, at_work, started)
        except Unreadable:
            return self._outcome("failed", source, started, reason="stored-copy-damaged")
        except OSError as trouble:
            if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            return self._outcome("failed", source, started, reason="unexpected")

    def _keep(
        self, source: Source, brought: Brought, at_work: Collection[str], started: float
    ) -> Work | Outcome:
        document = brought.staged.digests.sha256
        try:
            known = self._opened.store.kept(document)
            if known:
                return self._keep_known(source, brought, known, at_work, started)
            look = self._inspector.look(brought.staged.path.name, source.name)
            if isinstance(look, Refusal):
                return self._refuse(source, look, started)
            return self._keep_new(source, brought, look, started)
        except OSError as trouble:
            if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            kept = self._opened.store.kept(document)
            if kept is None:
                raise
            _LOG.warning("%s", trouble, exc_info=True)  # it is safe; what is left is done later
            if self._opened.store.in_hold(kept.urn):
                return in_hold(kept, started, self._position)
            return self._outcome("failed", source, started, kept, "not-filed")

    def left_unread(self, work: Work) -> Outcome:
        """Return what became of a document that is not to be read now."""
        if self._opened.store.in_hold(work.kept.urn):
            return in_hold(work.kept, work.started, work.position)
        return Outcome.of("archived", work.kept, work.source, work.started)

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
            batch=self._batch,
            position=self._position,
        )
        place = self._reserve(kept, held)
        if place:
            kept = replace(kept, places=(place,))
        job = jobs.begin_for(kept, opened.archive.desk, place)
        files: dict[str, ocfl.Source] = {
            kept.original: brought.staged,
            "record.json": kept.to_json(),
            "events.jsonl": event("ingestion", now, actor(), sha256=kept.id),
        }
        try:
            opened.store.add(kept.urn, files, Commit("ingestion", actor(), now), job, held)
        except BaseException:
            if place:
                opened.shelves.cancel(place)
            raise
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
        held = opened.store.in_hold(known.urn)
        released = held and self._unclassified and known.status != "held"
        pending = known.status == "pending" and known.id not in at_work
        place = self._reserve(known, held)
        if not (pending or released or place):
            self._dismiss(source, brought)
            return self._there(known, held, source, started)
        job = jobs.begin_for(known, opened.archive.desk, place)
        if place and held:  # a document in the store needs no note: the entry names it
            known = replace(known, places=(*known.places, place))
            self._note_places(known, job)
        self._dismiss(source, brought)
        if released and known.id not in at_work:
            known = declare_open(opened, known, job, self._clock())
            held = False
        if pending:
            return self._work(known, job, started, source)
        self._done.append(job)
        if released:
            return self._outcome("archived", source, started, known)
        outcome = self._there(known, held, source, started)
        return replace(outcome, entered=opened.shelves.reference(place)) if place else outcome

    def _there(self, known: Kept, held: bool, source: Source, started: float) -> Outcome:
        if held:
            return in_hold(known, started, self._position)
        return self._outcome("duplicate", source, started, known)

    def _reserve(self, kept: Kept, held: bool) -> Place | None:
        """Give the document an entry of the folder that is being filled, unless it has one."""
        if self._folder is None or self._opened.shelves.has(self._folder, kept):
            return None
        return self._opened.shelves.reserve(self._folder, None if held else kept.id, kept.pages)

    def _note_places(self, kept: Kept, job: Path) -> None:
        now = self._clock()
        commit = Commit(kept.status, actor(), now)
        entered = event("registration", now, actor())
        self._opened.store.revise_document(kept, {}, entered, commit, job)

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
