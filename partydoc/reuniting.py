"""Undo of what divided a scan or merged documents: the pages are whose they were.

The parts of a scan stay, as merged into it, for their ids and references were given. What was
merged comes to life again, and the document that had it keeps no version that had its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from partydoc import changed, folderlines, indexing, unbinding
from partydoc.archive import bundles
from partydoc.archive.audit import Audit
from partydoc.archive.bundles import Change
from partydoc.archive.kept import Kept, event
from partydoc.archive.lineage import MERGED, Heir
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.units import Unit
from partydoc.changed import Changed
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Operation, begun, find
from partydoc.rebound import Rebound


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
    found = list(changed.documents(opened.store, operation))
    ids = folderlines.concerned(opened.catalogue, *(one.now.id for one in found))
    split = operation.what == "split"
    units = [] if split else list(_units_before(opened, operation))
    with begun(opened, "undo", back.when, ids, undoes=operation.number) as done:
        if split:
            made = _reunited(opened, done, found)
        else:
            made = _separated(opened, operation, done, found, units)
        commit = Commit(f"undo {done.number}", back.who, back.when)
        bundles.carry_out(opened, made, commit)
    indexing.keep_up(opened)
    there = (opened.store.known(one.now.id) for one in found)
    return [Rebound("changed", one, done.number) for one in there if not one.passed_on]


def _happened(done: Operation) -> bytes:
    number = done.number
    return event("modification", done.when, done.who, what="undo", operation=number)


def _told(opened: Opened, done: Operation, kept: Kept, behind: int | None = None) -> Change:
    return Change(kept.urn, opened.store.told(kept, _happened(done)), behind=behind)


def _alive(one: Changed, sources: Sequence[str]) -> Kept:
    """Return a document that had passed its pages on as it was before."""
    assert one.before is not None
    before = one.before
    return replace(
        one.now, status=before.status, reason=before.reason, heirs=(), places=before.places,
        sources=tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def _reunited(opened: Opened, done: Operation, found: Sequence[Changed]) -> list[Change]:
    """Give a scan its pages back."""
    scan, *parts = found
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
    opened: Opened, operation: Operation, done: Operation, found: Sequence[Changed],
    units: Sequence[Unit],
) -> list[Change]:  # fmt: skip
    """Give merged documents their pages back; `units`: the folders as they were."""
    first, *others = found
    before = first.before
    assert before is not None
    then = replace(
        unbinding.bound_as(first.now, before), originals=before.originals,
        attached=before.attached, sources=(*before.sources, *first.since), open=before.open,
        cleared=before.cleared,
    )  # fmt: skip
    back = [_alive(one, (*one.now.sources, *first.since)) for one in others]
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
