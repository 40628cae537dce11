"""`partydoc verify`: check the store against its digests."""

from __future__ import annotations

import click

from partydoc.commands.session import (
    Session,
    epilog,
    json_option,
    notice,
    print_json,
    progress,
    quiet_option,
)  # fmt: skip
from partydoc.errors import Exit
from partydoc.language import _, ngettext


@click.command(
    name="verify",
    help=_(
        "Check the store: every object whole, every record unaltered, the audit log unbroken;"
        " with --deep every byte."
    ),
    epilog=epilog("partydoc verify --deep", _("0 all is well, 4 damage found.")),
)
@click.argument("references", metavar="[REF]...", nargs=-1)
@click.option("--deep", is_flag=True, help=_("Read every byte of every version."))
@json_option
@quiet_option
@click.pass_context
def command(
    context: click.Context, references: tuple[str, ...], deep: bool, as_json: bool, quiet: bool
) -> None:
    """Check the archive and print what is wrong."""
    from partydoc.verifying import verify

    session: Session = context.obj
    checked = verify(session.archive, references, deep)
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
        line += ". " + _("Bring what is damaged back from a backup.")
    notice(line if count else line + _(", nothing wrong."), quiet or as_json)
    context.exit(Exit.DAMAGED if count else Exit.DONE)
