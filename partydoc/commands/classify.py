"""`partydoc classify`: say of documents that they are open, or secret."""

from __future__ import annotations

from typing import Any

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
from partydoc.language import _


def _level(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return the level as it is written in a record; takes `toi-mat` and `Tối mật`."""
    if value is None:
        return None
    from partydoc.classifying import level_of

    level = level_of(value)
    if level is None:
        message = _("{value} is no level: mat, toi-mat or tuyet-mat.")
        raise click.BadParameter(message.format(value=value), context, parameter)
    return level


@click.command(
    name="classify",
    help=_(
        "Say of documents that they are open or secret. An open one leaves hold; a secret one goes"
        " into hold, and store, catalogue and index keep nothing of it. On an independent LAN the"
        " field `secrecy` is set instead."
    ),
    epilog=epilog(
        "partydoc classify 3f2a9c01 --open",
        _("0 done, 2 no such document, 3 some could not be read, 4 one is damaged."),
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--open", "is_open", is_flag=True, help=_("You have looked: they are not secret."))
@click.option(
    "--secret", "level", metavar="LEVEL", callback=_level,
    help=_("They are secret: mat, toi-mat or tuyet-mat."),
)  # fmt: skip
@jobs_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, references: tuple[str, ...], is_open: bool, level: str | None,
    jobs: int, as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Classify documents and print what became of each."""
    from partydoc import classifying
    from partydoc.commands.changes import Changes

    if is_open == bool(level):
        raise click.UsageError(_("Say either --open or --secret LEVEL."))
    session: Session = context.obj
    tally = outcomes.Tally(as_json, quiet)
    with session.taking_turns(wait) as turns:
        with turns.turn() as opened:
            ids = classifying.named(opened, references, level)
            if not opened.archive.settings.connected:
                drafts, operation = classifying.note_secrecy(opened, ids, level, clock())
                changes = Changes(opened.catalogue, as_json, quiet)
                context.exit(changes.tell(drafts, operation))
        wanted: dict[str, Any] = {"level": level, "workers": jobs}
        for outcome in progress(classifying.classify(turns, ids, clock, **wanted), len(ids), quiet):
            tally.tell(outcome)
    notice(tally.summary(), quiet or as_json)
    context.exit(tally.exit_code)
