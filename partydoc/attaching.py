"""Attach a file to a document: an annex, or the copy that was signed electronically.

It is kept bit for bit beside the originals, and is no page: nothing of it is searched. But it may
bear a secrecy mark as well as any page, so it is read for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc import bringing, editing, indexing, ocr, paging, transcribing
from partydoc.archive import jobs
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Source
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit, Staged
from partydoc.archive.originals import Attached
from partydoc.archive.recovery import Opened
from partydoc.bringing import Incoming
from partydoc.document import Look, Refusal, Verdict
from partydoc.metadata.secrecy import judge
from partydoc.operations import begun
from partydoc.rebound import Rebound
from partydoc.turns import Turns
from partydoc.withholding import follow, withhold


@dataclass(frozen=True)
class Attachment:
    """What is to be attached, as what (see `originals.ROLES`), and whether a person has looked."""

    file: Path
    role: str
    unclassified: bool = False


class Attacher:
    """Attaches files; all but the last step is done freely, while others may write."""

    def __init__(self, turns: Turns, clock: Callable[[], datetime]) -> None:
        self._turns = turns
        self._archive = turns.archive
        self._clock = clock

    def attach(self, document: str, wish: Attachment) -> Rebound:
        """Attach a file to a document.

        Raises Unreadable for one in hold, or damaged, UsageProblem for a file that it is made of.
        """
        settings = self._archive.settings
        if settings.connected:
            require_together(self._archive)
        ocr.require(settings.languages, settings.models)
        with self._turns.turn() as opened:
            kept = editing.kept_of(opened.store, document)
        with ocr.Inspector(self._turns.desk) as inspector:
            brought = bringing.bring(self._archive, inspector, wish.file)
            if isinstance(brought, Refusal):
                name = Source(wish.file).name
                return Rebound("refused", kept, reason=brought.reason, name=name)
            paging.check_other(kept, brought.known)
            with self._turns.turn() as opened:
                job = jobs.begin_for(kept, opened.desk)
                staged = brought.into(job)
        with jobs.left_if_wrong(job, self._archive.desk):
            rebound = self._attach(kept, wish, brought, staged, job)
        jobs.end(job)
        indexing.bring_up_to_date(self._turns)
        return rebound

    def _attach(
        self, kept: Kept, wish: Attachment, incoming: Incoming, staged: Staged, job: Path
    ) -> Rebound:
        verdict = self._verdict(incoming, job)
        with self._turns.turn() as opened:
            now = editing.kept_of(opened.store, kept.id)
            rebound = self._file(opened, now, wish, incoming, staged, verdict, job)
            if rebound.operation:
                incoming.dismiss()
        return rebound

    def _verdict(self, incoming: Incoming, job: Path) -> Verdict:
        """Say whether a file bears a mark; of one that cannot be read nobody knows."""
        known, settings = incoming.known, self._archive.settings
        look = Look(known.media_type, known.extension, known.pages, known.flags)
        languages, models = settings.languages, settings.models
        with ocr.Readers(self._turns.desk, 1, languages, tessdata=models) as readers:
            readers.submit(known.sha256, jobs.lent(job), look, job)
            (finished,) = readers.finished()
        return judge(finished.reading.pages) if finished.reading else Verdict("unsure")

    def _file(
        self, opened: Opened, now: Kept, wish: Attachment, incoming: Incoming, staged: Staged,
        verdict: Verdict, job: Path,
    ) -> Rebound:  # fmt: skip
        connected, when = self._archive.settings.connected, self._clock()
        marked = verdict.kind == "marked"
        if connected and verdict.kind == "unsure" and not (now.open or wish.unclassified):
            return Rebound("refused", now, reason="page-unsure", name=incoming.known.name)
        if incoming.known.sha256 in (one.sha256 for one in now.attached):
            return Rebound("refused", now, reason="same-attached", name=incoming.known.name)
        number = max((one.number for one in now.attached), default=0) + 1
        new = Attached(**vars(incoming.known), number=number, role=wish.role)
        with begun(opened, "attach", when, [now.id]) as operation:
            if wish.unclassified:
                opened.audit.add("declared-unclassified", when)
            said: dict[str, Any] = {"what": "attach", "role": wish.role}
            said |= {"sha256": new.sha256, "bytes": staged.digests.size}
            happened = event("modification", when, actor(), operation=operation.number, **said)
            if connected and marked:
                said = {"level": verdict.level, "operation": operation.number}
                seen = event("classification", when, actor(), **said)
                held = withhold(opened, now, job, seen, "secrecy-mark", when)
                held = replace(held, attached=(*held.attached, new))
                follow(opened, held, {new.path: staged}, happened, job, when)
                return Rebound("held", held, operation.number, "secrecy-mark")
            fields = transcribing.with_mark(now.fields, verdict.but(page=None))
            after = replace(now, attached=(*now.attached, new), fields=fields)
            commit = Commit("attach", actor(), when)
            opened.store.revise_document(after, {new.path: staged}, happened, commit, job)
            opened.catalogue.note(after, held=False)
        return Rebound("changed", after, operation.number)
