"""`partydoc split`: a scan that holds several papers becomes as many documents."""

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
    notice,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.dividing import Divided


class _Pages(click.ParamType):
    """Numbers of pages with commas between them."""

    name = "pages"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers; fails for anything else."""
        parts = [part.strip() for part in str(value).split(",")]
        if not all(part.isascii() and part.isdecimal() for part in parts):
            self.fail(_("{text} are not pages: name them as 4,9.").format(text=value), param, ctx)
        return tuple(map(int, parts))


@click.command(
    name="split",
    help=_(
        "Divide a scan that holds several papers. Each becomes a document of its own and is read"
        " anew; the first one keeps the entry, the others follow with letters (005a). The whole"
        " scan stays, and is neither searched nor counted. A part with a secrecy mark goes into"
        " hold, and the whole scan with it; of a scan that is held for a mark the open papers come"
        " out. Taken back with: partydoc undo OP"
    ),
    epilog=epilog(
        "partydoc split A29-01-0003-005 --at 4,9",
        _("0 done, parts with a mark in hold, 2 no such document or page, 3 a part cannot be read"
          " and nothing changed, 8 it stands in hold."),
    ),
)  # fmt: skip
@click.argument("reference", metavar="REF")
@click.option(
    "--at", "at", type=_Pages(), required=True, metavar="N,N",
    help=_("The pages on which the second paper begins, the third, and so on."),
)  # fmt: skip
@rebound.unclassified_option
@jobs_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, reference: str, at: tuple[int, ...], unclassified: bool, jobs: int,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Divide one document and print its parts."""
    from partydoc.archive.opening import open_for_reading
    from partydoc.dividing import Divider

    session: Session = context.obj
    with session.taking_turns(wait) as turns:
        document = rebound.named(turns.archive, reference)
        divided = Divider(turns, clock, jobs).divide(document, at, unclassified)
    with open_for_reading(session.archive) as catalogue:
        context.exit(_tell(divided, catalogue, as_json, quiet))


def _tell(divided: Divided, catalogue: Catalogue, as_json: bool, quiet: bool) -> Exit:
    failed = divided.outcome in ("refused", "failed")
    if as_json:
        print_json(_line(divided, catalogue))
    elif divided.outcome == "divided":
        for cut, part in divided.parts if not quiet else ():
            place = rebound.reference_of(part, catalogue) or part.id[:12]
            held = _("put into hold for a secrecy mark") if part.secret else ""
            click.echo(f"{place}  {cut.first}-{cut.last}  {held}".rstrip())
        if any(part.secret for _cut, part in divided.parts):
            notice(_("The whole scan, which has their pages too, stands in hold with them."), quiet)
        else:
            rebound.tell_way_back(divided.operation, quiet)
    elif failed or not quiet:
        click.echo(printable(_message(divided) or ""))
    return Exit.INCOMPLETE if failed else Exit.DONE


def _line(divided: Divided, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "version": 1,
        "operation": divided.operation,
        "id": divided.scan.id,
        "outcome": divided.outcome,
        "parts": [
            {
                "id": part.id,
                "reference": rebound.reference_of(part, catalogue),
                "first": cut.first,
                "last": cut.last,
                "held": part.secret,
            }
            for cut, part in divided.parts
        ],
        "reason": divided.reason,
        "message": _message(divided),
    }


def _message(divided: Divided) -> str | None:
    """Return a sentence, with what to do next; None where all is well."""
    from partydoc import reasons

    if divided.reason is None:
        return None
    name = divided.name or divided.scan.id[:12]
    if divided.outcome != "failed" or divided.reason == "pages-changed":
        return reasons.sentence(divided.reason, name)
    return rebound.unreadable(name, divided.reason)
