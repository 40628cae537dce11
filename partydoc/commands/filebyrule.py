"""`partydoc catalogue file`: documents put into folders by the archive's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partydoc.commands import drafts as drawn
from partydoc.commands.session import (
    Session,
    epilog,
    json_option,
    notice,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.placing import Placed
    from partydoc.unitediting import Draft


@click.command(
    name="file",
    help=_(
        "Put documents that stand in no folder where the rules of the archive want them: [[filing]]"
        " in partydoc.toml, by type, issuer, symbol, year or term. Only what is sure counts."
    ),
    epilog=epilog(
        "partydoc catalogue file --dry-run",
        _("0 done, 2 there is no rule, or one names no folder."),
    ),
)
@click.argument("references", metavar="[REF]...", nargs=-1)
@drawn.dry_option
@json_option
@quiet_option
@wait_option
@click.pass_obj
def file(
    session: Session, references: tuple[str, ...], dry_run: bool, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """File by rule; say what fits no rule, or too many."""
    from partydoc import lookup, placing

    seen: list[Placed] = []

    def drafts(catalogue: Catalogue) -> tuple[Draft, ...]:
        archive = session.archive
        named = [lookup.living(archive, catalogue, one).id for one in references]
        documents = named or placing.unplaced(catalogue)
        seen[:] = placing.place(catalogue, archive.settings, documents)
        return placing.draft(catalogue, seen)

    drawn.carry_out(session, drafts, "catalogue-entry", dry_run, as_json, quiet, wait)
    _tell(seen, quiet or as_json)


def _tell(placed: list[Placed], quiet: bool) -> None:
    for one in placed:
        if len(one.folders) > 1:
            message = _("{id} fits rules for {folders}; it stays where it is.")
            folders = ", ".join(one.folders)
            notice(message.format(id=one.document[:12], folders=folders), quiet)
    if rest := sum(not one.folders for one in placed):
        many = ngettext("{n} document fits no rule.", "{n} documents fit no rule.", rest)
        notice(many.format(n=rest), quiet)
