"""Corrections of rows: each a new version, which stays visible; one command is one operation.

A row that was written is never taken out: undoing a registration makes it void.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from partydoc import linking, numbering, operations, registerfields, registerrefs, registerrules
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.objects import damage_told
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import BESIDE_FIELDS, RegisterRow
from partydoc.archive.registers import Registers
from partydoc.archive.settings import Settings
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.operations import Edited, Operation
from partydoc.registering import with_code

#: What of a row may change.
_NAMES = tuple(dict.fromkeys((*registerfields.FIELDS, *BESIDE_FIELDS)))
_OF_ROWS = ("register", "register-edit", "undo")


@dataclass(frozen=True)
class Draft:
    """One row as it stands, and as it would stand."""

    before: RegisterRow
    after: RegisterRow
    edited: Edited


def draft(
    settings: Settings, catalogue: Catalogue, rows: Sequence[RegisterRow],
    values: Mapping[str, str | None], now: datetime,
) -> tuple[Draft, ...]:  # fmt: skip
    """Return rows as they would stand with some fields changed; nothing is written.

    Raises UsageProblem for what cannot be, and where a row would get another number by it.
    """
    said = dict(values)
    if typed := said.get("answers"):
        year = registerrules.today_of(now)[:4]
        said["answers"] = registerrefs.answered(catalogue, typed, year)
    drafts = []
    for row in rows:
        registerrefs.require_document(row)
        after = row
        for name, value in said.items():
            after = after.with_value(name, value)
        registerrules.check(settings, row.kind, after.fields, now)
        _require_same_series(settings, row, after)
        drafts.append(_drafted(row, with_code(after)))
    return tuple(drafts)


def voided(row: RegisterRow, reason: str) -> Draft:
    """Return a row, or a gap, that does not count any more; raises UsageProblem for one that does
    not now.
    """
    if row.line != "gap" or row.void is not None:
        registerrefs.require_document(row)
    return _drafted(row, row.with_value("void", reason))


def linked(catalogue: Catalogue, row: RegisterRow, document: str) -> Draft:
    """Return a row with its scan; raises UsageProblem where either is linked already."""
    registerrefs.require_document(row)
    found = row if row.document and catalogue.row(row.document) else None
    if found := found or linking.row_of(catalogue, document):
        message = _("{register} {reference} has its scan already.")
        if found.urn != row.urn:
            message = _("This document is the scan of {register} {reference} already.")
        hint = _("Take the link away first: partydoc register unlink {register} {reference}")
        said = {"register": found.register, "reference": found.reference}
        raise UsageProblem(message.format(**said), hint.format(**said))
    return _drafted(row, row.with_value("document", document))


def unlinked(row: RegisterRow) -> Draft:
    """Return a row without its scan; raises UsageProblem where it has none."""
    if row.document is None:
        message = _("{reference} has no scan.").format(reference=row.reference)
        raise UsageProblem(message, _("See the row: partydoc register show REF"))
    return _drafted(row, row.with_value("document", None))


def carry_out(opened: Opened, drafts: Sequence[Draft], operation: Operation) -> Operation:
    """Write drafts as one operation, as `operations.carry_out` does."""

    def write(changing: Sequence[Draft], operation: Operation) -> None:
        registers = Registers(opened.store, opened.catalogue, opened.archive.staging)
        commit = Commit(operation.what, operation.who, operation.when)
        for one in changing:
            registers.revise(replace(one.after, operation=operation.number), commit)

    return operations.carry_out(opened, drafts, operation, write)


def concerns(catalogue: Catalogue, operation: Operation) -> bool:
    """Whether an operation is one of registers."""
    return operation.what in _OF_ROWS and any(map(catalogue.register_row, operation.ids))


def undone(store: Store, catalogue: Catalogue, operation: Operation) -> tuple[Draft, ...]:
    """Return the rows of an operation as they stood before it; nothing is written.

    What it registered becomes void; a field that somebody changed since stays and is stale.
    """
    rows = filter(None, map(catalogue.register_row, operation.ids))
    return tuple(one for one in (_back(store, row, operation) for row in rows) if one)


def versions_of(store: Store, row: RegisterRow) -> list[tuple[Commit, RegisterRow]]:
    """Return each version of a row with who made it and when, the oldest first; raises
    Unreadable.
    """
    with damage_told(store.where(row.urn) or Path(row.urn)):
        found = store.versions(row.urn, "record.json")
        return [(commit, RegisterRow.from_json(data)) for commit, data in found]


def changed(before: RegisterRow, after: RegisterRow) -> tuple[str, ...]:
    """Return the names of all that differs between two versions of a row."""
    return tuple(name for name in _NAMES if before.value(name) != after.value(name))


def _back(store: Store, now: RegisterRow, operation: Operation) -> Draft | None:
    """Return a row as it stood before an operation; None where that never came to it."""
    versions = versions_of(store, now)
    when = operation.when.replace(microsecond=0)
    of_it = [i for i, (commit, row) in enumerate(versions)
             if row.operation == operation.number and commit.when == when]  # fmt: skip
    if not of_it:
        return None
    if of_it[0] == 0:  # it was registered by it
        reason = _("registration undone (operation {number})").format(number=operation.number)
        return _drafted(now, now if now.void else now.with_value("void", reason))
    before, after = versions[of_it[0] - 1][1], versions[of_it[0]][1]
    then, stale = now, []
    for name in changed(before, after):
        gone = name == "document" and _is_gone(store, before.document)
        if gone or now.value(name) not in (after.value(name), before.value(name)):
            stale.append(name)
        else:
            then = then.with_value(name, before.value(name))
    return _drafted(now, then, stale)


def _is_gone(store: Store, document: str | None) -> bool:
    """Whether a document was destroyed that was the scan of a row."""
    return document is not None and store.where(DOCUMENT_PREFIX + document) is None


def _drafted(before: RegisterRow, after: RegisterRow, stale: Sequence[str] = ()) -> Draft:
    names = changed(before, after)
    known = (one for one in names if one not in BESIDE_FIELDS and before.value(one) is not None)
    corrected = dict.fromkeys((*before.corrected, *known))
    after = replace(after, corrected=tuple(corrected))
    return Draft(before, after, Edited(before.urn, names, tuple(stale)))


def _require_same_series(settings: Settings, before: RegisterRow, after: RegisterRow) -> None:
    then, now = (numbering.series_of(settings, one.kind, one.fields) for one in (before, after))
    if then != now:
        message = _("{reference} would need another number by that, and keeps its own.")
        hint = _("Make it void, then register it anew: partydoc register void REF --reason TEXT")
        raise UsageProblem(message.format(reference=before.reference), hint)


@dataclass(frozen=True)
class Version:
    """A version of a row: who made it and when, by which operation, and name -> (before, after) of
    what it changed; the `first` one changed nothing.
    """

    commit: Commit
    operation: int | None
    changed: Mapping[str, tuple[str | None, str | None]]
    first: bool = False


def history(store: Store, row: RegisterRow) -> list[Version]:
    """Return the versions of a row, the oldest first; raises Unreadable."""
    versions = versions_of(store, row)
    found = [Version(commit, one.operation, {}, True) for commit, one in versions[:1]]
    for (_commit, before), (commit, after) in zip(versions, versions[1:], strict=False):
        names = changed(before, after)
        both = {name: (before.value(name), after.value(name)) for name in names}
        found.append(Version(commit, after.operation, both))
    return found
