"""Changing the pages of a document, and telling what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from partydoc.archive import whereabouts
from partydoc.commands.session import Session, clock, notice, print_json
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.archive.kept import Kept
    from partydoc.archive.root import Archive
    from partydoc.rebound import Rebound


def unclassified_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --unclassified."""
    help_ = _("You have looked at the paper: it is open. Written into the audit log.")
    return click.option("--unclassified", is_flag=True, help=help_)(function)


def named(archive: Archive, reference: str) -> str:
    """Return the id of a document."""
    from partydoc import lookup
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(archive) as catalogue:
        return lookup.resolve(archive, catalogue, reference).id


def fulfil(
    context: click.Context, reference: str, wish: Mapping[str, Any], jobs: int, as_json: bool,
    quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Do what is wished to the pages of a document; print what became of it, and exit."""
    from partydoc.archive.opening import open_for_reading
    from partydoc.paging import Wish
    from partydoc.rebinding import Rebinder

    session: Session = context.obj
    with session.taking_turns(wait) as turns:
        document = named(turns.archive, reference)
        rebound = Rebinder(turns, clock, jobs).fulfil(document, Wish(**wish))
    with open_for_reading(session.archive) as catalogue:
        context.exit(tell(rebound, catalogue, as_json, quiet))


def tell(rebound: Rebound, catalogue: Catalogue, as_json: bool, quiet: bool) -> Exit:
    """Print what became of a wish; return the exit code."""
    failed = rebound.outcome in ("refused", "failed")
    reference = reference_of(rebound.kept, catalogue)
    if as_json:
        print_json(_line(rebound, reference))
    elif rebound.outcome == "changed":
        tell_pages(rebound.kept, reference, quiet)
        tell_way_back(rebound.operation, quiet)
    elif failed or not quiet:
        click.echo(printable(_message(rebound) or ""))
    return Exit.INCOMPLETE if failed else Exit.DONE


def reference_of(kept: Kept, catalogue: Catalogue) -> str | None:
    """Return the first reference of a document; None where it stands in no folder."""
    where = whereabouts.of(catalogue, kept.id)
    return where[0].reference if where else None


def tell_pages(kept: Kept, reference: str | None, quiet: bool) -> None:
    """Print which document has how many pages now."""
    pages = ngettext("{n} page", "{n} pages", kept.pages).format(n=kept.pages)
    if not quiet:
        click.echo(f"{reference or kept.id[:12]}  {pages}")


def tell_way_back(operation: int | None, quiet: bool) -> None:
    """Say how an operation is taken back."""
    notice(_("To take it back: partydoc undo {number}").format(number=operation), quiet)


def _line(rebound: Rebound, reference: str | None) -> dict[str, Any]:
    held = rebound.outcome == "held"
    return {
        "version": 1,
        "operation": rebound.operation,
        "id": rebound.kept.id,
        "reference": None if held else reference,
        "outcome": rebound.outcome,
        "pages": None if held else rebound.kept.pages,
        "reason": rebound.reason,
        "message": _message(rebound),
    }


def _message(rebound: Rebound) -> str | None:
    """Return a sentence, with what to do next; None where all is well."""
    from partydoc import reasons

    if rebound.reason is None:
        return None
    if rebound.outcome != "failed" or rebound.reason == "pages-changed":
        return reasons.sentence(rebound.reason, rebound.name or rebound.kept.id[:12])
    return unreadable(rebound.kept.id[:12], rebound.reason)


def unreadable(name: str, reason: str) -> str:
    """Return the sentence that a document, as it would be, cannot be read."""
    message = _("{id} as it would be cannot be read ({reason}); nothing was changed.")
    text = message.format(id=name, reason=reason)
    return f"{text} " + _("Look at the page; scan it again.")
