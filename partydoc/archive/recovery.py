"""What every command that writes does first: finish or drop what a crash left behind.

It costs what stands in staging/, never the size of the store.
"""

from __future__ import annotations

import errno
import json
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from partydoc.archive import bundles, disk, disposals, jobs, ocfl, purging, scratch
from partydoc.archive.anew import open_catalogue
from partydoc.archive.audit import Audit, actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.disposal import Disposal
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept
from partydoc.archive.leaving import ARRIVING
from partydoc.archive.ocfl import Commit
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.registers import Registers
from partydoc.archive.root import Archive
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.archive.twice import leave_one
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable

#: A document in one of these has passed the gate, whatever stopped it on the way to the store.
_PASSED = ("described", "review", "original-only")

#: What a version is called that recovery wrote.
RECOVERED = "recovered"

#: Files that did not get their names, wherever one is written beside the one that it replaces.
_HALF_WRITTEN = (
    "*.new-*", "hold/requests/*.new-*", "store/*.new-*", "store/extensions/*/*.new-*",
    "hold/objects/*.new-*", "hold/objects/extensions/*/*.new-*", f"quarantine/{ARRIVING}*",
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """An archive opened for writing, the lock held, with nothing left over; not to be used later.

    `desk` is where jobs stand. `unfinished`: urn -> why what was begun with an object cannot be
    finished now; the next turn tries again. Its one turn lasts as long as it takes.
    """

    seconds: ClassVar[float] = math.inf

    archive: Archive
    store: Store
    catalogue: Catalogue
    shelves: Shelves
    audit: Audit
    desk: Path
    unfinished: dict[str, OSError] = field(default_factory=dict)

    @contextmanager
    def turn(self) -> Iterator[Opened]:
        """Stand where Turns may stand: the lock is held for all of it."""
        yield self


def open_for_writing(archive: Archive, now: datetime) -> Opened:
    """Recover and open; the caller holds the lock."""
    store, audit = Store(archive, hold=True), Audit(archive.audit)
    audit.mend(now)
    catalogue = open_catalogue(archive, write=True)
    shelves = Shelves(store, catalogue, archive.staging)
    opened = Opened(archive, store, catalogue, shelves, audit, archive.desk)
    left = [
        found for desk in (archive.staging, archive.hold_staging) for found in jobs.left_over(desk)
    ]
    for job, begun in left:
        _sync_what_was_begun(opened, job, begun)
    _finish_all(opened, left, now)
    shelves.settle(Commit(RECOVERED, actor(), now))
    for job, begun in left:
        if begun and begun.urn in opened.unfinished:
            _leave(job, archive)
            continue
        for urn in begun.urns if begun else ():
            store.leave_no_trace(urn)
        jobs.end_for_good(job) if begun and (begun.purge or begun.bundle) else jobs.end(job)
    scratch.sweep(archive.hold_staging)
    for pattern in _HALF_WRITTEN:
        for path in archive.root.glob(pattern):
            disk.remove_tree(path) if path.is_dir() else disk.remove(path)
    return opened


def _finish_all(
    opened: Opened, left: Iterable[tuple[Path, Intent | None]], now: datetime
) -> None:  # fmt: skip
    """Finish what jobs say that was begun: what changes together, single objects, destruction."""
    sure = [(job, begun) for job, begun in left if begun and begun.urn not in opened.unfinished]
    for job, begun in sure:
        if begun.bundle:
            with _stopping_nothing_else(opened, begun):
                bundles.finish(opened, begun, job, now)
    for intent in jobs.in_order(one for _job, one in sure if not (one.purge or one.bundle)):
        with _stopping_nothing_else(opened, intent):
            finish(opened, intent, now)
    for job, begun in sure:
        if begun.purge:
            with _stopping_nothing_else(opened, begun):
                of_document = begun.urn.startswith(DOCUMENT_PREFIX)
                finishing = purging.finish if of_document else disposals.recover
                finishing(opened, begun.urn, job, now)


def _sync_what_was_begun(opened: Opened, job: Path, begun: Intent | None) -> None:
    """Sync what the run that left a job may have renamed or removed last, before anything is built
    on it: only memory may know of that, and what goes with the job may be all that the disk has.
    """
    if begun:
        with _stopping_nothing_else(opened, begun):
            for urn in begun.urns:
                ocfl.sync_names((opened.archive.store, opened.archive.hold), urn)
            disk.sync_file(job)
    elif job.is_dir():
        with suppress(OSError):  # at most the intent of a purge that is done
            disk.sync_file(job)


@contextmanager
def _stopping_nothing_else(opened: Opened, intent: Intent) -> Iterator[None]:
    """Note trouble with one object: it must not stop all writing. Its entry stays its own."""
    try:
        yield
    except Unreadable:
        pass  # damage is for verify to tell
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        opened.unfinished[intent.urn] = trouble
        if intent.place and opened.store.where(intent.urn):
            opened.shelves.reserve(intent.place, intent.pages)


def _leave(job: Path, archive: Archive) -> None:
    """Leave a job in staging, where the next turn finds it; the desk it may stand in goes."""
    if job.parent not in (archive.staging, archive.hold_staging):
        disk.place(job, job.parent.parent / job.name)


def finish(opened: Opened, intent: Intent, now: datetime) -> None:
    """Do what is left of a job that was begun; raises Unreadable for what is damaged."""
    leave_one(opened.archive, intent.urn)
    if not opened.store.where(intent.urn):
        return  # the object never got its name; its source is where it was
    if not intent.urn.startswith(DOCUMENT_PREFIX):
        _finish_other(opened, opened.store.other(intent.urn), now)
        return
    document = intent.urn.removeprefix(DOCUMENT_PREFIX)
    row = opened.catalogue.row(document)
    try:
        kept = opened.store.kept(document)
    except Unreadable:
        if row and row.held:  # it was on its way into hold
            opened.store.withhold(intent.urn)
        raise
    assert kept is not None
    held = opened.store.in_hold(kept.urn)
    if held and not kept.secret and (kept.open or kept.status in _PASSED):
        opened.store.release(kept.urn)
        held = False
    elif not held and kept.secret:
        opened.store.withhold(kept.urn)
        held = True
    opened.catalogue.note(kept, held)
    opened.audit.add("recovered", now, [document], held=held, **_reason(opened.store, kept))
    document_if_open = None if held else document
    if intent.place:
        opened.shelves.enter(intent.place, document_if_open, intent.pages)
    for place in kept.awaited:
        opened.shelves.fill(place, document_if_open)
    if kept.secret:
        rows = Registers(opened.store, opened.catalogue, opened.archive.staging)
        rows.hide(document, Commit(RECOVERED, actor(), now))


def _finish_other(opened: Opened, other: Unit | RegisterRow | Disposal, now: datetime) -> None:
    """Of a unit the catalogue counts, for it is told first; of anything else its object."""
    if isinstance(other, RegisterRow | Disposal):
        if isinstance(other, Disposal):
            opened.catalogue.note_disposal(other)
        else:
            opened.catalogue.note_row(other)
        opened.audit.add("recovered", now, [other.urn])
        return
    if opened.catalogue.unit_by_urn(other.urn) is None:
        opened.catalogue.note_units([other])
    opened.shelves.unsettle(other.urn)


def _reason(store: Store, kept: Kept) -> dict[str, str]:
    """Return why a person let a document out of hold, if that is the last that happened to it."""
    with suppress(Unreadable, ValueError, IndexError):
        last = json.loads(store.through_time(kept.urn, "events.jsonl")[-1].splitlines()[-1])
        if last["type"] == "reclassification" and "reason" in last:
            return {"reason": last["reason"]}
    return {}
