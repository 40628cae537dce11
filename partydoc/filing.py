"""Judge, describe, file: from the words of a document to its place in the store, or in hold."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from partydoc import linking, transcribing
from partydoc.archive import jobs, room
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit, Source
from partydoc.archive.opening import open_for_reading
from partydoc.archive.recovery import Opened
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import Store
from partydoc.describing import as_read, with_said
from partydoc.document import Field, Refusal, Verdict
from partydoc.errors import Locked
from partydoc.metadata.secrecy import judge
from partydoc.outcome import Outcome, in_hold
from partydoc.page import Reading
from partydoc.turns import Turns
from partydoc.withholding import withhold
from partydoc.work import Work

_LOG = logging.getLogger(__name__)
_TRIES = 2
#: What no second try can change: nor does who used up its processor time get done with more.
_FINAL = frozenset({"xfa-form", "text-differs", "damaged-image"})
_ENDLESS = Refusal("resource-limit", "processor")
_FULL = "no-room-to-read"


@dataclass(frozen=True)
class _Judged:
    """A reading, what the gate says to it, what stands in its fields, and the files to be kept."""

    reading: Reading
    verdict: Verdict
    fields: dict[str, Field | None]
    files: dict[str, Source]


class Filer:
    """Files what was read: it is judged and described freely, and filed in a turn.

    Whatever is wrong with one document stops no other: it stays as it was kept, or recovery
    finishes what was begun.
    """

    def __init__(
        self, turns: Opened | Turns, clock: Callable[[], datetime], done: list[Path]
    ) -> None:
        """Jobs of what was filed are added to `done`, to be ended when all is settled."""
        self._turns = turns
        self._archive = turns.archive
        self._clock = clock
        self._done = done

    def file(self, work: Work, reading: Reading) -> Outcome:
        """Judge and describe a document and file what was read of it."""
        return self._filed(work, lambda: self._as_read(work, reading))

    def not_read(self, work: Work, refusal: Refusal, reading: Reading | None = None) -> Outcome:
        """Keep the original without a copy; what may have been bad luck is tried once more.

        A mark that was seen holds the document, although nothing else came of the reading.
        """
        return self._filed(work, lambda: self._as_not_read(work, refusal, reading))

    def _filed(self, work: Work, filed: Callable[[], Outcome]) -> Outcome:
        try:
            with jobs.left_if_wrong(work.job, self._archive.desk):
                outcome = filed()
        except Locked:
            raise
        except Exception as trouble:
            if isinstance(trouble, OSError) and trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            return self._as_kept(work, "not-filed")
        self._done.append(work.job)
        return outcome

    def _as_kept(self, work: Work, reason: str) -> Outcome:
        """Return what is told of a document that stays as it was, to be read again."""
        if Store(self._archive, hold=True).in_hold(work.kept.urn):
            return in_hold(work.kept, work.started, work.position)
        return Outcome.of("failed", work.kept, work.source, work.started, reason)

    def _as_read(self, work: Work, reading: Reading) -> Outcome:
        judged = self._judged(work, reading)
        with self._turns.turn() as opened:
            now = _as_it_stands(opened, work)
            return self._file(opened, now, judged) if isinstance(now, Work) else now

    def _judged(self, work: Work, reading: Reading) -> _Judged:
        settings, store = self._archive.settings, Store(self._archive, hold=True)
        with open_for_reading(self._archive) as catalogue:
            shelves = Shelves(store, catalogue, self._archive.staging)
            fields = as_read(settings, shelves, catalogue, work.kept, reading)
        files = transcribing.files_of(reading, work.job)
        return _Judged(reading, judge(reading.pages), fields, files)

    def _file(self, opened: Opened, work: Work, judged: _Judged) -> Outcome:
        # A person who saw the mark and let it pass stands over the gate.
        verdict = Verdict("clear") if work.kept.cleared else judged.verdict
        if not self._archive.settings.connected:
            return self._describe(opened, work, judged, verdict)
        if verdict.kind == "marked":
            return self._hold(opened, work, verdict)
        if verdict.kind == "unsure" and opened.store.in_hold(work.kept.urn):
            return self._await_class(opened, work, judged)
        return self._describe(opened, work, judged, verdict)

    def _as_not_read(self, work: Work, refusal: Refusal, reading: Reading | None) -> Outcome:
        verdict = judge(reading.pages) if reading else Verdict("clear")
        with self._turns.turn() as opened:
            now = _as_it_stands(opened, work)
            if isinstance(now, Outcome):
                return now
            marked = verdict.kind == "marked" and not now.kept.cleared
            if marked and self._archive.settings.connected:
                return self._hold(opened, now, verdict)
            # A reader that ran out of room may not know it; then it was no try.
            room.ensure(now.job)
            if refusal.reason == _FULL or not room.has(now.job, jobs.size_lent(now.job)):
                return self._as_kept(now, _FULL)
            return self._not_read(opened, now, refusal)

    def _not_read(self, opened: Opened, work: Work, refusal: Refusal) -> Outcome:
        now, kept = self._clock(), work.kept
        held = opened.store.in_hold(kept.urn)
        attempts = kept.attempts + 1
        if kept.ocr:
            status = kept.status  # it was read before; that reading stays
        elif refusal.reason not in _FINAL and refusal != _ENDLESS and attempts < _TRIES:
            status = "pending"
        else:
            status = "awaiting-class" if held else "original-only"
        kept = replace(kept, attempts=attempts, status=status, reason=refusal.reason)
        happened = event("transcription", now, actor(), outcome="failure", reason=refusal.reason)
        commit = Commit(status, actor(), now)
        opened.store.revise_document(kept, {}, happened, commit, work.job)
        self._note("not-read", opened, kept, held)
        if held:
            return in_hold(kept, work.started, work.position)
        outcome = "original-only" if status == "original-only" else "failed"
        return Outcome.of(outcome, kept, work.source, work.started, refusal.reason)

    def _hold(self, opened: Opened, work: Work, verdict: Verdict) -> Outcome:
        """A mark was seen: nothing of this reading is kept but that fact, and only in hold."""
        now = self._clock()
        happened = event("classification", now, actor(), level=verdict.level, page=verdict.page)
        kept = withhold(opened, work.kept, work.job, happened, "secrecy-mark", now)
        return in_hold(kept, work.started, work.position)

    def _await_class(self, opened: Opened, work: Work, judged: _Judged) -> Outcome:
        """Not read well enough to be sure: what was read stays in hold with the original."""
        kept = transcribing.described(
            work.kept, judged.reading, with_said(work.kept, judged.fields)
        )
        kept = replace(kept, status="awaiting-class", reason="unsure")
        self._keep(opened, work, kept, judged)
        self._note("described", opened, kept, held=True)
        return in_hold(kept, work.started, work.position)

    def _describe(self, opened: Opened, work: Work, judged: _Judged, verdict: Verdict) -> Outcome:
        # On an independent LAN a marked document is processed, its mark a field.
        fields = transcribing.with_mark(with_said(work.kept, judged.fields), verdict)
        kept = transcribing.described(work.kept, judged.reading, fields)
        self._keep(opened, work, kept, judged)
        if opened.store.in_hold(kept.urn):
            opened.store.release(kept.urn)
            for place in kept.places:
                opened.shelves.fill(place, kept.id)
        self._note("described", opened, kept, held=False)
        linking.of_document(opened, kept.id, self._clock())
        return Outcome.of("archived", kept, work.source, work.started)

    def _keep(self, opened: Opened, work: Work, kept: Kept, judged: _Judged) -> None:
        now = self._clock()
        happened = transcribing.event_of(kept, judged.reading, now)
        files = transcribing.instead(opened.store, kept.urn, judged.files)
        commit = Commit(kept.status, actor(), now)
        opened.store.revise_document(kept, files, happened, commit, work.job)

    def _note(self, what: str, opened: Opened, kept: Kept, held: bool) -> None:
        opened.catalogue.note(kept, held)
        opened.audit.add(what, self._clock(), [kept.id], held=held)


def _as_it_stands(opened: Opened, work: Work) -> Work | Outcome:
    """Return a document as others have left it while it was read, to be filed; or, where a person
    has said meanwhile that it is secret, destroyed it, or changed its pages, what is told of it.
    """
    kept = opened.store.kept(work.kept.id)
    if kept is None or kept.secret:
        return in_hold(kept or work.kept, work.started, work.position)
    if (
        kept.passed_on or kept.bound != work.kept.bound
    ):  # who changed its pages has filed what was read of them
        return Outcome.of("archived", kept, work.source, work.started)
    return replace(work, kept=kept)
