"""Date and place: "Hà Nội, ngày 05 tháng 01 năm 2020".

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4; Hướng dẫn 05-HD/VPTW: days below 10 and the months 1
and 2 have a leading zero. The day, often the month, is written by hand into a printed line: what
is not sure is left out, so that the date is short but never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Day
from typing import NamedTuple

from partydoc.document import Field, Word
from partydoc.metadata.finding import found
from partydoc.metadata.hand import DIGITS, is_like
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.spelling import Spelled, is_known
from partydoc.text import fold

#: How sure each word must be before the digits in it are believed.
SURE_DAY = 0.86
SURE_MONTH = 0.8
#: A month beside a day that could not be read was most likely written by the same hand.
SURE_MONTH_ALONE = 0.9
#: What is in print but was not read, or cannot be.
UNREAD = 0.45
#: Thông tư 01/2011/TT-BNV (article not yet checked): days below 10 have a leading zero.
ZEROS_SINCE = 2011
#: Below this a word that is no number is handwriting, or noise.
READ = 0.5
#: Print is read so surely; out of line it is doubted all the same.
CLEAR, DOUBTED = 0.93, 0.6

_ANCHORS = ("ngay", "thang", "nam")


def read(head: Letterhead, bodies: Sequence[str], spelled: Spelled) -> dict[str, Field | None]:
    """Return the fields `date` (ISO, shortened where a part was written by hand) and `place`.

    `bodies` are the names of the letterhead: mostly the place is in one of them.
    """
    if head.date is None:
        return {"date": None, "place": None}
    parts = _parts(head.date.words)
    return {
        "date": _date(parts, head.date, head.slope),
        "place": _borne_out(_place(parts["place"], head.date, spelled), bodies),
    }


class Piece(NamedTuple):
    """What a word says of one part of the date; `whole`: the word holds nothing else."""

    text: str
    word: Word
    whole: bool


def _parts(words: Sequence[Word]) -> dict[str, list[Piece]]:
    """Sort what stands between the printed words: place, day, month, year."""
    names = iter(("day", "month", "year"))
    waiting = list(_ANCHORS)
    parts: dict[str, list[Piece]] = {"place": [], "day": [], "month": [], "year": []}
    current = "place"
    for word in words:
        rest = word.text
        while waiting and (at := _anchor(rest, waiting[0])) is not None:
            if rest[: at[0]]:
                parts[current].append(Piece(rest[: at[0]], word, False))
            rest = rest[at[1] :]
            current = next(names)
            waiting.pop(0)
        if rest:
            parts[current].append(Piece(rest, word, rest == word.text))
    return parts


def _anchor(text: str, anchor: str) -> tuple[int, int] | None:
    """Return where one of the printed words stands in a word: "26tháng" holds "tháng"."""
    pattern = {"ngay": "ng[ao]y", "thang": r"th[ao]ng|\w?ha?ng", "nam": "n[ao]m"}[anchor]
    match = re.search(pattern, fold(text))
    return match.span() if match else None


class Part(NamedTuple):
    """Day or month as read: its number (None: no number), how sure, and whether it is in print."""

    number: int | None = None
    sure: float = 0.0
    printed: bool = False


def _part(pieces: Sequence[Piece], year: Piece, slope: float) -> Part:
    """Read one part; in print is what stands in line with the year, which is always printed."""
    pieces = [each for each in pieces if each.text.strip(" .,…_-")]
    if not pieces:
        return Part()
    text = "".join(each.text.strip(".,…_") for each in pieces)
    sure = min(each.word.confidence for each in pieces)
    alone = year.whole and all(each.whole for each in pieces)
    in_line = not alone or all(is_like(each.word, year.word, slope) for each in pieces)
    mended = text.translate(DIGITS)
    if mended != text or len(pieces) > 1:
        sure = min(sure, 0.72)
    if not mended.isdecimal() or len(mended) > 2:
        return Part(None, sure, in_line and sure >= READ)
    # In print they are 05 and 02: a single 1 or 2 is what is left of a number.
    if len(mended) == 1 and int(mended) < 3:
        sure = min(sure, 0.5)
    # Nobody writes so clearly that it is read like print; boxes are not always drawn well.
    if not in_line and sure >= CLEAR:
        return Part(int(mended), DOUBTED, True)
    return Part(int(mended), sure, in_line)


def _date(parts: dict[str, list[Piece]], segment: Segment, slope: float) -> Field | None:
    """Return the date, without what was written by hand; what is in print but unsure stays."""
    year = _year(parts["year"][:1])
    if year is None:
        return None
    first = parts["year"][0]
    day, month = _part(parts["day"], first, slope), _part(parts["month"], first, slope)
    evidence = first.word.confidence
    if month.number is None or not 1 <= month.number <= 12 or not month.printed:
        unread = month.printed and month.number is None
        return found(f"{year:04}", min(evidence, UNREAD if unread else 0.85), [segment])
    short = f"{year:04}-{month.number:02}"
    if not day.printed:
        enough = month.sure >= SURE_MONTH_ALONE
        return found(short, min(evidence, month.sure if enough else UNREAD), [segment])
    whole = _whole(year, month.number, day.number)
    if whole is None:
        return found(short, UNREAD, [segment])
    evidence = min(evidence, day.sure, month.sure)
    if day.sure < SURE_DAY or month.sure < SURE_MONTH:
        evidence *= 0.8
    elif len(parts["day"][0].text) == 1:
        evidence = min(evidence, 0.78 if year < ZEROS_SINCE else UNREAD)
    return found(whole, evidence, [segment])


def _year(pieces: Sequence[Piece]) -> int | None:
    bare = pieces[0].text.strip(".,…_;:|").translate(DIGITS) if pieces else ""
    year = int(bare) if bare.isdecimal() and len(bare) == 4 else 0
    return year if 1930 <= year <= 2100 else None


def _whole(year: int, month: int | None, day: int | None) -> str | None:
    try:
        return Day(year, month or 0, day or 0).isoformat()
    except ValueError:
        return None


def _place(part: Sequence[Piece], segment: Segment, spelled: Spelled) -> Field | None:
    """Return the place: the words before the comma; surer where it is known or in the text too."""
    words = [(each.text.strip(",;:-_'\"|*").lstrip("."), each.word.confidence) for each in part]
    words = [(text, confidence) for text, confidence in words if _is_name(text)]
    while words and not words[0][0][0].isupper():
        words.pop(0)
    if not words:
        return None
    value = " ".join(_cased(text) for text, _ in words)
    sure = min(confidence for _, confidence in words)
    if is_known(value, spelled):
        return found(value, max(sure, 0.9), [segment])
    ends = part[-1].text.endswith(",")
    return found(value, max(sure, 0.82) if ends and sure >= 0.5 else min(sure, 0.75), [segment])


def _borne_out(place: Field | None, bodies: Sequence[str]) -> Field | None:
    """Make a place surer that stands in the letterhead too, and doubt one that nearly does."""
    if place is None or place.confidence <= 0.5:
        return place
    name, names = key(str(place.value)), [key(body) for body in bodies]
    words = [[key(word) for word in body.split()] for body in bodies]
    if any(_holds(each, str(place.value).split()) for each in words):
        return replace(place, confidence=max(place.confidence, 0.95))
    if " " not in str(place.value):  # mostly what is left of two words
        return replace(place, confidence=min(place.confidence, 0.7))
    near = any(distance(each[-len(name) :], name, 1) == 1 for each in names)
    return replace(place, confidence=min(place.confidence, 0.6)) if near else place


def _holds(words: Sequence[str], place: Sequence[str]) -> bool:
    """Tell whether the words of a place stand together among the words of a name."""
    wanted, length = [key(word) for word in place], len(place)
    return any(list(words[i : i + length]) == wanted for i in range(len(words)))


def _cased(text: str) -> str:
    """Return a word with one capital; an abbreviation (TP.) stays."""
    if text.endswith(".") and text.isupper() and len(text) < 5:
        return text
    return text[0].upper() + text[1:].lower().rstrip(".")


def _is_name(text: str) -> bool:
    return text.replace(".", "").isalpha() and len(text) > 1
