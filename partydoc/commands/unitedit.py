"""`partydoc catalogue edit`: what is known of fonds, inventories and folders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

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
    from partydoc.archive.units import Unit
    from partydoc.operations import Operation
    from partydoc.unitediting import Draft


@click.command(
    name="edit",
    help=_(
        "Change what is known of fonds, inventories or folders. A FIELD has its English or"
        " Vietnamese name, with or without diacritics; FIELD=- says that there is none."
    ),
    epilog=epilog(
        'partydoc catalogue edit A29-01-0003 "thời hạn=20 năm" hop=7 "nhiem ky=2020-2025"',
        _("0 done, 2 usage, or there is no such reference or field."),
    ),
)
@click.argument("words", metavar="REF... FIELD=VALUE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def edit(
    session: Session, words: tuple[str, ...], dry_run: bool, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Write what a person says of units, or show what it would change."""
    from partydoc import lookup, unitediting
    from partydoc.archive.audit import actor
    from partydoc.archive.opening import open_for_reading
    from partydoc.operations import Operation

    references = list(dict.fromkeys(word for word in words if "=" not in word))
    with open_for_reading(session.archive) as catalogue:
        units = [lookup.unit(catalogue, one) for one in references]
    values = _said(units, [word for word in words if "=" in word])
    drafts = unitediting.draft(units, values)  # what is wrong is told before the lock is waited for
    if dry_run:
        tell(drafts, None, as_json, quiet)
        return
    with session.writing(wait) as opened:
        units = [lookup.unit(opened.catalogue, one) for one in references]
        drafts = unitediting.draft(units, values)
        operation = Operation(None, clock(), actor(), "catalogue-edit")
        tell(drafts, unitediting.carry_out(opened, drafts, operation), as_json, quiet)


def _said(units: Sequence[Unit], words: Sequence[str]) -> dict[str, str | None]:
    from partydoc import unitfields

    if not units or not words:
        message = _("It takes a unit and what is to be changed in it.")
        raise UsageProblem(message, _("As: partydoc catalogue edit A29-01-0003 box=7"))
    kinds = list(dict.fromkeys(unit.kind for unit in units))
    found: dict[str, str | None] = {}
    for word in words:
        name, _equals, typed = word.partition("=")
        field = unitfields.find(kinds, name)
        value = unitfields.parse(field, typed)
        if found.get(field, value) != value:
            message = _("{name} is given two values.").format(name=unitfields.label(field))
            raise UsageProblem(message, _("Give one of them."))
        found[field] = value
    return found


def tell(
    drafts: Sequence[Draft], operation: Operation | None, as_json: bool, quiet: bool
) -> Exit:  # fmt: skip
    """Print what became of drafts; without an operation, what would. Return the exit code."""
    for draft in drafts:
        if as_json:
            print_json(_line(draft, operation))
        elif not quiet or draft.edited.stale:
            _print(draft)
    changed = sum(bool(draft.edited.changed) for draft in drafts)
    notice(_summary(changed, operation), quiet or as_json)
    return Exit.INCOMPLETE if any(one.edited.stale for one in drafts) else Exit.DONE


def _print(draft: Draft) -> None:
    from partydoc.unitfields import label, shown

    before, after = draft.before, draft.after
    for name in draft.edited.changed:
        old, new = (shown(name, one.value(name)) or _("unknown") for one in (before, after))
        click.echo(f"{after.reference}  {printable(f'{label(name)}: {old} → {new}')}")
    for name in draft.edited.stale:
        message = _("{field} was changed meanwhile and stays: {value}")
        value = shown(name, before.value(name)) or _("unknown")
        text = message.format(field=label(name), value=value)
        click.echo(f"{after.reference}  {printable(text)}")


def _line(draft: Draft, operation: Operation | None) -> dict[str, Any]:
    before, after, changed = draft.before, draft.after, draft.edited.changed
    return {
        "version": 1,
        "operation": operation.number if operation else None,
        "reference": after.reference,
        "before": {name: before.value(name) for name in changed},
        "after": {name: after.value(name) for name in changed},
        "stale": list(draft.edited.stale),
    }


def _summary(changed: int, operation: Operation | None) -> str:
    if not changed:
        return _("Nothing changed.") if operation else _("Nothing would change.")
    if operation is None:
        return ngettext("{n} would change.", "{n} would change.", changed).format(n=changed)
    many = ngettext("{n} changed.", "{n} changed.", changed).format(n=changed)
    back = _("To take it back: partydoc undo {number}").format(number=operation.number)
    return f"{many} {back}"
