"""Repair: what is damaged or missing comes back from a copy of the archive, or of its store.

What is derived needs no copy: the catalogue is made anew from the store. The audit log cannot be
mended, for nobody may write its past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from partydoc.archive import comparing, disk, disposals, examining, healing, jobs, ocfl
from partydoc.archive import verify as check
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import actor
from partydoc.archive.disposal import Disposal
from partydoc.archive.finding import Finding, shown
from partydoc.archive.healing import CannotHeal, Copy, Patient
from partydoc.archive.jobs import Intent
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import RECOVERED, Opened, finish
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.archive.twice import twice
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable
from partydoc.language import _
from partydoc.lookup import resolve
from partydoc.turns import Turns

MENDED = "mended"


def repair(
    turns: Turns | Opened, copy: Path, references: Sequence[str], now: datetime
) -> Iterator[Finding]:
    """Mend the named documents, or everything; yield what was mended, and what is left damaged.

    Others may write meanwhile: the lock is held for each object alone. Raises UsageProblem where
    there is no copy.
    """
    archive = turns.archive
    source = healing.copy_at(copy, archive)
    with turns.turn() as opened:
        rows = [resolve(archive, opened.catalogue, reference) for reference in references]
    urns = [DOCUMENT_PREFIX + row.id for row in rows]
    yield from _one_of_two(turns, urns, now)
    for folder in check.folders(archive, urns):
        if any(examining.objects(archive, [folder], deep=True)):
            yield from _healed(turns, source, examining.urn_of(folder), now)
    yield from _brought_back(turns, source, urns, now)
    if not urns:
        yield from _roots(turns)
        yield from examining.beside(archive)


def _one_of_two(
    turns: Turns | Opened, urns: Sequence[str], now: datetime
) -> Iterator[Finding]:  # fmt: skip
    """Leave one of what stands in the store and in hold, as after a crash on the way."""
    for urn in twice(turns.archive, urns):
        with turns.turn() as opened:
            job = jobs.begin(opened.archive.hold_staging)
            jobs.intend(job, Intent(urn))
            with suppress(Unreadable):  # what is damaged is healed next
                finish(opened, Intent(urn), now)
            opened.shelves.settle(Commit(RECOVERED, actor(), now))
            opened.store.leave_no_trace(urn)
            jobs.end(job)
        message = _("{id} stood in the store and in hold; the older one is in hold/damaged now.")
        yield Finding(MENDED, urn, message.format(id=shown(urn)))


def _brought_back(
    turns: Turns | Opened, copy: Copy, urns: Sequence[str], now: datetime
) -> Iterator[Finding]:
    """Bring back the objects that are lost; where the catalogue is wrong, make it anew.

    One that cannot be read has no say in what is lost, so the log is asked again behind it.
    """
    tried: set[str] = set()
    for _round in range(2):
        found = list(comparing.differences(turns.archive, True, urns))
        lost = {one.path for one in found if one.kind == "missing-object"} - tried
        for urn in sorted(lost):
            yield from _healed(turns, copy, urn, now)
        tried |= lost
        if not any(one.kind == "damaged-catalogue" for one in found):
            return
        with turns.turn():
            rebuild_catalogue(turns.archive)
        yield Finding(MENDED, "catalogue.sqlite", _("The catalogue has been made anew."))


def _healed(turns: Turns | Opened, copy: Copy, urn: str, now: datetime) -> Iterator[Finding]:
    """Heal one object, unless somebody else has done so or taken it away; tell what came of it."""
    with turns.turn() as opened:
        damage = _damage(turns.archive, urn)
        told = _heal(opened, copy, urn, damage, now) if damage else None
    if told:
        yield told


def _damage(archive: Archive, urn: str) -> Finding | None:
    """Return what is wrong with an object, nobody else being at work."""
    yet = examining.objects(archive, check.folders(archive, [urn]), deep=True)
    lost = comparing.differences(archive, True, [urn])
    return next(yet, None) or next((one for one in lost if one.kind == "missing-object"), None)


def _heal(opened: Opened, copy: Copy, urn: str, damage: Finding, now: datetime) -> Finding:
    try:
        older = healing.heal(opened.archive, _patient(opened, copy, urn), copy)
    except CannotHeal as reason:
        message = _("{damage} It cannot be mended: {reason}.")
        text = message.format(damage=damage.message, reason=reason)
        return Finding(damage.kind, damage.path, text)
    older = _note(opened, urn) or older
    opened.audit.add("repaired", now, [urn.removeprefix(DOCUMENT_PREFIX)])
    message = _("{id} has been mended.")
    if older:
        message = _("{id} has been mended, but the copy is older: what was changed since is lost.")
    return Finding(MENDED, urn, message.format(id=shown(urn)))


def _patient(opened: Opened, copy: Copy, urn: str) -> Patient:
    """Say where an object belongs: where it stands, else where it is known to have stood.

    What is not known to have passed the gate has not.
    """
    row = None
    if urn.startswith(DOCUMENT_PREFIX):
        row = opened.catalogue.row(urn.removeprefix(DOCUMENT_PREFIX))
    status = row.status if row else None
    for held, root in ((True, opened.archive.hold), (False, opened.archive.store)):
        if ocfl.object_path(root, urn).is_dir():
            return Patient(urn, held, status)
    logged = opened.audit.present().get(urn.removeprefix(DOCUMENT_PREFIX))
    return Patient(urn, bool((row and row.held) or logged or copy.holds(urn)), status)


def _note(opened: Opened, urn: str) -> bool:
    """Let the catalogue know how an object stands now; return whether it knew it otherwise."""
    catalogue = opened.catalogue
    try:
        if not urn.startswith(DOCUMENT_PREFIX):
            return _note_other(opened, urn)
        row = catalogue.row(urn.removeprefix(DOCUMENT_PREFIX))
        kept = opened.store.known(urn.removeprefix(DOCUMENT_PREFIX))
        catalogue.note(kept, opened.store.in_hold(urn) or kept.secret)
        return row is not None and row.kept not in (None, kept)
    except Unreadable:  # its record was no record before either
        return False


def _note_other(opened: Opened, urn: str) -> bool:
    catalogue, other = opened.catalogue, opened.store.other(urn)
    known: Unit | RegisterRow | Disposal | None
    if isinstance(other, Disposal):
        known = disposals.by_urn(catalogue, urn)
        catalogue.note_disposal(other)
    elif isinstance(other, RegisterRow):
        known = catalogue.register_row(urn)
        catalogue.note_row(other)
    else:
        known = catalogue.unit_by_urn(urn)
        catalogue.note_units([other])
    return known not in (None, other)


def _roots(turns: Turns | Opened) -> Iterator[Finding]:
    """Write the files anew that every storage root has; remove folders that lead to no object, as
    a power cut may leave them.
    """
    for root in (turns.archive.store, turns.archive.hold):
        for name, data in ocfl.root_files().items():
            path = root / name
            if not path.is_file() or path.read_bytes() != data:
                with turns.turn():
                    disk.make_folder(path.parent)
                    disk.replace(path, data)
                yield Finding(MENDED, str(path), _("{path} has been mended.").format(path=path))
        for path in (*root.glob("??/??"), *root.glob("??")):
            if path.is_dir() and not any(path.iterdir()):
                with turns.turn():
                    disk.remove_empty(path)
                yield Finding(MENDED, str(path), _("{path} has been mended.").format(path=path))
