"""`partydoc merge`: several documents that are one paper become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from partydoc.commands import rebound
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    jobs_option,
    json_option,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.merging import Merged


@click.command(
    name="merge",
    help=_(
        "Merge documents that are one paper. The first keeps its id, its reference and its record"
        " and gets the pages of the others, in the order in which they are named; the others lead"
        " to it. All of it is read anew, and every byte stays. Taken back with: partydoc undo OP"
    ),
    epilog=epilog(
        "partydoc merge A29-01-0003-005 A29-01-0003-006",
        _("0 done, or one put into hold for a mark, 2 no such document, 3 they cannot be read and"
          " nothing changed, 8 one stands in hold."),
    ),
)  # fmt: skip
@click.argument("references", metavar="REF REF...", nargs=-1, required=True)
@rebound.unclassified_option
@jobs_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, references: tuple[str, ...], unclassified: bool, jobs: int,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Merge documents and print what became of them."""
    from partydoc.archive.opening import open_for_reading
    from partydoc.merging import Merger

    session: Session = context.obj
    with session.taking_turns(wait) as turns:
        documents = [rebound.named(turns.archive, one) for one in references]
        merged = Merger(turns, clock, jobs).merge(documents, unclassified)
    with open_for_reading(session.archive) as catalogue:
        context.exit(_tell(merged, catalogue, as_json, quiet))


def _tell(merged: Merged, catalogue: Catalogue, as_json: bool, quiet: bool) -> Exit:
    failed = merged.outcome in ("refused", "failed")
    reference = rebound.reference_of(merged.kept, catalogue)
    if as_json:
        print_json(_line(merged, reference))
    elif merged.outcome == "merged":
        rebound.tell_pages(merged.kept, reference, quiet)
        rebound.tell_way_back(merged.operation, quiet)
    elif failed or not quiet:
        click.echo(printable(_message(merged) or ""))
    return Exit.INCOMPLETE if failed else Exit.DONE


def _line(merged: Merged, reference: str | None) -> dict[str, Any]:
    return {
        "version": 1,
        "operation": merged.operation,
        "id": merged.kept.id,
        "reference": reference if merged.outcome == "merged" else None,
        "outcome": merged.outcome,
        "pages": merged.kept.pages if merged.outcome == "merged" else None,
        "merged": [one.id for one in merged.others],
        "reason": merged.reason,
        "message": _message(merged),
    }


def _message(merged: Merged) -> str | None:
    """Return a sentence, with what to do next; None where all is well."""
    from partydoc import reasons

    if merged.reason is None:
        return None
    name = merged.name or merged.kept.id[:12]
    if merged.outcome == "held":
        return f"{reasons.sentence(merged.reason, name)} " + _("Nothing was merged.")
    if merged.outcome == "refused" or merged.reason == "pages-changed":
        return reasons.sentence(merged.reason, name)
    return rebound.unreadable(name, merged.reason)
