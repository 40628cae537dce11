"""What people say of fonds, inventories and folders: a new version of each, one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from partydoc import indexing, unitfields
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.store import Store, damage_told
from partydoc.archive.units import Unit
from partydoc.errors import UsageProblem
from partydoc.index import dates
from partydoc.language import _
from partydoc.operations import Edited, Operation, What, begun

#: What begins before it ends: the fields of its two days.
_SPAN = ("start", "end")


@dataclass(frozen=True)
class Draft:
    """One unit as it stands, and as it would stand."""

    before: Unit
    after: Unit
    edited: Edited


def draft(units: Sequence[Unit], values: Mapping[str, str | None]) -> tuple[Draft, ...]:
    """Return units as they would stand with some fields changed; nothing is written.

    Raises UsageProblem for a folder that would end before it begins.
    """
    drafts = []
    for unit in units:
        after = unit
        for name, value in values.items():
            after = after.with_value(name, value)
        _check_span(after)
        drafts.append(_drafted(unit, after))
    return tuple(drafts)


def carry_out(opened: Opened, drafts: Sequence[Draft], operation: Operation) -> Operation:
    """Write drafts as one operation, of which `what`, `when`, `who` and `undoes` are given.

    The caller holds the lock. Its number is None where nothing was to be changed.
    """
    changing = [one for one in drafts if one.edited.changed]
    if changing:
        names = dict.fromkeys(name for one in changing for name in one.edited.changed)
        detail: dict[str, Any] = {"fields": list(names)}
        if operation.undoes:
            detail["undoes"] = operation.undoes
        what, urns = cast(What, operation.what), [one.after.urn for one in changing]
        with begun(opened, what, operation.when, urns, **detail) as operation:
            for one in changing:
                commit = Commit(operation.what, operation.who, operation.when)
                opened.shelves.revise(one.after, commit)
        operation = replace(operation, finished=True)
    indexing.keep_up(opened)  # where a paper lies is searched as well
    return replace(operation, edited=tuple(one.edited for one in drafts))


def undone(store: Store, catalogue: Catalogue, operation: Operation) -> tuple[Draft, ...]:
    """Return the units of an operation as they stood before it; nothing is written.

    A field that somebody changed since stays as it is and is told as stale.
    """
    drafts = []
    for urn in operation.ids:
        now, change = catalogue.unit_by_urn(urn), _change(store, urn, operation)
        if now and change:
            drafts.append(_back(now, *change, operation.fields))
    return tuple(drafts)


def _change(store: Store, urn: str, operation: Operation) -> tuple[Unit, Unit] | None:
    """Return a unit as it stood before an operation and after it; None where that changed nothing.

    After a crash it is recovery that wrote it: the first change of these fields from then on.
    """
    with damage_told(store.where(urn) or Path(urn)):
        versions = [
            (when, Unit.from_json(data)) for when, data in store.versions(urn, "record.json")
        ]
    since = operation.when.replace(microsecond=0)
    for (_when, before), (when, after) in zip(versions, versions[1:], strict=False):
        if when >= since and _changed(before, after, operation.fields):
            return before, after
    return None


def _back(now: Unit, before: Unit, after: Unit, names: Sequence[str]) -> Draft:
    then, stale = now, []
    for name in names:
        if now.value(name) not in (after.value(name), before.value(name)):
            stale.append(name)
        else:
            then = then.with_value(name, before.value(name))
    return _drafted(now, then, stale)


def _drafted(before: Unit, after: Unit, stale: Sequence[str] = ()) -> Draft:
    changed = _changed(before, after, unitfields.FIELDS)
    return Draft(before, after, Edited(before.urn, changed, tuple(stale)))


def _changed(before: Unit, after: Unit, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if before.value(name) != after.value(name))


def _check_span(unit: Unit) -> None:
    start, end = map(unit.value, _SPAN)
    if start and end and dates.parse(end)[1] < dates.parse(start)[0]:
        message = _("{reference} would end before it begins: {start} to {end}.")
        shown = {name: unitfields.shown(name, unit.value(name)) for name in _SPAN}
        text = message.format(reference=unit.reference, **shown)
        raise UsageProblem(text, _("Correct one of the two days."))
