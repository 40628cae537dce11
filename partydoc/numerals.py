"""Numbers, days and shares as people write them: 1.234 and 12,5 % in Vietnamese."""

from __future__ import annotations

from datetime import datetime

from partydoc.language import chosen

#: Language -> what stands between thousands, and before a fraction.
_SIGNS = {"vi": (".", ","), "en": (",", ".")}


def grouped(number: float, places: int = 0) -> str:
    """Return a number with its thousands apart, rounded to so many places."""
    thousands, fraction = _SIGNS[chosen()]
    return f"{number:,.{places}f}".translate({ord(","): thousands, ord("."): fraction})


def percent(share: float | None) -> str:
    """Return a share with one place, such as 12,5 %; a dash for that of nothing.

    Only a whole is 100 %, and only nothing 0 %: between them the last place is not rounded over.
    """
    if share is None:
        return "–"
    if 0 < share < 1:
        share = min(max(share, 0.001), 0.999)
    return f"{grouped(100 * share, 0 if share in (0, 1) else 1)} %"


def day_and_time(when: datetime) -> str:
    """Return a time as it is here: 23/11/2026 14:05."""
    return f"{when.astimezone():%d/%m/%Y %H:%M}"


def duration(seconds: float) -> str:
    """Return seconds as 0:42, 12:05 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
