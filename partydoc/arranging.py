"""Where units stand: new ones, and moving them with all that stands below; entries move too.

What is made here are drafts: `unitediting.carry_out` writes them, as one operation.
"""

from __future__ import annotations

from collections.abc import Sequence

from partydoc import entering, text
from partydoc.archive import order, references
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.shelving import new_unit
from partydoc.archive.units import Unit
from partydoc.closing import require_open_above
from partydoc.entering import stands_there
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.unitediting import Draft, drafts_of

#: kind of unit -> the kinds that it may stand in, and how many figures its number mostly has.
_ABOVE = {"inventory": ("fonds",), "folder": ("inventory",)}
_FIGURES = {"inventory": 2, "folder": 4}


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
    _require_number_free(catalogue, unit)
    if references.is_code(unit.reference):
        unit = unit.with_value("within", _home(catalogue, within).reference)
    elif within is not None:
        message = _("{reference} tells itself where it stands.").format(reference=reference)
        raise UsageProblem(message, _("Leave out --in."))
    if kind != "organisation":
        _require_open_parent(catalogue, unit)
    return unit


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
    places = [entering.place(catalogue, one) for one in names]
    return entering.moved(catalogue, places, target)


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
        _require_number_free(catalogue, one)
    return drafts_of(catalogue, moving)


def _renamed(unit: Unit, reference: str) -> Unit:
    """Return a unit under another reference; a code of the filing plan says not where it stands."""
    if references.is_code(reference):
        within = unit.within or unit.reference.partition("-")[0]
    else:
        within = None
    return unit.with_value("reference", reference).with_value("within", within)


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
        raise stands_there(unit.reference, there)
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


def _require_number_free(catalogue: Catalogue, unit: Unit) -> None:
    """Raise UsageProblem where another unit has, or had, the number with more or fewer zeros."""
    above, _dash, number = unit.reference.rpartition("-")
    if not (above and number.isdecimal()):
        return
    for name in order.names_in(catalogue, above):
        other, there = name.rpartition("-")[2], catalogue.unit(name)
        same = other.isdecimal() and other != number and int(other) == int(number)
        if same and there and there.urn != unit.urn:
            message = _("{reference} has the same number as {other}.")
            hint = _("Choose another reference.")
            raise UsageProblem(message.format(reference=unit.reference, other=name), hint)


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
    require_open_above(catalogue, unit)
