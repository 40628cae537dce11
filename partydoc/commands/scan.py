"""`partydoc scan`: take files, folders or the inbox through the whole line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from partydoc.commands import outcomes, rebound
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
    name="scan",
    help=_(
        "Take in files, folders, or without a SOURCE the archive's inbox: keep the original, make"
        " a searchable copy, read its fields, file and index it. Named sources are only read;"
        " only the inbox is emptied."
    ),
    epilog=epilog(
        "partydoc scan --folder A29-01-0003 --unclassified /media/box7",
        _("0 all taken in, 3 some were not, 9 disk full."),
    ),
)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--folder", metavar="REF", help=_("File them in this folder, sheets counted on."))
@click.option(
    "--unclassified",
    is_flag=True,
    help=_("You have sorted secret papers out beforehand; this is written into the audit log."),
)
@click.option(
    "--replaces", metavar="REF",
    help=_("SOURCE is a better scan of the same paper: it takes the place of the pages of REF."),
)  # fmt: skip
@click.option("--no-ocr", is_flag=True, help=_("Keep only; read them later: partydoc ocr"))
@jobs_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, sources: tuple[Path, ...], folder: str | None, unclassified: bool,
    replaces: str | None, no_ocr: bool, jobs: int, as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Take the sources in and print what became of each."""
    from partydoc import disposing, indexing
    from partydoc.archive import inbox
    from partydoc.intake import Line, Wishes

    session: Session = context.obj
    if replaces is not None:
        _replace(context, replaces, sources, folder, no_ocr, unclassified, jobs=jobs,
                 as_json=as_json, quiet=quiet, wait=wait)  # fmt: skip
    wishes = Wishes(folder, unclassified, not no_ocr, jobs)
    with session.taking_turns(wait) as turns, Line(turns, wishes, clock) as line:
        before = indexing.searched(turns)
        found = list(inbox.sources(sources, turns.archive))
        tally, taken = outcomes.Tally(as_json, quiet), []
        for outcome in progress(line.take_in(found), len(found), quiet):
            tally.tell(outcome)
            if outcome.outcome == "archived" and outcome.id:
                taken.append(outcome.id)
        with turns.turn() as opened:
            said = [disposing.once(opened.catalogue, one) for one in taken]
        advice = indexing.advice(turns.archive, before, indexing.searched(turns))
    for one in filter(None, said):
        notice(one, quiet or as_json)
    notice(tally.summary(), quiet or as_json)
    if advice:
        notice(advice, quiet or as_json)
    context.exit(tally.exit_code)


def _replace(
    context: click.Context, reference: str, sources: tuple[Path, ...], folder: str | None,
    no_ocr: bool, unclassified: bool, **options: Any,
) -> None:  # fmt: skip
    """Take in a better scan of a paper, and exit."""
    if len(sources) != 1 or folder or no_ocr:
        message = _("A better scan is one file, and is read at once where the old one stands.")
        raise UsageProblem(message, _("As: partydoc scan --replaces REF FILE"))
    wish = {"what": "rescan", "file": sources[0], "unclassified": unclassified}
    rebound.fulfil(context, reference, wish, **options)
