"""What is odd about a row that is to be registered; a person decides, nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partydoc import ranges, registerfields
from partydoc.archive import registers, signs
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.registerrow import RegisterRow
from partydoc.language import _
from partydoc.metadata.rules import table
from partydoc.registerrules import today_of
from partydoc.text import fold

_WEEKEND = (5, 6)


@dataclass(frozen=True)
class Doubt:
    """One thing that is odd. `kind` is a stable word: `arrived-before`, `late`, `dated-later`,
    `out-of-order` or `numbers-missing`.
    """

    kind: str
    message: str

    @property
    def grave(self) -> bool:
        """Whether a person is asked before the row is written."""
        return self.kind == "arrived-before"


def of(catalogue: Catalogue, row: RegisterRow, now: datetime) -> tuple[Doubt, ...]:
    """Return what is odd about a row before it is written."""
    found = [*_before(catalogue, row), *_order(catalogue, row), *_skipped(catalogue, row)]
    if row.kind == "arrival":
        found += [*_late(row, now), *_dated_later(row)]
    return tuple(found)


def _before(catalogue: Catalogue, row: RegisterRow) -> Iterator[Doubt]:
    """The same code of the same issuer and day has a row already."""
    code = signs.code_key(row.fields.get("code"))
    condition = (
        "WHERE code = ? AND kind = ? AND secret = ? AND NOT void AND line = 'document'"
        " ORDER BY series, number, letter"
    )
    for other in catalogue.register_rows(condition, code, row.kind, row.series.secret):
        if all(_same(row, other, name) for name in ("issuer", "date")):
            message = _("{code} of {day} was registered already: {register} {reference}.")
            day = registerfields.shown("date", row.fields.get("date")) or _("unknown day")
            known = {"code": row.fields["code"], "day": day}
            text = message.format(**known, register=other.register, reference=other.reference)
            yield Doubt("arrived-before", text)
            return


def _same(one: RegisterRow, other: RegisterRow, name: str) -> bool:
    return fold(one.fields.get(name, "")) == fold(other.fields.get(name, ""))


def _order(catalogue: Catalogue, row: RegisterRow) -> Iterator[Doubt]:
    """Numbers follow the days; only what is inserted may be older."""
    last = registers.latest(catalogue, row.kind, row.series)
    if row.letter or not (last and last.day and row.day and last.number < row.number):
        return
    if row.day < last.day:
        message = _("{reference} is of {day}, later than this row. To insert it: --after NUMBER")
        day = registerfields.shown("arrival_date", last.day)
        yield Doubt("out-of-order", message.format(reference=last.reference, day=day))


def _skipped(catalogue: Catalogue, row: RegisterRow) -> Iterator[Doubt]:
    """Numbers right before it would have neither row nor reason."""
    series = row.series.name
    would_be = registers.missing(catalogue, row.kind, series, row.number)
    skipped = [one for one in would_be if one not in registers.missing(catalogue, row.kind, series)]
    if row.letter or not skipped:
        return
    message = _("Numbers are skipped: {numbers}. Say why: {command}")
    first, last = skipped[0]
    command = f"partydoc register gap {row.register} {first}-{last}/{series} --reason TEXT"
    yield Doubt("numbers-missing", message.format(numbers=ranges.written(skipped), command=command))


def _late(row: RegisterRow, now: datetime) -> Iterator[Doubt]:
    left = table("registers")["late"]["working_days"]
    due = date.fromisoformat(row.fields["arrival_date"])
    while left:
        due += timedelta(days=1)
        left -= due.weekday() not in _WEEKEND
    if due.isoformat() < today_of(now):
        message = _("It arrived on {day}: an arrival is registered by the next working day.")
        day = registerfields.shown("arrival_date", row.fields["arrival_date"])
        yield Doubt("late", message.format(day=day))


def _dated_later(row: RegisterRow) -> Iterator[Doubt]:
    day = row.fields.get("date", "")
    if day > row.fields["arrival_date"]:
        message = _("It is dated {day}, after it arrived.")
        yield Doubt("dated-later", message.format(day=registerfields.shown("date", day)))
