"""`partydoc register edit`, `void`, `gap`, `link`, `unlink`, `close`: what changes in registers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from partydoc.archive.registerrow import REGISTERS
from partydoc.commands import registerrows
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
from partydoc.errors import Exit, UsageProblem
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.operations import Operation
    from partydoc.registeredits import Draft

    Drafting = Callable[[Opened, Sequence[RegisterRow]], Sequence[Draft]]

_STATUS = _("0 done, 2 usage, or there is no such row.")


@click.command(
    name="edit",
    help=_(
        "Correct rows, or say what became of them: forward, deadline, settled, answers. What stood"
        " there stays visible. FIELD=- says that there is none."
    ),
    epilog=epilog(
        'partydoc register edit in 125/2026 "chuyển cho=Văn phòng" hạn=30/11/2026', _STATUS
    ),
)
@click.argument("words", metavar="(in|out NUMBER)... FIELD=VALUE...", nargs=-1, required=True)
@json_option
@quiet_option
@wait_option
@click.pass_obj
def edit(
    session: Session, words: tuple[str, ...], as_json: bool, quiet: bool, wait: float
) -> None:  # fmt: skip
    """Write what a person says of rows."""
    from partydoc import registeredits

    said = [word for word in words if "=" in word]
    names = [word for word in words if "=" not in word]

    def drafted(opened: Opened, rows: Sequence[RegisterRow]) -> Sequence[Draft]:
        settings = opened.archive.settings
        values = _values(session, rows, said)
        return registeredits.draft(settings, opened.catalogue, rows, values, clock())

    _change(session, names, drafted, as_json, quiet, wait)


@click.command(
    name="void",
    help=_("Make rows void. Their numbers stay given, and the rows are shown struck out."),
    epilog=epilog('partydoc register void in 125/2026 --reason "vào sổ hai lần"', _STATUS),
)
@click.argument("words", metavar="(in|out NUMBER)...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help=_("Why."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def void(
    session: Session, words: tuple[str, ...], reason: str, as_json: bool, quiet: bool, wait: float
) -> None:
    """Let rows not count any more."""
    from partydoc import registeredits

    reason = _reason(reason)
    _change(
        session, words, lambda _opened, rows: [registeredits.voided(row, reason) for row in rows],
        as_json, quiet, wait,
    )  # fmt: skip


@click.command(
    name="link",
    help=_("Say which document is the scan of a row. Most scans find their rows by themselves."),
    epilog=epilog("partydoc register link in 125/2026 A29-01-0003-012", _STATUS),
)
@click.argument("register", type=click.Choice(list(REGISTERS)))
@click.argument("number", metavar="NUMBER")
@click.argument("reference", metavar="REF")
@json_option
@quiet_option
@wait_option
@click.pass_obj
def link(
    session: Session, register: str, number: str, reference: str, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Link a row and its scan."""
    from partydoc import linking, registeredits

    def drafted(opened: Opened, rows: Sequence[RegisterRow]) -> Sequence[Draft]:
        document = linking.named(opened, reference)
        return [registeredits.linked(opened.catalogue, rows[0], document)]

    _change(session, (register, number), drafted, as_json, quiet, wait)


@click.command(
    name="unlink",
    help=_("Take the scan away from rows; it does not link itself to them again."),
    epilog=epilog("partydoc register unlink in 125/2026", _STATUS),
)
@click.argument("words", metavar="(in|out NUMBER)...", nargs=-1, required=True)
@json_option
@quiet_option
@wait_option
@click.pass_obj
def unlink(
    session: Session, words: tuple[str, ...], as_json: bool, quiet: bool, wait: float
) -> None:  # fmt: skip
    """Take scans away."""
    from partydoc import registeredits

    _change(
        session, words, lambda _opened, rows: [registeredits.unlinked(row) for row in rows],
        as_json, quiet, wait,
    )  # fmt: skip


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
    from partydoc import counting, registering, registerrefs, registerrules
    from partydoc.commands.registerwords import said

    kind, typed, now = REGISTERS[register], registerrefs.numbers(numbers), clock()
    if typed is None or typed.letter:
        message = _("{text} is no range of numbers.").format(text=numbers)
        raise UsageProblem(message, _("Write it as: 130, 130-135 or 130-135/2026"))
    fields = registerrules.with_day(kind, said(session, kind, words), now)
    with session.writing(wait) as opened:
        if typed.series:
            series = counting.series_named(opened.catalogue, kind, typed.series)
        else:
            series = counting.series_of(opened.archive.settings, kind, fields)
        span = typed.first, typed.last
        row = registering.reserve(opened, kind, series, span, _reason(reason), now)
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

    kind, now = REGISTERS[register], clock()
    with session.writing(wait) as opened:
        closing = registering.close(opened, kind, period, secret, now)
        every = rowlist.rows(opened.catalogue, kind, rowlist.Wanted(secret=secret))
        found = [one for one in every if _is_of(one.row, period, secret)]
        tally = rowlist.tally(found, today_of(now))
        if as_json:
            said = {"register": register, "period": period, "secret": secret}
            print_json({"version": 1, "operation": closing.operation, **said, **vars(tally)})
        else:
            click.echo("\n".join(_totals(tally)))
        registerrows.tell_faults(opened.catalogue, kind, rowlist.series_of(found), as_json)
        notice(_back(closing.operation), quiet or as_json)


