"""The disposals of an archive: written here, found, and executed.

To destroy is one job. First its tombstone becomes durable: the disposal's own object says that it
is executed, and from then on whatever a crash interrupts is finished by recovery; before that
nothing has happened. Then the log says it, the catalogue forgets the documents, rows of registers
lose their scans, the objects leave the store by one rename each, and the folders stand as if they
had never had anything but ordinals and sheets. Folders from which entries had been moved there lose
their older versions as well.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.archive import disk, jobs, ocfl, whereabouts
from partydoc.archive.aside import set_aside_of
from partydoc.archive.audit import actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.disposal import Disposal
from partydoc.archive.jobs import Intent
from partydoc.archive.ocfl import Commit
from partydoc.archive.registers import Registers
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened

_WHAT = "dispose-execute"
#: The folders from which an entry went to another.
_SOURCES = (
    "SELECT DISTINCT urn FROM units, json_each(record, '$.moved') AS one"
    " WHERE kind = 'folder' AND one.value ->> '$.folder' = ?"
)


def every(catalogue: Catalogue) -> list[Disposal]:
    """Return all disposals in their order."""
    return list(_found(catalogue, "ORDER BY number"))


def numbered(catalogue: Catalogue, number: int) -> Disposal | None:
    """Return the disposal of a number."""
    return next(_found(catalogue, "WHERE number = ?", number), None)


def by_urn(catalogue: Catalogue, urn: str) -> Disposal | None:
    """Return a disposal by its URN."""
    return next(_found(catalogue, "WHERE urn = ?", urn), None)


def at(catalogue: Catalogue, reference: str) -> Disposal | None:
    """Return the disposal that emptied the folder in which an entry stands."""
    place = whereabouts.named(catalogue, reference)
    folder = catalogue.unit_by_urn(place.folder) if place else None
    return by_urn(catalogue, folder.disposed) if folder and folder.disposed else None


def that_destroyed(catalogue: Catalogue, document: str) -> Disposal | None:
    """Return the disposal that destroyed a document, the latest one, by the start of its id."""
    condition = (
        "JOIN destroyed ON disposal = urn WHERE document >= ? AND document < ?"
        " ORDER BY number DESC LIMIT 1"
    )
    return next(_found(catalogue, condition, document, f"{document}g"), None)


def _found(catalogue: Catalogue, condition: str, *values: object) -> Iterator[Disposal]:
    for (record,) in catalogue.ask(f"SELECT record FROM disposals {condition}", *values):
        yield Disposal.from_json(record)


def add(opened: Opened, disposal: Disposal, commit: Commit) -> None:
    """Write a new disposal: the object first, then the catalogue."""
    job = _begun(opened, Intent(disposal.urn))
    opened.store.add(disposal.urn, {"record.json": disposal.to_json()}, commit, job)
    opened.catalogue.note_disposal(disposal)
    jobs.end(job)


def revise(opened: Opened, disposal: Disposal, commit: Commit) -> None:
    """Write how far a disposal has come, short of its execution."""
    job = _begun(opened, Intent(disposal.urn))
    opened.store.revise(disposal.urn, {"record.json": disposal.to_json()}, commit, job)
    opened.catalogue.note_disposal(disposal)
    jobs.end(job)


def execute(opened: Opened, disposal: Disposal, now: datetime) -> None:
    """Destroy what a disposal names, which says that it is executed; the caller has made sure of
    two people and of the decision.
    """
    for sheaf in disposal.sheaves:
        opened.store.require_whole(sheaf.urn)
    opened.store.require_whole(disposal.urn)
    job = _begun(opened, Intent(disposal.urn, purge=True))
    commit = Commit(_WHAT, actor(), now)
    opened.store.revise(disposal.urn, {"record.json": disposal.to_json()}, commit, job)
    _finish(opened, disposal, job, now)
    jobs.end_for_good(job)


def recover(opened: Opened, urn: str, job: Path, now: datetime) -> None:
    """Do what is left of an execution that was begun; the job folder goes last.

    Raises OSError where the tombstone is damaged: its job waits until that is mended.
    """
    try:
        disposal = opened.store.other(urn)
    except Unreadable as trouble:
        raise OSError(errno.EIO, trouble.message) from trouble
    if not isinstance(disposal, Disposal) or not disposal.executed:
        return  # nothing has happened
    for one in _objects(disposal):  # what was renamed last only memory may know of
        ocfl.sync_names((opened.archive.store, opened.archive.hold), one)
    _finish(opened, disposal, job, now)
    opened.audit.end()


def _begun(opened: Opened, intent: Intent) -> Path:
    job = jobs.begin(opened.archive.staging)
    jobs.intend(job, intent)
    return job


def _objects(disposal: Disposal) -> list[str]:
    documents = [DOCUMENT_PREFIX + one for one in disposal.documents]
    return [*documents, *(sheaf.urn for sheaf in disposal.sheaves)]


def _finish(opened: Opened, disposal: Disposal, job: Path, now: datetime) -> None:
    """Take each step, or pass over it where it is taken."""
    commit = Commit(_WHAT, actor(), now)
    _forget(opened, disposal, now)
    _unlink(opened, disposal, commit)
    for document in disposal.documents:
        opened.store.take_away(DOCUMENT_PREFIX + document, job)
    for folder in _told(opened.catalogue, disposal):
        _begin_anew(opened, folder, commit, job)
    for one in _objects(disposal):
        for aside in set_aside_of(opened.archive, ocfl.folder_name(one)):
            disk.remove_tree(aside)


def _forget(opened: Opened, disposal: Disposal, now: datetime) -> None:
    units = filter(None, (opened.catalogue.unit_by_urn(one.urn) for one in disposal.sheaves))
    emptied = [one.emptied(disposal.urn) for one in units]
    there = [one for one in disposal.documents if opened.catalogue.row(one)]
    known = by_urn(opened.catalogue, disposal.urn) == disposal
    if there or not known or any(opened.catalogue.unit_by_urn(one.urn) != one for one in emptied):
        opened.audit.add("destroyed", now, disposal.documents)
        opened.catalogue.destroy(disposal, emptied)


def _unlink(opened: Opened, disposal: Disposal, commit: Commit) -> None:
    """Take destroyed documents from their rows in the registers; these stay, with their numbers."""
    registers = Registers(opened.store, opened.catalogue, opened.archive.staging)
    for document in disposal.documents:
        for row in list(opened.catalogue.register_rows("WHERE document = ?", document)):
            number = opened.audit.operation
            without = replace(row, document=None, destroyed=disposal.urn, operation=number)
            with suppress(Unreadable):  # damage is for verify to tell
                registers.revise(without, commit)


def _told(catalogue: Catalogue, disposal: Disposal) -> list[Unit]:
    """Return the folders that a disposal empties, and those from which their entries came: what was
    typed of these stands in older versions, from which somebody might take it back.
    """
    found: dict[str, Unit] = {}
    urns = [sheaf.urn for sheaf in disposal.sheaves]
    while urns:
        urn = urns.pop()
        unit = catalogue.unit_by_urn(urn)
        if unit and urn not in found:
            found[urn] = unit
            sources = catalogue.ask(_SOURCES, urn)
            urns += [source for (source,) in sources]
    return list(found.values())


def _begin_anew(opened: Opened, folder: Unit, commit: Commit, job: Path) -> None:
    """Write a folder as the catalogue has it, without any older version of it."""
    with suppress(Unreadable):  # damage is for verify to tell
        versions = opened.store.versions(folder.urn, "record.json")
        if len(versions) > 1 or opened.store.unit(folder.urn) != folder:
            files: dict[str, ocfl.Source] = {"record.json": folder.to_json()}
            opened.store.begin_anew(folder.urn, files, commit, job)
