"""Showing how far the making of an index has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from partydoc.commands.session import notice
from partydoc.language import _

if TYPE_CHECKING:
    from rich.progress import Progress

    from partydoc.document import Searchable


class Bar:
    """A bar on a terminal, and a word on where an interrupted run goes on; a context manager."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._begun = False
        self._bar: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._bar:
            self._bar.stop()

    def watch(self, documents: Iterator[Searchable], done: int, total: int) -> Iterator[Searchable]:
        """Pass on the documents of one turn."""
        if done and not self._begun:
            text = _("Going on with what was interrupted: {done} of {total} documents are done.")
            notice(text.format(done=done, total=total), self._quiet)
        self._begun = True
        if self._quiet or not sys.stderr.isatty():
            yield from documents
            return
        self._bar = bar = self._bar or _bar()
        bar.update(bar.task_ids[0], completed=done, total=total)
        for document in documents:
            yield document
            bar.advance(bar.task_ids[0])


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(_("indexing"))
    bar.start()
    return bar
