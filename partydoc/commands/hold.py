"""`partydoc hold`: work on what has not passed the secrecy gate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from partydoc.commands import outcomes
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    jobs_option,
    json_option,
    notice,
    print_json,
    progress,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import Exit, PartydocError
from partydoc.language import _, ngettext


@click.group(
    name="hold",
    help=_("Work on what stands in hold: list it, release it, hand it over, destroy it."),
    epilog=epilog("partydoc hold list", _("0 done, 1 no right to look into hold, 2 usage.")),
)
def command() -> None:
    """Gather the commands of the hold."""


@command.command(
    name="list",
    help=_(
        "List what stands in hold, as it lies in its stacks: when it was taken in, the batch and"
        " the place in it, the entries kept free for it, pages and status. No text and no name is"
        " shown."
    ),
    epilog=epilog(
        "partydoc hold list", _("0 done, 1 no right to look into hold, 4 one is damaged.")
    ),
)
@json_option
@quiet_option
@click.pass_context
def list_(context: click.Context, as_json: bool, quiet: bool) -> None:
    """List what stands in hold."""
    from partydoc.archive.opening import open_for_reading
    from partydoc.holding import Held, held

    archive = context.obj.archive
    with open_for_reading(archive) as catalogue:
        found, damaged = held(archive, catalogue)
    if as_json:
        for one in found:
            print_json(one.to_dict())
    elif found:
        words = {"held": _("held"), "awaiting-class": _("waiting for classification")}
        head = (_("id"), _("taken in"), _("batch"), _("input"), _("reference"), _("pages"),
                _("status"))  # fmt: skip

        def row(one: Held) -> tuple[str, ...]:
            asked = one.request
            to_go = ", " + _("{who} asks to purge it").format(who=asked.who) if asked else ""
            place = str(one.position or "-")
            return (one.id[:12], _time(one.added_at), _time(one.batch), place,
                    ", ".join(one.references) or "-", str(one.pages),
                    words[one.status] + to_go)  # fmt: skip

        click.echo("\n".join(_columns([head, *map(row, found)])))
    _tell_left_out(damaged)
    if not as_json:
        for line in _next_steps({one.status for one in found}):
            notice(line, quiet)
    context.exit(Exit.DAMAGED if damaged else Exit.DONE)


def _time(when: datetime | None) -> str:
    return f"{when.astimezone():%d/%m/%Y %H:%M}" if when else "-"


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _next_steps(statuses: set[str]) -> list[str]:
    steps = []
    if "awaiting-class" in statuses:
        steps += [_("It is not secret: partydoc classify ID --open"),
                  _("It is secret: partydoc classify ID --secret LEVEL")]  # fmt: skip
    if "held" in statuses:
        steps += [_("It is not secret after all: partydoc hold release ID --reason TEXT"),
                  _("Hand it over: partydoc hold export --to DIR ID"),
                  _("Then destroy it, two people: partydoc hold purge ID")]  # fmt: skip
    return steps or [_("Nothing stands in hold.")]


@command.command(
    name="release",
    help=_(
        "Take documents out of hold that are not secret after all: into the store, described,"
        " catalogued and searchable. The reason is written into the log and their history; no mark"
        " that is seen holds them again."
    ),
    epilog=epilog(
        'partydoc hold release 3f2a9c01 --reason "GIẢI MẬT"',
        _("0 done, 2 no such document in hold, 3 some could not be read, 4 one is damaged."),
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help=_("Why they are open."))
@click.option("--no-ocr", is_flag=True, help=_("Release only; read them later: partydoc ocr"))
@jobs_option
@json_option
@quiet_option
@wait_option
@click.pass_context
def release(
    context: click.Context, references: tuple[str, ...], reason: str, no_ocr: bool, jobs: int,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Release documents and print what became of each."""
    from partydoc import holding, operations
    from partydoc.intake import Line, Wishes

    session: Session = context.obj
    said = holding.reason_of(reason)
    wishes = Wishes(read=not no_ocr, workers=jobs)
    with session.taking_turns(wait) as turns, Line(turns, wishes, clock) as line:
        with turns.turn() as opened:
            ids = holding.find(opened.archive, opened.catalogue, references)
        tally = outcomes.Tally(as_json, quiet)
        with operations.begun(turns, "release", clock(), ids) as operation:
            released = line.release(ids, reason=said, operation=operation.number)
            for outcome in progress(released, len(ids), quiet):
                tally.tell(outcome)
    notice(tally.summary(), quiet or as_json)
    context.exit(tally.exit_code)


@command.command(
    name="export",
    help=_(
        "Copy the originals of documents in hold into the folder DIR, best on an encrypted stick,"
        " for the officer in charge: each under its id, with a list of digests that"
        " `sha256sum -c` checks. They stay in hold until they are purged."
    ),
    epilog=epilog(
        "partydoc hold export --to /media/stick --all",
        _("0 done, 2 usage or DIR lies in the archive, 4 an original is damaged, 9 disk full."),
    ),
)
@click.argument("references", metavar="[REF]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("All that stands in hold."))
@click.option(
    "--to", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path),
    help=_("Where to; a folder outside the archive."),
)  # fmt: skip
@json_option
@quiet_option
@wait_option
@click.pass_context
def export(
    context: click.Context, references: tuple[str, ...], everything: bool, folder: Path,
    as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Copy originals and print each copy."""
    from partydoc import handover, holding

    if everything == bool(references):
        raise click.UsageError(_("Name documents, or all of them with --all."))
    session: Session = context.obj
    done, damaged = 0, False
    with session.writing(wait) as opened:
        parts = (opened.archive, opened.catalogue)
        ids = holding.find(*parts, references)
        if everything:
            found, folders = holding.held(*parts)
            ids, damaged = [one.id for one in found], bool(folders)
            _tell_left_out(folders)
        target = handover.outside(opened.archive, folder)
        opened.audit.add("exported", clock(), ids)
        for one in handover.hand_over(opened, ids, target):
            if isinstance(one, PartydocError):
                notice(f"{one.message} {one.hint}")
                damaged = True
            else:
                print_json(one.to_dict()) if as_json else click.echo(f"{one.sha256}  {one.file}")
                done += 1
    text = ngettext("{n} document copied to {folder}.", "{n} documents copied to {folder}.", done)
    notice(text.format(n=done, folder=folder), quiet or as_json)
    context.exit(Exit.DAMAGED if damaged else Exit.DONE)


def _tell_left_out(folders: list[Path]) -> None:
    for folder in folders:
        notice(_("{folder} cannot be read and is left out.").format(folder=folder))


@command.command(
    name="purge",
    help=_(
        "Destroy documents in hold, with all versions. It takes two people: the first time the"
        " command is typed it only asks; somebody else, from an account of their own, types it"
        " again. A document that has changed in between must be asked for again."
    ),
    epilog=epilog(
        "partydoc hold purge 3f2a9c01",
        _("0 done, 1 nobody knows who is at work, 2 no such document in hold."),
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--withdraw", is_flag=True, help=_("Take back what was asked for."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def purge(
    session: Session, references: tuple[str, ...], withdraw: bool, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Ask for destruction, or confirm what another person asked for."""
    from partydoc import destroying, holding

    with session.writing(wait) as opened:
        ids = holding.find(opened.archive, opened.catalogue, references)
        work = destroying.withdraw if withdraw else destroying.destroy
        for one in work(opened, ids, clock()):
            if as_json:
                print_json(one.to_dict())
            elif not quiet:
                click.echo(f"{one.id[:12]}: {one.message}")
