"""The catalogue, opened, or made anew from the store where it is lost or broken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from partydoc.archive import catalogue_file, jobs, shards
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.catalogue_rows import DocumentRow
from partydoc.archive.disposal import Disposal
from partydoc.archive.objects import other_in
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable

#: Others may be making the same catalogue anew.
_RENEWED_WITHIN = 60.0


def open_catalogue(archive: Archive, write: bool = False) -> Catalogue:
    """Open the catalogue; one that is lost or broken is made anew from the store.

    The caller holds the lock.
    """
    try:
        return Catalogue(archive.catalogue, write)
    except (sqlite3.DatabaseError, FileNotFoundError):
        rebuild_catalogue(archive)
        return Catalogue(archive.catalogue, write)


def renew_catalogue(archive: Archive, inode: int) -> None:
    """Make a damaged catalogue anew, unless another has taken the place of that file meanwhile."""
    with archive.writing(wait=_RENEWED_WITHIN):
        if not archive.catalogue.exists() or archive.catalogue.stat().st_ino == inode:
            rebuild_catalogue(archive)


def rebuild_catalogue(archive: Archive) -> list[Path]:
    """Make the catalogue anew from the store; return the objects that could not be read."""
    broken: list[Path] = []
    folders: list[Path] = []

    def documents() -> Iterator[DocumentRow]:
        for shard in shards.every(archive.store, archive.hold):
            broken.extend(map(Path, shard.broken))
            folders.extend(map(Path, shard.others))
            yield from shard.rows

    def others() -> Iterator[Unit | RegisterRow | Disposal]:
        for folder in folders:
            try:
                yield other_in(folder)
            except Unreadable:
                broken.append(folder)

    catalogue_file.rebuild(archive.catalogue, documents(), _as_entered(archive, others()))
    return broken


def _as_entered(
    archive: Archive, others: Iterable[Unit | RegisterRow | Disposal]
) -> Iterator[Unit | RegisterRow | Disposal]:
    """Yield rows of registers, disposals, and units with the entries that no object has yet: their
    documents' jobs tell of them, and the processes that are about to write them live.
    """
    store = Store(archive, hold=True)
    desks = (archive.staging, archive.hold_staging)
    entered: dict[str, list[tuple[str, str | None, int]]] = {}
    for intent in jobs.in_order(intent for desk in desks for intent in jobs.intents(desk)):
        document = intent.urn.removeprefix(DOCUMENT_PREFIX)
        with suppress(Unreadable):
            kept = store.kept(document)
            shown = None if store.in_hold(intent.urn) else document
            mine = (intent.place,) if intent.place else ()
            for place in (*mine, *kept.awaited) if kept else ():
                entry = place.ordinal, shown, intent.pages
                entered.setdefault(place.folder, []).append(entry)
    for other in others:
        if isinstance(other, Unit):
            for ordinal, shown, pages in entered.get(other.urn, ()):
                if ordinal not in other.moved:
                    other = other.with_entry(ordinal, shown, pages)
        yield other
