"""`partydoc catalogue list`, `tree` and `show`: the archive's order, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from partydoc.commands.session import Session, epilog, json_option, notice, print_json
from partydoc.commands.terminal import printable
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.order import Filed, Standing

_STATUS = _("0 done, 2 there is no such reference.")


@click.command(
    name="list",
    help=_(
        "List what stands in a fonds, an inventory or a folder; without REF the fonds. Of a folder"
        " each entry: its sheets, and the document that is filed there."
    ),
    epilog=epilog("partydoc catalogue list A29-01-0003", _STATUS),
)
@click.argument("reference", metavar="[REF]", required=False)
@json_option
@click.pass_obj
def list_(session: Session, reference: str | None, as_json: bool) -> None:
    """Print the next level."""
    from partydoc import lookup
    from partydoc.archive import order
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        unit = lookup.unit(catalogue, reference) if reference else None
        if unit and unit.kind == "folder":
            notes = {entry.ordinal: entry.note for entry in unit.entries}
            filed = order.entries(catalogue, unit.urn, unit.reference)
            _print_entries(filed, notes, as_json)
        else:
            name = unit.reference if unit else None
            found = order.below(catalogue, name, 1)
            _print_units([one for one in found if one.reference != name], as_json, 0)


@click.command(
    name="tree",
    help=_("Show the archive's order, fonds to folder, with how much stands in each."),
    epilog=epilog("partydoc catalogue tree A29-01", _STATUS),
)
@click.argument("reference", metavar="[REF]", required=False)
@click.option(
    "--depth", type=click.IntRange(0), default=3, show_default=True, metavar="N",
    help=_("How many levels below it."),
)  # fmt: skip
@json_option
@click.pass_obj
def tree(session: Session, reference: str | None, depth: int, as_json: bool) -> None:
    """Print a unit and what stands below it."""
    from partydoc import lookup
    from partydoc.archive import order
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        name = lookup.unit(catalogue, reference).reference if reference else None
        _print_units(order.below(catalogue, name, depth), as_json, indent=2)


@click.command(
    name="show",
    help=_("Show all that is known of a fonds, an inventory or a folder."),
    epilog=epilog("partydoc catalogue show A29-01-0003", _STATUS),
)
@click.argument("reference", metavar="REF")
@json_option
@click.pass_obj
def show(session: Session, reference: str, as_json: bool) -> None:
    """Print one unit."""
    from partydoc import lookup, unitfields
    from partydoc.archive import order
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        unit = lookup.unit(catalogue, reference)
        standing = order.below(catalogue, unit.reference, 0)[0]
    if as_json:
        print_json({**_unit(standing), "urn": unit.urn})
        return
    rows = [(_("reference"), unit.reference), (_("kind"), _kinds()[unit.kind])]
    known = {name: unit.value(name) for name in unitfields.of(unit.kind)}
    rows += [
        (unitfields.label(name), unitfields.shown(name, value)) for name, value in known.items()
        if value is not None
    ]  # fmt: skip
    rows.append((_("holds"), _holds(standing)))
    width = max(len(label) for label, _value in rows)
    click.echo("\n".join(f"{label:<{width}}  {printable(value)}" for label, value in rows))


def _print_units(found: list[Standing], as_json: bool, indent: int) -> None:
    top = min((one.depth for one in found), default=0)
    for one in found:
        if as_json:
            print_json(_unit(one))
        else:
            box = _("box {box}").format(box=one.box) if one.box else ""
            parts = (one.title, box, _holds(one))
            line = f"{one.reference}  {' · '.join(filter(None, parts))}"
            click.echo(" " * indent * (one.depth - top) + printable(line))
    if not found:
        hint = _('Add a fonds: partydoc catalogue add fonds A29 --title "…"')
        notice(_("There is nothing in the catalogue here yet.") + " " + hint, as_json)


def _print_entries(found: list[Filed], notes: dict[str, str | None], as_json: bool) -> None:
    for one in found:
        if as_json:
            print_json(_entry(one, notes.get(one.ordinal)))
        else:
            click.echo(printable(_line(one, notes.get(one.ordinal))))
    if not found:
        notice(_("The folder is empty."), as_json)


def _line(one: Filed, note: str | None) -> str:
    fields = one.fields
    name = " ".join(fields[each] for each in ("type", "code") if each in fields)
    parts = [name, fields.get("date", ""), fields.get("issuer", ""), fields.get("subject", "")]
    if one.document is None:
        parts = [_("no document is filed here")]
    elif not any(parts):
        parts = [_("nothing of it is sure yet ({id})").format(id=one.document[:12])]
    sheets = _sheets(one) or "-"
    return f"{one.ordinal:>5}  {sheets:>9}  " + " · ".join(filter(None, [*parts, note or ""]))


def _sheets(one: Filed) -> str:
    if one.first_sheet is None:
        return ""
    last = one.last_sheet or one.first_sheet
    return f"{one.first_sheet}-{last}" if last > one.first_sheet else str(one.first_sheet)


def _holds(one: Standing) -> str:
    counts = []
    if one.kind != "folder":
        many = ngettext("{n} folder", "{n} folders", one.folders)
        counts.append(many.format(n=one.folders))
    many = ngettext("{n} document", "{n} documents", one.documents)
    counts.append(many.format(n=one.documents))
    if empty := one.entries - one.documents:
        many = ngettext("{n} entry without one", "{n} entries without one", empty)
        counts.append(many.format(n=empty))
    counts.append(ngettext("{n} sheet", "{n} sheets", one.sheets).format(n=one.sheets))
    return ", ".join(counts)


def _unit(one: Standing) -> dict[str, Any]:
    return {
        "version": 1,
        "kind": one.kind,
        "reference": one.reference,
        "title": one.title,
        "box": one.box,
        "fields": dict(one.fields),
        "folders": one.folders,
        "entries": one.entries,
        "documents": one.documents,
        "sheets": one.sheets,
    }


def _entry(one: Filed, note: str | None) -> dict[str, Any]:
    return {
        "version": 1,
        "reference": one.reference,
        "first_sheet": one.first_sheet,
        "last_sheet": one.last_sheet,
        "id": one.document,
        "status": one.status,
        "pages": one.pages,
        **{name: one.fields.get(name) for name in ("type", "code", "date", "issuer", "subject")},
        "note": note,
    }


def _kinds() -> dict[str, str]:
    return {"fonds": _("fonds"), "inventory": _("inventory"), "folder": _("folder")}
