"""Classify: an archivist says of documents that they are open, or secret."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from partydoc import editing, heirs, indexing, operations
from partydoc.archive.audit import actor
from partydoc.archive.lineage import PASSED_ON
from partydoc.archive.recovery import Opened
from partydoc.editing import Draft, Edit
from partydoc.errors import UsageProblem
from partydoc.intake import Line, Wishes
from partydoc.language import _
from partydoc.lookup import resolve
from partydoc.metadata.level import exactly
from partydoc.metadata.likeness import key
from partydoc.operations import Operation
from partydoc.outcome import Outcome, damaged_in_hold, in_hold
from partydoc.text import clean
from partydoc.turns import Turns
from partydoc.withholding import withhold_all


def level_of(text: str) -> str | None:
    """Return the level that somebody typed, with or without diacritics; None for anything else."""
    found = exactly(key(clean(text)))
    return found.value if found else None


def named(opened: Opened, references: Sequence[str], level: str | None) -> list[str]:
    """Return the ids of the named documents; raises UsageProblem for one that cannot be
    classified so, with nothing changed.
    """
    rows = [resolve(opened.archive, opened.catalogue, one) for one in dict.fromkeys(references)]
    for row in rows:
        if row.kept and row.kept.passed_on:  # of one that was divided its parts are named
            raise heirs.divided(row.kept)
    for row in rows if opened.archive.settings.connected and not level else ():
        if not row.held:
            message = _("{id} does not stand in hold; it is open already.").format(id=row.id[:12])
            raise UsageProblem(message, _("See what does: partydoc hold list"))
        if row.status in ("held", *PASSED_ON):
            message = _("{id} is held as secret; it is released with a reason only.")
            hint = _("If it is open after all: partydoc hold release {id} --reason TEXT")
            short = row.id[:12]
            raise UsageProblem(message.format(id=short), hint.format(id=short))
    return list(dict.fromkeys(row.id for row in rows))


def note_secrecy(
    opened: Opened, documents: Sequence[str], level: str | None, now: datetime
) -> tuple[tuple[Draft, ...], Operation]:
    """Write a level, or that there is none, into records: on an independent LAN secrets may be
    archived. Return what changed, and the operation.
    """
    edits = [Edit(document, {"secrecy": level}) for document in documents]
    drafts = editing.draft(opened.archive, edits)
    operation = Operation(None, now, actor(), "classify")
    return drafts, editing.carry_out(opened, drafts, operation)


def classify(
    turns: Opened | Turns, documents: Sequence[str], clock: Callable[[], datetime],
    level: str | None, workers: int,
) -> Iterator[Outcome]:  # fmt: skip
    """Classify documents, as open without a `level`; yield what became of each."""
    with operations.begun(turns, "classify", clock(), documents) as operation:
        said = {"operation": operation.number}
        if level:
            started = time.monotonic()
            with turns.turn() as opened:
                held, damaged = withhold_all(opened, documents, level, clock(), **said)
            indexing.bring_up_to_date(turns)
            yield from (in_hold(kept, started) for kept in held)
            yield from (damaged_in_hold("held", document, started) for document in damaged)
        else:
            with Line(turns, Wishes(workers=workers), clock) as line:
                yield from line.release(documents, **said)
