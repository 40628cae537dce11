"""Undo of what divided a scan or merged documents: the pages are whose they were.

The parts of a scan stay, as merged into it, for their ids and references were given. What was
merged comes to life again, and the document that had it keeps no version that had its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from partydoc import editing, folderlines, indexing, unbinding
from partydoc.archive import bundles
from partydoc.archive.audit import Audit
from partydoc.archive.bundles import Change
from partydoc.archive.kept import Kept, event, stamp
from partydoc.archive.lineage import MERGED, Heir
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.store import DOCUMENT_PREFIX, Store, damage_told
from partydoc.archive.units import Unit
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Operation, begun, find
from partydoc.rebound import Rebound


@dataclass(frozen=True)
class _Changed:
    """A document as it stands, as it stood after an operation and before it: `version`, None where
    that made it.
    """

    now: Kept
    after: Kept
    before: Kept | None
    version: int

    @property
    def as_left(self) -> bool:
        """Whether its pages are as the operation left them."""
        one, other = (
            (kept.passed_on, kept.heirs, kept.bound, kept.originals, kept.pages, kept.attached)
            for kept in (self.now, self.after)
        )
        return one == other

    @property
    def since(self) -> tuple[str, ...]:
        """The documents that have got bytes of it since: parts of it that were put back."""
        return tuple(one for one in self.now.sources if one not in self.after.sources)


def concerns(audit: Audit, operation: Operation) -> bool:
    """Whether an operation divided or merged documents, or took that back."""
    if operation.undoes is None:
        return operation.what in ("split", "merge")
    undone = find(audit, operation.undoes)
    return undone is not None and concerns(audit, undone)


def undo(opened: Opened, operation: Operation, back: Operation) -> list[Rebound]:
    """Take an operation back; return the documents that come to life. The caller holds the lock.

    `back`: the new operation, of which `when`, `who` and `undoes` are given. Raises UsageProblem
    where one of the documents was changed since, Unreadable for one in hold, or damaged.
    """
    if operation.undoes is not None:
        message = _("Operation {number} took back that documents were divided or merged.")
        hint = _("Divide or merge them again: partydoc split, partydoc merge")
        raise UsageProblem(message.format(number=operation.number), hint)
    changed = list(_changed(opened.store, operation))
    ids = folderlines.concerned(opened.catalogue, *(one.now.id for one in changed))
    make = _reunited if operation.what == "split" else _separated
    with begun(opened, "undo", back.when, ids, undoes=operation.number) as done:
        made = make(opened, operation, done, changed)
        commit = Commit(f"undo {done.number}", back.who, back.when)
        bundles.carry_out(opened, made, commit)
    indexing.keep_up(opened)
    there = (opened.store.known(one.now.id) for one in changed)
    return [Rebound("changed", one, done.number) for one in there if not one.passed_on]


def _changed(store: Store, operation: Operation) -> Iterator[_Changed]:
    """Yield the documents of an operation, that which it was asked of first."""
    first = _change(store, operation.ids[0], operation)
    if first is None or first.before is None:
        message = _("Operation {number} was stopped before it changed anything.")
        raise UsageProblem(message.format(number=operation.number), _("There is nothing to undo."))
    others = [one.id for one in first.after.heirs]
    others += [one for one in first.after.sources if one not in first.before.sources]
    for one in (first, *(_change(store, other, operation) for other in others)):
        if one is None or not one.as_left:
            message = _("{id} was changed again after operation {number}.")
            text = message.format(id=first.now.id[:12], number=operation.number)
            raise UsageProblem(text, _("Take the later operation back first: partydoc log REF"))
        yield one


def _change(store: Store, document: str, operation: Operation) -> _Changed | None:
    """Return what an operation made of a document; None where it never came to it, or it is gone.

    Raises Unreadable for one in hold.
    """
    urn = DOCUMENT_PREFIX + document
    editing.require_out_of_hold(store, document)
    now, records = store.kept(document), store.through_time(urn, "record.json")
    with damage_told(store.where(urn) or Path(document)):
        known = 0
        for i, events in enumerate(store.through_time(urn, "events.jsonl")):
            lines = events.splitlines()
            if now and any(_is_of(line, operation) for line in lines[known:]):
                before = Kept.from_json(records[i - 1]) if i else None
                return _Changed(now, Kept.from_json(records[i]), before, i)
            known = len(lines)
    return None


def _is_of(line: bytes, operation: Operation) -> bool:
    """Whether an event is of an operation; the time tells, should a log have been begun anew."""
    said = json.loads(line)
    return said.get("operation") == operation.number and said["when"] == stamp(operation.when)


def _happened(done: Operation) -> bytes:
    number = done.number
    return event("modification", done.when, done.who, what="undo", operation=number)


def _told(opened: Opened, done: Operation, kept: Kept, behind: int | None = None) -> Change:
    return Change(kept.urn, opened.store.told(kept, _happened(done)), behind=behind)


def _alive(one: _Changed, sources: Sequence[str]) -> Kept:
    """Return a document that had passed its pages on as it was before."""
    assert one.before is not None
    before = one.before
    return replace(
        one.now, status=before.status, reason=before.reason, heirs=(), places=before.places,
        sources=tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def _reunited(
    opened: Opened, operation: Operation, done: Operation, changed: Sequence[_Changed]
) -> list[Change]:
    """Give a scan its pages back."""
    scan, *parts = changed
    ids = [one.now.id for one in parts]
    whole = _told(opened, done, _alive(scan, (*scan.now.sources, *ids)))
    back = [
        replace(
            one.now, status=MERGED, reason=None,
            sources=tuple(each for each in one.now.sources if each != scan.now.id),
            heirs=(Heir(scan.now.id, 1, one.now.pages),),
        )
        for one in parts
    ]  # fmt: skip
    units = folderlines.joined(opened.catalogue, scan.now.id, ids)
    rows = (row for one in ids for row in opened.catalogue.register_rows("WHERE document = ?", one))
    then = [replace(row, document=scan.now.id, operation=done.number) for row in rows]
    others = [*map(_record, units), *map(_record, then)]
    return [whole, *(_told(opened, done, one) for one in back), *others]


def _separated(
    opened: Opened, operation: Operation, done: Operation, changed: Sequence[_Changed]
) -> list[Change]:
    """Give merged documents their pages back."""
    first, *others = changed
    before = first.before
    assert before is not None
    then = replace(
        unbinding.bound_as(first.now, before), originals=before.originals,
        attached=before.attached, sources=(*before.sources, *first.since), open=before.open,
        cleared=before.cleared,
    )  # fmt: skip
    back = [_alive(one, (*one.now.sources, *first.since)) for one in others]
    units = _units_before(opened, operation)
    rows = _rows_before(opened, operation, done, first.now.id)
    return [
        _told(opened, done, then, behind=first.version),
        *(_told(opened, done, one) for one in back), *map(_record, units), *map(_record, rows),
    ]  # fmt: skip


def _record(one: Unit | RegisterRow) -> Change:
    return Change(one.urn, bundles.record(one))


def _units_before(opened: Opened, operation: Operation) -> Iterator[Unit]:
    """Yield the folders of an operation with the entries that they had before it."""
    for urn in operation.ids:
        now = opened.catalogue.unit_by_urn(urn)
        found = opened.store.versions(urn, "record.json") if now else []
        units = [Unit.from_json(data) for _commit, data in found]
        for i, (commit, _data) in enumerate(found):
            if now and i and commit.message == f"{operation.what} {operation.number}":
                then = folderlines.restored(now, units[i - 1], units[i])
                if then is None:
                    message = _("{reference} was changed again after operation {number}.")
                    text = message.format(reference=now.reference, number=operation.number)
                    hint = _("Take the later operation back first: partydoc log REF")
                    raise UsageProblem(text, hint)
                yield then


def _rows_before(
    opened: Opened, operation: Operation, done: Operation, document: str
) -> Iterator[RegisterRow]:
    """Yield the rows that an operation gave to a document, and that it still has, as they were."""
    for row in list(opened.catalogue.register_rows("WHERE document = ?", document)):
        found = opened.store.versions(row.urn, "record.json")
        rows = [RegisterRow.from_json(data) for _commit, data in found]
        for i, (commit, _data) in enumerate(found):
            if i and commit.message == f"{operation.what} {operation.number}":
                yield replace(row, document=rows[i - 1].document, operation=done.number)
