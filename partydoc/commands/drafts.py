"""What would become, or has become, of units: written as one operation, and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

import click

from partydoc.commands.session import Session, clock, notice, print_json
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.operations import Operation, What
    from partydoc.unitediting import Draft

dry_option = click.option("--dry-run", is_flag=True, help=_("Only show what would change."))


def carry_out(
    session: Session, drafts: Callable[[Catalogue], Sequence[Draft]], what: What, dry_run: bool,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Write the drafts that something makes, as one operation, and print what became of them.

    They are made before the lock is waited for, so that what is wrong is told at once, and again
    under it.
    """
    from partydoc import unitediting
    from partydoc.archive.audit import actor
    from partydoc.archive.opening import open_for_reading
    from partydoc.operations import Operation

    with open_for_reading(session.archive) as catalogue:
        found = drafts(catalogue)
    if dry_run:
        tell(found, None, as_json, quiet)
        return
    with session.writing(wait) as opened:
        found = drafts(opened.catalogue)
        operation = Operation(None, clock(), actor(), what)
        tell(found, unitediting.carry_out(opened, found, operation), as_json, quiet)


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
    from partydoc.archive.units import leads
    from partydoc.unitfields import FIELDS, label, shown

    before, after = draft.before, draft.after
    for name in draft.edited.changed:
        if leads(name):
            continue  # that is told where the entry came
        nothing = _("unknown") if name in FIELDS else "-"
        old, new = (shown(name, one.value(name)) or nothing for one in (before, after))
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
        "before": {name: _plain(before.value(name)) for name in changed},
        "after": {name: _plain(after.value(name)) for name in changed},
        "stale": list(draft.edited.stale),
    }


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _summary(changed: int, operation: Operation | None) -> str:
    if not changed:
        return _("Nothing changed.") if operation else _("Nothing would change.")
    if operation is None:
        return ngettext("{n} would change.", "{n} would change.", changed).format(n=changed)
    many = ngettext("{n} changed.", "{n} changed.", changed).format(n=changed)
    back = _("To take it back: partydoc undo {number}").format(number=operation.number)
    return f"{many} {back}"
