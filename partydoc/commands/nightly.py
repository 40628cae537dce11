"""`partydoc nightly`: the one line for cron."""

from __future__ import annotations

import click

from partydoc.commands.session import (
    Session,
    clock,
    cores,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
)  # fmt: skip
from partydoc.language import _


@click.command(
    name="nightly",
    help=_(
        "Do the night's work and report it. It takes the inbox in, reads what is pending, brings"
        " the index up to date and checks a thirtieth of the archive; it needs nobody and never"
        " runs twice at once."
    ),
    epilog=epilog(
        "0 2 * * *  partydoc -a /srv/archive nightly",
        _("0 done, 3 some were not taken in, 4 damage found, 6 the last one is still at work."),
    ),
)
@json_option
@quiet_option
@click.pass_context
def command(context: click.Context, as_json: bool, quiet: bool) -> None:
    """Do the night's work and report it."""
    from partydoc import indexing
    from partydoc.night import work_through

    session: Session = context.obj
    with session.archive.night(), session.taking_turns(wait=60) as turns:
        before = indexing.searched(turns)
        report = work_through(turns, cores(), clock)
        advice = indexing.advice(turns.archive, before, indexing.searched(turns))
    if as_json:
        print_json(report.to_dict())
    elif report.exit_code or report.catalogue_anew or not quiet:
        click.echo("\n".join(report.lines()))
    if advice:
        notice(advice, as_json)
    if report.warning:
        notice(report.warning)
    context.exit(report.exit_code)
