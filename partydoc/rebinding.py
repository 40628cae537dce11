"""A change of pages carried out: read first, then filed in one version, or nothing is changed.

bring     the file that comes in is copied and looked at, as any scan is
read      the document as it would be, put together of its originals, in a confined process
judge     a secrecy mark puts the whole document into hold, the new file with it
file      originals, list of pages, record, text and access copy become one version
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from partydoc import bringing, editing, indexing, linking, ocr, paging, transcribing
from partydoc.archive import jobs
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.inbox import Source
from partydoc.archive.kept import Kept, event
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.ordinary import content
from partydoc.archive.recovery import Opened
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import Store
from partydoc.bringing import Incoming
from partydoc.describing import as_read, with_said
from partydoc.document import Field, Refusal, Verdict
from partydoc.metadata.secrecy import judge
from partydoc.operations import begun
from partydoc.page import Reading
from partydoc.paging import Wish
from partydoc.rebound import Read, Rebound
from partydoc.turns import Turns
from partydoc.withholding import follow, withhold
from partydoc.work import Work


class Rebinder:
    """Fulfils wishes; all but the last step is done freely, while others may write."""

    def __init__(self, turns: Turns, clock: Callable[[], datetime], workers: int) -> None:
        self._turns = turns
        self._archive = turns.archive
        self._clock = clock
        self._workers = workers

    def fulfil(self, document: str, wish: Wish) -> Rebound:
        """Change the pages of a document.

        Raises UsageProblem for what cannot be, and Unreadable for a document in hold, or damaged.
        """
        settings = self._archive.settings
        if settings.connected:
            require_together(self._archive)
        ocr.require(settings.languages, settings.models)
        with self._turns.turn() as opened:
            kept = editing.kept_of(opened.store, document)
        paging.check(kept, wish)
        with ExitStack() as stack:
            incoming = None
            if wish.file:
                inspector = stack.enter_context(ocr.Inspector(self._turns.desk))
                brought = bringing.bring(self._archive, inspector, wish.file)
                if isinstance(brought, Refusal):
                    name = Source(wish.file).name
                    return Rebound("refused", kept, reason=brought.reason, name=name)
                paging.check_new(kept, brought.known)
                incoming = brought
            rebound = self._carry_out(kept, wish, incoming, stack)
        indexing.bring_up_to_date(self._turns)
        return rebound

    def _carry_out(
        self, kept: Kept, wish: Wish, incoming: Incoming | None, stack: ExitStack
    ) -> Rebound:
        shown = self._turned_to_read(kept, wish.page) if wish.what == "rotate" else 0
        after = paging.fulfilled(kept, wish, incoming.known if incoming else None, shown)
        started = time.monotonic()
        with self._turns.turn() as opened:
            job = stack.enter_context(jobs.doing(kept, opened.desk, opened.archive.desk))
            staged = incoming.into(job, len(after.originals) + 1) if incoming else None
            lent = opened.store.lend(after, job)
        if not lent:
            jobs.end(job)
            return Rebound("failed", kept, reason="stored-copy-damaged")
        with self._readers() as readers:
            Work(after, job, started).submit(readers)
            (finished,) = readers.finished()
        reading, refusal = finished.reading, finished.refusal
        if reading is None or refusal and judge(reading.pages).kind != "marked":
            jobs.end(job)
            return Rebound("failed", kept, reason=(refusal or Refusal("ocr-failed")).reason)
        files = {} if refusal else transcribing.files_of(reading, job)
        fields = self._described(after, reading)
        read = Read(wish, kept, after, job, reading, fields, files, staged)
        with self._turns.turn() as opened:
            rebound = self._file(opened, read)
            if incoming and rebound.operation:
                incoming.dismiss()
        jobs.end(job)
        return rebound

    def _turned_to_read(self, kept: Kept, page: int) -> int:
        """Return by how many degrees a page was turned when it was read, as nobody wanted."""
        path = Store(self._archive).file(kept.urn, "pages.json")
        if path is None:
            return 0
        with damage_told(path.parents[2]):
            pages = Reading.from_dict(json.loads(content(path))).pages
            return pages[page - 1].rotation

    def _described(self, after: Kept, reading: Reading) -> dict[str, Field | None]:
        settings, store = self._archive.settings, Store(self._archive)
        with open_for_reading(self._archive) as catalogue:
            shelves = Shelves(store, catalogue, self._archive.staging)
            return as_read(settings, shelves, catalogue, after, reading)

    def _file(self, opened: Opened, read: Read) -> Rebound:
        now, wish, before = editing.kept_of(opened.store, read.before.id), read.wish, read.before
        if (now.bound, now.originals) != (before.bound, before.originals):
            return Rebound("failed", now, reason="pages-changed")
        verdict = read.verdict(now.cleared)
        connected = self._archive.settings.connected
        if connected and verdict.kind == "marked":
            return self._hold(opened, read, now, verdict)
        if not read.files:
            return Rebound("failed", now, reason="access-copy-failed")
        if connected and verdict.kind == "unsure" and not (now.open or wish.unclassified):
            name = read.after.originals[-1].name
            return Rebound("refused", now, reason="page-unsure", name=name)
        after = read.carried_over(now)
        said = replace(now, fields=paging.placed(now.fields, now, after))
        fields = transcribing.with_mark(with_said(said, read.fields), verdict)
        after = transcribing.described(after, read.reading, fields)
        files = transcribing.instead(opened.store, now.urn, read.files) | dict(read.new_file())
        when = self._clock()
        with begun(opened, _operation(wish), when, [now.id]) as operation:
            if wish.unclassified:
                opened.audit.add("declared-unclassified", when)
            happened = transcribing.event_of(after, read.reading, when)
            happened += _modification(read, when, operation.number)
            commit = Commit(_operation(wish), actor(), when)
            opened.store.revise_document(after, files, happened, commit, read.job)
            opened.catalogue.note(after, held=False)
        linking.of_document(opened, after.id, when)  # what is read better may be known by its row
        return Rebound("changed", after, operation.number)

    def _hold(self, opened: Opened, read: Read, now: Kept, verdict: Verdict) -> Rebound:
        """Put the document into hold as it was; what comes in follows it there."""
        when = self._clock()
        with begun(opened, _operation(read.wish), when, [now.id]) as operation:
            said: dict[str, Any] = {"level": verdict.level, "page": verdict.page}
            happened = event("classification", when, actor(), operation=operation.number, **said)
            held = withhold(opened, now, read.job, happened, "secrecy-mark", when)
            # What was read of its old pages goes: it is read anew when it is released.
            held = replace(read.carried_over(held), ocr=None)
            files = transcribing.instead(opened.store, held.urn, {}) | dict(read.new_file())
            happened = _modification(read, when, operation.number)
            follow(opened, held, files, happened, read.job, when)
        return Rebound("held", held, operation.number, "secrecy-mark")

    def _readers(self) -> ocr.Readers:
        settings, desk = self._archive.settings, self._turns.desk
        return ocr.Readers(desk, self._workers, settings.languages, tessdata=settings.models)


def _operation(wish: Wish) -> Literal["page", "rescan"]:
    return "rescan" if wish.what == "rescan" else "page"


def _modification(read: Read, when: datetime, operation: int | None) -> bytes:
    wish = read.wish
    said: dict[str, Any] = {"what": wish.what, "operation": operation}
    if wish.what != "rescan":
        said["page"] = wish.page
    if read.staged:
        said |= {"sha256": read.staged.digests.sha256, "bytes": read.staged.digests.size}
    return event("modification", when, actor(), **said)