COMMANDS = (edit, void, gap, link, unlink, close)


def tell(
    drafts: Sequence[Draft], operation: Operation, as_json: bool, quiet: bool
) -> Exit:  # fmt: skip
    """Print what became of rows. Return the exit code."""
    for draft in drafts:
        if as_json:
            print_json(_changed_form(draft, operation))
        elif not quiet or draft.edited.stale:
            _print(draft)
    changed = sum(bool(draft.edited.changed) for draft in drafts)
    many = ngettext("{n} changed.", "{n} changed.", changed).format(n=changed)
    text = f"{many} {_back(operation.number)}" if changed else _("Nothing changed.")
    notice(text, quiet or as_json)
    return Exit.INCOMPLETE if any(one.edited.stale for one in drafts) else Exit.DONE


def _change(
    session: Session, names: Sequence[str], drafted: Drafting, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Change the rows that are named, as one operation, and tell of it."""
    from partydoc import registeredits, registerrefs
    from partydoc.archive.audit import actor
    from partydoc.operations import Operation
    from partydoc.registerrules import today_of

    named, now = registerrefs.named(names), clock()
    with session.writing(wait) as opened:
        year = today_of(now)[:4]
        rows = [registerrefs.resolve(opened.catalogue, *one, year) for one in dict.fromkeys(named)]
        drafts = drafted(opened, list({row.urn: row for row in rows}.values()))
        operation = Operation(None, now, actor(), "register-edit")
        tell(drafts, registeredits.carry_out(opened, drafts, operation), as_json, quiet)


def _values(
    session: Session, rows: Sequence[RegisterRow], words: Sequence[str]
) -> dict[str, str | None]:
    """Return what is to be said of rows, which stand in one register."""
    from partydoc.commands.registerwords import typed

    if not words or len({row.kind for row in rows}) != 1:
        message = _("It takes rows of one register, and what is to be changed in them.")
        raise UsageProblem(message, _("As: partydoc register edit in 125/2026 deadline=30/11/2026"))
    return typed(session, rows[0].kind, words)


def _reason(typed: str) -> str:
    from partydoc.text import clean

    reason = " ".join(clean(typed).split())
    if not reason:
        raise UsageProblem(_("The reason is empty."), _("Say why: --reason TEXT"))
    return reason


def _print(draft: Draft) -> None:
    from partydoc.registerfields import label

    before, after = draft.before, draft.after
    told = [
        registerrows.change(name, before.value(name), after.value(name))
        for name in draft.edited.changed
    ]
    stays = _("{field} was changed meanwhile and stays.")
    told += [stays.format(field=label(name)) for name in draft.edited.stale]
    for line in told:
        click.echo(printable(f"{after.register} {after.reference}  {line}"))


def _changed_form(draft: Draft, operation: Operation) -> dict[str, Any]:
    before, after, changed = draft.before, draft.after, draft.edited.changed
    return {
        "version": 1,
        "operation": operation.number,
        "register": after.register,
        "reference": after.reference,
        "before": {name: registerrows.plain(name, before.value(name)) for name in changed},
        "after": {name: registerrows.plain(name, after.value(name)) for name in changed},
        "stale": list(draft.edited.stale),
    }


def _tell_row(opened: Opened, row: RegisterRow, as_json: bool, quiet: bool) -> None:
    if as_json:
        print_json({**registerrows.form(opened.catalogue, row), "operation": row.operation})
        return
    click.echo(printable(f"{row.register} {row.reference}  {row.reason}"))
    notice(_back(row.operation), quiet)


def _totals(tally: Any) -> list[str]:
    rows = [
        (tally.documents, _("registered")),
        (tally.scanned, _("of them with a scan")),
        (tally.open, _("neither answered nor settled")),
        (tally.void, _("void")),
        (tally.gaps, _("numbers without a document, with the reason")),
    ]
    return [f"{count:>6}  {what}" for count, what in rows if count or what == rows[0][1]]


def _back(number: int | None) -> str:
    return _("To take it back: partydoc undo {number}").format(number=number)


def _is_of(row: RegisterRow, period: str, secret: bool) -> bool:
    in_period = period in (row.series.period, (row.day or "")[:4])
    return in_period and row.series.secret == secret
