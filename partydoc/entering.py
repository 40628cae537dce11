"""Entries, the lines of a folder's contents: new ones, what is said of them, and where they stand.

What is made here are drafts: `unitediting.carry_out` writes them, as one operation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from partydoc import codes, lookup, text
from partydoc.archive import references, whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Place
from partydoc.archive.root import Archive
from partydoc.archive.shelving import require_there
from partydoc.archive.units import Entry, Unit, entry_name, moved_name
from partydoc.closing import require_open, require_taking
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.unitediting import Draft, drafted, drafts_of, standing

#: What is said of an entry: `sheets` (first, last), `note`, `document`, a field; None: none.
Said = Mapping[str, str | tuple[int, int] | None]


def new_entry(
    archive: Archive, catalogue: Catalogue, reference: str, ordinal: str | None,
    document: str | None, values: Said,
) -> Draft:  # fmt: skip
    """Return a folder with one more entry, behind the last if no ordinal is given.

    `document`: the reference of one that is in the archive; its sheets are counted on if none are
    said. Raises UsageProblem, and Unreadable for a document in hold.
    """
    folder = _folder(catalogue, reference)
    entry = Entry(_free_ordinal(folder, ordinal), None, None, None)
    if document is None:
        document = cast(str | None, values.get("document"))
    values = {name: value for name, value in values.items() if name != "document"}
    if document is not None:
        row = lookup.living(archive, catalogue, document)
        if there := folder.entry_of(row.id):
            raise stands_there(f"{folder.reference}-{there.ordinal}", folder)
        first = folder.next_sheet
        entry = replace(entry, first_sheet=first, last_sheet=first + row.pages - 1, document=row.id)
    entry = replace(_said(entry, values), supplement=folder.closed is not None)
    return drafted(folder, folder.with_value(entry_name(entry.ordinal), entry))


def changed_entries(
    archive: Archive, catalogue: Catalogue, places: Sequence[Place], values: Said
) -> tuple[Draft, ...]:
    """Return the folders of entries with something said of these.

    A `document` is filed at an entry that has none; where it stood in the same folder leads there.
    """
    now: dict[str, Unit] = {}
    if named := values.get("document"):
        if len(places) > 1:
            message = _("A document fills one entry of a folder.")
            raise UsageProblem(message, _("Name one entry."))
        values = {**values, "document": lookup.living(archive, catalogue, str(named)).id}
    for one in places:
        folder = now.get(one.folder) or standing(catalogue, one.folder)
        require_there(folder)
        _require_unsaid(catalogue, folder, one, values)
        now[one.folder] = _with_said(folder, one, values)
    return drafts_of(catalogue, now.values())


def _require_unsaid(catalogue: Catalogue, folder: Unit, place: Place, values: Said) -> None:
    """Raise UsageProblem for a field that the document filed there has: it stands over all that is
    typed of its paper.
    """
    entry = folder.entry(place.ordinal)
    row = catalogue.row(entry.document) if entry and entry.document else None
    fields = row.kept.fields if row and row.kept else {}
    known = [name for name in values if (field := fields.get(name)) and field.accepted]
    if known and entry:
        message = _("A document is filed at {reference}; what it says itself ({name}) is shown.")
        hint = _("Change the document: partydoc edit {reference} {name}=…")
        names = {"reference": f"{folder.reference}-{entry.ordinal}", "name": known[0]}
        raise UsageProblem(message.format(**names), hint.format(**names))


def _with_said(folder: Unit, place: Place, values: Said) -> Unit:
    entry = folder.entry(place.ordinal)
    assert entry is not None
    if "sheets" in values and not entry.supplement:  # as they were certified
        require_open(folder)
    document = cast(str | None, values.get("document"))
    if document and entry.document != document:
        if entry.document:
            raise stands_there(entry.document[:12], folder)
        if there := folder.entry_of(document):
            folder = folder.with_value(entry_name(there.ordinal), None)
            folder = folder.with_value(moved_name(there.ordinal), place)
    return folder.with_value(entry_name(place.ordinal), _said(entry, values))


def _said(entry: Entry, values: Said) -> Entry:
    fields = dict(entry.fields)
    for name, value in codes.completed(cast(codes.Said, values)).items():
        if name == "sheets":
            first, last = value if isinstance(value, tuple) else (None, None)
            entry = replace(entry, first_sheet=first, last_sheet=last)
        elif name == "note":
            entry = replace(entry, note=cast(str | None, value))
        elif name == "document":
            entry = replace(entry, document=cast(str | None, value))
        elif value is None:
            fields.pop(name, None)
        else:
            fields[name] = str(value)
    return replace(entry, fields=codes.of_paper(fields, entry.fields))


def place(catalogue: Catalogue, reference: str) -> Place:
    """Return where an entry stands; raises UsageProblem where there is none."""
    found = whereabouts.named(catalogue, text.clean(reference).strip())
    if found is None:
        message = _("There is no {reference} in the catalogue.").format(reference=reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    return found


def moved(
    catalogue: Catalogue, places: Sequence[Place], target: str
) -> tuple[Draft, ...]:  # fmt: skip
    """Return the folders between which entries move: behind the last of a folder, or one entry to a
    place of its own. In another folder their sheets count on. Raises UsageProblem.
    """
    into, ordinal = _aim(catalogue, target)
    if ordinal and len(places) > 1:
        message = _("Only one of them can become {reference}.").format(reference=target)
        raise UsageProblem(message, _("Name a folder: they follow its last entry."))
    now = {into.urn: into}
    for one in places:
        source = now.get(one.folder) or standing(catalogue, one.folder)
        require_open(source)
        now[source.urn] = source
        _move(now, one, into.urn, ordinal)
    return drafts_of(catalogue, now.values())


def _move(now: dict[str, Unit], place: Place, into: str, wanted: str | None) -> None:
    source, target = now[place.folder], now[into]
    entry = source.entry(place.ordinal)
    assert entry is not None
    elsewhere = source.urn != into
    there_already = entry.document and target.entry_of(entry.document)
    if there_already if elsewhere else wanted is None:
        raise stands_there(f"{source.reference}-{entry.ordinal}", target)
    ordinal = _free_ordinal(target, wanted)
    there = replace(entry, ordinal=ordinal)
    if elsewhere:
        there = replace(there, supplement=target.closed is not None)
        if entry.sheets:
            first = target.next_sheet
            there = replace(there, first_sheet=first, last_sheet=first + entry.sheets - 1)
    source = source.with_value(entry_name(entry.ordinal), None)
    now[source.urn] = source.with_value(moved_name(entry.ordinal), Place(into, ordinal))
    now[into] = now[into].with_value(entry_name(ordinal), there)


def _aim(catalogue: Catalogue, target: str) -> tuple[Unit, str | None]:
    """Return the folder to which an entry goes, and the ordinal that it is to have there."""
    if catalogue.unit(target):
        return _folder(catalogue, target), None
    name, _dash, typed = target.rpartition("-")
    return _folder(catalogue, name or target), references.check_ordinal(typed)


def _folder(catalogue: Catalogue, reference: str) -> Unit:
    found = catalogue.unit(text.clean(reference).strip())
    if found is None or found.kind != "folder":
        message = _("There is no folder {reference}.").format(reference=reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    require_there(found)
    require_taking(catalogue, found)
    return found


def _free_ordinal(folder: Unit, wanted: str | None) -> str:
    if wanted is None:
        return folder.next_ordinal
    ordinal = references.check_ordinal(wanted)
    if folder.entry(ordinal) or ordinal in folder.moved:
        message = _("{reference} is given already.")
        hint = _("Choose another number, or one with a letter: {ordinal}a").format(ordinal=ordinal)
        reference = f"{folder.reference}-{ordinal}"
        raise UsageProblem(message.format(reference=reference), hint)
    return ordinal


def stands_there(reference: str, unit: Unit) -> UsageProblem:
    """Return the error that something stands in a unit already."""
    message = _("{reference} stands in {unit} already.")
    text_ = message.format(reference=reference, unit=unit.reference)
    return UsageProblem(text_, _("Nothing was changed."))
