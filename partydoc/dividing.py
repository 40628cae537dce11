"""A scan that holds several papers divided: each becomes a document of its own, or nothing changes.

read      each part as it would be, cut out of the originals in a confined process
judge     a part with a secrecy mark goes into hold, and the scan, which has its bytes, with it
file      parts, scan, folders and rows of registers become what they are to be at once (`bundles`)

The scan stays for good; it is neither searched nor counted any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from partydoc import cutting, editing, folderlines, indexing, linking, ocr, parted, partreading
from partydoc.archive import bundles, jobs
from partydoc.archive.apart import require_together
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.recovery import Opened
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import Store
from partydoc.cutting import Cut
from partydoc.describing import as_read
from partydoc.document import Record, Verdict
from partydoc.holding import require_rights
from partydoc.language import _
from partydoc.operations import begun
from partydoc.parted import Parting
from partydoc.partreading import Piece, Unread
from partydoc.turns import Turns
from partydoc.withholding import withhold


@dataclass(frozen=True)
class Divided:
    """What became of a scan: `divided`, its parts in their order with where each is cut, some of
    them perhaps in hold; `held` as a whole for a mark that was seen although it cannot be divided;
    or, with nothing changed, `refused` (a part is not sure to be open) or `failed`. The last three
    have a reason.

    `name`: what the reason speaks of; `operation`: its number.
    """

    outcome: Literal["divided", "held", "refused", "failed"]
    scan: Kept
    parts: tuple[tuple[Cut, Kept], ...] = ()
    operation: int | None = None
    reason: str | None = None
    name: str | None = None


class Divider:
    """Divides scans; all but the last step is done freely, while others may write."""

    def __init__(self, turns: Turns, clock: Callable[[], datetime], workers: int) -> None:
        self._turns = turns
        self._archive = turns.archive
        self._clock = clock
        self._workers = workers

    def divide(self, document: str, at: Sequence[int], unclassified: bool = False) -> Divided:
        """Divide a document before the pages of `at`; `unclassified`: a person has seen the paper.

        Raises UsageProblem for what cannot be, and Unreadable for a document in hold, or damaged.
        """
        settings = self._archive.settings
        if settings.connected:
            require_together(self._archive)
        ocr.require(settings.languages, settings.models)
        with self._turns.turn() as opened:
            kept = self._scan(opened, document)
            parts = cutting.cuts(kept, at)
            folderlines.of_scan(opened.catalogue, kept)
        with ExitStack() as stack:
            read = partreading.read(self._turns, kept, parts, self._workers, stack)
            if isinstance(read, Unread):
                divided = self._undivided(kept, read)
            else:
                fields = {one.cut.id: self._described(kept, one) for one in read}
                with self._turns.turn() as opened:
                    divided = self._file(opened, kept, read, fields, unclassified)
        indexing.bring_up_to_date(self._turns)
        return divided

    def _scan(self, opened: Opened, document: str) -> Kept:
        """Return a document that may be divided: also one that is held for a mark that was seen, so
        that the open papers which were scanned with a secret one come out.
        """
        kept = opened.store.kept(document)
        if kept and kept.status == "held" and kept.reason == "secrecy-mark":
            require_rights(self._archive)
            return kept
        return editing.kept_of(opened.store, document)

    def _described(self, kept: Kept, piece: Piece) -> Record:
        settings, store = self._archive.settings, Store(self._archive)
        with open_for_reading(self._archive) as catalogue:
            shelves = Shelves(store, catalogue, self._archive.staging)
            beside = Kept(piece.cut.id, kept.added_at, "", "", 0, places=shelves.places_of(kept))
            return as_read(settings, shelves, catalogue, beside, piece.reading)

    def _file(
        self, opened: Opened, read: Kept, pieces: Sequence[Piece], fields: dict[str, Record],
        unclassified: bool,
    ) -> Divided:  # fmt: skip
        now = self._scan(opened, read.id)
        if (now.bound, now.originals) != (read.bound, read.originals):
            return Divided("failed", now, reason="pages-changed", name=now.id[:12])
        gate = self._archive.settings.connected and not now.cleared
        verdicts = {one.cut: one.verdict for one in pieces} if gate else {}
        marked = {cut: one for cut, one in verdicts.items() if one.kind == "marked"}
        held = tuple(cut.id for cut in marked)
        unsure = next((cut for cut, one in verdicts.items() if one.kind == "unsure"), None)
        if unsure and not (now.open or unclassified):
            if marked and not now.secret:  # what was seen cannot stay where it is
                return self._hold(opened, now, next(iter(marked.values())))
            return Divided("refused", now, reason="page-unsure", name=named(now, unsure))
        if now.secret and not held:
            return Divided("refused", now, reason="mark-not-seen", name=now.id[:12])
        when, ids = self._clock(), folderlines.concerned(opened.catalogue, now.id)
        ids += [unit.urn for unit, _entry in folderlines.of_scan(opened.catalogue, now)]
        ids = list(dict.fromkeys(ids))
        with begun(opened, "split", when, ids) as operation:
            if unclassified:
                opened.audit.add("declared-unclassified", when)
            parting = Parting(now, tuple(pieces), fields, held, unclassified, operation)
            parts, changes = parted.changes(opened, parting)
            bundles.carry_out(opened, changes, Commit(parting.message, actor(), when))
        for part in parts:  # what is read better may be known by its row
            linking.of_document(opened, part.id, when)
        return Divided(
            "divided", now, tuple(zip(parting.cuts, parts, strict=True)), operation.number
        )  # fmt: skip

    def _undivided(self, kept: Kept, unread: Unread) -> Divided:
        """Tell which part cannot be read; a mark that was seen holds the scan as it is."""
        name = named(kept, unread.cut)
        gate = self._archive.settings.connected and not kept.cleared
        if unread.marked and gate and not kept.secret:
            with self._turns.turn() as opened:
                return self._hold(opened, editing.kept_of(opened.store, kept.id), unread.marked)
        return Divided("failed", kept, reason=unread.reason, name=name)

    def _hold(self, opened: Opened, now: Kept, verdict: Verdict) -> Divided:
        when = self._clock()
        with begun(opened, "split", when, [now.id]) as operation:
            job = jobs.begin_for(now, opened.archive.desk)
            said: dict[str, Any] = {"level": verdict.level, "operation": operation.number}
            happened = event("classification", when, actor(), **said)
            held = withhold(opened, now, job, happened, "secrecy-mark", when)
            opened.shelves.settle(Commit("entries", actor(), when))
            jobs.end(job)
        return Divided("held", held, (), operation.number, "secrecy-mark")


def named(kept: Kept, cut: Cut) -> str:
    """Return how a part is called that is no document yet."""
    name = _("pages {first}-{last} of {id}")
    return name.format(first=cut.first, last=cut.last, id=kept.id[:12])
