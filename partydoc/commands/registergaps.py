"""`partydoc register gap` and `close`: numbers without a document, and the end of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partydoc.archive.registerrow import REGISTERS
from partydoc.commands import registerlines, registerwords
from partydoc.commands.registeredit import back
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.text import clean

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.archive.rowlist import Tally

_STATUS = _("0 done, 2 usage, or there is no such row.")


@click.command(
    name="gap",
    help=_(
        "Note numbers that no document has, with the reason: reserved, skipped, or given on paper."
        " Of departures FIELD=VALUE says which they are: type, term."
    ),
    epilog=epilog('partydoc register gap in 1-812/2026 --reason "đã vào sổ giấy"', _STATUS),
)
@click.argument("register", type=click.Choice(list(REGISTERS)))
@click.argument("numbers", metavar="NUMBER[-NUMBER]")
@click.argument("words", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--reason", required=True, metavar="TEXT", help=_("Why."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def gap(
    session: Session, register: str, numbers: str, words: tuple[str, ...], reason: str,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Note a gap."""
    from partydoc import numbering, registering, registerrefs, registerrules

    kind, typed, now = REGISTERS[register], registerrefs.numbers(numbers), clock()
    if typed is None or typed.letter:
        message = _("{text} is no range of numbers.").format(text=numbers)
        raise UsageProblem(message, _("Write it as: 130, 130-135 or 130-135/2026"))
    fields = registerrules.with_day(kind, registerwords.said(session, kind, words), now)
    with session.writing(wait) as opened:
        if typed.series:
            series = numbering.series_named(opened.catalogue, kind, typed.series)
        else:
            series = numbering.series_of(opened.archive.settings, kind, fields)
        span = typed.first, typed.last
        row = registering.reserve(opened, kind, series, span, registerwords.reason(reason), now)
        _tell_row(opened, row, as_json, quiet)


@click.command(
    name="close",
    help=_(
        "Close the register of a year (or of a term of office), and tell how much stands in it."
        " From then on numbers can only be inserted there: --after NUMBER."
    ),
    epilog=epilog("partydoc register close in 2026", _STATUS),
)
@click.argument("register", type=click.Choice(list(REGISTERS)))
@click.argument("period", metavar="YEAR|TERM")
@click.option("--secret", is_flag=True, help=_("The register of secret documents."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def close(
    session: Session, register: str, period: str, secret: bool, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Close a year and tell its totals."""
    from partydoc import registering
    from partydoc.archive import rowlist
    from partydoc.registerrules import today_of

    kind, now, period = REGISTERS[register], clock(), clean(period).strip()
    with session.writing(wait) as opened:
        closing = registering.close(opened, kind, period, secret, now)
        every = rowlist.rows(opened.catalogue, kind, rowlist.Wanted(secret=secret))
        found = [one for one in every if _is_of(one.row, period, secret)]
        tally = rowlist.tally(found, today_of(now))
        if as_json:
            said = {"register": register, "period": period, "secret": secret, **vars(tally)}
            faults = registerlines.faults(opened.catalogue, kind, rowlist.series_of(found))
            print_json({"version": 1, "operation": closing.operation, **said, **faults})
        else:
            click.echo("\n".join(_totals(tally)))
        registerlines.tell_faults(opened.catalogue, kind, rowlist.series_of(found), as_json)
        notice(back(closing.operation), quiet or as_json)


COMMANDS = (gap, close)


def _tell_row(opened: Opened, row: RegisterRow, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json({**registerlines.form(opened.catalogue, row), "operation": row.operation})
        return
    click.echo(printable(f"{row.register} {row.reference}  {row.reason}"))
    notice(back(row.operation), quiet)


def _totals(tally: Tally) -> list[str]:
    rows = [
        (tally.documents, _("registered")),
        (tally.scanned, _("of them with a scan")),
        (tally.open, _("neither answered nor settled")),
        (tally.void, _("void")),
        (tally.gaps, _("numbers without a document, with the reason")),
    ]
    return [f"{count:>6}  {what}" for count, what in rows if count or what == rows[0][1]]


def _is_of(row: RegisterRow, period: str, secret: bool) -> bool:
    in_period = period in (row.series.period, (row.day or "")[:4])
    return in_period and row.series.secret == secret
