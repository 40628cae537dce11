"""What may be destroyed: folders as they stand now, each entry with what becomes of its document.

A document that stands in another folder as well, which is kept, stays. The state of a folder is a
digest of itself and its documents: of equal states nothing has changed between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from partydoc import expiry
from partydoc.archive import disposals, lineage, whereabouts
from partydoc.archive.disposal import Disposal, Paper, Sheaf
from partydoc.archive.kept import Kept, Place
from partydoc.archive.recovery import Opened
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable, UsageProblem
from partydoc.fieldvalues import written
from partydoc.language import _


def sheaves(
    opened: Opened, folders: Sequence[Unit], today: date, but: str | None = None
) -> tuple[Sheaf, ...]:
    """Return folders as they would be proposed; raises UsageProblem for one that may not be, and
    Unreadable where a document in hold is damaged, for nobody knows where its paper lies.

    `but`: the URN of a disposal that may name them.
    """
    unique = list({one.urn: one for one in folders}.values())
    _require_free(opened, unique, but)
    held = _held(opened)
    terms = [_over(opened, folder, today) for folder in unique]
    for folder in unique:
        _require_nothing_held(folder, held)
    going = {folder.reference for folder in unique}
    made = tuple(_sheaf(opened, term, going) for term in terms)
    _require_no_decision(opened, made)
    return made


def require_same(opened: Opened, disposal: Disposal, today: date) -> None:
    """Raise UsageProblem where what was proposed has changed since, or may not go any more."""
    units = [opened.catalogue.unit_by_urn(one.urn) for one in disposal.sheaves]
    folders = [unit for unit in units if unit]
    now = sheaves(opened, folders, today, disposal.urn)
    for before in disposal.sheaves:
        if before not in now:
            message = _("Something in {reference} has changed since it was proposed.")
            hint = _("Propose it anew: partydoc dispose withdraw {number}, then propose")
            text = message.format(reference=before.reference)
            raise UsageProblem(text, hint.format(number=disposal.number))


def _over(opened: Opened, folder: Unit, today: date) -> expiry.Term:
    """Return the term of a folder, which has run out; raises UsageProblem for any other."""
    name = folder.reference
    if folder.kind != "folder":
        message = _("{reference} is no folder.").format(reference=name)
        raise UsageProblem(message, _("Name folders: partydoc dispose list {reference}").format(
            reference=name))  # fmt: skip
    if folder.disposed:
        message = _("{reference} has been destroyed.").format(reference=name)
        raise UsageProblem(message, _("See how: partydoc dispose list --proposals"))
    term = expiry.term_of(opened.catalogue, folder)
    if term.permanent:
        message = _("{reference} is kept for good.").format(reference=name)
        raise UsageProblem(message, _("It can never be destroyed."))
    if term.last_day is None:
        message = _("It is not known how long {reference} is kept, or when its work ended.")
        hint = _("Say it: partydoc catalogue edit {reference} retention=VALUE end=DAY")
        raise UsageProblem(message.format(reference=name), hint.format(reference=name))
    if not term.over(today):
        message = _("{reference} is kept until {day}.")
        day = written("date", term.last_day.isoformat())
        raise UsageProblem(message.format(reference=name, day=day), _("Propose it after that."))
    if not folder.closed:
        message = _("{reference} is open.").format(reference=name)
        hint = _("Close it first: partydoc catalogue close {reference}")
        raise UsageProblem(message, hint.format(reference=name))
    return term


def _require_free(opened: Opened, folders: Sequence[Unit], but: str | None) -> None:
    for one in disposals.every(opened.catalogue):
        named = {sheaf.urn for sheaf in one.sheaves} if one.stands and one.urn != but else ()
        for folder in folders:
            if folder.urn in named:
                message = _("{reference} has been proposed already: proposal {number}.")
                hint = _("Take that back first: partydoc dispose withdraw {number}")
                text = message.format(reference=folder.reference, number=one.number)
                raise UsageProblem(text, hint.format(number=one.number))


def _held(opened: Opened) -> dict[str, list[str]]:
    """Return folder -> the ordinals that are kept free there for what stands in hold, by URN."""
    found: dict[str, list[str]] = {}
    for document in opened.catalogue.held():
        kept = opened.store.known(document)
        for place in (*kept.awaited, *_of_heirs(opened, kept)):
            now = whereabouts.now(opened.catalogue, place) or place
            found.setdefault(now.folder, []).append(now.ordinal)
    return found


def _of_heirs(opened: Opened, kept: Kept) -> Iterator[Place]:
    """Yield where those stand that have pages of a document now: it has their bytes."""
    for heir in kept.heirs:
        for where in whereabouts.of(opened.catalogue, heir.id):
            if folder := opened.catalogue.unit(where.folder):
                yield Place(folder.urn, where.ordinal)


def _require_nothing_held(folder: Unit, held: dict[str, list[str]]) -> None:
    if ordinals := held.get(folder.urn):
        message = _("In {reference} something stands in hold: {ordinals}.")
        text = message.format(reference=folder.reference, ordinals=", ".join(sorted(ordinals)))
        raise UsageProblem(text, _("Release or purge that first: partydoc hold list"))


def _require_no_decision(opened: Opened, made: Sequence[Sheaf]) -> None:
    """Refuse to destroy the scan of a decision on a disposal: that is kept for good."""
    scans = {one.decision.scan: one for one in disposals.every(opened.catalogue)
             if one.decision and not one.withdrawn}  # fmt: skip
    for sheaf in made:
        for paper in sheaf.papers:
            if paper.document in scans and not paper.stays:
                message = _("{reference} is the scan of the decision on proposal {number}, which is"
                            " kept for good.")  # fmt: skip
                number = scans[paper.document].number
                text = message.format(reference=f"{sheaf.reference}-{paper.ordinal}", number=number)
                raise UsageProblem(
                    text,
                    _("Move it to a folder that is kept: partydoc catalogue move REF --to REF"),
                )


def _sheaf(opened: Opened, term: expiry.Term, going: set[str]) -> Sheaf:
    folder = term.folder
    assert term.retention and term.ended and term.counted and term.last_day
    papers = []
    for entry in folder.entries:
        where = whereabouts.of(opened.catalogue, entry.document) if entry.document else []
        stays = not {one.folder for one in where} <= going
        papers.append(
            Paper(entry.ordinal, entry.first_sheet, entry.last_sheet, entry.document, stays)
        )
    gone = [one.document for one in papers if one.document and not one.stays]
    sources = [
        source.id for one in gone
        for source in lineage.before(opened.store.known(one), opened.store.kept)
    ]  # fmt: skip
    return Sheaf(
        folder.urn, folder.reference, folder.title, folder.box, term.retention, term.ended,
        term.counted, term.last_day.isoformat(), _state(opened, folder), tuple(papers),
        tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def _state(opened: Opened, folder: Unit) -> str:
    digest = hashlib.sha512(folder.to_json())
    for entry in folder.entries:
        if entry.document:
            at = opened.store.where(DOCUMENT_PREFIX + entry.document)
            if at is None:
                message = _("The document of {reference}-{ordinal} is lost.")
                text = message.format(reference=folder.reference, ordinal=entry.ordinal)
                raise Unreadable(text, _("Check the archive: partydoc verify --deep"))
            digest.update((at / "inventory.json.sha512").read_bytes())
    return digest.hexdigest()
