"""`partydoc catalogue`: the archive's order."""

from __future__ import annotations

import click

from partydoc.commands import (
    adding,
    arrange,
    filebyrule,
    unitcheck,
    unitedit,
    unitprint,
    units,
    unitshow,
)
from partydoc.commands.session import epilog
from partydoc.language import _


@click.group(
    name="catalogue",
    help=_("The archive's order: fonds, inventories, folders and their entries."),
    epilog=epilog("partydoc catalogue add fonds A29 --title T", _("0 done, 2 usage.")),
)
def command() -> None:
    """Gather the commands of the catalogue."""


command.add_command(adding.add)
command.add_command(unitcheck.check)
command.add_command(unitedit.edit)
command.add_command(arrange.move)
command.add_command(arrange.close)
command.add_command(filebyrule.file)
command.add_command(units.list_)
command.add_command(units.tree)
command.add_command(unitshow.show)
command.add_command(unitprint.print_)
