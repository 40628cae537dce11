"""A person's corrections: what is said of documents becomes a new version of each, one operation.

`apply` is all that most callers need; `draft` and `carry_out` are its two halves, for those that
show first what would change. A person's value stands over what the machine reads, for ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from partydoc import heirs, indexing
from partydoc.archive import jobs
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.ordinary import content
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.codes import PARTS, completed, followed
from partydoc.describing import as_read
from partydoc.document import Field, Record
from partydoc.errors import Unreadable, UsageProblem
from partydoc.fieldnames import ABSENT, EDITABLE, unknown
from partydoc.language import _
from partydoc.operations import Edited, Operation, What, begun
from partydoc.page import Reading

#: A value as `fieldnames.parse` returns it; None: there is none.
Value = str | list[str] | None


@dataclass(frozen=True)
class Edit:
    """What a person says of one document.

    `values`: field name -> value, None for "there is none" (`fieldnames.parse` makes them).
    `expected`: what stood there when the person looked, also of fields that were only seen: the
    Field itself (None for unknown), or its bare value. Where something else stands now, that field
    is not written and is returned as stale. "There is none" was `fieldnames.ABSENT`.
    `forget`: fields in which the machine's reading is to count again; a code takes its parts along.
    """

    document: str
    values: Mapping[str, Value] = field(default_factory=dict)
    expected: Mapping[str, Field | Value] | None = None
    forget: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """One document as it stands, and as it would stand."""

    before: Kept
    after: Kept
    edited: Edited


def apply(
    opened: Opened, edits: Sequence[Edit], now: datetime, what: What = "edit",
    watch: Callable[[Sequence[Draft]], Iterable[Draft]] = iter, seconds: float | None = None,
) -> Operation:  # fmt: skip
    """Write what people said as one operation, and bring the index up to date.

    The caller holds the lock. Nothing is changed before all edits are known to be good: raises
    UsageProblem (no such document or field, a code that contradicts its number, a secrecy mark
    where that means hold) and Unreadable (damaged, or in hold). `Operation.edited` tells, in the
    order of the edits, what was changed and what was stale; its number is None if nothing was.
    What is checked (`what="check"`) is written down also where nothing changes, but not where
    anything is stale: nobody saw that.
    `watch` is given the drafts that will be written, and passes them on: for a progress bar.
    `seconds`: how long a person sat over it.
    """
    drafts = draft(opened.archive, edits)
    operation = Operation(None, now, actor(), what, seconds=seconds)
    return carry_out(opened, drafts, operation, watch)


def draft(archive: Archive, edits: Sequence[Edit]) -> tuple[Draft, ...]:
    """Return each document as it would stand; nothing is written. Raises as `apply` does."""
    store = Store(archive)
    drafts: dict[str, Draft] = {}
    for edit in edits:
        done = drafts.get(edit.document)
        kept = done.after if done else kept_of(store, edit.document)
        new = _draft(archive, store, kept, edit)
        drafts[edit.document] = _joined(done, new) if done else new
    return tuple(drafts.values())


def carry_out(
    opened: Opened, drafts: Sequence[Draft], operation: Operation,
    watch: Callable[[Sequence[Draft]], Iterable[Draft]] = iter,
) -> Operation:  # fmt: skip
    """Write drafts as one operation, of which `what`, `when`, `who`, `undoes` and `seconds` are
    given.
    """
    edited = tuple(one.edited for one in drafts)
    checking = operation.what == "check"
    if checking:
        changing = [one for one in drafts if not one.edited.stale]
    else:
        changing = [one for one in drafts if one.edited.changed]
    if changing:
        names = dict.fromkeys(name for one in changing for name in one.edited.changed)
        detail: dict[str, Any] = {"fields": list(names)} if names else {}
        if operation.undoes:
            detail["undoes"] = operation.undoes
        if operation.seconds is not None:
            detail["seconds"] = operation.seconds
        what, ids = cast(What, operation.what), [one.after.id for one in changing]
        with begun(opened, what, operation.when, ids, **detail) as operation:
            for one in watch(changing):
                _write(opened, one, operation)
        operation = replace(operation, finished=True)
    indexing.keep_up(opened)
    return replace(operation, edited=edited)


def revised(kept: Kept, fields: Record, stale: Sequence[str] = ()) -> Draft:
    """Return a draft with other fields: what changed, and the status that follows from it."""
    names = dict.fromkeys((*kept.fields, *fields))
    changed = tuple(name for name in names if kept.fields.get(name) != fields.get(name))
    status = kept.status
    if status in ("described", "review"):  # any other tells how far it has been read
        status = status_of(fields)
    after = replace(kept, fields=fields, status=status)
    return Draft(kept, after, Edited(kept.id, changed, tuple(stale)))


def kept_of(store: Store, document: str) -> Kept:
    """Return a document that may be edited; raises Unreadable for one in hold, UsageProblem where
    there is none, or where it has passed its pages on.
    """
    require_out_of_hold(store, document)
    kept = store.kept(document)
    if kept is None:
        message = _("There is no document {reference}.").format(reference=document[:12])
        raise UsageProblem(message, _("Find it by words: partydoc search WORDS"))
    if kept.passed_on:
        raise heirs.divided(kept)
    return kept


def require_out_of_hold(store: Store, document: str) -> None:
    """Raise Unreadable for a document in hold."""
    if store.in_hold(DOCUMENT_PREFIX + document):
        message = _("{reference} stands in hold; it cannot be edited there.")
        hint = _("Ask whoever is in charge of secret documents.")
        raise Unreadable(message.format(reference=document[:12]), hint)


def _draft(archive: Archive, store: Store, kept: Kept, edit: Edit) -> Draft:
    for name in (*edit.values, *edit.forget):
        if name not in EDITABLE:
            raise unknown(name)
    stale = [name for name in edit.expected or () if _is_stale(kept.fields.get(name), name, edit)]
    said = completed({name: one for name, one in edit.values.items() if name not in stale})
    if archive.settings.connected and said.get("secrecy"):
        message = _("A document with a secrecy mark belongs into hold, not into the archive.")
        hint = _("Put it there: partydoc classify {id} --secret LEVEL")
        raise UsageProblem(message, hint.format(id=kept.id[:12]))
    fields = dict(kept.fields)
    if edit.forget:
        fields |= _as_read(archive, store, kept, edit.forget)
    for name, value in said.items():
        fields[name] = _said(fields.get(name), value)
    if not {*said, *edit.forget}.isdisjoint(PARTS):
        fields = followed(fields, kept.fields)
    return revised(kept, fields, stale)


def _joined(first: Draft, second: Draft) -> Draft:
    stale = dict.fromkeys((*first.edited.stale, *second.edited.stale))
    return revised(first.before, second.after.fields, tuple(stale))


def _is_stale(now: Field | None, name: str, edit: Edit) -> bool:
    if name in edit.values and now and now.source == "person" and now.value == edit.values[name]:
        return False  # it is said already: the same edit a second time, after a crash
    return not _stands(now, (edit.expected or {})[name])


def _stands(now: Field | None, expected: Field | Value) -> bool:
    if isinstance(expected, Field) and now:
        return (now.value, now.source) == (expected.value, expected.source)
    if isinstance(expected, Field) or expected is None:
        return now is expected
    return now is not None and now.value == expected


def _said(now: Field | None, value: Value) -> Field:
    """Return a person's field; where the machine had read the same its place is kept."""
    if value is None:
        return ABSENT
    place = now if now and now.value == value else Field(value)
    return replace(place, confidence=1.0, source="person", accepted=True)


