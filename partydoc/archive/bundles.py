"""Several objects changed at once: all of them, or none.

What each is to be lies ready in one job, a whole object. The job's intent decides: before it is
written nothing has happened, from then on all of it does. What a crash leaves undone recovery
does, which passes over every step that was taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.archive import building, disk, jobs, ocfl
from partydoc.archive.jobs import Intent, Ready
from partydoc.archive.kept import Kept
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit, Files
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.archive.units import Unit

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened

#: Before this version an object has none: it begins anew.
ANEW = 0


@dataclass(frozen=True)
class Change:
    """What becomes of an object, new or not: the files of its next version.

    `held`: it belongs into hold then; `behind`: the last version that is kept, if not all are.
    """

    urn: str
    files: Files
    held: bool = False
    behind: int | None = None


def carry_out(opened: Opened, changes: Sequence[Change], commit: Commit) -> None:
    """Change objects at once; the caller holds the lock.

    Raises Unreadable, with nothing changed, for an object that is damaged.
    """
    job = jobs.begin(opened.archive.desk)
    with jobs.left_if_wrong(job, opened.archive.desk):
        _carry_out(opened, changes, commit, job)
    jobs.end_for_good(job)


def _carry_out(opened: Opened, changes: Sequence[Change], commit: Commit, job: Path) -> None:
    bundle = tuple(
        _made_ready(opened, one, commit, _ready(job, n)) for n, one in enumerate(changes)
    )
    intent = Intent(bundle[0].urn, bundle=bundle)
    jobs.intend(job, intent)
    _finish(opened, intent, job, commit.when, commit.message.split()[0])


def finish(opened: Opened, intent: Intent, job: Path, now: datetime) -> None:
    """Do what is left of a change that a dead run has decided; raises Unreadable."""
    _finish(opened, intent, job, now, "recovered")


def _ready(job: Path, number: int) -> Path:
    return job / f"ready-{number:04d}"


def _made_ready(opened: Opened, change: Change, commit: Commit, draft: Path) -> Ready:
    current = opened.store.where(change.urn)
    if current:
        opened.store.require_whole(change.urn)
    disk.draft_folder(draft)
    if current is None or change.behind == ANEW:
        new = {name: file for name, file in change.files.items() if file is not None}
        building.build_first(draft, change.urn, new, commit)
    elif change.behind is None:
        building.build_next(draft, current, change.files, commit)
    else:
        with damage_told(current):
            then = ocfl.read_inventory(current / f"v{change.behind}")
        building.build_back(draft, current, then, change.files, commit)
    return Ready(change.urn, change.held, _state(current), _state(draft) or "")


def _state(folder: Path | None) -> str | None:
    """Return the digest of an object's inventory; None where there is no object."""
    path = folder / "inventory.json.sha512" if folder else None
    return path.read_text("ascii").split()[0] if path and path.is_file() else None


def _finish(opened: Opened, intent: Intent, job: Path, now: datetime, what: str) -> None:
    drafts = {one.urn: _ready(job, n) for n, one in enumerate(intent.bundle)}
    for one in intent.bundle:
        if one.held:  # from then on nobody is shown anything
            opened.catalogue.note(_kept(opened, one, drafts[one.urn]), held=True)
    for one in intent.bundle:
        _put_in_place(opened, one, drafts[one.urn])
    done = [one for one in intent.bundle if _state(opened.store.where(one.urn)) == one.after]
    for held in (False, True):
        known = [one for one in done if one.held == held and _is_document(one)]
        if known:
            ids = [one.urn.removeprefix(DOCUMENT_PREFIX) for one in known]
            opened.audit.add(what, now, ids, held=held)
        for one in known:
            opened.catalogue.note(opened.store.known(one.urn.removeprefix(DOCUMENT_PREFIX)), held)
    _tell_of_others(opened, done)


def _is_document(one: Ready) -> bool:
    return one.urn.startswith(DOCUMENT_PREFIX)


def _kept(opened: Opened, one: Ready, draft: Path) -> Kept:
    """Return a document as it will stand."""
    folder = draft if _state(draft) == one.after else opened.store.require_whole(one.urn)
    with damage_told(folder):
        name = ocfl.head_files(ocfl.read_inventory(folder))["record.json"]
        return Kept.from_json((folder / name).read_bytes())


def _put_in_place(opened: Opened, one: Ready, draft: Path) -> None:
    """Put an object where it belongs, unless it is there, or somebody has changed it meanwhile:
    where the disk failed us others may have been at work.
    """
    if one.held:
        opened.store.withhold(one.urn)
    here = ocfl.object_path(opened.archive.hold if one.held else opened.archive.store, one.urn)
    now = _state(here)
    if now is None and one.before is None:
        disk.make_folder(here.parent)
        disk.move(draft, here)
    elif now is not None and now == one.before:
        disk.exchange(draft, here)
    disk.remove_tree(draft)


def _tell_of_others(opened: Opened, done: Sequence[Ready]) -> None:
    others = [opened.store.other(one.urn) for one in done if not _is_document(one)]
    units = [one for one in others if isinstance(one, Unit)]
    if units:
        opened.catalogue.note_units(units)
    for row in others:
        if isinstance(row, RegisterRow):
            opened.catalogue.note_row(row)


def record(one: Unit | RegisterRow) -> Mapping[str, bytes]:
    """Return the files of what is no document."""
    return {"record.json": one.to_json()}
