"""`partydoc verify`: check the store against its digests."""

from __future__ import annotations

from pathlib import Path

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    progress,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import Exit
from partydoc.language import _, ngettext


@click.command(
    name="verify",
    help=_(
        "Check that the archive is whole. Every object, every record, the audit log and the"
        " catalogue are checked; with --deep every byte."
    ),
    epilog=epilog("partydoc verify --deep", _("0 all is well, 4 damage found.")),
)
@click.argument("references", metavar="[REF]...", nargs=-1)
@click.option("--deep", is_flag=True, help=_("Read every byte of every version."))
@click.option(
    "--head", "heads", multiple=True, metavar="HEX",
    help=_("See that the audit log still has the line of this hash, from a nightly report."),
)  # fmt: skip
@click.option(
    "--repair-from", "copy", metavar="COPY", type=click.Path(path_type=Path, exists=True),
    help=_("Mend what is damaged or missing from a copy of this archive, or of its store."),
)  # fmt: skip
@wait_option
@json_option
@quiet_option
@click.pass_context
def command(
    context: click.Context, references: tuple[str, ...], deep: bool, heads: tuple[str, ...],
    copy: Path | None, wait: float, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Check the archive and print what is wrong, or mend it."""
    session: Session = context.obj
    if copy is not None:
        _repair(context, copy, references, wait, as_json, quiet)
        return
    from partydoc.verifying import verify

    checked = verify(session.archive, references, deep, heads)
    count = 0
    for finding in progress(checked.findings, None, quiet):
        count += 1
        print_json(finding.to_dict()) if as_json else click.echo(finding.message)
    text = ngettext("{n} object checked", "{n} objects checked", checked.objects)
    line = text.format(n=checked.objects)
    if not checked.with_hold:
        line += _(", those in hold left out")
    if count:
        line += ", " + ngettext("{n} finding", "{n} findings", count).format(n=count)
        line += ". " + _("Mend it from a copy: partydoc verify --repair-from COPY")
    notice(line if count else line + _(", nothing wrong."), quiet or as_json)
    context.exit(Exit.DAMAGED if count else Exit.DONE)


def _repair(
    context: click.Context, copy: Path, references: tuple[str, ...], wait: float, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    from partydoc.repairing import MENDED, repair

    session: Session = context.obj
    mended = left = 0
    with session.taking_turns(wait) as turns:
        for finding in progress(repair(turns, copy, references, clock()), None, quiet):
            mended, left = mended + (finding.kind == MENDED), left + (finding.kind != MENDED)
            print_json(finding.to_dict()) if as_json else click.echo(finding.message)
    line = ngettext("{n} mended", "{n} mended", mended).format(n=mended)
    line += ", " + ngettext("{n} damage left.", "{n} damages left.", left).format(n=left)
    notice(line, quiet or as_json)
    context.exit(Exit.DAMAGED if left else Exit.DONE)