def _as_read(
    archive: Archive, store: Store, kept: Kept, names: Sequence[str]
) -> dict[str, Field | None]:
    """Return what the machine reads in some fields, beside its neighbours of today.

    As a code brings its parts, it takes them along; of one part alone the code is made anew.
    """
    from partydoc.metadata.secrecy import judge

    if not set(names).isdisjoint(PARTS):
        names = (*names, *(PARTS if "code" in names else ("code",)))
    path = store.file(kept.urn, "pages.json")
    found: dict[str, Field | None] = {}
    if path and kept.ocr:
        with damage_told(path.parents[2]):
            reading = Reading.from_dict(json.loads(content(path)))
            verdict = judge(reading.pages)
        with open_for_reading(archive) as catalogue, damage_told(path.parents[2]):
            shelves = Shelves(store, catalogue, archive.staging)
            found = as_read(archive.settings, shelves, catalogue, kept, reading)
        if verdict.kind == "marked" and not archive.settings.connected:
            found["secrecy"] = Field(verdict.level, page=verdict.page, accepted=True)
    return {name: found.get(name) for name in names}


def _write(opened: Opened, one: Draft, operation: Operation) -> None:
    kept = one.after
    job = jobs.begin_for(kept, opened.archive.staging)
    happened = _happened(one, operation)
    commit = Commit(operation.what, operation.who, operation.when)
    opened.store.revise_document(kept, {}, happened, commit, job)
    opened.catalogue.note(kept, held=False)
    jobs.end(job)


def _happened(one: Draft, operation: Operation) -> bytes:
    when, who = operation.when, operation.who
    detail = {"operation": operation.number, "fields": list(one.edited.changed)}
    if operation.what == "check":
        return event("validation", when, who, what="check", **detail)
    return event("metadata modification", when, who, what=operation.what, **detail)
