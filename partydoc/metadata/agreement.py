"""What bears a field out, or speaks against it: neighbours in the folder, appendices, other dates.

Nothing of this ever changes a value; it changes how sure it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from partydoc.document import Field
from partydoc.metadata.likeness import key
from partydoc.page import Page
from partydoc.text import fold

#: A doubt leaves a value to a person; a confirmation lifts what was nearly sure.
DOUBT, BORNE_OUT, NEARLY = 0.4, 0.9, 0.6

_SIGNED = re.compile(
    r"(?:ky|gian)\W+(?:ngay\W+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s+\d{1,2}:\d\d"
)
_ANNEXED = re.compile(
    r"kem theo .{3,40}?s[o0]\W*(\d{1,5})\W*[-–/].{2,30}?"
    r"(?:ng[ao]y\W*(\d{1,2})\D{1,8}(\d{1,2})\D{1,7}(\d{4})|cua\b|\))"
)


@dataclass(frozen=True)
class Neighbour:
    """What is accepted of the document before or after in the same folder."""

    number: str | None = None
    symbol: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Neighbours:
    """What stands before and after a document in its folder, the nearest first."""

    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()


#: A document that stands in no folder.
ALONE = Neighbours()


def weigh(
    record: dict[str, Field | None], pages: Sequence[Page], folder: Neighbours
) -> dict[str, Field | None]:
    """Return the record with number, date and code as sure as everything together makes them."""
    number = _among(record["number"], record, folder)
    date = record["date"]
    for said, day in _annexed(pages):
        number = _compared(number, said.lstrip("0"))
        date = _compared(date, day) if day else date
    date = _before(date, [*_signed(pages), *_arrived(record)])
    return record | {"number": number, "date": date, "code": _code(record["code"], number, record)}


def _code(
    code: Field | None, number: Field | None, record: dict[str, Field | None]
) -> Field | None:
    """Return the code with the confidence of its weaker half."""
    symbol = record["symbol"]
    if code is None or number is None or symbol is None:
        return None
    return replace(code, confidence=min(number.confidence, symbol.confidence))


def _compared(field: Field | None, said: str) -> Field | None:
    """Return a field after another place of the document has given its value."""
    if field is None:
        return None
    if said.startswith(f"{field.value}-"):  # the same month, of which the day was left out
        return field
    if str(field.value).lstrip("0") == said:
        lifted = BORNE_OUT if field.confidence >= 0.5 else field.confidence
        return replace(field, confidence=max(field.confidence, lifted))
    return replace(field, confidence=min(field.confidence, DOUBT))


def _annexed(pages: Sequence[Page]) -> Iterator[tuple[str, str | None]]:
    """Yield number and date as appendices cite them: "(Kèm theo Quyết định số 12/… ngày …)"."""
    for page in pages[1:]:
        top = " ".join(line.text for line in page.lines[:8])
        match = _ANNEXED.search(fold(top))
        if match:
            yield match[1], _iso(*match.group(2, 3, 4)) if match[4] else None


def _signed(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the days of electronic signatures, as page 1 shows them in its corner."""
    for page in pages[:1]:
        for line in (*page.lines[:12], *page.stamps):
            match = _SIGNED.search(fold(line.text))
            if match:
                yield _iso(*match.group(1, 2, 3))


def _iso(day: str, month: str, year: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _arrived(record: dict[str, Field | None]) -> Iterator[str]:
    arrived = record.get("arrival_date")
    if arrived and arrived.confidence >= NEARLY:
        yield str(arrived.value)


def _before(date: Field | None, later: Sequence[str]) -> Field | None:
    """A document is not dated after it was signed or arrived; on that very day it is borne out."""
    if date is None:
        return None
    value = str(date.value)
    for day in later:
        if value > day[: len(value)]:
            return replace(date, confidence=min(date.confidence, DOUBT))
        if value == day and date.confidence >= NEARLY:
            date = replace(date, confidence=max(date.confidence, BORNE_OUT))
    return date


def _among(
    number: Field | None, record: dict[str, Field | None], folder: Neighbours
) -> Field | None:
    """Weigh a number against those of the same series next to it in the folder."""
    if number is None or number.source != "machine" or not str(number.value).isdecimal():
        return number
    own = int(str(number.value))
    before = _nearest(folder.before, record)
    after = _nearest(folder.after, record)
    if before is None and after is None:
        return number
    if own in (before, after):
        return replace(number, confidence=min(number.confidence, DOUBT))
    if before is not None and after is not None and before < own < after:
        proven = after - before == 2 and number.confidence >= NEARLY  # no other number fits
        return replace(number, confidence=max(number.confidence, BORNE_OUT)) if proven else number
    rising = before is None or after is None or before < after
    against = (before is not None and own < before) or (after is not None and own > after)
    return (
        replace(number, confidence=min(number.confidence, DOUBT)) if rising and against else number
    )


def _nearest(neighbours: Sequence[Neighbour], record: dict[str, Field | None]) -> int | None:
    """Return the number of the nearest neighbour of the same symbol and year."""
    symbol, date = record["symbol"], record["date"]
    if symbol is None or date is None:
        return None
    for each in neighbours:
        same = each.symbol and key(each.symbol) == key(str(symbol.value))
        if same and each.number and each.date and each.date[:4] == str(date.value)[:4]:
            digits = re.match(r"\d+", each.number)
            return int(digits[0]) if digits else None
    return None
