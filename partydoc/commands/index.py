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
from partydoc.errors import Exit
from partydoc.language import _, ngettext


@click.command(
    name="index",
    help=_("Bring the search index up to date, make it anew, or check it."),
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

    session: Session = context.obj
    if check:
        found = indexing.check(session.archive)
        for finding in found:
            print_json(finding.to_dict()) if as_json else click.echo(finding.message)
        damaged = any(finding.kind != "behind" for finding in found)
        context.exit(Exit.DAMAGED if damaged else Exit.DONE)
    with session.writing(wait, anew=rebuild) as opened:
        parts = (opened.archive, opened.store, opened.catalogue)
        if engine:
            count = indexing.change_engine(*parts, engine)
        else:
            count = indexing.rebuild(*parts) if rebuild else indexing.bring_up_to_date(*parts)
        if rebuild or engine:
            opened.audit.add("index-rebuilt", clock(), documents=count)
    if as_json:
        print_json({"version": 1, "documents": count})
    notice(ngettext("{n} document indexed.", "{n} documents indexed.", count).format(n=count),
           quiet or as_json)  # fmt: skip
