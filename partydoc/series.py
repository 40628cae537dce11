"""The series in which a body numbers its documents, and what is wrong with their numbers.

Numbers of the Party run per type and term of office (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW, số
văn bản), those of the state per year (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partydoc import ranges
from partydoc.archive.order import Filed
from partydoc.codes import split
from partydoc.errors import UsageProblem
from partydoc.findings import Finding
from partydoc.text import fold

_LEADING = re.compile(r"0*(\d+)")


@dataclass(frozen=True)
class Series:
    """The numbers that a body gives to one type of document within a term or a year.

    `issuer`, `type` and `symbol` are folded; `period` is `2020-2025` or `2021`.
    """

    issuer: str
    type: str
    symbol: str
    period: str


@dataclass(frozen=True)
class _Numbered:
    """A document in its series: its number as one writes it, and the entry in which it stands."""

    series: Series
    number: str
    filed: Filed

    @property
    def value(self) -> int:
        """The number without its letters: 12 of 12a."""
        found = _LEADING.match(self.number)
        assert found
        return int(found[1])


def findings(folder: str, filed: Iterable[Filed], term: str | None) -> Iterator[Finding]:
    """Yield the numbers that stand twice in a folder, and those that are missing between others.

    `term`: the term of office of the folder; without it what the documents say of theirs counts.
    """
    by_series: dict[Series, list[_Numbered]] = defaultdict(list)
    for one in filed:
        if numbered := _numbered(one, term):
            by_series[numbered.series].append(numbered)
    for series, there in by_series.items():
        yield from _twice(folder, there)
        standing = ranges.single(one.value for one in there)
        if gaps := ranges.missing(standing):
            named = f"{there[0].filed.fields.get('code')}, {series.period}"
            yield Finding("missing-numbers", folder, what=ranges.written(gaps), of=named)


def _twice(folder: str, there: Iterable[_Numbered]) -> Iterator[Finding]:
    first: dict[str, Filed] = {}
    for one in there:
        before = first.setdefault(one.number, one.filed)
        if before is not one.filed:
            entry, code = one.filed.reference, one.filed.fields["code"]
            yield Finding("number-twice", folder, entry, one.filed.document, code, before.reference)


def _numbered(one: Filed, term: str | None) -> _Numbered | None:
    """Return a document in its series; None where not all that makes the series is known."""
    parts, issuer = _parts(one.fields), one.fields.get("issuer")
    if parts is None or issuer is None:
        return None
    number, symbol = parts
    period = _period(one.fields, symbol, term)
    if period is None:
        return None
    series = Series(fold(issuer), fold(one.fields.get("type", "")), fold(symbol), period)
    return _Numbered(series, number, one)


def _parts(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """Return number, without leading zeros, and symbol of a code that is known."""
    try:
        number, symbol = split(fields["code"])
    except (KeyError, UsageProblem):
        return None
    return (number.lstrip("0").lower() or "0", symbol) if symbol else None


def _period(fields: Mapping[str, str], symbol: str, term: str | None) -> str | None:
    """Return the term of a document of the Party, whose symbols have a stroke: NQ/ĐU; else its
    year. A term that nobody knows is counted by years: what is missing there is missing anyway.
    """
    term = term or fields.get("term")
    if "/" in symbol and term:
        return "".join(term.split())
    return fields["date"][:4] if "date" in fields else None
