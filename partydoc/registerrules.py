"""What the row of a register must have, and what must not stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from partydoc import registerfields
from partydoc.archive.settings import Settings
from partydoc.errors import UsageProblem
from partydoc.language import _

_NO_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}")
#: Without these nobody finds the paper again, nor can a departure be counted.
_NEEDED = {"arrival": ("issuer",), "departure": ("type", "date")}
#: The day by which a row stands in its register, and what cannot be before it.
_DAYS = {
    "arrival": ("arrival_date", ("forwarded", "deadline", "settled")),
    "departure": ("date", ("forwarded",)),
}


def today_of(now: datetime) -> str:
    """Return the day of a time where the machine stands, ISO."""
    return now.astimezone().date().isoformat()


def with_year(field: str, typed: str, now: datetime) -> str:
    """Return a day that was typed without its year as one of this year: 20/11 is 20/11/2026; what
    cannot lie ahead as one of the year before, where this year's has not come.
    """
    if registerfields.TABLE.kind(field) not in ("day", "date") or not _NO_YEAR.fullmatch(typed):
        return typed
    today = today_of(now)
    year = int(today[:4])
    month, day = reversed([part.zfill(2) for part in re.split(r"[-/.]", typed)])
    ahead = field != "deadline" and f"{month}-{day}" > today[5:]
    return f"{day}/{month}/{year - ahead}"


def with_day(kind: str, fields: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Return fields with the day of the row: without another it is registered as of today."""
    return {_DAYS[kind][0]: today_of(now), **fields}


def check(settings: Settings, kind: str, fields: Mapping[str, str], now: datetime) -> None:
    """Raise UsageProblem for fields that a row cannot have."""
    for name in _NEEDED[kind]:
        if name not in fields:
            message = _("{name} is missing.").format(name=registerfields.label(name))
            raise UsageProblem(message, _("Say it: {name}=…").format(name=name))
    _check_days(kind, fields, now)
    if settings.connected and "secrecy" in fields and "subject" in fields:
        message = _("The subject of a secret document must not stand on a connected machine.")
        hint = _("Register it without: subject=-   It stands in the register on paper.")
        raise UsageProblem(message, hint)


def _check_days(kind: str, fields: Mapping[str, str], now: datetime) -> None:
    name, later = _DAYS[kind]
    day = registerfields.whole_day(fields[name])
    if day > today_of(now):
        message = _("{name} {day} has not come yet.")
        raise UsageProblem(_of_day(message, name, day), _("Correct the day."))
    for other in later:
        if fields.get(other, day) < day:
            message = _("{name} {day} lies before the day of the row.")
            raise UsageProblem(_of_day(message, other, fields[other]), _("Correct one of them."))


def _of_day(message: str, name: str, day: str) -> str:
    shown = registerfields.shown(name, day)
    return message.format(name=registerfields.label(name), day=shown)
