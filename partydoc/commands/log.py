"""`partydoc log`: what was done in the archive, operation by operation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.commands.terminal import lines
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.operations import Operation


@click.command(
    name="log",
    help=_(
        "What was done in the archive, the newest first; with REF what was done to one document."
        " An edit is taken back with: partydoc undo OP"
    ),
    epilog=epilog("partydoc log --limit 50", _("0 done, 2 no such document.")),
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
    from partydoc import lookup, operations
    from partydoc.archive.audit import Audit

    audit = Audit(session.archive.audit)
    if reference is None:
        found = operations.log(audit)
    else:
        document, events = lookup.happened_to(session.archive, reference)
        found = operations.of_document(audit, document, events)
    for operation in islice(found, limit):
        if as_json:
            print_json(operation.to_dict())
        else:
            click.echo(lines(_line(operation, _rows(session, operation))))


def _rows(session: Session, operation: Operation) -> str:
    """Return the rows of registers that it concerned, as they are named: in 125/2026."""
    if not operation.what.startswith("register"):
        return ""
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        found = filter(None, map(catalogue.register_row, operation.ids))
        return ", ".join(f"{row.register} {row.reference}" for row in found)


def _line(operation: Operation, rows: str) -> str:
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
        rows,
        count.format(n=operation.documents) if operation.documents else "",
        ", ".join(map(label, operation.fields)),
        _("undoes {number}").format(number=operation.undoes) if operation.undoes else "",
        "" if operation.finished else _("STOPPED IN THE MIDDLE"),
    ]
    return "  ".join(filter(None, parts))
