"""`partydoc register edit`, `void`, `link` and `unlink`: rows are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from partydoc.archive.registerrow import REGISTERS
from partydoc.commands import registerlines, registerwords
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

    reason = registerwords.reason(reason)
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


COMMANDS = (edit, void, link, unlink)


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
    text = f"{many} {back(operation.number)}" if changed else _("Nothing changed.")
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
    if not words or len({row.kind for row in rows}) != 1:
        message = _("It takes rows of one register, and what is to be changed in them.")
        raise UsageProblem(message, _("As: partydoc register edit in 125/2026 deadline=30/11/2026"))
    return registerwords.typed(session, rows[0].kind, words)


def _print(draft: Draft) -> None:
    from partydoc.registerfields import label

    before, after = draft.before, draft.after
    told = [
        registerlines.change(name, before.value(name), after.value(name))
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
        "before": {name: registerlines.plain(name, before.value(name)) for name in changed},
        "after": {name: registerlines.plain(name, after.value(name)) for name in changed},
        "stale": list(draft.edited.stale),
    }


def back(number: int | None) -> str:
    """Say how an operation is taken back."""
    return _("To take it back: partydoc undo {number}").format(number=number)
