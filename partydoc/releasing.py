"""Declare open: an archivist has looked at the paper, so it need not stand in hold any longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc.archive import purging
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened


def declare_open(opened: Opened, kept: Kept, job: Path, now: datetime, **said: Any) -> Kept:
    """Release a document from hold, with what was read of it; return it as it stands now.

    `said` goes into its history, such as the `reason` a person gives. One on which a mark was seen
    is released with a reason only, the caller sees to that, and then no mark holds it again.
    """
    require_together(opened.archive)
    status = status_of(kept.fields) if kept.ocr else "pending"
    cleared = kept.cleared or kept.status == "held"
    kept = replace(kept, open=True, cleared=cleared, status=status, reason=None)
    happened = event("reclassification", now, actor(), open=True, **said)
    opened.store.revise_document(kept, {}, happened, Commit(status, actor(), now), job)
    opened.store.release(kept.urn)
    opened.catalogue.note(kept, held=False)
    opened.audit.add("released", now, [kept.id], reason=said.get("reason", "unclassified"))
    purging.withdraw(opened.archive, kept.id)
    for place in kept.places:
        opened.shelves.fill(place, kept.id)
    return kept
