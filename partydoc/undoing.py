"""Undo: put back what an operation changed, from the versions before it, as a new operation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from partydoc.archive.kept import Kept, stamp
from partydoc.archive.objects import damage_told
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.codes import PARTS
from partydoc.document import FIELDS, Field
from partydoc.editing import Draft, revised
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Operation


def draft(archive: Archive, operation: Operation) -> tuple[Draft, ...]:
    """Return the documents of an operation as they stood before it; nothing is written.

    `editing.carry_out` writes them. A field that somebody changed since stays as it is and is told
    as stale; a document that now stands in hold is left alone. Raises UsageProblem for an operation
    that cannot be undone.
    """
    if not operation.fields:
        raise _cannot(operation)
    store, held = Store(archive), in_hold(archive, operation)
    drafts = (
        _draft(store, document, operation) for document in operation.ids if document not in held
    )
    return tuple(one for one in drafts if one)


def in_hold(archive: Archive, operation: Operation) -> frozenset[str]:
    """Return which documents of an operation stand in hold now."""
    store = Store(archive)
    return frozenset(one for one in operation.ids if store.in_hold(DOCUMENT_PREFIX + one))


def _draft(store: Store, document: str, operation: Operation) -> Draft | None:
    """Return one document as it stood; None when the operation never came to it."""
    urn = DOCUMENT_PREFIX + document
    now = store.kept(document)
    records = store.through_time(urn, "record.json")
    with damage_told(store.where(urn) or Path(document)):
        for i, events in enumerate(store.through_time(urn, "events.jsonl")):
            happened = json.loads(events.splitlines()[-1])
            if now and i and _is_of(happened, operation):
                before, after = map(Kept.from_json, records[i - 1 : i + 1])
                return _back(now, before, after, happened["fields"])
    return None


def _is_of(happened: dict[str, Any], operation: Operation) -> bool:
    """Whether an event is of an operation; the time tells, should a log have been begun anew."""
    return happened.get("operation") == operation.number and happened["when"] == stamp(
        operation.when
    )


def _back(now: Kept, before: Kept, after: Kept, names: Sequence[str]) -> Draft:
    there = {name: now.fields.get(name) for name in names}
    stale = {
        name for name, field in there.items()
        if not _same(field, after.fields.get(name)) and not _same(field, before.fields.get(name))
    }  # fmt: skip
    if stale & set(PARTS):  # these three are one thing
        stale |= set(names) & set(PARTS)
    fields = dict(now.fields)
    for name in names:
        if name not in stale and not _same(there[name], before.fields.get(name)):
            fields[name] = before.fields.get(name)
            if fields[name] is None and name not in FIELDS:
                del fields[name]
    return revised(now, fields, [name for name in names if name in stale])


def _same(one: Field | None, other: Field | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.value, one.source) == (other.value, other.source)


def _cannot(operation: Operation) -> UsageProblem:
    message = _("Operation {number} ({what}) cannot be undone.")
    text = message.format(number=operation.number, what=operation.what)
    return UsageProblem(text, _next_steps().get(operation.what) or _("Nothing was changed."))


def _next_steps() -> dict[str, str]:
    correct = _("What was read wrongly is corrected with: partydoc edit REF FIELD=VALUE")
    return {
        "scan": correct,
        "ocr": correct,
        "nightly": correct,
        "catalogue-add": _(
            "A unit stays. Name it anew, or move it: partydoc catalogue edit REF title=TITLE;"
            " partydoc catalogue move REF --to REF"
        ),
        "release": _("Put a document back into hold: partydoc classify REF --secret LEVEL"),
        "classify": _("Take a document out of hold: partydoc hold release REF --reason TEXT"),
        "purge": _("What was destroyed can only be scanned again: partydoc scan FILE"),
        "dispose-propose": _("Take the proposal back: partydoc dispose withdraw PROPOSAL"),
        "dispose-approve": _("Take the proposal back: partydoc dispose withdraw PROPOSAL"),
        "dispose-withdraw": _("Propose it anew: partydoc dispose propose REF"),
        "dispose-execute": _("What was destroyed can only be scanned again: partydoc scan FILE"),
        "index-rebuilt": _("The index is made from the store; nothing in it can be lost."),
    }
