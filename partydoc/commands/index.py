"""`partydoc index`: bring the search index up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

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
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.document import Searchable


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

    session: Session = context.obj
    if check:
        context.exit(_check(session, as_json, quiet))

    def watch(documents: Iterator[Searchable], done: int, total: int) -> Iterator[Searchable]:
        return _watched(documents, done, total, quiet)

    anew = rebuild and not indexing.interrupted(session.archive)
    with session.writing(wait, anew, cleaned=False) as opened:
        parts = (opened.archive, opened.store, opened.catalogue)
        if engine:
            done = indexing.change_engine(*parts, engine, watch)
        elif rebuild:
            done = indexing.rebuild(*parts, watch)
        else:
            done = indexing.bring_up_to_date(*parts, watch)
        if done.anew:
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
        print_json(finding.to_dict()) if as_json else click.echo(finding.message)
    if all(finding.kind == "behind" for finding in found):
        return Exit.DONE
    notice(_("Mend it: partydoc index"), quiet or as_json)
    return Exit.DAMAGED


def _watched(
    documents: Iterator[Searchable], done: int, total: int, quiet: bool
) -> Iterator[Searchable]:
    """Pass the documents on; say where an interrupted run went on, and show a bar on a terminal."""
    if done:
        text = _("Going on with what was interrupted: {done} of {total} documents are done.")
        notice(text.format(done=done, total=total), quiet)
    if quiet or not sys.stderr.isatty():
        yield from documents
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("indexing"), total=total, completed=done)
        for document in documents:
            yield document
            bar.advance(task)
