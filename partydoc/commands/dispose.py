"""`partydoc dispose`: what need not be kept any longer."""

from __future__ import annotations

from datetime import date

import click

from partydoc.commands import disposelist
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import UsageProblem
from partydoc.language import _

_STATUS = _("0 done, 1 it takes another person, 2 usage, or something stands against it.")


@click.group(
    name="dispose",
    help=_(
        "Destroy folders that need not be kept any longer. It takes two people and a decision:"
        " list, propose, approve, execute."
    ),
    epilog=epilog("partydoc dispose list", _("0 done, 2 usage.")),
)
def command() -> None:
    """Gather the commands of disposal."""


@command.command(
    name="propose",
    help=_(
        "Propose folders to be destroyed, with all that stands in them. Each must be closed, its"
        " term must have run out, and nothing of it may stand in hold. A document that stands in"
        " another folder as well stays there."
    ),
    epilog=epilog('partydoc dispose propose A29-01-0003 --reason "hết thời hạn"', _STATUS),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help=_("Why."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def propose(
    session: Session, references: tuple[str, ...], reason: str | None, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Propose folders."""
    from partydoc import disposing

    with session.writing(wait) as opened:
        done = disposing.propose(opened, references, reason, clock())
    disposelist.show(done, as_json)
    next_ = f"partydoc dispose approve {done.number} --decision CODE --date DAY --scan REF"
    text = _("Nothing is destroyed yet. Somebody else notes the decision: {command}")
    notice(text.format(command=next_), quiet or as_json)


@command.command(
    name="approve",
    help=_(
        "Note the decision by which a proposal is approved, with its scan, which is kept for good."
        " Who has proposed it cannot do that, and nothing may have changed since."
    ),
    epilog=epilog(
        'partydoc dispose approve 1 --decision "12-QĐ/ĐU" --date 02/3/2026 --scan A29-01-0009-001',
        _STATUS,
    ),
)
@click.argument("number", metavar="PROPOSAL", type=click.IntRange(1))
@click.option("--decision", required=True, metavar="CODE", help=_("Its number and symbol."))
@click.option("--date", "typed", required=True, metavar="DAY", help=_("Its day."))
@click.option(
    "--scan", required=True, metavar="REF|FILE",
    help=_("The document that is its scan, or the file that was scanned."),
)  # fmt: skip
@json_option
@quiet_option
@wait_option
@click.pass_obj
def approve(
    session: Session, number: int, decision: str, typed: str, scan: str, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Approve a proposal."""
    from partydoc import disposing

    day = _whole_day(typed)
    with session.writing(wait) as opened:
        done = disposing.approve(opened, number, decision, day, scan, clock())
    disposelist.show(done, as_json)
    text = _("Nothing is destroyed yet. That is done with: {command}")
    notice(text.format(command=f"partydoc dispose execute {number}"), quiet or as_json)


@command.command(
    name="withdraw",
    help=_("Take a proposal back; nothing of it is destroyed then."),
    epilog=epilog("partydoc dispose withdraw 1", _("0 done, 2 there is no such proposal.")),
)
@click.argument("number", metavar="PROPOSAL", type=click.IntRange(1))
@json_option
@wait_option
@click.pass_obj
def withdraw(session: Session, number: int, as_json: bool, wait: float) -> None:
    """Withdraw a proposal."""
    from partydoc import disposing

    with session.writing(wait) as opened:
        done = disposing.withdraw(opened, number, clock())
    disposelist.show(done, as_json)


@command.command(
    name="execute",
    help=_(
        "Destroy what a decision has approved: the documents with all their versions, and what was"
        " typed of them. The folders stay, empty, with the proposal as their tombstone. Who has"
        " proposed it cannot do that. It cannot be taken back."
    ),
    epilog=epilog("partydoc dispose execute 1", _STATUS),
)
@click.argument("number", metavar="PROPOSAL", type=click.IntRange(1))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def execute(session: Session, number: int, as_json: bool, quiet: bool, wait: float) -> None:
    """Destroy what was approved."""
    from partydoc import disposing

    with session.writing(wait) as opened:
        done = disposing.execute(opened, number, clock())
    disposelist.show(done, as_json)
    text = _("The digital copies are destroyed. The paper itself is destroyed by hand.")
    notice(text, quiet or as_json)


def _whole_day(typed: str) -> date:
    """Return the day that a person typed; raises UsageProblem for a month or a year."""
    from partydoc import fieldvalues

    day = fieldvalues.day(typed)
    if len(day) < 10:
        message = _("{text} is no whole day.").format(text=typed)
        raise UsageProblem(message, _("Write it as: --date 02/9/2026"))
    return date.fromisoformat(day)


command.add_command(disposelist.list_)
