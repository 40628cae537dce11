"""Declare open: an archivist has looked at the paper, so it need not stand in hold any longer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc.archive import jobs, lineage, purging
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.errors import Unreadable


def declare_open(opened: Opened, kept: Kept, job: Path, now: datetime, **said: Any) -> Kept:
    """Release a document from hold, with what was read of it; return it as it stands now.

    `said` goes into its history, such as the `reason` a person gives. One on which a mark was seen
    is released with a reason only, the caller sees to that, and then no mark holds it again.
    """
    require_together(opened.archive)
    status = kept.status if kept.passed_on else _status_of(kept)
    cleared = kept.cleared or kept.secret
    kept = replace(kept, open=True, cleared=cleared, status=status, reason=None)
    happened = event("reclassification", now, actor(), open=True, **said)
    opened.store.revise_document(kept, {}, happened, Commit(status, actor(), now), job)
    opened.store.release(kept.urn)
    opened.catalogue.note(kept, held=False)
    opened.audit.add("released", now, [kept.id], reason=said.get("reason", "unclassified"))
    purging.withdraw(opened.archive, kept.id)
    for place in kept.awaited:
        opened.shelves.fill(place, kept.id)
    if not kept.passed_on:
        with suppress(Unreadable):  # damage is for verify to tell
            _let_follow(opened, kept, now, **said)
    return kept


def _status_of(kept: Kept) -> str:
    return status_of(kept.fields) if kept.ocr else "pending"


def may_follow(opened: Opened, source: Kept) -> bool:
    """Whether a document that has passed its pages on may leave hold: those that have them now have
    left it, all of them.
    """
    urns = [DOCUMENT_PREFIX + one.id for one in source.heirs]
    return all(opened.store.where(urn) and not opened.store.in_hold(urn) for urn in urns)


def _let_follow(opened: Opened, kept: Kept, now: datetime, **said: Any) -> None:
    """Release what a document was cut from or made of, if nothing else of it stands in hold."""
    for source in lineage.before(kept, opened.store.kept):
        if opened.store.in_hold(source.urn) and may_follow(opened, source):
            job = jobs.begin_for(source, opened.archive.desk)
            declare_open(opened, source, job, now, **said)
            jobs.end(job)
