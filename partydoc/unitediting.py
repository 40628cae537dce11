"""What people say of fonds, inventories and folders, and where they put things: a new version of
each unit, one operation. `arranging`, `entering` and `closing` make drafts too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from partydoc import indexing, operations, unitfields
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Place
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import RECOVERED, Opened
from partydoc.archive.store import Store
from partydoc.archive.units import Unit, entry_name, leads, moved_name, names_of
from partydoc.errors import UsageProblem
from partydoc.index import dates
from partydoc.language import _
from partydoc.operations import Edited, Operation

#: What begins before it ends: the fields of its two days.
_SPAN = ("start", "end")


@dataclass(frozen=True)
class Draft:
    """One unit as it stands, and as it would stand."""

    before: Unit
    after: Unit
    edited: Edited


def draft(
    catalogue: Catalogue, units: Sequence[Unit], values: Mapping[str, str | None]
) -> tuple[Draft, ...]:
    """Return units as they would stand with some fields changed; nothing is written.

    Raises UsageProblem for one that would end before it begins, and for an organisation that is
    not in the catalogue.
    """
    drafts = []
    for reference in unitfields.organisations_in(values):
        _check_organisation(catalogue, reference)
    for unit in units:
        after = unit
        for name, value in values.items():
            after = after.with_value(name, value)
        _check_span(after)
        drafts.append(drafted(unit, after))
    return tuple(drafts)


def drafted(before: Unit, after: Unit, stale: Sequence[str] = ()) -> Draft:
    """Return a draft: what changes between a unit and how it would stand."""
    changed = _changed(before, after, names_of(before, after))
    return Draft(before, after, Edited(before.urn, changed, tuple(stale)))


def drafts_of(catalogue: Catalogue, units: Iterable[Unit]) -> tuple[Draft, ...]:
    """Return drafts of units as they would stand."""
    return tuple(drafted(standing(catalogue, one.urn), one) for one in units)


def standing(catalogue: Catalogue, urn: str) -> Unit:
    """Return a unit, which is there, as it stands."""
    found = catalogue.unit_by_urn(urn)
    assert found is not None
    return found


def carry_out(opened: Opened, drafts: Sequence[Draft], operation: Operation) -> Operation:
    """Write drafts as one operation, as `operations.carry_out` does."""

    def write(changing: Sequence[Draft], operation: Operation) -> None:
        commit = Commit(_message(operation), operation.who, operation.when)
        opened.shelves.revise([one.after for one in changing], commit)

    done = operations.carry_out(opened, drafts, operation, write)
    indexing.keep_up(opened)  # where a paper lies is searched as well
    return done


def undone(store: Store, catalogue: Catalogue, operation: Operation) -> tuple[Draft, ...]:
    """Return the units of an operation as they stood before it; nothing is written.

    What somebody changed since stays as it is and is told as stale. References that were given in
    between lead to where things stand then.
    """
    found = [(urn, catalogue.unit_by_urn(urn), _change(store, urn, operation))
             for urn in operation.ids]  # fmt: skip
    drafts = {
        urn: _back(now, *change, operation.fields) for urn, now, change in found if now and change
    }
    for urn, _now, change in found:
        for ordinal, place in _gone(change) if urn in drafts else ():
            if place.folder in drafts:
                _settle(drafts, Place(urn, ordinal), place)
    return tuple(drafts.values())


def _gone(change: tuple[Unit, Unit] | None) -> list[tuple[str, Place]]:
    """Return the ordinals of the entries that left a unit, each with where it went."""
    before, after = change or (None, None)
    if not (before and after):
        return []
    return [(each, place) for each, place in after.moved.items() if each not in before.moved]


def _settle(drafts: dict[str, Draft], home: Place, away: Place) -> None:
    """Let an entry stand in one place only: away, if somebody changed it there since; else at home,
    and what it was called away leads there.
    """
    here, there = drafts[home.folder], drafts[away.folder]
    if entry_name(away.ordinal) in there.edited.stale:
        stays = (entry_name(home.ordinal), moved_name(home.ordinal))
        then = here.after
        for name in stays:
            then = then.with_value(name, here.before.value(name))
        drafts[home.folder] = drafted(here.before, then, (*here.edited.stale, stays[0]))
    elif not there.after.entry(away.ordinal):
        then = there.after.with_value(moved_name(away.ordinal), home)
        drafts[away.folder] = drafted(there.before, then, there.edited.stale)


def _change(store: Store, urn: str, operation: Operation) -> tuple[Unit, Unit] | None:
    """Return a unit as it stood before an operation and after it; None where that changed nothing.

    After a crash it is recovery that wrote it: the first change of these fields from then on.
    """
    with damage_told(store.where(urn) or Path(urn)):
        versions = [
            (commit, Unit.from_json(data)) for commit, data in store.versions(urn, "record.json")
        ]
    since = operation.when.replace(microsecond=0)
    found = [
        (commit.message, before, after)
        for (_commit, before), (commit, after) in zip(versions, versions[1:], strict=False)
        if commit.when >= since and _changed(before, after, operation.fields)
    ]
    mine = [one for one in found if one[0] == _message(operation)]
    others = [one for one in found if one[0] == RECOVERED]
    return next((one[1:] for one in (*mine, *others)), None)


def _message(operation: Operation) -> str:
    """Return what the versions that an operation makes are called."""
    return f"{operation.what} {operation.number}"


def _back(now: Unit, before: Unit, after: Unit, names: Sequence[str]) -> Draft:
    then, stale = now, []
    for name in names:
        if now.value(name) not in (after.value(name), before.value(name)):
            if not leads(name):  # that is settled with the entry
                stale.append(name)
        else:
            then = then.with_value(name, before.value(name))
    return drafted(now, then, stale)


def _changed(before: Unit, after: Unit, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if before.value(name) != after.value(name))


def _check_organisation(catalogue: Catalogue, reference: str) -> None:
    found = catalogue.unit(reference)
    if found is None or found.kind != "organisation":
        message = _("There is no organisation {reference}.").format(reference=reference)
        hint = f"partydoc catalogue add organisation {reference} --title NAME"
        raise UsageProblem(message, _("Add it first: {command}").format(command=hint))


def _check_span(unit: Unit) -> None:
    start, end = map(unit.value, _SPAN)
    if start and end and dates.parse(end)[1] < dates.parse(start)[0]:
        message = _("{reference} would end before it begins: {start} to {end}.")
        shown = {name: unitfields.shown(name, unit.value(name)) for name in _SPAN}
        text = message.format(reference=unit.reference, **shown)
        raise UsageProblem(text, _("Correct one of the two days."))
