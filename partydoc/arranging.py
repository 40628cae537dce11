"""Where things stand: new units and entries; and moving and closing them.

What is made here are drafts: `unitediting.carry_out` writes them, as one operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from partydoc import lookup, text
from partydoc.archive import order, references
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Place
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit, require_there
from partydoc.archive.units import Entry, Unit, entry_name, moved_name
from partydoc.errors import UsageProblem
from partydoc.fieldvalues import written
from partydoc.language import _
from partydoc.unitediting import Draft, drafted
from partydoc.unitfields import label

#: kind of unit -> the kinds that it may stand in, and how many figures its number mostly has.
_ABOVE = {"inventory": ("fonds",), "folder": ("inventory",)}
_FIGURES = {"inventory": 2, "folder": 4}
#: What is said of an entry: `sheets` (first, last), `note`, `document`, a field; None: none.
Said = Mapping[str, str | tuple[int, int] | None]


def placed(
    catalogue: Catalogue, kind: str, reference: str, title: str,
    box: str | None = None, within: str | None = None,
) -> Unit:  # fmt: skip
    """Return a new unit for a place that is free; nothing is written.

    `within`: where a folder stands that has a code of the filing plan; without it in the one fonds
    that is open. Raises UsageProblem.
    """
    unit = new_unit(kind, reference, title, box)
    _require_free(catalogue, unit.reference)
    if references.is_code(unit.reference):
        unit = unit.with_value("within", _home(catalogue, within).reference)
    elif within is not None:
        message = _("{reference} tells itself where it stands.").format(reference=reference)
        raise UsageProblem(message, _("Leave out --in."))
    if kind != "organisation":
        _require_open_parent(catalogue, unit)
    return unit


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
    if document is not None:
        row = lookup.visible(archive, catalogue, document)
        if there := folder.entry_of(row.id):
            raise _stands_there(f"{folder.reference}-{there.ordinal}", folder)
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
        values = {**values, "document": lookup.visible(archive, catalogue, str(named)).id}
    for one in places:
        folder = now.get(one.folder) or _unit(catalogue, one.folder)
        require_there(folder)
        now[one.folder] = _with_said(folder, one, values)
    return _drafts(catalogue, now.values())


def _with_said(folder: Unit, place: Place, values: Said) -> Unit:
    entry = folder.entry(place.ordinal)
    assert entry is not None
    document = cast(str | None, values.get("document"))
    if document and entry.document != document:
        if entry.document:
            raise _stands_there(entry.document[:12], folder)
        if there := folder.entry_of(document):
            folder = folder.with_value(entry_name(there.ordinal), None)
            folder = folder.with_value(moved_name(there.ordinal), place)
    return folder.with_value(entry_name(place.ordinal), _said(entry, values))


def moved(catalogue: Catalogue, names: Sequence[str], target: str) -> tuple[Draft, ...]:
    """Return what changes when units, or entries, get other references; nothing is written.

    A unit gets the one that is given, or the next free one of the unit that it names; entries go
    behind the last of a folder, or one entry to a place of its own. Raises UsageProblem.
    """
    names = tuple(dict.fromkeys(text.clean(one).strip() for one in names))
    target = text.clean(target).strip()
    units = [unit for unit in map(catalogue.unit, names) if unit]
    if len(units) == len(names):
        return _moved_units(catalogue, units, target)
    places = [place(catalogue, one) for one in names]
    return _moved_entries(catalogue, places, target)


def place(catalogue: Catalogue, reference: str) -> Place:
    """Return where an entry stands; raises UsageProblem where there is none."""
    found = catalogue.place(text.clean(reference).strip())
    if found is None:
        message = _("There is no {reference} in the catalogue.").format(reference=reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    return found


def _moved_units(
    catalogue: Catalogue, units: Sequence[Unit], target: str
) -> tuple[Draft, ...]:  # fmt: skip
    there, moving, taken = catalogue.unit(target), list[Unit](), list[str]()
    for unit in units:
        reference = _next_reference(catalogue, unit, there, taken) if there else None
        if reference is None:
            reference = references.check(unit.kind, target)
        below = order.units_below(catalogue, unit)
        if len(units) > 1 and (below or reference == target):
            message = _("Only one of them can become {reference}.").format(reference=target)
            raise UsageProblem(message, _("Name the inventory: they get its next numbers."))
        taken.append(reference)
        top = _renamed(unit, reference)
        if unit.kind != "organisation":
            _require_open_parent(catalogue, top)
        moving += [*(_below(one, unit, top) for one in below), top]
    own = {one.urn for one in moving}
    for one in moving:  # what a unit was called before it may be called again
        found = catalogue.unit(one.reference)
        if found and (found.urn not in own or target in (unit.reference for unit in units)):
            _require_free(catalogue, one.reference)
    return _drafts(catalogue, moving)


def _renamed(unit: Unit, reference: str) -> Unit:
    """Return a unit under another reference; a code of the filing plan says not where it stands."""
    if references.is_code(reference):
        within = unit.within or unit.reference.partition("-")[0]
    else:
        within = None
    return unit.with_value("reference", reference).with_value("within", within)


def _moved_entries(
    catalogue: Catalogue, places: Sequence[Place], target: str
) -> tuple[Draft, ...]:  # fmt: skip
    """Return the folders between which entries move; in another folder their sheets count on."""
    into, ordinal = _aim(catalogue, target)
    if ordinal and len(places) > 1:
        message = _("Only one of them can become {reference}.").format(reference=target)
        raise UsageProblem(message, _("Name a folder: they follow its last entry."))
    now = {into.urn: into}
    for one in places:
        source = now.get(one.folder) or _unit(catalogue, one.folder)
        _require_open(source)
        now[source.urn] = source
        _move(now, one, into.urn, ordinal)
    return _drafts(catalogue, now.values())


def closed(catalogue: Catalogue, unit: Unit, day: str) -> Draft:
    """Return a unit closed on a day (ISO): of a folder the sheets are counted, and what was stated
    of them must be true. Raises UsageProblem, with both figures where they differ.
    """
    if unit.kind == "organisation":
        message = _("{reference} is an organisation; it ends: catalogue edit {reference} end=DAY")
        raise UsageProblem(message.format(reference=unit.reference), _("Nothing was changed."))
    _require_open(unit)
    after = unit.with_value("closed", day)
    if unit.kind == "folder":
        after = after.with_value("sheets", str(_counted(catalogue, unit)))
    return drafted(unit, after)


def reopened(unit: Unit) -> Draft:
    """Return a unit open again; raises UsageProblem where it is, and where it was destroyed."""
    require_there(unit)
    if unit.closed is None:
        message = _("{reference} is open.").format(reference=unit.reference)
        raise UsageProblem(message, _("Nothing was changed."))
    return drafted(unit, unit.with_value("closed", None))


def _said(entry: Entry, values: Said) -> Entry:
    fields = dict(entry.fields)
    for name, value in values.items():
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
    return replace(entry, fields=fields)


def _drafts(catalogue: Catalogue, units: Iterable[Unit]) -> tuple[Draft, ...]:
    return tuple(drafted(_unit(catalogue, one.urn), one) for one in units)


def _unit(catalogue: Catalogue, urn: str) -> Unit:
    found = catalogue.unit_by_urn(urn)
    assert found is not None
    return found


def _move(now: dict[str, Unit], place: Place, into: str, wanted: str | None) -> None:
    source, target = now[place.folder], now[into]
    entry = source.entry(place.ordinal)
    assert entry is not None
    elsewhere = source.urn != into
    there_already = entry.document and target.entry_of(entry.document)
    if there_already if elsewhere else wanted is None:
        raise _stands_there(f"{source.reference}-{entry.ordinal}", target)
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
    return _folder(catalogue, name), references.check_ordinal(typed)


def _folder(catalogue: Catalogue, reference: str) -> Unit:
    found = catalogue.unit(text.clean(reference).strip())
    if found is None or found.kind != "folder":
        message = _("There is no folder {reference}.").format(reference=reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    require_there(found)
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


def _below(one: Unit, old: Unit, new: Unit) -> Unit:
    """Return a unit that stands below one that gets another reference."""
    if one.within:
        rest = one.within.removeprefix(old.reference)
        return one.with_value("within", new.reference + rest)
    return one.with_value("reference", new.reference + one.reference.removeprefix(old.reference))


def _next_reference(
    catalogue: Catalogue, unit: Unit, there: Unit, taken: Sequence[str]
) -> str | None:
    """Return the next reference in a unit; None where such a unit does not stand in it."""
    if there.kind not in _ABOVE.get(unit.kind, ()):
        return None
    if unit.parent == there.reference and not unit.within:
        raise _stands_there(unit.reference, there)
    names = (*order.names_in(catalogue, there.reference), *taken)
    numbers = [one for one in (name.rpartition("-")[2] for name in names) if one.isdecimal()]
    figures = max(map(len, numbers), default=_FIGURES[unit.kind])
    return f"{there.reference}-{max(map(int, numbers), default=0) + 1:0{figures}d}"


def _home(catalogue: Catalogue, within: str | None) -> Unit:
    """Return where a folder with a code of the filing plan stands."""
    if within is not None:
        found = catalogue.unit(text.clean(within).strip())
        if found and found.kind in ("fonds", "inventory"):
            return found
        message = _("There is no fonds or inventory {reference}.").format(reference=within)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    fonds = [one for one in order.units_of(catalogue, "fonds") if not one.closed]
    if len(fonds) == 1:
        return fonds[0]
    message = _("It does not tell in which fonds it stands.")
    names = ", ".join(one.reference for one in fonds) or "REF"
    raise UsageProblem(message, _("Name it: --in {names}").format(names=names))


def _require_free(catalogue: Catalogue, reference: str) -> None:
    found = catalogue.unit(reference)
    if found is None:
        return
    if found.reference == reference:
        message = _("{reference} is in the catalogue already.").format(reference=reference)
    else:
        message = _("{reference} was the reference of {now} and leads there for ever.")
        message = message.format(reference=reference, now=found.reference)
    raise UsageProblem(message, _("Choose another reference."))


def _require_open_parent(catalogue: Catalogue, unit: Unit) -> None:
    if unit.parent is None:
        return
    parent = catalogue.unit(unit.parent)
    if parent is None or parent.reference != unit.parent:
        kind = _ABOVE[unit.kind][0]
        message = _("{reference} cannot be added: there is no {parent}.")
        hint = f"partydoc catalogue add {kind} {unit.parent} --title TITLE"
        text_ = message.format(reference=unit.reference, parent=unit.parent)
        raise UsageProblem(text_, _("Add it first: {command}").format(command=hint))
    _require_open(parent)


def _require_open(unit: Unit) -> None:
    if unit.closed:
        message = _("{reference} was closed on {day}.")
        hint = _("Open it again first: partydoc catalogue close {reference} --reopen")
        day = written("date", unit.closed)
        text_ = message.format(reference=unit.reference, day=day)
        raise UsageProblem(text_, hint.format(reference=unit.reference))


def _stands_there(reference: str, unit: Unit) -> UsageProblem:
    message = _("{reference} stands in {unit} already.")
    text_ = message.format(reference=reference, unit=unit.reference)
    return UsageProblem(text_, _("Nothing was changed."))


def _counted(catalogue: Catalogue, folder: Unit) -> int:
    """Return how many sheets a folder has; raises UsageProblem where more or fewer are stated."""
    bare = [entry.ordinal for entry in folder.entries if not entry.sheets]
    if bare or not folder.entries:
        message = _("{reference} cannot be closed: entries {ordinals} have no sheet numbers.")
        if not bare:
            message = _("{reference} cannot be closed: it has no entries.")
        hint = _("Number them: partydoc catalogue edit {reference}-{ordinal} sheets=1-2")
        names = {"reference": folder.reference, "ordinals": ", ".join(bare)}
        raise UsageProblem(message.format(**names), hint.format(**names, ordinal=[*bare, "001"][0]))
    counted = {"sheets": sum(entry.sheets for entry in folder.entries)}
    pages = [row.pages if row else None for row in map(catalogue.row, _documents(folder))]
    if None not in pages:
        counted["pages"] = sum(filter(None, pages))
    for name, count in counted.items():
        stated = folder.value(name)
        if stated and int(stated) != count:
            message = _("{reference}: for {name} {stated} is stated, its entries have {counted}.")
            hint = _("Correct the entries, or what is stated: partydoc catalogue edit {what}")
            said = {"reference": folder.reference, "name": label(name), "stated": stated}
            what = f"{folder.reference} {name}={count}"
            raise UsageProblem(message.format(**said, counted=count), hint.format(what=what))
    return counted["sheets"]


def _documents(folder: Unit) -> list[str]:
    """Return the documents of a folder, "" for an entry without one."""
    return [entry.document or "" for entry in folder.entries]
