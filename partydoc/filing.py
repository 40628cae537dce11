"""Judge, describe, file: from the words of a document to its place in the store, or in hold."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from partydoc import metadata
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit, Source
from partydoc.archive.recovery import Opened
from partydoc.describing import describe
from partydoc.document import Field, Record, Refusal, Verdict
from partydoc.outcome import Outcome, in_hold
from partydoc.page import Reading
from partydoc.withholding import withhold
from partydoc.work import Work

_LOG = logging.getLogger(__name__)
_TRIES = 2
#: What no second try can change.
_FINAL = frozenset({"xfa-form", "text-differs"})


class Filer:
    """Files what was read."""

    def __init__(self, opened: Opened, clock: Callable[[], datetime]) -> None:
        self._opened = opened
        self._clock = clock

    def file(self, work: Work, reading: Reading) -> Outcome:
        """Judge and describe a document and file what was read of it.

        Whatever is wrong with one document stops no other: it stays as it was kept.
        """
        try:
            return self._file(work, reading)
        except Exception as trouble:
            if isinstance(trouble, OSError) and trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            _LOG.warning("%s", trouble, exc_info=True)
            if self._opened.store.in_hold(work.kept.urn):
                return in_hold(work.kept, work.started, work.position)
            return Outcome.of("failed", work.kept, work.source, work.started, "not-filed")

    def _file(self, work: Work, reading: Reading) -> Outcome:
        verdict = self._judge(work.kept, reading)
        if not self._opened.archive.settings.connected:
            return self._describe(work, reading, verdict)
        if verdict.kind == "marked":
            return self._hold(work, verdict)
        if verdict.kind == "unsure" and self._opened.store.in_hold(work.kept.urn):
            return self._await_class(work, reading)
        return self._describe(work, reading, verdict)

    def not_read(self, work: Work, refusal: Refusal, reading: Reading | None = None) -> Outcome:
        """Keep the original without a copy; what may have been bad luck is tried once more.

        A mark that was seen holds the document, although nothing else came of the reading.
        """
        if reading and self._opened.archive.settings.connected:
            verdict = self._judge(work.kept, reading)
            if verdict.kind == "marked":
                return self._hold(work, verdict)
        now, kept = self._clock(), work.kept
        held = self._opened.store.in_hold(kept.urn)
        attempts = kept.attempts + 1
        if kept.ocr:
            status = kept.status  # it was read before; that reading stays
        elif refusal.reason not in _FINAL and attempts < _TRIES:
            status = "pending"
        else:
            status = "awaiting-class" if held else "original-only"
        kept = replace(kept, attempts=attempts, status=status, reason=refusal.reason)
        happened = event("transcription", now, actor(), outcome="failure", reason=refusal.reason)
        self._revise(kept, work, {}, happened, now)
        self._note("not-read", kept, held, now)
        if held:
            return in_hold(kept, work.started, work.position)
        outcome = "original-only" if status == "original-only" else "failed"
        return Outcome.of(outcome, kept, work.source, work.started, refusal.reason)

    def _hold(self, work: Work, verdict: Verdict) -> Outcome:
        """A mark was seen: nothing of this reading is kept but that fact, and only in hold."""
        now = self._clock()
        happened = event("classification", now, actor(), level=verdict.level, page=verdict.page)
        kept = withhold(self._opened, work.kept, work.job, happened, "secrecy-mark", now)
        return in_hold(kept, work.started, work.position)

    @staticmethod
    def _judge(kept: Kept, reading: Reading) -> Verdict:
        """Return what the gate says; a person who saw the mark and let it pass stands over it."""
        return Verdict("clear") if kept.cleared else metadata.judge(reading.pages)

    def _await_class(self, work: Work, reading: Reading) -> Outcome:
        """Not read well enough to be sure: what was read stays in hold with the original."""
        kept = self._described(work.kept, reading, describe(self._opened, work.kept, reading))
        kept = replace(kept, status="awaiting-class", reason="unsure")
        now = self._clock()
        self._revise(kept, work, _files(work, reading), _read(reading, now), now)
        self._note("described", kept, True, now)
        return in_hold(kept, work.started, work.position)

    def _describe(self, work: Work, reading: Reading, verdict: Verdict) -> Outcome:
        fields = describe(self._opened, work.kept, reading)
        said = fields.get("secrecy")
        if verdict.kind == "marked" and not (said and said.source == "person"):
            # on an independent LAN it is processed, its mark a field
            fields["secrecy"] = Field(verdict.level, page=verdict.page, accepted=True)
        kept = self._described(work.kept, reading, fields)
        now, store = self._clock(), self._opened.store
        self._revise(kept, work, _files(work, reading), _read(reading, now), now)
        if store.in_hold(kept.urn):
            store.release(kept.urn)
            for place in kept.places:
                self._opened.shelves.fill(place, kept.id)
        self._note("described", kept, False, now)
        return Outcome.of("archived", kept, work.source, work.started)

    @staticmethod
    def _described(kept: Kept, reading: Reading, fields: Record) -> Kept:
        ocr = {
            "engine": reading.engine,
            "languages": list(reading.languages),
            "confidence": reading.confidence,
            "blank_pages": list(reading.blank_pages),
        }
        status = status_of(fields)
        return replace(kept, status=status, reason=None, attempts=0, ocr=ocr, fields=fields)

    def _revise(
        self, kept: Kept, work: Work, files: dict[str, Source], happened: bytes, now: datetime
    ) -> None:
        commit = Commit(kept.status, actor(), now)
        self._opened.store.revise_document(kept, files, happened, commit, work.job)

    def _note(self, what: str, kept: Kept, held: bool, now: datetime) -> None:
        self._opened.catalogue.note(kept, held)
        self._opened.audit.add(what, now, [kept.id], held=held)


def _files(work: Work, reading: Reading) -> dict[str, Source]:
    files: dict[str, Source] = {
        f"text/{page.number:04d}.txt": page.text.encode() for page in reading.pages
    }
    return files | {name: work.job / name for name in ("access.pdf", "pages.json")}


def _read(reading: Reading, now: datetime) -> bytes:
    return event("transcription", now, actor(), outcome="success", engine=reading.engine)
