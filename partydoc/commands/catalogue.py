"""`partydoc catalogue`: the archive's order."""

from __future__ import annotations

import click

from partydoc.archive.units import KINDS
from partydoc.commands import unitedit, units
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    notice,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _


@click.group(
    name="catalogue",
    help=_("The archive's order: fonds, inventories, folders."),
    epilog=epilog("partydoc catalogue add fonds A29 --title T", _("0 done, 2 usage.")),
)
def command() -> None:
    """Gather the commands of the catalogue."""


command.add_command(unitedit.edit)
command.add_command(units.list_)
command.add_command(units.tree)
command.add_command(units.show)


@command.command(
    name="add",
    help=_("Add a fonds (A29), an inventory (A29-01) or a folder (A29-01-0003)."),
    epilog=epilog(
        'partydoc catalogue add folder A29-01-0003 --title "Nghị quyết năm 2021" --box 7',
        _("0 done, 2 the reference is taken or has no parent."),
    ),
)
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("reference", metavar="REF")
@click.option("--title", required=True, metavar="T", help=_("Its title."))
@click.option("--box", metavar="B", help=_("The box in which it lies."))
@quiet_option
@wait_option
@click.pass_obj
def add(
    session: Session, kind: str, reference: str, title: str, box: str | None, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Add one unit."""
    from partydoc.archive.audit import actor
    from partydoc.archive.ocfl import Commit
    from partydoc.archive.shelving import new_unit
    from partydoc.text import clean

    unit = new_unit(kind, reference, clean(title), clean(box) if box else None)
    with session.writing(wait) as opened:
        now = clock()
        opened.shelves.add(unit, Commit("added", actor(), now))
        opened.audit.add("catalogue-add", now, [unit.urn])
    notice(_("{reference} is in the catalogue.").format(reference=unit.reference), quiet)
