"""Several documents that are one paper become one: the first gets the pages of the others.

read      all pages as one document, in a confined process
judge     a mark that is seen now puts the document that bears it into hold, and nothing is merged
file      documents, folders and rows of registers become what they are to be at once (`bundles`)

The first keeps its id, its reference and what people said of it; whoever asks for one of the others
finds it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from partydoc import editing, folderlines, indexing, joint, linking, merged, ocr, transcribing
from partydoc.archive import bundles, jobs
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.recovery import Opened
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import Store
from partydoc.describing import as_read
from partydoc.document import Record, Refusal, Verdict
from partydoc.joint import Joint
from partydoc.operations import begun
from partydoc.page import Reading
from partydoc.turns import Turns
from partydoc.withholding import withhold
from partydoc.work import Work


@dataclass(frozen=True)
class Merged:
    """What became of documents: `merged` into `kept`; `held`: a mark was seen on `kept`, which was
    put into hold, and nothing was merged; or, with nothing changed, `refused` (`name` is not sure
    to be open) or `failed`. The last three have a reason. `operation`: its number.
    """

    outcome: Literal["merged", "held", "refused", "failed"]
    kept: Kept
    others: tuple[Kept, ...] = ()
    operation: int | None = None
    reason: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class _Read:
    """Documents as one, and what was read of that."""

    joint: Joint
    job: Path
    reading: Reading
    fields: Record


class Merger:
    """Merges documents; all but the last step is done freely, while others may write."""

    def __init__(self, turns: Turns, clock: Callable[[], datetime], workers: int) -> None:
        self._turns = turns
        self._archive = turns.archive
        self._clock = clock
        self._workers = workers

    def merge(self, documents: Sequence[str], unclassified: bool = False) -> Merged:
        """Merge documents into the first; `unclassified`: a person has seen the papers.

        Raises UsageProblem for what cannot be, and Unreadable for one in hold, or damaged.
        """
        settings = self._archive.settings
        if settings.connected:
            require_together(self._archive)
        ocr.require(settings.languages, settings.models)
        with self._turns.turn() as opened:
            kept = [editing.kept_of(opened.store, one) for one in documents]
            joint.check(kept)
            folderlines.joined(opened.catalogue, documents[0], documents[1:])
        with ExitStack() as stack:
            read = self._read(joint.of(kept), stack)
            if isinstance(read, _Read):
                with self._turns.turn() as opened:
                    done = self._file(opened, read, unclassified)
            else:
                done = read
        indexing.bring_up_to_date(self._turns)
        return done

    def _read(self, whole: Joint, stack: ExitStack) -> _Read | Merged:
        started, first = time.monotonic(), whole.documents[0]
        with self._turns.turn() as opened:
            job = jobs.begin(opened.desk, f"{first.id}-")
            stack.callback(jobs.end, job)
            lent = whole.lend(opened.store, job)
        if not lent:
            return Merged("failed", first, reason="stored-copy-damaged")
        settings, desk = self._archive.settings, self._turns.desk
        with ocr.Readers(desk, self._workers, settings.languages, tessdata=settings.models) as all_:
            Work(whole.after, job, started).submit(all_)
            (finished,) = all_.finished()
        reading = finished.reading
        if reading and self._archive.settings.connected:
            marked = [pair for pair in whole.verdicts(reading) if pair[1].kind == "marked"]
            if marked:
                return self._hold(*marked[0])
        if reading is None or finished.refusal:
            reason = (finished.refusal or Refusal("ocr-failed")).reason
            return Merged("failed", first, reason=reason)
        with open_for_reading(self._archive) as catalogue:
            shelves = Shelves(Store(self._archive), catalogue, self._archive.staging)
            fields = as_read(settings, shelves, catalogue, whole.after, reading)
        return _Read(whole, job, reading, fields)

    def _file(self, opened: Opened, read: _Read, unclassified: bool) -> Merged:
        was = read.joint.documents
        now = [editing.kept_of(opened.store, one.id) for one in was]
        for one, other in zip(now, was, strict=True):
            if (one.bound, one.originals, one.attached) != (
                other.bound, other.originals, other.attached,
            ):  # fmt: skip
                return Merged("failed", now[0], reason="pages-changed", name=one.id[:12])
        for one, verdict in read.joint.verdicts(read.reading):
            sure = verdict.kind != "unsure" or one.open or unclassified
            if self._archive.settings.connected and not sure:
                return Merged("refused", now[0], reason="page-unsure", name=one.id[:12])
        copied = read.joint.copied(opened.store, read.job)
        if copied is None:
            return Merged("failed", now[0], reason="stored-copy-damaged")
        when = self._clock()
        ids = folderlines.concerned(opened.catalogue, *(one.id for one in now))
        with begun(opened, "merge", when, ids) as operation:
            if unclassified:
                opened.audit.add("declared-unclassified", when)
            after = merged.as_one(now, read.joint, read.reading, read.fields)
            commit = Commit(f"merge {operation.number}", actor(), when)
            files = {**transcribing.files_of(read.reading, read.job), **copied}
            changes = merged.changes(opened, operation, now, after, read.reading, files)
            bundles.carry_out(opened, changes, commit)
        linking.of_document(opened, after.id, when)
        return Merged("merged", after, tuple(now[1:]), operation.number)

    def _hold(self, marked: Kept, verdict: Verdict) -> Merged:
        """Put the one document into hold that bears a mark."""
        when = self._clock()
        with self._turns.turn() as opened:
            now = editing.kept_of(opened.store, marked.id)
            with begun(opened, "merge", when, [now.id]) as operation:
                job = jobs.begin_for(now, opened.archive.desk)
                number, level = operation.number, verdict.level
                happened = event("classification", when, actor(), level=level, operation=number)
                held = withhold(opened, now, job, happened, "secrecy-mark", when)
                opened.shelves.settle(Commit("entries", actor(), when))
                jobs.end(job)
        return Merged("held", held, (), operation.number, "secrecy-mark")
