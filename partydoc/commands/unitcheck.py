"""`partydoc catalogue check`: what is wrong with fonds, inventories and folders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    progress,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.findings import Finding
    from partydoc.rescans import Rescan


@click.command(
    name="check",
    help=_(
        "Look what is wrong with a fonds, an inventory or a folder, without REF with all of the"
        " archive: missing and doubled numbers and sheets, dates out of order or outside the span"
        " of the folder, pages without text, entries without a document, and papers that were"
        " scanned more than once. With --link the later scan of such a paper is linked to the"
        " first; nothing is deleted. Who sees that it is another paper says so: partydoc edit REF"
        " same_paper=-"
    ),
    epilog=epilog(
        "partydoc catalogue check A29-01-0003",
        _("0 done, whatever was found, 2 there is no such reference."),
    ),
)
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--link", is_flag=True, help=_("Link other scans of the same paper to the first."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def check(
    session: Session, reference: str | None, link: bool, as_json: bool, quiet: bool, wait: float
) -> None:  # fmt: skip
    """Print what is wrong, and link re-scans if that was asked for."""
    from partydoc import checking, lookup
    from partydoc.archive.opening import open_for_reading
    from partydoc.archive.store import Store

    store, count, again = Store(session.archive), 0, []
    with open_for_reading(session.archive) as catalogue:
        unit = lookup.unit(catalogue, reference) if reference else None
        for finding in progress(checking.findings(catalogue, store, unit), None, quiet):
            count += 1
            _print(finding, as_json)
        for rescan in progress(checking.again(catalogue, store, unit), None, quiet):
            again.append(rescan)
            _print(checking.of_rescan(catalogue, rescan), as_json)
    count += len(again)
    many = ngettext("{n} thing to look at.", "{n} things to look at.", count).format(n=count)
    notice(many if count else _("Nothing is wrong here."), quiet or as_json)
    if link and again:
        _link(session, again, as_json, quiet, wait)


def _print(finding: Finding, as_json: bool) -> None:
    print_json(finding.to_dict()) if as_json else click.echo(printable(finding.message))


def _link(
    session: Session, found: Sequence[Rescan], as_json: bool, quiet: bool, wait: float
) -> None:  # fmt: skip
    from partydoc import editing, samepaper
    from partydoc.archive.audit import actor
    from partydoc.commands.changes import Changes, watch
    from partydoc.operations import Operation

    with session.writing(wait) as opened:
        drafts = samepaper.draft(opened, found)
        operation = Operation(None, clock(), actor(), "link")
        operation = editing.carry_out(opened, drafts, operation, watch(quiet))
        Changes(opened.catalogue, as_json, quiet).tell(drafts, operation)
