"""`partydoc register list` and `show`: the registers, to be looked at."""

from __future__ import annotations

import click

from partydoc.archive.registerrow import KINDS, REGISTERS
from partydoc.commands import registerlines, registerwords
from partydoc.commands.session import Session, clock, epilog, json_option, notice, print_json
from partydoc.commands.terminal import printable
from partydoc.language import _


@click.command(
    name="list",
    help=_(
        "List what arrived (in) or departed (out), in the order of the numbers. Rows stand below"
        " the name of their series, as it is typed behind the number: in 3/mat-2026. A void row is"
        " struck out; numbers that are missing or were given twice are told at the end."
    ),
    epilog=epilog("partydoc register list in --from 1/11/2026 --open", _("0 done, 2 usage.")),
)
@click.argument("register", type=click.Choice(list(REGISTERS)))
@click.option("--from", "first", metavar="DAY", help=_("From this day, month or year on."))
@click.option("--to", "last", metavar="DAY", help=_("Up to this day, month or year."))
@click.option("--open", "only_open", is_flag=True, help=_("Arrivals neither answered nor settled."))
@click.option("--overdue", is_flag=True, help=_("Those of them whose day has passed."))
@click.option("--unscanned", is_flag=True, help=_("Rows without a scan."))
@click.option("--secret", is_flag=True, help=_("The register of secret documents."))
@json_option
@click.pass_obj
def list_(
    session: Session, register: str, first: str | None, last: str | None, only_open: bool,
    overdue: bool, unscanned: bool, secret: bool, as_json: bool,
) -> None:  # fmt: skip
    """Print rows."""
    from partydoc.archive import rowlist
    from partydoc.archive.opening import open_for_reading
    from partydoc.registerrules import today_of

    kind, today = REGISTERS[register], today_of(clock())
    if kind != KINDS[0] and (only_open or overdue):
        raise click.UsageError(_("Only arrivals (in) are open or overdue."))
    span = registerwords.span(first, last)
    wanted = rowlist.Wanted(*span, only_open, today if overdue else None, unscanned, secret)
    with open_for_reading(session.archive) as catalogue:
        found = rowlist.rows(catalogue, kind, wanted)
        if as_json:
            for one in found:
                print_json(registerlines.form_of(one, today))
        else:
            for line in registerlines.lines(found, today):
                click.echo(line)
        if not found:
            notice(_("There is no such row."), as_json)
        if wanted == rowlist.Wanted(secret=secret):
            registerlines.tell_faults(catalogue, kind, rowlist.series_of(found), as_json)


@click.command(
    name="show",
    help=_("Show rows with all that is known of them, and what was changed in them."),
    epilog=epilog("partydoc register show in 125/2026", _("0 done, 2 there is no such row.")),
)
@click.argument("words", metavar="(in|out NUMBER)...", nargs=-1, required=True)
@json_option
@click.pass_obj
def show(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Print rows with their history."""
    from partydoc import registeredits, registerrefs
    from partydoc.archive.opening import open_for_reading
    from partydoc.archive.store import Store
    from partydoc.registerrules import today_of

    archive, today = session.archive, today_of(clock())
    with open_for_reading(archive) as catalogue:
        for kind, name in registerrefs.named(words):
            row = registerrefs.resolve(catalogue, kind, name, today[:4])
            versions = registeredits.history(Store(archive), row)
            if as_json:
                said = [registerlines.version_form(one) for one in versions]
                print_json({**registerlines.form(catalogue, row), "history": said})
            else:
                lines = [
                    *registerlines.record(catalogue, row),
                    *(registerlines.version(one) for one in versions),
                ]
                click.echo("\n".join(map(printable, lines)))


COMMANDS = (list_, show)
