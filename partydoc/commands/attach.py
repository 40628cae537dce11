"""`partydoc attach`: a file beside a document."""

from __future__ import annotations

from pathlib import Path

import click

from partydoc.archive.originals import ROLES
from partydoc.commands import rebound
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _


@click.command(
    name="attach",
    help=_(
        "Attach a file to a document. An annex, or the copy that was signed electronically, is kept"
        " bit for bit and shown with the document; only the document's own pages are searched."
        " Taken back with: partydoc undo OP"
    ),
    epilog=epilog(
        "partydoc attach A29-01-0003-012 signed.pdf --role signed-copy",
        _("0 done, or put into hold for a mark, 2 no such document, 3 the file was refused and"
          " nothing changed, 8 the document stands in hold."),
    ),
)  # fmt: skip
@click.argument("reference", metavar="REF")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--role", type=click.Choice(ROLES), required=True, help=_("What it is to it."))
@rebound.unclassified_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, reference: str, file: Path, role: str, unclassified: bool,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Attach one file and print what became of it."""
    from partydoc.archive.opening import open_for_reading
    from partydoc.attaching import Attacher, Attachment

    session: Session = context.obj
    with session.taking_turns(wait) as turns:
        document = rebound.named(turns.archive, reference)
        wish = Attachment(file, role, unclassified)
        attached = Attacher(turns, clock).attach(document, wish)
    with open_for_reading(session.archive) as catalogue:
        context.exit(rebound.tell(attached, catalogue, as_json, quiet))
