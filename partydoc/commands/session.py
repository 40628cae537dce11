"""What commands share: the archive, opened when asked for, and the lines they print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from partydoc.archive import root
from partydoc.archive.root import Archive
from partydoc.commands import terminal
from partydoc.errors import NoArchive, UsageProblem
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened
    from partydoc.turns import Turns

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Item = TypeVar("_Item")


def clock() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


class Session:
    """One run of the program, with the archives that were named."""

    def __init__(self, *named: Path) -> None:
        self._named = tuple({path.resolve(): path for path in named}.values())

    @property
    def roots(self) -> tuple[Path, ...]:
        """The roots of all archives that were named, or of the one found; raises NoArchive."""
        return self._named or (root.find(None),)

    @property
    def archive(self) -> Archive:
        """The one archive that was named or found; raises NoArchive, or UsageProblem for more."""
        if len(self._named) > 1:
            message = _("This command works on one archive, and {n} are named.")
            hint = _("Name one with -a ARCHIVE; several can be searched at once.")
            raise UsageProblem(message.format(n=len(self._named)), hint)
        return root.open_archive(self.roots[0])

    def document(self, reference: str) -> tuple[Archive, str]:
        """Return the archive of a document and its reference there.

        The number of a hit becomes an id: the last search may have found it in another archive.
        """
        from partydoc import lastsearch

        if not lastsearch.is_number(reference):
            return self.archive, reference
        try:
            here = self.roots[0].resolve()
        except NoArchive:
            try:
                found, document = lastsearch.recall(int(reference), None)
            except UsageProblem:
                pass
            else:
                return root.open_archive(found), document
            raise
        found, document = lastsearch.recall(int(reference), here)
        return root.open_archive(found), document

    @property
    def archive_or_none(self) -> Archive | None:
        """The archive if one was named or is here; raises NoArchive only for one that was named."""
        try:
            return self.archive
        except NoArchive:
            if self._named:
                raise
            return None

    @contextmanager
    def writing(self, wait: float, anew: bool = False, cleaned: bool = True) -> Iterator[Opened]:
        """Open the archive for writing: the lock held, what a crash left behind finished.

        With `anew` the catalogue is made anew from the store first; objects that cannot be read
        are told of. With `cleaned` the index holds nothing withheld; else the caller sees to it.
        """
        from partydoc import indexing
        from partydoc.archive.anew import rebuild_catalogue
        from partydoc.archive.recovery import open_for_writing

        archive = self.archive
        with archive.writing(wait):
            for folder in rebuild_catalogue(archive) if anew else ():
                notice(_("{folder} cannot be read and is left out.").format(folder=folder))
            opened = open_for_writing(archive, clock())
            _tell_unfinished(opened.unfinished)
            with opened.catalogue:
                if cleaned:
                    indexing.forget_withheld(opened)
                yield opened

    @contextmanager
    def taking_turns(self, wait: float, cleaned: bool = True) -> Iterator[Turns]:
        """Open the archive for work that lasts: it is locked in turns, and free in between."""
        from partydoc.turns import Turns

        with Turns(self.archive, clock, wait, cleaned) as turns:
            _tell_unfinished(turns.unfinished)
            yield turns


def _tell_unfinished(unfinished: Mapping[str, OSError]) -> None:
    for urn, trouble in unfinished.items():
        message = _("What was begun with {id} cannot be finished now ({trouble}).")
        hint = _("It is tried again by itself. See what is wrong: partydoc doctor")
        short = urn.rpartition(":")[2][:12]
        notice(f"{message.format(id=short, trouble=trouble.strerror or trouble)} {hint}")


def json_option(function: _Function) -> _Function:
    """Add --json."""
    help_ = _("Print one JSON object a line.")
    return click.option("--json", "as_json", is_flag=True, help=help_)(function)


def quiet_option(function: _Function) -> _Function:
    """Add --quiet."""
    help_ = _("No progress and no notices; only what went wrong.")
    return click.option("-q", "--quiet", is_flag=True, help=help_)(function)


def wait_option(function: _Function) -> _Function:
    """Add --wait."""
    help_ = _("Seconds to wait for another partydoc that is writing.")
    option = click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help=help_,
    )
    return option(function)


def jobs_option(function: _Function) -> _Function:
    """Add --jobs."""
    help_ = _("Documents read at once; else cores.")
    kind = click.IntRange(1, 64)
    option = click.option("--jobs", type=kind, default=cores, metavar="N", help=help_)
    return option(function)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def epilog(example: str, status: str) -> str:
    """Return the end of a help text: an example and the exit status."""
    return "\n\n".join(
        [
            _("Example: {example}").format(example=example),
            _("Exit status: {status}").format(status=status),
        ]
    )


def print_json(data: dict[str, Any], err: bool = False) -> None:
    """Print one result for a script; with `err` what is none, on stderr."""
    click.echo(terminal.as_json(data), err=err)


def notice(text: str, quiet: bool = False) -> None:
    """Tell a person something that is no result."""
    if not quiet:
        click.echo(terminal.lines(text), err=True)


def progress(items: Iterable[_Item], total: int | None, quiet: bool) -> Iterator[_Item]:
    """Pass the items on, with a bar on a terminal and nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(_("taking in"), total=total)
        for item in items:
            bar.advance(task)
            bar.stop()  # what is printed for the item stands where the bar stood
            yield item
            bar.start()
