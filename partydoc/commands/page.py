"""`partydoc page`: the pages of a document, changed one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from partydoc.commands import rebound
from partydoc.commands.session import (
    epilog,
    jobs_option,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _

_STATUS = _(
    "0 done, or put into hold for a mark, 2 no such document or page, 3 the file was refused or"
    " cannot be read and nothing changed, 8 it stands in hold."
)
_NUMBER = click.IntRange(1)


@click.group(
    name="page",
    help=_(
        "Change the pages of a document. It stays the same document, with its reference, its record"
        " and its corrections, and the old bytes stay. Taken back with: partydoc undo OP"
    ),
    epilog=epilog("partydoc page replace A29-01-0003-012 4 page4.pdf", _STATUS),
)
def command() -> None:
    """Gather the commands of pages."""


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (click.pass_context, wait_option, quiet_option, json_option, jobs_option):
        function = option(function)
    return function


def _file_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("file", metavar="FILE", type=click.Path(path_type=Path))(function)


@command.command(
    name="replace",
    help=_("Put FILE in the place of page N. All its pages come there: a page scanned again."),
    epilog=epilog("partydoc page replace A29-01-0003-012 4 page4.pdf", _STATUS),
)
@click.argument("reference", metavar="REF")
@click.argument("number", metavar="N", type=_NUMBER)
@_file_argument
@rebound.unclassified_option
@_common
def replace(
    context: click.Context, reference: str, number: int, file: Path, unclassified: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Replace one page."""
    wish = {"what": "replace", "page": number, "file": file, "unclassified": unclassified}
    rebound.fulfil(context, reference, wish, **options)


@command.command(
    name="insert",
    help=_("Put the pages of FILE before page N. Behind the last page: N one higher than that."),
    epilog=epilog("partydoc page insert A29-01-0003-012 2 missing.pdf", _STATUS),
)
@click.argument("reference", metavar="REF")
@click.argument("number", metavar="N", type=_NUMBER)
@_file_argument
@rebound.unclassified_option
@_common
def insert(
    context: click.Context, reference: str, number: int, file: Path, unclassified: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Insert pages."""
    wish = {"what": "insert", "page": number, "file": file, "unclassified": unclassified}
    rebound.fulfil(context, reference, wish, **options)


@command.command(
    name="remove",
    help=_("Leave page N out. Such as an empty back, or a page of another document."),
    epilog=epilog("partydoc page remove A29-01-0003-012 3", _STATUS),
)
@click.argument("reference", metavar="REF")
@click.argument("number", metavar="N", type=_NUMBER)
@_common
def remove(context: click.Context, reference: str, number: int, **options: Any) -> None:
    """Remove one page."""
    rebound.fulfil(context, reference, {"what": "remove", "page": number}, **options)


@command.command(
    name="rotate",
    help=_(
        "Turn page N clockwise. From how it is shown now to upright: so it is read from then on."
    ),
    epilog=epilog("partydoc page rotate A29-01-0003-012 2 --by 90", _STATUS),
)
@click.argument("reference", metavar="REF")
@click.argument("number", metavar="N", type=_NUMBER)
@click.option(
    "--by", type=click.Choice(["90", "180", "270"]), required=True, help=_("Degrees clockwise.")
)
@_common
def rotate(context: click.Context, reference: str, number: int, by: str, **options: Any) -> None:
    """Turn one page."""
    wish = {"what": "rotate", "page": number, "by": int(by)}
    rebound.fulfil(context, reference, wish, **options)


@command.command(
    name="move",
    help=_("Move page N to place M. The others close up."),
    epilog=epilog("partydoc page move A29-01-0003-012 5 --to 2", _STATUS),
)
@click.argument("reference", metavar="REF")
@click.argument("number", metavar="N", type=_NUMBER)
@click.option("--to", type=_NUMBER, required=True, metavar="M", help=_("Its place then."))
@_common
def move(context: click.Context, reference: str, number: int, to: int, **options: Any) -> None:
    """Move one page."""
    rebound.fulfil(context, reference, {"what": "move", "page": number, "to": to}, **options)
