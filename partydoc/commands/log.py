"""`partydoc log`: what was done in the archive, operation by operation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.commands.terminal import lines
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partydoc.archive.audit import Audit
    from partydoc.operations import Operation

#: Of how many units the log tells the names.
_NAMED = 5


@click.command(
    name="log",
    help=_(
        "What was done in the archive, the newest first. With REF what was done to one document,"
        " fonds, inventory or folder. An edit is taken back with: partydoc undo OP"
    ),
    epilog=epilog("partydoc log --limit 50", _("0 done, 2 no such document or unit.")),
)
@click.argument("reference", metavar="[REF]", required=False)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N",
    help=_("How many at most."),
)  # fmt: skip
@json_option
@click.pass_obj
def command(session: Session, reference: str | None, limit: int, as_json: bool) -> None:
    """Print operations."""
    from partydoc import operations
    from partydoc.archive.audit import Audit

    audit = Audit(session.archive.audit)
    found = operations.log(audit) if reference is None else _of(session, audit, reference)
    for operation in islice(found, limit):
        if as_json:
            print_json(operation.to_dict())
        else:
            click.echo(lines(_line(operation, _named(session, operation))))


def _of(session: Session, audit: Audit, reference: str) -> Iterator[Operation]:
    """Return the operations of a unit, or of a document."""
    from partydoc import lookup, operations
    from partydoc.archive.opening import open_for_reading
    from partydoc.text import clean

    with open_for_reading(session.archive) as catalogue:
        unit = catalogue.unit(clean(reference).strip())
    if unit:
        return operations.log(audit, unit.urn)
    document, events = lookup.happened_to(session.archive, reference)
    return operations.of_document(audit, document, events)


def _named(session: Session, operation: Operation) -> str:
    """Return the rows of registers that it concerned, as they are named (in 125/2026), or the units
    by their references, of many the first.
    """
    if not operation.of_units:
        return ""
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        if operation.what.startswith("register"):
            rows = filter(None, map(catalogue.register_row, operation.ids))
            return ", ".join(f"{row.register} {row.reference}" for row in rows)
        units = filter(None, map(catalogue.unit_by_urn, operation.ids))
        names = [unit.reference for unit in islice(units, _NAMED + 1)]
    return ", ".join([*names[:_NAMED], "…"] if len(names) > _NAMED else names)


def _line(operation: Operation, named: str) -> str:
    from partydoc import fieldnames, registerfields, unitfields

    label = unitfields.label if operation.of_units else fieldnames.label
    if operation.what.startswith("register"):
        label = registerfields.label
    count = ngettext("{n} document", "{n} documents", operation.documents)
    parts = [
        f"{operation.number or '-':>6}",
        f"{operation.when.astimezone():%d/%m/%Y %H:%M}",
        operation.who,
        operation.what,
        named,
        count.format(n=operation.documents) if operation.documents else "",
        ", ".join(map(label, operation.fields)),
        _("undoes {number}").format(number=operation.undoes) if operation.undoes else "",
        "" if operation.finished else _("STOPPED IN THE MIDDLE"),
    ]
    return "  ".join(filter(None, parts))
