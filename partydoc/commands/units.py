"""`partydoc catalogue list` and `tree`: the archive's order, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from partydoc.commands.session import Session, epilog, json_option, notice, print_json
from partydoc.commands.terminal import printable
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.order import Filed, Standing
    from partydoc.archive.units import Unit

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
@click.option("--organisations", is_flag=True, help=_("List the organisations that form fonds."))
@json_option
@click.pass_obj
def list_(session: Session, reference: str | None, organisations: bool, as_json: bool) -> None:
    """Print the next level."""
    from partydoc import lookup
    from partydoc.archive import order
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        unit = lookup.unit(catalogue, reference) if reference else None
        if organisations:
            _print_organisations(order.units_of(catalogue, "organisation"), as_json)
        elif unit and unit.kind == "folder":
            _print_entries(order.entries(catalogue, unit), as_json)
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


def _print_units(found: list[Standing], as_json: bool, indent: int) -> None:
    top = min((one.depth for one in found), default=0)
    for one in found:
        if as_json:
            print_json(as_line(one))
        else:
            box = _("box {box}").format(box=one.box) if one.box else ""
            shut = _("closed") if one.closed else ""
            gone = _("destroyed (proposal {number})").format(number=one.disposal)
            parts = (one.title, box, shut, gone if one.disposal else "", holds(one))
            line = f"{one.reference}  {' · '.join(filter(None, parts))}"
            click.echo(" " * indent * (one.depth - top) + printable(line))
    if not found:
        hint = _('Add a fonds: partydoc catalogue add fonds A29 --title "…"')
        notice(_("There is nothing in the catalogue here yet.") + " " + hint, as_json)


def _print_organisations(found: list[Unit], as_json: bool) -> None:
    for one in found:
        if as_json:
            print_json(organisation_line(one))
        else:
            span = "-".join((one.fields.get("start", ""), one.fields.get("end", "")))
            parts = (one.title, span if len(span) > 1 else "")
            click.echo(printable(f"{one.reference}  {' · '.join(filter(None, parts))}"))
    if not found:
        hint = _("Add one: {command}")
        command = "partydoc catalogue add organisation REF --title NAME"
        notice(hint.format(command=command), as_json)


def _print_entries(found: list[Filed], as_json: bool) -> None:
    for one in found:
        if as_json:
            print_json(entry_line(one))
        else:
            click.echo(printable(_line(one)))
    if not found:
        notice(_("The folder is empty."), as_json)


def _line(one: Filed) -> str:
    from partydoc.entryfields import range_of

    fields = one.fields
    name = " ".join(fields[each] for each in ("type", "code") if each in fields)
    parts = [name, fields.get("date", ""), fields.get("issuer", ""), fields.get("subject", "")]
    if one.document is None:
        parts.append(_("no document is filed here"))
    elif not any(parts):
        parts = [_("nothing of it is sure yet ({id})").format(id=one.document[:12])]
    late = _("supplement") if one.supplement else ""
    sheets = range_of(one.first_sheet, one.last_sheet) or "-"
    told = " · ".join(filter(None, [*parts, one.note or "", late]))
    return f"{one.ordinal:>5}  {sheets:>9}  {told}"


def holds(one: Standing) -> str:
    """Return how much stands in a unit, for people."""
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


def as_line(one: Standing) -> dict[str, Any]:
    """Return a unit as `--json` has it."""
    return {
        "version": 1,
        "kind": one.kind,
        "reference": one.reference,
        "title": one.title,
        "box": one.box,
        "fields": dict(one.fields),
        "closed": one.closed,
        "disposal": one.disposal,
        "folders": one.folders,
        "entries": one.entries,
        "documents": one.documents,
        "sheets": one.sheets,
    }


def organisation_line(one: Unit) -> dict[str, Any]:
    """Return an organisation as `--json` has it."""
    return {
        "version": 1,
        "kind": one.kind,
        "reference": one.reference,
        "title": one.title,
        "fields": dict(one.fields),
    }


def entry_line(one: Filed) -> dict[str, Any]:
    """Return an entry as `--json` has it."""
    return {
        "version": 1,
        "reference": one.reference,
        "first_sheet": one.first_sheet,
        "last_sheet": one.last_sheet,
        "id": one.document,
        "status": one.status,
        "pages": one.pages,
        **{name: one.fields.get(name) for name in ("type", "code", "date", "issuer", "subject")},
        "note": one.note,
        "supplement": one.supplement,
    }
