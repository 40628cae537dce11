"""Showing how far the making of an index has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from partydoc.commands.session import notice
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.document import Searchable
    from partydoc.indexing import Watch


def watch_of(quiet: bool) -> Watch:
    """Return what shows a bar on a terminal, and says where an interrupted run goes on."""

    def watch(documents: Iterator[Searchable], done: int, total: int) -> Iterator[Searchable]:
        return _watched(documents, done, total, quiet)

    return watch


def _watched(
    documents: Iterator[Searchable], done: int, total: int, quiet: bool
) -> Iterator[Searchable]:
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
