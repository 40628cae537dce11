"""Declare open: an archivist has looked at the paper, so it need not wait in hold any longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened


def declare_open(opened: Opened, kept: Kept, job: Path, now: datetime) -> Kept:
    """Release a document from hold, with what was read of it; return it as it stands now.

    One on which a mark was seen is not released so: the caller sees to that.
    """
    status = status_of(kept.fields) if kept.ocr else "pending"
    kept = replace(kept, open=True, status=status, reason=None)
    happened = event("reclassification", now, actor(), open=True)
    opened.store.revise_document(kept, {}, happened, Commit(status, actor(), now), job)
    opened.store.release(kept.urn)
    opened.catalogue.note(kept, held=False)
    opened.audit.add("released", now, [kept.id], reason="unclassified")
    for place in kept.places:
        opened.shelves.fill(place, kept.id)
    return kept
