"""`partydoc review`: what waits for a person, as a loop or as a workbook, and second checks."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import (
    Session,
    clock,
    cores,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.archive.root import Archive
    from partydoc.reviewing import Paper
    from partydoc.viewing import Picture


@click.command(
    name="review",
    help=_(
        "Fill in what no machine can read: one document after the other, of a FOLDER in the order"
        " of its entries, else the oldest first. Each is saved at once. With --to as a workbook;"
        " with --sample as a second check of what is described."
    ),
    epilog=epilog("partydoc review A29-01-0003", _("0 done, 2 usage, 6 locked.")),
)
@click.argument("folder", metavar="[FOLDER]", required=False)
@click.option("--all", "everything", is_flag=True, help=_("Ask for all fields, the sure ones too."))
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help=_("Write a workbook, a row a document; it comes back with: partydoc edit --from FILE."),
)
@click.option("--no-pictures", is_flag=True, help=_("Draw no pages."))
@click.option(
    "--picture-dir",
    type=click.Path(path_type=Path),
    envvar="PARTYDOC_PICTURE_DIR",
    metavar="DIR",
    help=_(
        "Where the picture of the page lies, replaced for each document; else a private folder."
    ),
)
@click.option("--sample", metavar="10%|N", help=_("Check that many described documents again."))
@click.option("--seed", type=int, metavar="N", help=_("Draw the same sample again."))
@json_option
@quiet_option
@wait_option
@click.pass_obj
def command(
    session: Session, folder: str | None, everything: bool, to: Path | None, no_pictures: bool,
    picture_dir: Path | None, sample: str | None, seed: int | None, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Begin the loop, the check or the workbook."""
    from partydoc import reviewing
    from partydoc.commands.asking import Asker, results_apart
    from partydoc.commands.desk import Tools
    from partydoc.commands.talks import Checking, Filling
    from partydoc.viewing import Picture

    if (to and (sample or everything)) or (seed is not None and not sample):
        raise click.UsageError(_("These options do not go together."))
    archive = session.archive
    status = "described" if sample else "review"
    ids = reviewing.in_turn(archive, status, folder)
    if to:
        started = time.monotonic()
        workers = 0 if no_pictures else cores()
        rows, marked = _write(session, to, lambda: _papers(archive, ids, folder), workers, wait)
        _tell_written(to, rows, time.monotonic() - started, as_json, quiet)
        notice(_left_out(marked), quiet or not marked)
        return
    if sample:
        from random import SystemRandom

        seed = SystemRandom().randrange(10**6) if seed is None else seed
        total, ids = len(ids), reviewing.sample(ids, sample, seed)
        line = _("{n} of {total} described documents, drawn with --seed {seed}.")
        notice(line.format(n=len(ids), total=total, seed=seed), quiet)
    if not ids:
        notice(_("Nothing waits for a person."), quiet or bool(sample))
        return
    with ExitStack() as stack:
        claims = stack.enter_context(reviewing.Claims(archive))
        picture = stack.enter_context(Picture(picture_dir, archive.root, not no_pictures))
        results = stack.enter_context(results_apart())
        asker = stack.enter_context(Asker())
        tools = Tools(session, asker, picture, results if as_json else None, wait)
        queue = reviewing.Queue(archive, claims, ids, status, folder)
        desk = Checking(tools, queue) if sample else Filling(tools, queue, everything)
        notice(picture.trouble or _where(picture), quiet)
        desk.work()
        notice(desk.summary(), quiet or as_json)


def _where(picture: Picture) -> str:
    from partydoc.viewing import on_desktop

    if on_desktop():
        return _("The page is shown in a window; leave it open, it follows the documents.")
    page = picture.path.with_suffix(".html")
    return _("The page is drawn into {path}; leave it open, it follows.").format(path=page)


def _papers(archive: Archive, ids: list[str], folder: str | None) -> tuple[list[Paper], int]:
    """Return what may leave the archive now, and how many bear a mark."""
    from partydoc import reviewing

    found = reviewing.look_through(archive, ids, folder)
    papers = [paper for paper in found if not reviewing.is_marked(paper)]
    return papers, len(found) - len(papers)


def _write(
    session: Session, to: Path, look: Callable[[], tuple[list[Paper], int]], workers: int,
    wait: float,
) -> tuple[int, int]:  # fmt: skip
    """Write the workbook, which is an export; return how many rows it has, how many were left.

    Nobody waits while pages are drawn. So all is looked at again under the lock that whoever
    classifies needs as well: what went into hold meanwhile is in no row.
    """
    from partydoc import outfile, workbook

    hint = _("Name another file: partydoc review --to FILE.xlsx")
    outfile.require_free(to, session.archive.root, hint)
    with session.writing(wait):
        papers, _marked = look()
    pictures = workbook.pictures(papers, workers)
    with session.writing(wait) as opened:
        papers, marked = look()
        with workbook.prepared(to, papers, pictures):
            opened.audit.add("exported", clock(), [paper.kept.id for paper in papers])
    return len(papers), marked


def _tell_written(to: Path, rows: int, seconds: float, as_json: bool, quiet: bool) -> None:
    if as_json:
        data = {"outcome": "written", "path": str(to), "documents": rows}
        print_json({"version": 1, **data, "seconds": round(seconds, 2)})
    text = ngettext("{n} document in {path}", "{n} documents in {path}", rows)
    notice(text.format(n=rows, path=to) + f" ({seconds:.0f} s).", quiet or as_json)


def _left_out(marked: int) -> str:
    return ngettext(
        "{n} document with a secrecy mark is left out; review it in the loop.",
        "{n} documents with secrecy marks are left out; review them in the loop.",
        marked,
    ).format(n=marked)
