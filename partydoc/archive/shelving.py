"""Putting documents into folders, and adding fonds, inventories and folders."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

from partydoc.archive import jobs
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept, Place
from partydoc.archive.ocfl import Commit
from partydoc.archive.store import Store
from partydoc.archive.units import KINDS, Unit, check_reference
from partydoc.errors import UsageProblem
from partydoc.language import _


class Shelves:
    """The folders of an archive; `settle` writes what was collected, one version a folder."""

    def __init__(self, store: Store, catalogue: Catalogue, staging: Path) -> None:
        self._store = store
        self._catalogue = catalogue
        self._staging = staging
        self._changed: dict[str, Unit] = {}

    def add(self, unit: Unit, commit: Commit) -> None:
        """Write a new fonds, inventory or folder; its parent must be there, itself not."""
        if self._catalogue.unit(unit.reference):
            message = _("{reference} is in the catalogue already.").format(reference=unit.reference)
            raise UsageProblem(message, _("Choose another reference."))
        if unit.parent and not self._catalogue.unit(unit.parent):
            kind = next(kind for kind, parts in KINDS.items() if parts == KINDS[unit.kind] - 1)
            message = _("{reference} cannot be added: there is no {parent}.")
            hint = f"partydoc catalogue add {kind} {unit.parent} --title TITLE"
            text = message.format(reference=unit.reference, parent=unit.parent)
            raise UsageProblem(text, _("Add it first: {command}").format(command=hint))
        job = jobs.begin(self._staging)
        jobs.intend(job, Intent(unit.urn))
        self._store.add(unit.urn, {"record.json": unit.to_json()}, commit, job)
        self._catalogue.note_unit(unit)
        jobs.end(job)

    def folder(self, reference: str) -> Unit:
        """Return the folder of a reference, with what was collected; raises UsageProblem."""
        reference = check_reference("folder", reference)
        found = self._catalogue.unit(reference)
        if found is None:
            message = _("There is no folder {reference}.").format(reference=reference)
            hint = f"partydoc catalogue add folder {reference} --title TITLE"
            raise UsageProblem(message, _("Add it first: {command}").format(command=hint))
        return self._changed.get(found.urn, found)

    def by_urn(self, urn: str) -> Unit | None:
        """Return a folder by its URN, with what was collected."""
        return self._changed.get(urn) or self._catalogue.unit_by_urn(urn)

    def reserve(self, urn: str, document: str | None, sheets: int) -> Place:
        """Give the next entry of a folder to a document, or only its sheets; return which."""
        folder = self.by_urn(urn)
        assert folder is not None
        folder = folder.with_next(document, sheets)
        self.change(folder)
        return Place(urn, folder.entries[-1].ordinal)

    def cancel(self, place: Place) -> None:
        """Take back the entry that was reserved last: its document could not be kept."""
        folder = self.by_urn(place.folder)
        if folder and folder.entries[-1].ordinal == place.ordinal:
            self.change(replace(folder, entries=folder.entries[:-1]))

    def has(self, urn: str, kept: Kept) -> bool:
        """Whether a folder has an entry for a document, or one reserved for it."""
        folder = self.by_urn(urn)
        reserved = any(place.folder == urn for place in kept.places)
        return reserved or bool(folder and folder.entry_of(kept.id))

    def places_of(self, kept: Kept) -> tuple[Place, ...]:
        """Return every entry that a document fills, and those that were reserved for it."""
        known = (self._catalogue.unit(where.folder) for where in self._catalogue.where(kept.id))
        folders = {unit.urn: unit for unit in known if unit} | self._changed
        filled = [
            Place(urn, entry.ordinal)
            for urn, folder in folders.items()
            for entry in folder.entries
            if entry.document == kept.id
        ]
        return tuple(dict.fromkeys((*kept.places, *filled)))

    def reference(self, place: Place) -> str:
        """Return the archival reference of an entry, e.g. A29-01-0003-012."""
        folder = self.by_urn(place.folder)
        return f"{folder.reference if folder else '?'}-{place.ordinal}"

    def fill(self, place: Place, document: str | None) -> None:
        """Put a document into the entry that was reserved for it, or take it out."""
        folder = self.by_urn(place.folder)
        if folder:
            self.change(folder.with_document(place.ordinal, document))

    def change(self, unit: Unit) -> None:
        """Collect a folder's new state."""
        self._changed[unit.urn] = unit

    def settle(self, commit: Commit) -> None:
        """Write the collected folders."""
        for urn, unit in list(self._changed.items()):
            job = jobs.begin(self._staging)
            jobs.intend(job, Intent(urn))
            self._store.revise(urn, {"record.json": unit.to_json()}, commit, job)
            self._catalogue.note_unit(unit)
            jobs.end(job)
            del self._changed[urn]


def new_unit(kind: str, reference: str, title: str, box: str | None) -> Unit:
    """Return a new unit with an id of its own; raises UsageProblem for a bad reference."""
    return Unit(f"urn:uuid:{uuid.uuid4()}", kind, check_reference(kind, reference), title, box)
