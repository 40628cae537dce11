"""Date and place: "Hà Nội, ngày 05 tháng 01 năm 2020".

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4; Hướng dẫn 05-HD/VPTW: days below 10 and the months 1
and 2 have a leading zero. The day, often the month, is written by hand into a printed line: what
is not sure is left out, so that the date is short but never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Day

from partydoc.document import Field, Word
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.spelling import Spellings, is_known
from partydoc.text import fold

#: How sure each word must be before the digits in it are believed.
SURE_DAY = 0.86
SURE_MONTH = 0.8
SURE_YEAR = 0.7
#: A month beside a day that could not be read was most likely written by the same hand.
SURE_MONTH_ALONE = 0.9

_ANCHORS = ("ngay", "thang", "nam")
_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "í": "1", "ỉ": "1", "|": "1"})


def read(head: Letterhead, spelled: Spellings) -> dict[str, Field | None]:
    """Return the fields `date` (ISO, shortened to its sure part) and `place`."""
    if head.date is None:
        return {"date": None, "place": None}
    parts = _parts(head.date.words)
    return {"date": _date(parts, head.date), "place": _place(parts["place"], head.date, spelled)}


def _parts(words: Sequence[Word]) -> dict[str, list[tuple[str, float]]]:
    """Sort what stands between the printed words: place, day, month, year, with confidences."""
    names = iter(("day", "month", "year"))
    waiting = list(_ANCHORS)
    parts: dict[str, list[tuple[str, float]]] = {"place": [], "day": [], "month": [], "year": []}
    current = "place"
    for word in words:
        rest = word.text
        while waiting and (at := _anchor(rest, waiting[0])) is not None:
            if rest[: at[0]]:
                parts[current].append((rest[: at[0]], word.confidence))
            rest = rest[at[1] :]
            current = next(names)
            waiting.pop(0)
        if rest:
            parts[current].append((rest, word.confidence))
    return parts


def _anchor(text: str, anchor: str) -> tuple[int, int] | None:
    """Return where one of the printed words stands in a word: "26tháng" holds "tháng"."""
    pattern = {"ngay": "ng[ao]y", "thang": "th[ao]ng|iha?ng", "nam": "n[ao]m"}[anchor]
    match = re.search(pattern, fold(text))
    return match.span() if match else None


def _number(part: Sequence[tuple[str, float]], sure: float, length: range) -> int | None:
    """Return the number that a part is, if it is one group of digits that was read surely."""
    if len(part) != 1:
        return None
    text, confidence = part[0]
    bare = text.strip(".,…_")
    mended = bare.translate(_DIGITS)
    if text.strip(",") != mended and text.rstrip(".,") != mended:
        confidence = min(confidence, 0.72)
    if confidence < sure or not mended.isdecimal() or len(mended) not in length:
        return None
    return int(mended)


def _date(parts: dict[str, list[tuple[str, float]]], segment: Segment) -> Field | None:
    year = _number(parts["year"][:1], 0.0, range(4, 5))
    if year is None or not 1930 <= year <= 2100:
        return None
    if parts["year"][0][1] < SURE_YEAR:
        return found(f"{year:04}", 0.6, [segment])
    day = _number(parts["day"], SURE_DAY, range(2, 3))
    month = _month(parts["month"], SURE_MONTH if day else SURE_MONTH_ALONE)
    if month is None:
        return found(f"{year:04}", 0.9, [segment])
    try:
        whole = Day(year, month, day) if day else None
    except ValueError:
        whole = None
    value = whole.isoformat() if whole else f"{year:04}-{month:02}"
    return found(value, 0.95 if whole else 0.9, [segment])


def _month(part: Sequence[tuple[str, float]], sure: float) -> int | None:
    """Return the month; a bare 1 or 2 is none, in print they are 01 and 02."""
    month = _number(part, sure, range(1, 3))
    if month is None or not 1 <= month <= 12:
        return None
    return None if month < 3 and "0" not in part[0][0] else month


def _place(part: Sequence[tuple[str, float]], segment: Segment, spelled: Spellings) -> Field | None:
    """Return the place: the words before the comma; surer where it is known or in the text too."""
    words = [(text.strip(",;:-_'\"|*").lstrip("."), confidence) for text, confidence in part]
    words = [(text, confidence) for text, confidence in words if _is_name(text)]
    while words and not words[0][0][0].isupper():
        words.pop(0)
    if not words:
        return None
    value = " ".join(_cased(text) for text, _ in words)
    sure = min(confidence for _, confidence in words)
    if is_known(value, spelled):
        return found(value, max(sure, 0.9), [segment])
    ends = part[-1][0].endswith(",")
    return found(value, max(sure, 0.82) if ends and sure >= 0.5 else min(sure, 0.75), [segment])


def _cased(text: str) -> str:
    """Return a word with one capital; an abbreviation (TP.) stays."""
    if text.endswith(".") and text.isupper() and len(text) < 5:
        return text
    return text[0].upper() + text[1:].lower().rstrip(".")


def _is_name(text: str) -> bool:
    return text.replace(".", "").isalpha() and len(text) > 1
