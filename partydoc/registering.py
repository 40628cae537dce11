"""Registering: what arrives or departs gets the next number, a row, and its scan if that is there.

The number counts once the row is durable; it is told after that. Whoever registers holds the
archive's lock, so no number is given twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from partydoc import doubts, linking, numbering, registerrefs, registerrules
from partydoc.archive import registers
from partydoc.archive.audit import actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import NAMES, RegisterRow, Series
from partydoc.archive.registers import Registers
from partydoc.archive.settings import Settings
from partydoc.codes import joined
from partydoc.doubts import Doubt
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.numbering import Number
from partydoc.operations import begun

#: More numbers than that nobody skips.
_LONGEST_GAP = 100_000


@dataclass(frozen=True)
class Wish:
    """What is to be registered.

    `fields`: as `registerfields.parse` returns them, `answers` as typed; `number`: one that was
    given elsewhere already; `after`: the number behind which the row is inserted.
    """

    kind: str
    fields: Mapping[str, str]
    number: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Registered:
    """A row as it stands now, what is odd about it, and the operation that wrote it."""

    row: RegisterRow
    doubts: tuple[Doubt, ...]
    operation: int | None


def plan(
    settings: Settings, catalogue: Catalogue, wish: Wish, now: datetime
) -> tuple[RegisterRow, tuple[Doubt, ...]]:
    """Return the row that a wish would get now, and what is odd about it; nothing is written.

    Raises UsageProblem for what cannot be registered so.
    """
    kind, fields = wish.kind, registerrules.with_day(wish.kind, wish.fields, now)
    typed = fields.pop("answers", None)
    registerrules.check(settings, kind, fields, now)
    year = registerrules.today_of(now)[:4]
    answers = registerrefs.answered(catalogue, typed, year) if typed else ""
    series = numbering.series_of(settings, kind, fields)
    day = fields["arrival_date" if kind == "arrival" else "date"]
    number = numbering.number(catalogue, kind, series, day, wish.number, wish.after)
    row = with_code(_new(kind, number, fields)).with_value("answers", answers)
    return row, doubts.of(catalogue, row, now)


def register(opened: Opened, wish: Wish, now: datetime) -> Registered:
    """Register what arrived or departs, as one operation; raises UsageProblem."""
    row, odd = plan(opened.archive.settings, opened.catalogue, wish, now)
    row = _added(opened, row, now)
    return Registered(row, odd, row.operation)


def reserve(
    opened: Opened, kind: str, series: Series, span: Sequence[int], reason: str, now: datetime
) -> RegisterRow:
    """Note numbers (first, last) that no document gets, or gets later, with the reason.

    A year that is closed takes those that are missing there, none beyond. Raises UsageProblem for a
    range backwards, and where one of them is given or noted already.
    """
    first, last = span
    today = registerrules.today_of(now)
    at = Number(series, first)
    if not 0 < first <= last < first + _LONGEST_GAP:
        message = _("{first}-{last} is no range of numbers.").format(first=first, last=last)
        raise UsageProblem(message, _("Write the smaller number first: 130-135/2026"))
    taken = registers.reserved(opened.catalogue, kind, series, first, last) or next(
        registers.between(opened.catalogue, kind, series, first, last), None
    )
    if taken:
        message = _("{number} was given already.").format(number=taken.reference)
        hint = _("See the row: partydoc register show {register} {number}")
        raise UsageProblem(message, hint.format(register=taken.register, number=taken.reference))
    if not _is_missing(opened.catalogue, kind, series, span):
        numbering.require_open(opened.catalogue, kind, series, "")
    day = {"arrival_date" if kind == "arrival" else "date": today}
    row = replace(_new(kind, at, day), line="gap", last=last, reason=reason)
    return _added(opened, row, now)


def close(opened: Opened, kind: str, period: str, secret: bool, now: datetime) -> RegisterRow:
    """Close a year or a term: from now on numbers can only be inserted there.

    Raises UsageProblem for a year before its last day, one in which nothing was registered, and one
    that is closed. When a term ends its people say.
    """
    said = {"register": NAMES[kind], "period": period}
    if period in registers.closings(opened.catalogue, kind, secret):
        message = _("The register {register} of {period} is closed already.").format(**said)
        raise UsageProblem(message, _("To open it again, undo what closed it: partydoc log"))
    if not registers.is_used(opened.catalogue, kind, period, secret):
        message = _("Nothing was registered in {period}: {register}.").format(**said)
        raise UsageProblem(message, _("Name a year or a term of office: 2026, 2025-2030"))
    if period.isdigit() and registerrules.today_of(now) < f"{period}-12-31":
        message = _("The year {period} has not ended yet: {register}.").format(**said)
        raise UsageProblem(message, _("Close it on its last day, or later."))
    row = replace(_new(kind, Number(Series(period, secret=secret), 0), {}), line="closing")
    return _added(opened, row, now)


def with_code(row: RegisterRow) -> RegisterRow:
    """Return a departure with the code that its number and symbol make: 07-NQ/ĐU."""
    if row.kind == "arrival":
        return row
    symbol = row.fields.get("symbol")
    return row.with_value("code", joined(row.figure, symbol) if symbol else None)


def _is_missing(catalogue: Catalogue, kind: str, series: Series, span: Sequence[int]) -> bool:
    """Whether numbers (first, last) lie below the highest that was given, and have no row."""
    missing = registers.missing(catalogue, kind, series.name)
    return any(first <= span[0] and span[1] <= last for first, last in missing)


def _new(kind: str, at: Number, fields: Mapping[str, str]) -> RegisterRow:
    urn = f"urn:uuid:{uuid.uuid4()}"
    parts = at.series, at.number, at.number, at.letter
    return RegisterRow(urn, kind, "document", *parts, fields=dict(fields))


def _added(opened: Opened, row: RegisterRow, now: datetime) -> RegisterRow:
    """Write a new row as one operation, and link the scan that waits for it."""
    with begun(opened, "register", now, ()) as operation:
        row = replace(row, operation=operation.number)
        commit = Commit("register", actor(), now)
        Registers(opened.store, opened.catalogue, opened.archive.staging).add(row, commit)
        opened.audit.add("registered", now, [row.urn])  # before that there is nothing to be missed
        return linking.of_row(opened, row, now)
