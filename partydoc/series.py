"""The series in which a body numbers its documents, and what is wrong with their numbers.

Numbers of the Party run per type and term of office (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW, số
văn bản), those of the state per year (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

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
class Numbered:
    """A paper in its series: its number as one writes it, and the symbol as it stands there."""

    series: Series
    number: str
    symbol: str

    @property
    def value(self) -> int:
        """The number without its letters: 12 of 12a."""
        found = _LEADING.match(self.number)
        assert found
        return int(found[1])


def of(fields: Mapping[str, str | None], term: str | None) -> Numbered | None:
    """Return a paper in its series; None where not all that makes the series is known.

    `term`: the term of office of its folder; without it what the paper says of its own counts.
    """
    code, issuer = fields.get("code"), fields.get("issuer")
    parts = _parts(code) if code else None
    if code is None or issuer is None or parts is None:
        return None
    number, symbol = parts
    period = _period(fields, symbol, term)
    if period is None:
        return None
    symbol = code[len(number) :].lstrip("-/ ")  # normative ones, 15/2021/QĐ-UBND, run apart
    number = number.lstrip("0").lower() or "0"
    folded = (_folded(issuer), _folded(fields.get("type") or ""), _folded(symbol))
    return Numbered(Series(*folded, period), number, symbol)


def findings(folder: str, filed: Iterable[Filed], term: str | None) -> Iterator[Finding]:
    """Yield the numbers that stand twice in a folder, and those that are missing between others.

    `term`: the term of office of the folder; without it what the documents say of theirs counts.
    """
    by_series: dict[Series, list[tuple[Numbered, Filed]]] = defaultdict(list)
    for one in filed:
        if numbered := of(one.fields, term):
            by_series[numbered.series].append((numbered, one))
    for series, there in by_series.items():
        yield from _twice(folder, there)
        standing = ranges.single(numbered.value for numbered, _filed in there)
        if is_dense({numbered.value for numbered, _filed in there}) and (
            gaps := ranges.missing(standing)
        ):
            named = f"{there[0][1].fields.get('code')}, {series.period}"
            yield Finding("missing-numbers", folder, what=ranges.written(gaps), of=named)


def is_dense(numbers: Collection[int]) -> bool:
    """Whether at least half of the numbers are here that these span; else most are kept elsewhere,
    or one of them was read wrongly.
    """
    return 2 * len(numbers) >= max(numbers) - min(numbers) + 1


def _twice(folder: str, there: Iterable[tuple[Numbered, Filed]]) -> Iterator[Finding]:
    first: dict[str, Filed] = {}
    for numbered, one in there:
        before = first.setdefault(numbered.number, one)
        if before is not one:
            code = one.fields["code"]
            yield Finding(
                "number-twice", folder, one.reference, one.document, code, before.reference
            )


def _parts(code: str) -> tuple[str, str] | None:
    """Return number and symbol of a code, if it has both."""
    try:
        number, symbol = split(code)
    except UsageProblem:
        return None
    return (number, symbol) if symbol else None


def _period(fields: Mapping[str, str | None], symbol: str, term: str | None) -> str | None:
    """Return the term of a document of the Party, whose symbols have a stroke: NQ/ĐU; else its
    year. A term that nobody knows is counted by years: what is missing there is missing anyway.
    """
    term = term or fields.get("term")
    if "/" in symbol and term:
        return "".join(term.split())
    date = fields.get("date")
    return date[:4] if date else None


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Return a name folded; in an archive the same ones come again and again."""
    return fold(name)
