"""In what numbers are counted, and which one is next.

Arrivals have one sequence a year (Nghị định 30/2020/NĐ-CP, Điều 22); departures of a Party body one
for each type of document and term of office, a congress one for all types, those of a state body
one a year, as partydoc.toml says. Secret documents have sequences of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from partydoc.archive import registers
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.registerrow import NAMES, Series
from partydoc.archive.settings import Settings
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.metadata.rules import table
from partydoc.text import fold

_YEAR = re.compile(r"(mat-)?(\d{4})")


@dataclass(frozen=True)
class Number:
    """A number in its series; `letter` of one that is inserted."""

    series: Series
    number: int
    letter: str = ""

    @property
    def reference(self) -> str:
        """How commands name it: 125a/2026."""
        return f"{self.number}{self.letter}/{self.series.name}"


def series_of(settings: Settings, kind: str, fields: Mapping[str, str]) -> Series:
    """Return the series in which a document with these fields is counted.

    Its day must be known. Raises UsageProblem where the term of office or the type is not.
    """
    secret = "secrecy" in fields
    if kind == "arrival":
        return Series(fields["arrival_date"][:4], secret=secret)
    issuer = fields.get("issuer")
    if issuer and fold(issuer) == fold(settings.organisation):
        issuer = None
    if settings.numbering != "year" and "type" not in fields:
        message = _("Departures are counted by type here, and the type is missing.")
        raise UsageProblem(message, _("Say it: type=…"))
    by_term = settings.numbering == "type-term"
    period = _term(settings, fields) if by_term else fields["date"][:4]
    body = fields.get("symbol", "").rpartition("/")[2]
    if by_term and body in table("registers")["numbering"]["together"]:
        return Series(period, None, issuer or body, secret)
    type_ = None if settings.numbering == "year" else fields["type"]
    return Series(period, type_, issuer, secret)


def _term(settings: Settings, fields: Mapping[str, str]) -> str:
    day = fields["date"]
    begun = [name for name, start in settings.terms if start <= day]
    term = fields.get("term") or (begun[-1] if begun else None)
    if term:
        return term
    message = _("It is not known to which term of office {day} belongs.")
    hint = _(
        "Add the term to partydoc.toml: [[terms]] with name and start. A state body writes there"
        ' instead: numbering = "year"'
    )
    raise UsageProblem(message.format(day="/".join(reversed(day.split("-")))), hint)


def series_named(catalogue: Catalogue, kind: str, name: str) -> Series:
    """Return a series by the name that references have: 2026, mat-2026; raises UsageProblem.

    Of departures only those are known in which a number was given.
    """
    year = _YEAR.fullmatch(fold(name))
    if kind == "arrival" and year:
        return Series(year[2], secret=bool(year[1]))
    condition = "WHERE kind = ? AND series = ? AND line <> 'closing' LIMIT 1"
    row = next(catalogue.register_rows(condition, kind, fold(name)), None)
    if row:
        return row.series
    message = _("No number was given in {series} yet.").format(series=name)
    raise UsageProblem(message, _("See what there is: partydoc register list in (or out)"))


def number(
    catalogue: Catalogue, kind: str, series: Series, day: str, wanted: int | None,
    after: int | None,
) -> Number:  # fmt: skip
    """Return the number that is given next; or a `wanted` one, or what is inserted `after` one.

    `day`: that of the document (ISO). Raises UsageProblem for a number that was given already, one
    behind which nothing can be inserted, and a year or term that is closed.
    """
    if after is not None:
        return _inserted(catalogue, kind, series, after)
    require_open(catalogue, kind, series, day)
    if wanted is None:
        return Number(series, registers.next_number(catalogue, kind, series))
    found = Number(series, wanted)
    if registers.given(catalogue, kind, series.name, wanted):
        message = _("{number} was given already.").format(number=found.reference)
        hint = _("See the row: partydoc register show {register} {number}")
        raise UsageProblem(message, hint.format(register=NAMES[kind], number=found.reference))
    return found


def _inserted(catalogue: Catalogue, kind: str, series: Series, after: int) -> Number:
    if not registers.given(catalogue, kind, series.name, after):
        message = _("Nothing can be inserted behind {number}: it was not given.")
        hint = _("See what there is: partydoc register list {register}")
        text = message.format(number=Number(series, after).reference)
        raise UsageProblem(text, hint.format(register=NAMES[kind]))
    letter = registers.next_letter(catalogue, kind, series, after)
    if letter is None:
        message = _("All letters behind {number} are given.")
        text = message.format(number=Number(series, after).reference)
        raise UsageProblem(text, _("Insert it behind another number."))
    return Number(series, after, letter)


def require_open(catalogue: Catalogue, kind: str, series: Series, day: str) -> None:
    """Raise UsageProblem where the term or the year of a day is closed."""
    closed = registers.closings(catalogue, kind, series.secret)
    for period in (series.period, day[:4]):
        if period in closed:
            message = _("The register {register} of {period} is closed.")
            text = message.format(register=NAMES[kind], period=period)
            raise UsageProblem(text, _("A number can only be inserted there: --after NUMBER"))
