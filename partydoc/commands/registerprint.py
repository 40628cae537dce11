"""`partydoc register print`: the registers on paper, with a column in which is signed."""

from __future__ import annotations

from pathlib import Path

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import UsageProblem
from partydoc.language import _

_TABLES = ("in", "out", "handling")


@click.command(
    name="print",
    help=_(
        "Print the register of arrivals (in), of departures (out), or how arrivals are settled"
        " (handling), as PDF/A or as a workbook, with the columns of Nghị định 30/2020."
    ),
    epilog=epilog(
        "partydoc register print in --from 01/11/2026 --to 30/11/2026 --file so-den.pdf",
        _("0 done, 2 usage, 7 the font is missing."),
    ),
)
@click.argument("table", type=click.Choice(_TABLES))
@click.option("--from", "first", metavar="DAY", help=_("From this day, month or year on."))
@click.option("--to", "last", metavar="DAY", help=_("Up to this day, month or year."))
@click.option(
    "--file", "path", required=True, metavar="FILE.{xlsx,pdf}",
    type=click.Path(dir_okay=False, path_type=Path), help=_("Where to; a new file."),
)  # fmt: skip
@click.option("--secret", is_flag=True, help=_("The register of secret documents."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def print_(
    session: Session, table: str, first: str | None, last: str | None, path: Path, secret: bool,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Write one register."""
    from partydoc import registerform
    from partydoc.archive import rowlist
    from partydoc.commands import printout
    from partydoc.commands.registerwords import span
    from partydoc.registerrules import today_of

    now, days = clock(), span(first, last)
    wanted = rowlist.Wanted(days[0], days[1], secret=secret)
    if wanted.first and wanted.last and wanted.last < wanted.first:
        message = _("The days run backwards: {first} to {last}.").format(first=first, last=last)
        raise UsageProblem(message, _("Write the first before the last."))
    today, settings = today_of(now), session.archive.settings
    draft = printout.Draft(
        f"register-{table}",
        lambda catalogue: registerform.form(catalogue, settings, table, wanted, today),
        lambda catalogue: registerform.secret_rows(catalogue, table, wanted),
    )
    printout.write(session, draft, path, now, wait).tell(as_json, quiet)


COMMANDS = (print_,)
