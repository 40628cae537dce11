"""Undo of a change of pages, the list that stood before with what was read of it then; or of
attaching a file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from partydoc import editing, indexing, paging, transcribing
from partydoc.archive import jobs
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, stamp, status_of
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit, Files
from partydoc.archive.recovery import Opened
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.describing import with_said
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Operation, begun
from partydoc.rebound import Rebound


def is_of_pages(operation: Operation) -> bool:
    """Whether an operation changed pages or attached files, or took such a change back."""
    return operation.what in ("page", "rescan", "attach", "undo") and not operation.fields


def undo(opened: Opened, operation: Operation, back: Operation) -> Rebound:
    """Give a document the pages that it had before an operation; the caller holds the lock.

    `back`: the new operation, of which `when` and `undoes` are given. What a person has said since
    stands. Raises UsageProblem where the pages were changed since, or the operation changed none,
    Unreadable for a document in hold.
    """
    document = _document(operation)
    now = editing.kept_of(opened.store, document)
    version, before, after = _change(opened.store, operation)
    then = _then(now, before, after)
    if then is None:
        message = _("{id} was changed again after operation {number}.")
        text = message.format(id=document[:12], number=operation.number)
        raise UsageProblem(text, _("Take the later operation back first: partydoc log REF"))
    files = _files(opened.store, now, then, version)
    with begun(opened, "undo", back.when, [document], undoes=operation.number) as done:
        job = jobs.begin_for(then, opened.archive.staging)
        said = {"what": "undo", "operation": done.number}
        happened = event("modification", back.when, actor(), **said)
        commit = Commit("undo", actor(), back.when)
        opened.store.revise_document(then, files, happened, commit, job)
        opened.catalogue.note(then, held=False)
        jobs.end(job)
    indexing.keep_up(opened)
    return Rebound("changed", then, done.number)


def _document(operation: Operation) -> str:
    return next(one for one in operation.ids if not one.startswith("urn:"))


def _change(store: Store, operation: Operation) -> tuple[int, Kept, Kept]:
    """Return (version before it, document before it, document after it) of an operation."""
    document = _document(operation)
    urn = DOCUMENT_PREFIX + document
    records = store.through_time(urn, "record.json")
    with damage_told(store.where(urn) or Path(document)):
        for i, events in enumerate(store.through_time(urn, "events.jsonl")):
            last = json.loads(events.splitlines()[-1])
            if i and _is_of(last, operation):
                before, after = map(Kept.from_json, records[i - 1 : i + 1])
                return i, before, after
    message = _("Operation {number} was stopped before it changed anything.")
    raise UsageProblem(message.format(number=operation.number), _("There is nothing to undo."))


def _is_of(happened: dict[str, object], operation: Operation) -> bool:
    """Whether an event is of an operation; the time tells, should a log have been begun anew."""
    same = happened.get("operation") == operation.number
    return same and happened["type"] == "modification" and happened["when"] == stamp(operation.when)


def _then(now: Kept, before: Kept, after: Kept) -> Kept | None:
    """Return a document without what changed between two states of it; None where that is not as
    it was left.
    """
    if before.attached != after.attached:
        return _otherwise_attached(now, before, after)
    if (now.bound, now.pages) != (after.bound, after.pages):
        return None
    return bound_as(now, before)


def _otherwise_attached(now: Kept, before: Kept, after: Kept) -> Kept | None:
    gone = [one for one in after.attached if one not in before.attached]
    back = [one for one in before.attached if one not in after.attached]
    stay = [one for one in now.attached if one not in gone]
    taken = {one.number for one in stay} & {one.number for one in back}
    if taken or len(stay) + len(gone) != len(now.attached):
        return None
    return replace(now, attached=tuple(sorted((*stay, *back), key=lambda one: one.number)))


def _files(store: Store, now: Kept, then: Kept, version: int) -> Files:
    """Return the files that come back from a version, and those that go."""
    if now.attached == then.attached:
        return transcribing.instead(store, now.urn, transcribing.read_of(store, now.urn, version))
    before = store.state(now.urn, version)
    gone = dict.fromkeys(one.path for one in now.attached if one not in then.attached)
    back = {one.path: before[one.path] for one in then.attached if one not in now.attached}
    return {**gone, **back}


def bound_as(now: Kept, before: Kept) -> Kept:
    """Return a document with the pages that it had, and what the machine read on them."""
    read = {
        name: now.fields.get(name) if one and one.source == "person" else one
        for name, one in before.fields.items()
    }
    pages = replace(now, bound=before.bound, pages=before.pages)
    said = replace(now, fields=paging.placed(now.fields, now, pages))
    fields = with_said(said, read)
    unread = before.status in ("pending", "original-only")  # held is over, or this would not be
    return replace(
        pages,
        fields=fields,
        status=before.status if unread else status_of(fields),
        reason=before.reason if unread else None,
        attempts=before.attempts,
        ocr=before.ocr,
    )
