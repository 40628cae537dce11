"""`partydoc ocr`: read what is pending, or read named documents again."""

from __future__ import annotations

import click

from partydoc.commands import outcomes
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    jobs_option,
    json_option,
    notice,
    progress,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import UsageProblem
from partydoc.language import _


@click.command(
    name="ocr",
    help=_("Read the documents that have not been read yet, or read the named ones again."),
    epilog=epilog("partydoc ocr", _("0 done, 2 no such document, 3 some could not be read.")),
)
@click.argument("references", metavar="[REF]...", nargs=-1)
@jobs_option
@click.option(
    "--unclassified",
    is_flag=True,
    help=_("You have looked at these papers: they need not wait in hold. Written into the log."),
)
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, references: tuple[str, ...], jobs: int, unclassified: bool,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Read documents and print what became of each."""
    from partydoc.intake import Line, Wishes
    from partydoc.lookup import resolve

    session: Session = context.obj
    if unclassified and not references:
        message = _("--unclassified needs the documents that it is said of.")
        raise UsageProblem(message, _("Name them: partydoc ocr --unclassified REF"))
    wishes = Wishes(unclassified=unclassified, workers=jobs)
    with session.taking_turns(wait) as turns, Line(turns, wishes, clock) as line:
        with turns.turn() as opened:
            named = [resolve(opened.archive, opened.catalogue, one) for one in references]
            ids = [row.id for row in (named if references else opened.catalogue.unread())]
        tally = outcomes.Tally(as_json, quiet)
        for outcome in progress(line.read_again(ids), len(ids), quiet):
            tally.tell(outcome)
    notice(tally.summary(), quiet or as_json)
    context.exit(tally.exit_code)
