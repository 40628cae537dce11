"""Printing what an operation changes, or would change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from partydoc.archive import whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.commands.session import notice, print_json
from partydoc.commands.terminal import printable
from partydoc.document import Field
from partydoc.editing import Draft
from partydoc.errors import Exit
from partydoc.fieldnames import label, shown
from partydoc.language import _, ngettext
from partydoc.operations import Operation


def watch(quiet: bool) -> Callable[[Sequence[Draft]], Iterable[Draft]]:
    """Return what shows a bar on a terminal while drafts are written."""
    if quiet or not sys.stderr.isatty():
        return iter
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return lambda drafts: track(drafts, _("writing"), console=console, transient=True)


class Changes:
    """Prints each document that changes, and the sum of it."""

    def __init__(self, catalogue: Catalogue, as_json: bool, quiet: bool) -> None:
        self._catalogue = catalogue
        self._as_json = as_json
        self._quiet = quiet

    def tell(self, drafts: Sequence[Draft], operation: Operation | None) -> Exit:
        """Print what became of drafts; without an operation, what would. Return the exit code."""
        for draft in drafts:
            if self._as_json:
                print_json(self._line(draft, operation))
            elif not self._quiet or draft.edited.stale:
                self._print(draft)
        changed = sum(bool(draft.edited.changed) for draft in drafts)
        notice(_summary(changed, operation), self._quiet or self._as_json)
        return Exit.INCOMPLETE if any(one.edited.stale for one in drafts) else Exit.DONE

    def tell_held(self, documents: int) -> Exit:
        """Tell how many documents were left because they stand in hold; nothing else of them."""
        if not documents:
            return Exit.DONE
        if self._as_json:
            print_json({"version": 1, "outcome": "held", "documents": documents})
        many = ngettext(
            "{n} document stands in hold now and was left alone.",
            "{n} documents stand in hold now and were left alone.",
            documents,
        )
        notice(many.format(n=documents), self._as_json)
        return Exit.INCOMPLETE

    def _reference(self, document: str) -> str | None:
        return next((where.reference for where in whereabouts.of(self._catalogue, document)), None)

    def _line(self, draft: Draft, operation: Operation | None) -> dict[str, Any]:
        before, after = draft.before.fields, draft.after.fields
        return {
            "version": 1,
            "operation": operation.number if operation else None,
            "id": draft.after.id,
            "reference": self._reference(draft.after.id),
            "status": draft.after.status,
            "before": {name: _to_dict(before.get(name)) for name in draft.edited.changed},
            "after": {name: _to_dict(after.get(name)) for name in draft.edited.changed},
            "stale": list(draft.edited.stale),
        }

    def _print(self, draft: Draft) -> None:
        name = self._reference(draft.after.id) or draft.after.id[:12]
        before, after = draft.before.fields, draft.after.fields
        for field in draft.edited.changed:
            click.echo(f"{name}  {printable(_change(field, before.get(field), after.get(field)))}")
        for field in draft.edited.stale:
            message = _("{field} was changed meanwhile and stays: {value}")
            value = shown(field, before.get(field)) or _("unknown")
            click.echo(f"{name}  {printable(message.format(field=label(field), value=value))}")


def _change(name: str, before: Field | None, after: Field | None) -> str:
    old, new = (shown(name, one) or _("unknown") for one in (before, after))
    if old != new:
        return f"{label(name)}: {old} → {new}"
    person = after and after.source == "person"
    how = _("confirmed") if person else _("as the machine read it")
    return f"{label(name)}: {new} ({how})"


def _summary(changed: int, operation: Operation | None) -> str:
    if not changed:
        return _("Nothing changed.") if operation else _("Nothing would change.")
    if operation is None:
        many = ngettext("{n} document would change.", "{n} documents would change.", changed)
        return many.format(n=changed)
    many = ngettext("{n} document changed.", "{n} documents changed.", changed).format(n=changed)
    back = _("To take it back: partydoc undo {number}").format(number=operation.number)
    return f"{many} {back}"


def _to_dict(field: Field | None) -> dict[str, Any] | None:
    return field.to_dict() if field else None
