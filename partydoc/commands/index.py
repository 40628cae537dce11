"""`partydoc index`: bring the search index up to date."""

from __future__ import annotations

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.terminal import lines
from partydoc.errors import Exit
from partydoc.language import _


@click.command(
    name="index",
    help=_(
        "Bring the search index up to date, make it anew, or check it. A damaged one is mended, and"
        " what was interrupted is gone on with."
    ),
    epilog=epilog("partydoc index --rebuild", _("0 done, 4 --check found damage.")),
)
@click.option("--rebuild", is_flag=True, help=_("Make it anew, and the catalogue, from the store."))
@click.option("--check", is_flag=True, help=_("Only check it."))
@click.option(
    "--engine", type=click.Choice(["whoosh", "tantivy"]), help=_("Change to this engine.")
)
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, rebuild: bool, check: bool, engine: str | None, as_json: bool,
    quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Work on the index."""
    from partydoc import indexing
    from partydoc.commands.bar import Bar

    session: Session = context.obj
    if check:
        context.exit(_check(session, as_json, quiet))

    if rebuild and not indexing.interrupted(session.archive):
        with session.writing(wait, anew=True, cleaned=False):
            pass  # the catalogue is made anew
    with session.taking_turns(wait, cleaned=False) as turns, Bar(quiet) as bar:
        if engine:
            done = indexing.change_engine(turns, engine, bar.watch)
        elif rebuild:
            done = indexing.rebuild(turns, bar.watch)
        else:
            done = indexing.bring_up_to_date(turns, bar.watch)
        if done.anew:
            with turns.turn() as opened:
                opened.audit.add("index-rebuilt", clock(), documents=done.total)
    if as_json:
        print_json(done.to_dict())
    notice(done.sentence(), quiet or as_json)
    if advice := indexing.advice(session.archive, 0, done.total):
        notice(advice, quiet or as_json)


def _check(session: Session, as_json: bool, quiet: bool) -> Exit:
    from partydoc import indexing

    found = indexing.check(session.archive)
    for finding in found:
        print_json(finding.to_dict()) if as_json else click.echo(lines(finding.message))
    if all(finding.kind == "behind" for finding in found):
        return Exit.DONE
    notice(_("Mend it: partydoc index"), quiet or as_json)
    return Exit.DAMAGED
