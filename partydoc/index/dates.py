"""Dates as a committee's papers know them: often only a year or a month is sure.

A date is indexed under every period it lies in (20, 201, 2010, 2010-06, 2010-06-12); a range
becomes the few periods that cover it, so every engine answers it by looking up plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

#: No paper is older or younger; an open range ends here.
FIRST_YEAR, LAST_YEAR = 1000, 2999

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse(value: str) -> tuple[str, str]:
    """Return the first and last day (ISO) of a year, month or day, ISO or as printed (5/9/2026).

    Its parts stand between hyphens, strokes or points. Raises ValueError for anything else, also
    for a day that does not exist.
    """
    parts = value.split(next((sign for sign in "-/." if sign in value), "-"))
    if len(parts[0]) != 4:  # as printed: day, month, year
        parts.reverse()
    year, month, day = (*parts, "", "")[:3]
    longest = (4, 2, 2)[: len(parts)]
    if len(parts) > 3 or not all(map(_fits, parts, longest)):
        raise ValueError(value)
    if len(year) != 4 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(value)
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    if not day:
        first = date(int(year), int(month), 1)
        return first.isoformat(), _month_end(first).isoformat()
    exact = date(int(year), int(month), int(day)).isoformat()
    return exact, exact


def _fits(part: str, longest: int) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= longest


def period(first: str, last: str) -> str | None:
    """Return the year, month or day that lasts from one ISO day to another; None if none does."""
    parts = (first[:length] for length in (4, 7, 10))
    return next((part for part in parts if parse(part) == (first, last)), None)


def written(first: str | None, last: str | None) -> str:
    """Return a range (ISO days, None = open) as it is typed: `2020..2022-06`."""
    if first and last and (whole := period(first, last)):
        return whole
    return f"{_shortest(first, 0)}..{_shortest(last, 1)}"


def _shortest(day: str | None, end: int) -> str:
    if day is None:
        return ""
    return next(part for part in (day[:4], day[:7], day) if parse(part)[end] == day)


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def sort_key(value: str | None) -> int:
    """Return YYYYMMDD of an ISO date, zeros where a part is unknown; 0 without a date."""
    found = _ISO.fullmatch(value or "")
    if not found:
        return 0
    year, month, day = (int(part or 0) for part in found.groups())
    return year * 10_000 + month * 100 + day


def periods(value: str) -> list[str]:
    """Return the periods an ISO date lies in; one that is no full day also as `~2010-06`."""
    if not _ISO.fullmatch(value):
        return []
    found = [value[:length] for length in (2, 3, 4, 7, 10) if length <= len(value)]
    return found if len(value) == 10 else [*found, "~" + value]


def cover(first: str | None, last: str | None) -> list[str]:
    """Return the periods that hold every date of a range (ISO days, None = open).

    A date of which only the year or month is known is in the range if it may be.
    """
    low, high = first or f"{FIRST_YEAR}-01-01", last or f"{LAST_YEAR}-12-31"
    centuries = range(FIRST_YEAR // 100, LAST_YEAR // 100 + 1)
    return [found for century in centuries for found in _within(str(century), low, high)]


def _within(period: str, low: str, high: str) -> Iterator[str]:
    first, last = _span(period)
    if last < low or first > high:
        return
    if low <= first and last <= high:
        yield period
        return
    if len(period) in (4, 7):
        yield "~" + period
    for part in _parts(period):
        yield from _within(part, low, high)


def _span(period: str) -> tuple[str, str]:
    if len(period) < 4:
        return period.ljust(4, "0") + "-01-01", period.ljust(4, "9") + "-12-31"
    return (period, period) if len(period) == 10 else parse(period)


def _parts(period: str) -> Iterator[str]:
    if len(period) < 4:
        return (f"{period}{digit}" for digit in range(10))
    last = 12 if len(period) == 4 else int(_span(period)[1][-2:])
    return (f"{period}-{part:02}" for part in range(1, last + 1))
