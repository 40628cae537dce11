"""`partydoc undo`: take an operation back."""

from __future__ import annotations

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import UsageProblem
from partydoc.language import _


@click.command(
    name="undo",
    help=_(
        "Put back what an operation changed, as a new operation. A field that somebody changed"
        " since stays as it is. The number stands in: partydoc log"
    ),
    epilog=epilog(
        "partydoc undo 12",
        _("0 done, 2 it cannot be undone, 3 a field was changed since, or a document is in hold."),
    ),
)
@click.argument("number", metavar="OP", type=click.IntRange(1))
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, number: int, as_json: bool, quiet: bool, wait: float
) -> None:  # fmt: skip
    """Undo one operation and print what became of each document."""
    from partydoc import (
        editing,
        operations,
        registeredits,
        reuniting,
        unbinding,
        undoing,
        unitediting,
    )  # fmt: skip
    from partydoc.archive.audit import actor
    from partydoc.commands import drafts as drawn
    from partydoc.commands import rebound, registeredit
    from partydoc.commands.changes import Changes, watch

    session: Session = context.obj
    with session.writing(wait) as opened:
        found = operations.find(opened.audit, number)
        if found is None:
            message = _("There is no operation {number}.").format(number=number)
            raise UsageProblem(message, _("See what there is: partydoc log"))
        back = operations.Operation(None, clock(), actor(), "undo", undoes=number)
        if reuniting.concerns(opened.audit, found):
            told = [rebound.tell(one, opened.catalogue, as_json, quiet)
                    for one in reuniting.undo(opened, found, back)]  # fmt: skip
            context.exit(max(told))
        if registeredits.concerns(opened.catalogue, found):
            rows = registeredits.undone(opened.store, opened.catalogue, found)
            done = registeredits.carry_out(opened, rows, back)
            context.exit(registeredit.tell(rows, done, as_json, quiet))
        if found.of_units and found.fields:
            units = unitediting.undone(opened.store, opened.catalogue, found)
            done = unitediting.carry_out(opened, units, back)
            context.exit(drawn.tell(units, done, as_json, quiet))
        if unbinding.is_of_pages(found):
            pages = unbinding.undo(opened, found, back)
            context.exit(rebound.tell(pages, opened.catalogue, as_json, quiet))
        drafts = undoing.draft(opened.archive, found)
        back = editing.carry_out(opened, drafts, back, watch(quiet))
        changes = Changes(opened.catalogue, as_json, quiet)
        code = changes.tell(drafts, back)
        context.exit(changes.tell_held(len(undoing.in_hold(opened.archive, found))) or code)
