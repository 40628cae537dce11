"""Keep: from a file somewhere to an original that is safe, or a reason why not."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from partydoc.archive import disk, inbox, jobs, leaving, ocfl
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Brought, Source
from partydoc.archive.kept import Kept, Place, event
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.arrival import Arrival
from partydoc.closing import require_taking
from partydoc.document import Look, Refusal
from partydoc.errors import Unreadable
from partydoc.ocr import Inspector
from partydoc.outcome import Outcome, in_hold
from partydoc.releasing import declare_open
from partydoc.turns import Turns
from partydoc.work import Work

_LOG = logging.getLogger(__name__)
_FULL = (errno.ENOSPC, errno.EDQUOT)
#: Troubles with a file that leave it where it is, even in the inbox.
_LEFT_ALONE = frozenset(
    {"waiting", "may-be-written", "no-permission", "gone", "not-a-file", "symlink-refused",
     "unexpected", "own-file", "path-too-long", "no-room"}
)  # fmt: skip
_WAITING = ("waiting", "may-be-written")
#: How a file looks that another partydoc has just taken out of the inbox.
_TAKEN = ("gone", *_WAITING)


class Keeper:
    """Takes files in, one at a time: copied and looked at freely, kept in a turn."""

    def __init__(
        self, turns: Opened | Turns, inspector: Inspector, clock: Callable[[], datetime],
        folder: str | None, unclassified: bool, done: list[Path],
    ) -> None:  # fmt: skip
        """Jobs that need no reading are added to `done`, to be ended when all is settled.

        Raises UsageProblem for a folder that is not there, or to which nothing comes.
        """
        self._turns = turns
        self._store = Store(turns.archive, hold=True)
        self._settings = turns.archive.settings
        self._inspector = inspector
        self._clock = clock
        self._unclassified = unclassified
        self._done = done
        self._batch = clock()
        self._position = 0
        with turns.turn() as opened:
            self._folder = _taking(opened, folder) if folder else None
            if unclassified:
                opened.audit.add("declared-unclassified", clock())

    def keep(
        self, source: Source, refusal: Refusal | None, at_work: Collection[str]
    ) -> Work | Outcome | None:
        """Return the kept document, to be read, or what became of the file instead.

        `refusal` is what was found wrong on the way to the file; `at_work` are the ids of the
        documents that are being read just now. None: another partydoc was faster, and has taken
        the file out of the inbox.
        """
        self._position += 1
        arrival = Arrival(source, time.monotonic(), self._position)
        incoming = self._inspector.folder / "incoming"
        disk.remove(incoming, missing_ok=True)
        try:
            brought = refusal or inbox.bring(source, incoming, self._settings.quiet)
            if isinstance(brought, Refusal):
                return self._refused(arrival, brought)
            return self._keep(arrival, brought, at_work)
        except Unreadable:
            return arrival.outcome("failed", reason="stored-copy-damaged")
        except OSError as trouble:
            if trouble.errno in _FULL:
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            return arrival.outcome("failed", reason="unexpected")

    def _keep(
        self, arrival: Arrival, brought: Brought, at_work: Collection[str]
    ) -> Work | Outcome | None:
        document = brought.staged.digests.sha256
        known, whole = self._store.where(DOCUMENT_PREFIX + document), self._is_whole(document)
        look = None if known else self._look(arrival, brought)
        with self._turns.turn() as opened:
            try:
                kept = opened.store.kept(document) or self._of_pages(opened, document)
                if kept and not (whole or opened.store.is_whole(kept.urn)):
                    return arrival.outcome("failed", kept, "stored-copy-damaged")
                if kept:
                    return self._keep_known(opened, arrival, brought, kept, at_work)
                look = look or self._look(arrival, brought)  # it was destroyed meanwhile
                if isinstance(look, Refusal):
                    return self._quarantined(opened, arrival, look, brought)
                return self._keep_new(opened, arrival, brought, look)
            except OSError as trouble:
                if trouble.errno in _FULL:
                    raise
                return self._went_wrong(opened, arrival, document, trouble)

    @staticmethod
    def _of_pages(opened: Opened, sha256: str) -> Kept | None:
        """Return the document to which these bytes came later, as a page or a better scan."""
        for document in opened.catalogue.with_original(sha256):
            kept = opened.store.known(document)
            if sha256 in (
                one.sha256 for n, one in enumerate(kept.originals, 2) if n in kept.in_use
            ):
                return kept
        return None

    def _is_whole(self, document: str) -> bool:
        """Whether the stored original is what came in; False also where that cannot be told now."""
        with suppress(Unreadable, OSError):
            return self._store.is_whole(DOCUMENT_PREFIX + document)
        return False

    def _look(self, arrival: Arrival, brought: Brought) -> Look | Refusal:
        return self._inspector.look(brought.staged.path.name, arrival.source.name)

    def _went_wrong(
        self, opened: Opened, arrival: Arrival, document: str, trouble: OSError
    ) -> Outcome:
        """Return what is told of a document that is safe although something came in between."""
        kept = opened.store.kept(document)
        if kept is None:
            raise trouble
        _LOG.warning("%s", trouble, exc_info=True)  # what is left is done later
        if opened.store.in_hold(kept.urn):
            return in_hold(kept, arrival.started, arrival.position)
        return arrival.outcome("failed", kept, "not-filed")

    def left_unread(self, work: Work) -> Outcome:
        """Return what became of a document that is not to be read now."""
        if self._store.in_hold(work.kept.urn):
            return in_hold(work.kept, work.started, work.position)
        return Outcome.of("archived", work.kept, work.source, work.started)

    def _keep_new(self, opened: Opened, arrival: Arrival, brought: Brought, look: Look) -> Work:
        now = self._clock()
        held = self._settings.connected and not self._unclassified
        kept = Kept(
            id=brought.staged.digests.sha256,
            added_at=now,
            media_type=look.media_type,
            extension=look.extension,
            pages=look.pages,
            names=(arrival.source.name,),
            flags=look.flags,
            open=self._unclassified,
            batch=self._batch,
            position=self._position,
        )
        place = self._place(opened, kept)
        if place:
            kept = replace(kept, places=(place,))
        size = brought.staged.digests.size
        files: dict[str, ocfl.Source] = {
            kept.original: brought.staged,
            "record.json": kept.to_json(),
            "events.jsonl": event("ingestion", now, actor(), sha256=kept.id, bytes=size),
        }
        with jobs.doing(kept, opened.desk, opened.archive.desk, place) as job:
            opened.store.add(kept.urn, files, Commit("ingestion", actor(), now), job, held)
            opened.catalogue.note(kept, held)
            if place:
                opened.shelves.enter(place, None if held else kept.id, kept.pages)
            opened.audit.add("kept", now, [kept.id], held=held)
            arrival.dismiss(brought)
            return self._to_be_read(opened, arrival, kept, job)

    def _keep_known(
        self, opened: Opened, arrival: Arrival, brought: Brought, known: Kept,
        at_work: Collection[str],
    ) -> Work | Outcome:  # fmt: skip
        """The same bytes again make no second document; what is unfinished is taken up."""
        # Whoever kept it may have been killed, or refused by the disk, just before that was done.
        ocfl.sync_names((opened.archive.store, opened.archive.hold), known.urn)
        held = opened.store.in_hold(known.urn)
        released = held and self._unclassified and not known.secret
        pending = known.status == "pending" and known.id not in at_work
        pending = pending and not jobs.elsewhere(known.id, opened.archive.desk, opened.desk)
        place = self._place(opened, known)
        if not (pending or released or place):
            if not arrival.dismiss(brought):
                return arrival.not_removed(known, held)
            return arrival.there(known, held)
        with jobs.doing(known, opened.desk, opened.archive.desk, place) as job:
            if place:
                known = self._entered(opened, known, job, place, held)
            arrival.dismiss(brought)
            if released and known.id not in at_work:
                known = declare_open(opened, known, job, self._clock())
                held = False
            if pending:
                return self._to_be_read(opened, arrival, known, job)
        self._done.append(job)
        if released:
            return arrival.outcome("archived", known)
        outcome = arrival.there(known, held)
        return replace(outcome, entered=opened.shelves.reference(place)) if place else outcome

    def _place(self, opened: Opened, kept: Kept) -> Place | None:
        """Return the next place of the folder that is being filled, unless the document has one."""
        if self._folder is None or kept.passed_on or opened.shelves.has(self._folder, kept):
            return None
        return opened.shelves.free(self._folder)

    def _entered(self, opened: Opened, kept: Kept, job: Path, place: Place, held: bool) -> Kept:
        """Enter a document in a folder; one in the store needs no note: the entry names it."""
        if held:
            now = self._clock()
            kept = replace(kept, places=(*kept.places, place))
            happened = event("registration", now, actor())
            commit = Commit(kept.status, actor(), now)
            opened.store.revise_document(kept, {}, happened, commit, job)
        opened.shelves.enter(place, None if held else kept.id, kept.pages)
        return kept

    @staticmethod
    def _to_be_read(opened: Opened, arrival: Arrival, kept: Kept, job: Path) -> Work:
        if not opened.store.lend(kept, job):
            raise FileNotFoundError(kept.urn)
        return arrival.work(kept, job)

    def _refused(self, arrival: Arrival, refusal: Refusal) -> Outcome | None:
        """Return what became of a file that could not even be copied."""
        source = arrival.source
        if refusal.reason not in _LEFT_ALONE:
            with self._turns.turn() as opened:
                return self._quarantined(opened, arrival, refusal)
        taken = source.inbox and refusal.reason in _TAKEN
        if taken and not os.path.lexists(source.path):
            return None
        words = {"symlink-refused": "quarantined"} | dict.fromkeys(_WAITING, "waiting")
        return arrival.outcome(words.get(refusal.reason, "failed"), reason=refusal.reason)

    def _quarantined(
        self, opened: Opened, arrival: Arrival, refusal: Refusal, brought: Brought | None = None
    ) -> Outcome | None:
        source = arrival.source
        if source.inbox:
            now, folder = self._clock(), opened.archive.quarantine
            state = brought.state if brought else None
            if not os.path.lexists(source.path):
                return None
            if not leaving.quarantine(source, folder, refusal, now, state):
                return arrival.outcome("waiting", reason="waiting")
            opened.audit.add("quarantined", now, reason=refusal.reason)
        return arrival.outcome("quarantined", reason=refusal.reason)


def _taking(opened: Opened, reference: str) -> str:
    folder = opened.shelves.folder(reference)
    require_taking(opened.catalogue, folder)
    return folder.urn
