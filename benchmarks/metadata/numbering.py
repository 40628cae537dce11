"""Number with symbol, and place with date, as pieces of type and handwriting."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samples.drawing.sheet import Piece, Style, words

Weighted = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Numbered:
    """What stands in the number's line: the number (None: left blank or not there) and symbol."""

    number: str | None
    symbol: str
    joined: str

    @property
    def code(self) -> str | None:
        """Number and symbol in one, as they are cited."""
        return self.number and f"{self.number}{self.joined}{self.symbol}"


def weighted(chance: random.Random, rows: Sequence[Sequence[Any]]) -> Any:
    """Return the first column of one row, drawn by its last."""
    return chance.choices([row[0] for row in rows], [row[-1] for row in rows])[0]


def number_line(
    numbered: Numbered, era: Mapping[str, Any], hand: Collection[str], chance: random.Random
) -> tuple[Piece, ...]:
    """Return "Số: 12/QĐ-UBND" as its era types it, the number by hand or left blank."""
    separator = weighted(chance, era["separators"])
    symbol = numbered.symbol
    if joints := era.get("joints"):
        symbol = symbol.replace("-", weighted(chance, joints))
    prefix = "Số: " if chance.random() < era["colon"] else "Số "
    if prefix == "Số: " and chance.random() < 0.25:
        prefix = "Số:"
    if numbered.number is None:
        return (Piece(prefix + " " * chance.randint(6, 11) + separator.strip() + symbol),)
    style: Style = "hand" if "number" in hand else "regular"
    return (Piece(prefix), Piece(numbered.number, style), Piece(separator + symbol))


def date_line(
    place: str, day: dt.date, parts: tuple[str, str], hand: Collection[str], blank: bool
) -> tuple[Piece, ...]:
    """Return "Hà Nội, ngày 03 tháng 02 năm 2026"; `parts` are day and month as written."""
    day_style: Style = "hand" if "day" in hand else "italic"
    month_style: Style = "hand" if "month" in hand else "italic"
    written = Piece(" " * 8, "italic") if blank else Piece(parts[0] + " ", day_style)
    return (
        *words(f"{place}, ngày", "italic"),
        written,
        Piece("tháng ", "italic"),
        Piece(parts[1] + " ", month_style),
        *words(f"năm {day.year}", "italic"),
    )


def day_in(years: Sequence[int], chance: random.Random) -> dt.date:
    """Return a working day of the years from the first to the last."""
    first = dt.date(years[0], 1, 5)
    if years[0] == 2026:
        first = dt.date(2026, 6, 1)
    last = dt.date(years[1], 12, 25) if years[1] < 2026 else dt.date(2026, 11, 10)
    day = first + dt.timedelta(days=chance.randrange((last - first).days))
    return day - dt.timedelta(days=day.weekday() // 5 * (day.weekday() - 4))
