"""`partydoc catalogue show`: all that is known of a unit, or of an entry of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partydoc.archive import whereabouts
from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.commands.terminal import printable
from partydoc.commands.units import as_line, entry_line, holds, organisation_line
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.archive.disposal import Disposal
    from partydoc.archive.order import Filed
    from partydoc.archive.units import Unit


@click.command(
    name="show",
    help=_(
        "Show all that is known of a fonds, an inventory, a folder, an organisation, or an entry."
    ),
    epilog=epilog(
        "partydoc catalogue show A29-01-0003", _("0 done, 2 there is no such reference.")
    ),
)
@click.argument("reference", metavar="REF")
@json_option
@click.pass_obj
def show(session: Session, reference: str, as_json: bool) -> None:
    """Print one unit or entry."""
    from partydoc import lookup
    from partydoc.archive import disposals, order
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        place = whereabouts.named(catalogue, reference)
        if place and not catalogue.unit(reference):
            folder = catalogue.unit_by_urn(place.folder)
            assert folder is not None
            lines = order.entries(catalogue, folder)
            entry = next(one for one in lines if one.ordinal == place.ordinal)
            gone = disposals.by_urn(catalogue, folder.disposed) if folder.disposed else None
            print_json(entry_line(entry)) if as_json else _print(_entry_rows(entry, gone))
        else:
            _show_unit(catalogue, lookup.unit(catalogue, reference), as_json)


def _show_unit(catalogue: Catalogue, unit: Unit, as_json: bool) -> None:
    from partydoc import lookup
    from partydoc.archive import disposals, order

    disposal = disposals.by_urn(catalogue, unit.disposed) if unit.disposed else None
    if unit.kind == "organisation":
        data, ends = organisation_line(unit), _relations(catalogue, unit)
    else:
        standing = order.below(catalogue, unit.reference, 0)[0]
        data, ends = as_line(standing), [(_("holds"), holds(standing))]
    if as_json:
        print_json({**data, "urn": unit.urn, "former": list(unit.former)})
    else:
        ends += [(_("destroyed"), lookup.fate(disposal))] if disposal else []
        _print([*_unit_rows(unit), *ends])


def _unit_rows(unit: Unit) -> list[tuple[str, str]]:
    from partydoc import unitfields

    rows = [(_("reference"), unit.reference), (_("kind"), _kinds()[unit.kind])]
    names = ("within", *unitfields.of(unit.kind), "closed")
    rows += [
        (unitfields.label(name), unitfields.shown(name, value)) for name in names
        if (value := unit.value(name)) is not None
    ]  # fmt: skip
    if unit.former:
        rows.append((_("formerly"), ", ".join(unit.former)))
    return rows


def _relations(catalogue: Catalogue, unit: Unit) -> list[tuple[str, str]]:
    """Return what came after an organisation, and the fonds that it formed."""
    from partydoc.archive import order

    names = {unit.reference, *unit.former}
    after = [
        one for one in order.units_of(catalogue, "organisation")
        if not names.isdisjoint(one.fields.get("predecessors", "").split("; "))
    ]  # fmt: skip
    formed = [
        one for one in order.units_of(catalogue, "fonds") if one.fields.get("creator") in names
    ]
    told = ((_("successors"), after), (_("fonds"), formed))
    return [
        (name, ", ".join(f"{one.reference} {one.title}" for one in found))
        for name, found in told if found
    ]  # fmt: skip


def _entry_rows(one: Filed, disposal: Disposal | None) -> list[tuple[str, str]]:
    from partydoc import entryfields, fieldnames, lookup
    from partydoc.fieldvalues import written

    rows = [(_("reference"), one.reference), (_("kind"), _("entry"))]
    leaves = entryfields.range_of(one.first_sheet, one.last_sheet)
    rows += [(_("sheets"), leaves)] if leaves else []
    rows += [
        (fieldnames.label(name), written(name, one.fields[name]))
        for name in entryfields.FIELDS if name in one.fields
    ]  # fmt: skip
    rows += [(_("note"), one.note)] if one.note else []
    nothing = lookup.fate(disposal) if disposal else _("no document is filed here")
    rows.append((_("document"), one.document or nothing))
    return rows


def _print(rows: list[tuple[str, str]]) -> None:
    width = max(len(label) for label, _value in rows)
    click.echo("\n".join(f"{label:<{width}}  {printable(value)}" for label, value in rows))


def _kinds() -> dict[str, str]:
    return {
        "fonds": _("fonds"),
        "inventory": _("inventory"),
        "folder": _("folder"),
        "organisation": _("organisation"),
    }
