"""Withhold: a document that turns out to be secret leaves store, catalogue, folders and index.

The whole object moves into hold, with what was read of it. Its row in the catalogue loses all but
its id, and catalogue and index are written into new files, for what is deleted stays in old ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc.archive import jobs, lineage
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept, Place, event
from partydoc.archive.ocfl import Commit, Files
from partydoc.archive.recovery import Opened
from partydoc.archive.registers import Registers
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.errors import Damage, Unreadable


def withhold(
    opened: Opened, kept: Kept, job: Path, happened: bytes, reason: str, now: datetime
) -> Kept:
    """Put a document into hold, from wherever it stands; return it as it stands then.

    `reason`: `secrecy-mark` or `classified`. The catalogue knows of it first: from then on nobody
    is shown anything. Once the record is changed recovery finishes the rest. Catalogue and index
    are rewritten when the index is next brought up to date. What it was cut from, or made of, has
    its bytes as well and goes before it.
    """
    for source in lineage.before(kept, lambda document: _known(opened, document)):
        if not opened.store.in_hold(source.urn):
            _withhold_source(opened, source, happened, reason, now)
    kept = _hide(opened, kept, reason)
    opened.store.revise_document(kept, {}, happened, Commit("held", actor(), now), job)
    _move(opened, kept.id, kept.places, now)
    return kept


def _known(opened: Opened, document: str) -> Kept | None:
    """Return a document; of a damaged one what the catalogue knows."""
    try:
        return opened.store.kept(document)
    except Unreadable:
        row = opened.catalogue.row(document)
        return row.kept if row else None


def _withhold_source(
    opened: Opened, source: Kept, happened: bytes, reason: str, now: datetime
) -> None:
    """Put a document into hold that has passed its pages on: it stays what it is."""
    job = jobs.begin_for(source, opened.archive.desk)
    source = replace(source, reason=reason, open=False, cleared=False)
    opened.catalogue.note(source, held=True)
    with suppress(Unreadable):  # of a damaged one a rename is enough
        opened.store.revise_document(source, {}, happened, Commit("held", actor(), now), job)
    _move(opened, source.id, (), now)
    jobs.end(job)


def _hide(opened: Opened, kept: Kept, reason: str) -> Kept:
    places = opened.shelves.places_of(kept)
    kept = replace(kept, status="held", reason=reason, open=False, cleared=False, places=places)
    opened.catalogue.note(kept, held=True)
    return kept


def _move(opened: Opened, document: str, places: Iterable[Place], now: datetime) -> None:
    opened.store.withhold(DOCUMENT_PREFIX + document)
    opened.audit.add("held", now, [document], held=True)
    for place in places:
        opened.shelves.fill(place, None)
    rows = Registers(opened.store, opened.catalogue, opened.archive.staging)
    rows.hide(document, Commit("held", actor(), now))


def withhold_all(
    opened: Opened, documents: Iterable[str], level: str, now: datetime, **said: Any
) -> tuple[list[Kept], list[str]]:
    """Put documents that a person classified as secret into hold; return them as they stand then,
    and the ids of those that are damaged: they stand in hold as they were.

    `level`: `Mật`, `Tối mật` or `Tuyệt mật`; `said` goes into their history. Those that are held
    already stay as they are.
    """
    require_together(opened.archive)
    found, damaged, done = [], [], []
    for document in documents:
        job = jobs.begin(opened.archive.hold_staging)
        jobs.intend(job, Intent(DOCUMENT_PREFIX + document))
        done.append(job)
        row = opened.catalogue.row(document)
        try:
            kept = opened.store.known(document)
            if not kept.secret:
                happened = event("classification", now, actor(), level=level, **said)
                kept = withhold(opened, kept, job, happened, "classified", now)
            found.append(kept)
        except (Unreadable, Damage):  # the others are to be secured all the same
            places = _hide(opened, row.kept, "classified").places if row and row.kept else ()
            _move(opened, document, places, now)  # a rename is enough
            damaged.append(document)
    opened.shelves.settle(Commit("entries", actor(), now))
    for job in done:
        jobs.end(job)
    return found, damaged


def follow(
    opened: Opened, held: Kept, files: Files, happened: bytes, job: Path, now: datetime
) -> Kept:
    """Let what comes in for a document follow it into hold, as a version there; return it.

    Whatever a crash leaves undone of that never stood in the store.
    """
    opened.store.revise_document(held, files, happened, Commit("held", actor(), now), job)
    opened.catalogue.note(held, held=True)
    opened.shelves.settle(Commit("entries", actor(), now))
    return held
