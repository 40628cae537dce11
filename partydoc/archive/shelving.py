"""Putting documents into folders, and adding fonds, inventories and folders."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from partydoc.archive import jobs, references, whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept, Place
from partydoc.archive.ocfl import Commit
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable, UsageProblem
from partydoc.language import _


class Shelves:
    """The folders of an archive.

    A change stands in the catalogue at once, where whoever writes next sees it; `settle` writes the
    folders' objects, one version for many changes. Until then the jobs of the documents bear the
    change through a crash, so they are ended after that. `unsettled`: the folders to be written.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, staging: Path, unsettled: set[str] | None = None
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._staging = staging
        self._unsettled = set() if unsettled is None else unsettled

    def add(self, unit: Unit, commit: Commit) -> None:
        """Write a new unit; who calls has seen to its place in the order."""
        job = jobs.begin(self._staging)
        jobs.intend(job, Intent(unit.urn))
        self._store.add(unit.urn, {"record.json": unit.to_json()}, commit, job)
        self._catalogue.note_units([unit])
        jobs.end(job)

    def revise(self, units: Sequence[Unit], commit: Commit) -> None:
        """Write changed units: all of them in the catalogue at once, then each as a new version.

        The catalogue is first: it may be ahead of the store already, and is what recovery writes
        there. Raises Unreadable, with nothing changed, for an object that is damaged.
        """
        for unit in units:
            self._store.require_whole(unit.urn)
        begun = []
        for unit in units:
            begun.append(jobs.begin(self._staging))
            jobs.intend(begun[-1], Intent(unit.urn))
        self._catalogue.note_units(units)
        for unit, job in zip(units, begun, strict=True):
            self._store.revise(unit.urn, {"record.json": unit.to_json()}, commit, job)
            jobs.end(job)

    def unsettle(self, urn: str) -> None:
        """Let `settle` write a unit, if the store has it otherwise than the catalogue."""
        self._unsettled.add(urn)

    def folder(self, reference: str) -> Unit:
        """Return the folder of a reference; raises UsageProblem."""
        found = self._catalogue.unit(references.check("folder", reference))
        if found is None or found.kind != "folder":
            message = _("There is no folder {reference}.").format(reference=reference)
            hint = f"partydoc catalogue add folder {reference} --title TITLE"
            raise UsageProblem(message, _("Add it first: {command}").format(command=hint))
        require_there(found)
        return found

    def by_urn(self, urn: str) -> Unit | None:
        """Return a folder by its URN."""
        return self._catalogue.unit_by_urn(urn)

    def free(self, urn: str) -> Place:
        """Return the next place in a folder; it is nobody's before `enter`."""
        folder = self.by_urn(urn)
        assert folder is not None
        return Place(urn, folder.next_ordinal)

    def enter(self, place: Place, document: str | None, sheets: int) -> None:
        """Make the entry at a place if there is none, for a document, or for its sheets only."""
        place = self._now(place)
        folder = self.by_urn(place.folder)
        if folder:
            self._change(folder, folder.with_entry(place.ordinal, document, sheets))

    def reserve(self, place: Place, sheets: int) -> None:
        """Make the entry at a place if there is none, for sheets only; any other stays."""
        folder = self.by_urn(place.folder)
        if folder and not whereabouts.now(self._catalogue, place):
            self._change(folder, folder.with_entry(place.ordinal, None, sheets))

    def has(self, urn: str, kept: Kept) -> bool:
        """Whether a folder has an entry for a document, or one reserved for it."""
        folder = self.by_urn(urn)
        reserved = any(self._now(place).folder == urn for place in kept.awaited)
        return reserved or bool(folder and folder.entry_of(kept.id))

    def places_of(self, kept: Kept) -> tuple[Place, ...]:
        """Return every entry that a document fills, and those that were reserved for it."""
        where = whereabouts.of(self._catalogue, kept.id)
        known = (self._catalogue.unit(one.folder) for one in where)
        filled = [
            Place(folder.urn, entry.ordinal)
            for folder in filter(None, known)
            for entry in folder.entries
            if entry.document == kept.id
        ]
        return tuple(dict.fromkeys((*map(self._now, kept.places), *filled)))

    def reference(self, place: Place) -> str:
        """Return the archival reference of an entry, e.g. A29-01-0003-012."""
        folder = self.by_urn(place.folder)
        return f"{folder.reference if folder else '?'}-{place.ordinal}"

    def fill(self, place: Place, document: str | None) -> None:
        """Put a document into the entry that was reserved for it, or take it out."""
        place = self._now(place)
        folder = self.by_urn(place.folder)
        if folder:
            self._change(folder, folder.with_document(place.ordinal, document))

    def _now(self, place: Place) -> Place:
        return whereabouts.now(self._catalogue, place) or place

    def _change(self, before: Unit, after: Unit) -> None:
        if after != before:
            self._catalogue.note_units([after])
        self._unsettled.add(after.urn)

    def settle(self, commit: Commit) -> None:
        """Write the folders that were changed, as the catalogue has them."""
        for urn in sorted(self._unsettled):
            with suppress(
                Unreadable
            ):  # damage is for verify to tell, and must not stop all writing
                self._write(urn, commit)
            self._unsettled.discard(urn)

    def _write(self, urn: str, commit: Commit) -> None:
        unit, before = self._catalogue.unit_by_urn(urn), self._store.unit(urn)
        if unit and unit != before:  # else somebody else has written it
            job = jobs.begin(self._staging)
            jobs.intend(job, Intent(urn))
            # What was typed of a paper that turned out secret stands in older versions too.
            write = self._store.begin_anew if unit.has_hidden(before) else self._store.revise
            write(urn, {"record.json": unit.to_json()}, commit, job)
            jobs.end(job)


def require_there(folder: Unit) -> None:
    """Raise UsageProblem for a folder that was destroyed: nothing is put there any more."""
    if folder.disposed:
        message = _("{reference} has been destroyed.").format(reference=folder.reference)
        raise UsageProblem(message, _("Name another folder: partydoc catalogue tree"))


def new_unit(
    kind: str, reference: str, title: str, box: str | None, within: str | None = None
) -> Unit:
    """Return a new unit with an id of its own; raises UsageProblem for a bad reference."""
    reference = references.check(kind, reference)
    return Unit(f"urn:uuid:{uuid.uuid4()}", kind, reference, title, box, within=within)
