"""What an operation that divided or merged documents made of each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partydoc import editing
from partydoc.archive.kept import Kept, stamp
from partydoc.archive.objects import damage_told
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Operation


@dataclass(frozen=True)
class Changed:
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


def documents(store: Store, operation: Operation) -> Iterator[Changed]:
    """Yield the documents of an operation, that which it was asked of first."""
    first = _change(store, operation.ids[0], operation)
    others = _others(first) if first else []
    if first is None or not others:
        message = _("Operation {number} was stopped before it changed anything.")
        raise UsageProblem(message.format(number=operation.number), _("There is nothing to undo."))
    for one in (first, *(_change(store, other, operation) for other in others)):
        if one is None or not one.as_left:
            message = _("{id} was changed again after operation {number}.")
            text = message.format(id=first.now.id[:12], number=operation.number)
            raise UsageProblem(text, _("Take the later operation back first: partydoc log REF"))
        yield one


def _others(first: Changed) -> list[str]:
    """Return the ids of the documents that have pages of one since an operation, or of which it has
    some; none where that only put it into hold.
    """
    if first.before is None:
        return []
    own = [one for one in first.after.sources if one not in first.before.sources]
    return [one.id for one in first.after.heirs] or own


def _change(store: Store, document: str, operation: Operation) -> Changed | None:
    """Return what an operation made of a document; None where it never came to it.

    Raises Unreadable for one in hold, UsageProblem for one that is gone.
    """
    urn = DOCUMENT_PREFIX + document
    editing.require_out_of_hold(store, document)
    now, records = store.kept(document), store.through_time(urn, "record.json")
    if now is None:
        message = _("There is no document {reference}.").format(reference=document[:12])
        raise UsageProblem(message, _("Nothing was changed."))
    with damage_told(store.where(urn) or Path(document)):
        known = 0
        for i, events in enumerate(store.through_time(urn, "events.jsonl")):
            lines = events.splitlines()
            if any(_is_of(line, operation) for line in lines[known:]):
                before = Kept.from_json(records[i - 1]) if i else None
                return Changed(now, Kept.from_json(records[i]), before, i)
            known = len(lines)
    return None


def _is_of(line: bytes, operation: Operation) -> bool:
    """Whether an event is of an operation; the time tells, should a log have been begun anew."""
    said = json.loads(line)
    return said.get("operation") == operation.number and said["when"] == stamp(operation.when)
