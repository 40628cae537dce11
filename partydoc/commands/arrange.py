"""`partydoc catalogue move` and `close`: where things stand, and that no more comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partydoc.commands import drafts as drawn
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.unitediting import Draft


@click.command(
    name="move",
    help=_(
        "Give a unit, with all that stands below it, another reference: that of --to, or the next"
        " of the unit named there. Or put entries into another folder, behind its last, or one"
        " entry at a number of its own. Every reference that a thing had before leads to it."
    ),
    epilog=epilog(
        "partydoc catalogue move TH.01/2026 --to A29-01",
        _("0 done, 2 there is no such reference, or its new one is taken."),
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--to", "target", required=True, metavar="REF", help=_("Where it is to stand."))
@drawn.dry_option
@json_option
@quiet_option
@wait_option
@click.pass_obj
def move(
    session: Session, references: tuple[str, ...], target: str, dry_run: bool, as_json: bool,
    quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Move units or entries."""
    from partydoc import arranging

    def drafts(catalogue: Catalogue) -> tuple[Draft, ...]:
        return arranging.moved(catalogue, references, target)

    drawn.carry_out(session, drafts, "catalogue-move", dry_run, as_json, quiet, wait)


@click.command(
    name="close",
    help=_(
        "Close a fonds, an inventory or a folder: nothing new is put into it but, into a folder, a"
        " supplement. The sheets of a folder are counted, and must be as many as are stated."
    ),
    epilog=epilog(
        "partydoc catalogue close A29-01-0003",
        _("0 done, 2 it is closed, or its totals differ."),
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--reopen", is_flag=True, help=_("Open it again."))
@drawn.dry_option
@json_option
@quiet_option
@wait_option
@click.pass_obj
def close(
    session: Session, references: tuple[str, ...], reopen: bool, dry_run: bool, as_json: bool,
    quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Close units, or open them again."""
    from partydoc import closing, lookup

    day = clock().astimezone().date().isoformat()

    def drafts(catalogue: Catalogue) -> tuple[Draft, ...]:
        units = {unit.urn: unit for unit in (lookup.unit(catalogue, one) for one in references)}
        if reopen:
            return tuple(map(closing.reopened, units.values()))
        return tuple(closing.closed(catalogue, unit, day) for unit in units.values())

    drawn.carry_out(session, drafts, "catalogue-close", dry_run, as_json, quiet, wait)
