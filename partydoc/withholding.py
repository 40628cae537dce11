"""Withhold: a document that turns out to be secret leaves store, catalogue, folders and index.

The whole object moves into hold, with what was read of it. Its row in the catalogue loses all but
its id, and catalogue and index are written into new files, for what is deleted stays in old ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc import indexing
from partydoc.archive import jobs
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened


def withhold(
    opened: Opened, kept: Kept, job: Path, happened: bytes, reason: str, now: datetime
) -> Kept:
    """Put a document into hold, from wherever it stands; return it as it stands then.

    `reason`: `secrecy-mark` or `classified`. The record is changed first: from then on recovery
    finishes the rest. Catalogue and index are rewritten when the index is next brought up to date.
    """
    places = opened.shelves.places_of(kept)
    kept = replace(kept, status="held", reason=reason, open=False, cleared=False, places=places)
    opened.store.revise_document(kept, {}, happened, Commit("held", actor(), now), job)
    if not opened.store.in_hold(kept.urn):
        opened.store.withhold(kept.urn)
    opened.catalogue.note(kept, held=True)
    opened.audit.add("held", now, [kept.id], held=True)
    for place in places:
        opened.shelves.fill(place, None)
    return kept


def withhold_all(
    opened: Opened, documents: Iterable[str], level: str, now: datetime, **said: Any
) -> list[Kept]:
    """Put documents that a person classified as secret into hold; return them as they stand then.

    `level`: `Mật`, `Tối mật` or `Tuyệt mật`; `said` goes into their history. Those that are held
    already stay as they are.
    """
    found, done = [], []
    known = [opened.store.kept(document) for document in documents]  # damage stops us before
    for kept in filter(None, known):
        if kept.status != "held":
            job = jobs.begin_for(kept, opened.archive.hold_staging)
            happened = event("classification", now, actor(), level=level, **said)
            kept = withhold(opened, kept, job, happened, "classified", now)
            done.append(job)
        found.append(kept)
    opened.shelves.settle(Commit("entries", actor(), now))
    for job in done:
        jobs.end(job)
    indexing.bring_up_to_date(opened.archive, opened.store, opened.catalogue)
    return found
