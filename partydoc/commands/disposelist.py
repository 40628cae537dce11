"""`partydoc dispose list`: what need not be kept any longer, and what was proposed."""

from __future__ import annotations

from datetime import date
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
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.disposal import Disposal
    from partydoc.expiry import Term


@click.command(
    name="list",
    help=_(
        "List the folders whose term has run out, and those of which that is not known; with REF"
        " only those of a fonds or an inventory. A term of N years ends on 31 December of the N-th"
        " year after the year in which the work of the folder ended: by its field end, else when it"
        " was closed, else by the latest date of its documents. What is kept for good never stands"
        " here."
    ),
    epilog=epilog(
        "partydoc dispose list --by 2030 A29", _("0 done, 2 there is no such reference.")
    ),
)
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--by", "typed", metavar="DATE", help=_("By this day; else by today."))
@click.option("--proposals", is_flag=True, help=_("What was proposed, and what came of it."))
@json_option
@quiet_option
@click.pass_obj
def list_(
    session: Session, reference: str | None, typed: str | None, proposals: bool, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Print what has expired, or the proposals."""
    if proposals and (reference or typed):
        raise click.UsageError(_("--proposals stands alone."))
    if proposals:
        _list_proposals(session, as_json)
    else:
        _list_expired(session, reference, typed, as_json, quiet)


def _list_proposals(session: Session, as_json: bool) -> None:
    from partydoc.archive import disposals
    from partydoc.archive.opening import open_for_reading

    with open_for_reading(session.archive) as catalogue:
        for one in disposals.every(catalogue):
            show(one, as_json)


def _list_expired(
    session: Session, reference: str | None, typed: str | None, as_json: bool, quiet: bool
) -> None:  # fmt: skip
    from partydoc import expiry, lookup
    from partydoc.archive.opening import open_for_reading

    day = _day(typed) if typed else clock().astimezone().date()
    with open_for_reading(session.archive) as catalogue:
        unit = lookup.unit(catalogue, reference) if reference else None
        found = list(expiry.due(catalogue, unit, day))
    for one in found:
        print_json(one.to_dict()) if as_json else click.echo(printable(_line(one)))
    count = sum(one.known for one in found)
    many = ngettext("{n} folder has been kept long enough.",
                    "{n} folders have been kept long enough.", count)  # fmt: skip
    notice(many.format(n=count), quiet or as_json)


def _day(typed: str) -> date:
    """Return the last day of what a person typed; raises UsageProblem."""
    from partydoc import fieldvalues
    from partydoc.index import dates

    return date.fromisoformat(dates.parse(fieldvalues.day(typed))[1])


def _line(one: Term) -> str:
    from partydoc.fieldvalues import written

    parts = [one.folder.reference, one.folder.title]
    if one.last_day:
        last = written("date", one.last_day.isoformat())
        parts.append(_("{term}, until {day}").format(term=one.retention, day=last))
    else:
        parts.append(one.retention or _("term not known"))
    ends = {"end": _("ended {day}"), "closed": _("closed {day}"),
            "documents": _("latest document {day}")}  # fmt: skip
    if one.ended and one.counted:
        parts.append(ends[one.counted].format(day=written("date", one.ended)))
    else:
        parts.append(_("end not known"))
    if not one.folder.closed:
        parts.append(_("not closed"))
    return " · ".join(parts)


def show(one: Disposal, as_json: bool) -> None:
    """Print a proposal."""
    print_json(_form(one)) if as_json else click.echo(printable(_told(one)))


def _form(one: Disposal) -> dict[str, Any]:
    """Return the line of a proposal with --json."""
    acts = {name: getattr(one, name) for name in ("proposed", "approved", "executed", "withdrawn")}
    return {
        "version": 1,
        "proposal": one.number,
        "state": one.state,
        "folders": [sheaf.reference for sheaf in one.sheaves],
        "documents": len(one.listed),
        "reason": one.reason,
        "decision": vars(one.decision) if one.decision else None,
        **{name: {"who": act.who, "when": act.when} if act else None
           for name, act in acts.items()},
    }  # fmt: skip


def _told(one: Disposal) -> str:
    from partydoc.fieldvalues import written

    states = {
        "proposed": _("proposed by {who}"),
        "approved": _("approved by {who}"),
        "executed": _("destroyed by {who}"),
        "withdrawn": _("withdrawn by {who}"),
    }
    act = getattr(one, one.state)
    count = len(one.listed)
    parts = [
        _("proposal {number}").format(number=one.number),
        states[one.state].format(who=act.who), written("date", act.when[:10]),
        ", ".join(sheaf.reference for sheaf in one.sheaves),
        ngettext("{n} document", "{n} documents", count).format(n=count),
    ]  # fmt: skip
    if one.decision:
        day = written("date", one.decision.date)
        parts.append(_("decision {code} of {day}").format(code=one.decision.code, day=day))
    return " · ".join([*parts, one.reason] if one.reason else parts)
