"""`partydoc edit --from FILE.xlsx`: a workbook that was filled in, as one operation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from partydoc import editing, filledin, returned
from partydoc.archive.audit import actor
from partydoc.archive.opening import open_for_reading
from partydoc.commands.changes import Changes, watch
from partydoc.commands.session import Session, clock, print_json
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _
from partydoc.operations import Operation


def take_in(
    session: Session, path: Path, dry_run: bool, as_json: bool, quiet: bool, wait: float
) -> Exit:
    """Write the filled-in cells of a workbook, or show what they would change.

    Rows that cannot be used are told and left alone, a stale one with all others: exit code 3.
    """
    archive, workbook = session.archive, returned.read(path)
    if dry_run:
        with open_for_reading(archive) as catalogue:
            edits, troubles = filledin.edits(archive, catalogue, workbook)
            drafts = editing.draft(archive, edits)
            code = Changes(catalogue, as_json, quiet).tell(drafts, None)
    else:
        with session.writing(wait) as opened:
            edits, troubles = filledin.edits(opened.archive, opened.catalogue, workbook)
            drafts = editing.draft(opened.archive, edits)
            operation = Operation(None, clock(), actor(), "edit")
            operation = editing.carry_out(opened, drafts, operation, watch(quiet))
            code = Changes(opened.catalogue, as_json, quiet).tell(drafts, operation)
    _tell(troubles, as_json)
    return Exit.INCOMPLETE if troubles else code


def _tell(troubles: Sequence[returned.Trouble], as_json: bool) -> None:
    for trouble in troubles:
        print_json(trouble.to_dict()) if as_json else click.echo(printable(trouble.line))
    if any(trouble.stale for trouble in troubles):
        said = _(
            "The archive has changed since this workbook was written: nothing of it was taken in."
            " Empty these cells, or write what stands in the archive now, and take it in again."
        )
        click.echo(said, err=True)
