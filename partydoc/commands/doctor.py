"""`partydoc doctor`: what is installed, missing, misconfigured."""

from __future__ import annotations

import click

from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.errors import Exit
from partydoc.language import _


@click.command(
    name="doctor",
    help=_("Say what is installed, what is missing, and how to mend it."),
    epilog=epilog("partydoc doctor", _("0 all is there, 7 something needed is missing.")),
)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Examine the machine and, if there is one here, the archive."""
    from partydoc.doctor import examine

    session: Session = context.obj
    symptoms = examine(session.archive_or_none)
    for symptom in symptoms:
        print_json(symptom.to_dict()) if as_json else click.echo(symptom.line())
    missing = any(symptom.wrong and symptom.needed for symptom in symptoms)
    context.exit(Exit.MISSING_TOOL if missing else Exit.DONE)
