"""Date and place: "Hà Nội, ngày 05 tháng 01 năm 2020".

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4; Hướng dẫn 05-HD/VPTW: days below 10 and the months 1
and 2 have a leading zero. The day, often the month, is written by hand into a printed line: what
is not sure is left out, so that the date is short but never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Day
from typing import NamedTuple

from partydoc.document import Field
from partydoc.metadata import place
from partydoc.metadata.finding import found
from partydoc.metadata.hand import DIGITS, is_like, is_slip_of_ones
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.spelling import Spelled
from partydoc.page import Word
from partydoc.text import fold

#: How sure each word must be before the digits in it are believed.
SURE_DAY = 0.86
SURE_MONTH = 0.8
SURE_YEAR = 0.85
#: The year alone is in print for certain.
YEAR = 0.92
#: A month beside a day that could not be read was most likely written by the same hand.
SURE_MONTH_ALONE, ALONE = 0.9, 0.7
#: What is in print but was not read, or cannot be.
UNREAD = 0.45
#: Thông tư 01/2011/TT-BNV (article not yet checked): days below 10 have a leading zero.
ZEROS_SINCE = 2011
#: Below this a word that is no number is handwriting, or noise.
READ = 0.5
#: Print is read so surely; out of line it is doubted all the same.
CLEAR, DOUBTED = 0.93, 0.6
#: So sure are ones in print, however they were read: they are what print is least sure of.
ONES = 0.9
#: A bold 5 as second digit is taken for Š; seen so twice (`ocr.figures`) it is as sure as this.
TWICE, FIVE = 0.9, 0.87
#: A space is no wider than that before the year and this part of a digit.
LOST = 0.5

#: A day in figures alone.
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)")
#: The printed words, and what stands behind each. In italics "y" is read as "u", "á" as "ú".
_ANCHORS = {"ngay": "day", "thang": "month", "nam": "year"}
_SPELLED = {
    "ngay": re.compile(r"ng[ao]y|ng[aou][yuv](?![a-z])|(?<![a-z])nay(?![a-z])"),
    "thang": re.compile(r"th?[aou]ng|th[ao]n|\w?ha?ng"),
    "nam": re.compile(r"n[ao]m"),
}


def read(head: Letterhead, bodies: Sequence[str], spelled: Spelled) -> dict[str, Field | None]:
    """Return the fields `date` (ISO, shortened where a part was written by hand) and `place`.

    `bodies` are the names of the letterhead: mostly the place is in one of them.
    """
    if head.date is None:
        return {"date": None, "place": None}
    parts = _parts(head.date.words)
    said = [(each.text, each.word.confidence) for each in parts["place"]]
    return {
        "date": _date(parts, head.date, head.slope),
        "place": place.read(said, head.date, bodies, spelled),
    }


class Piece(NamedTuple):
    """What a word says of one part of the date; `whole`: the word holds nothing else."""

    text: str
    word: Word
    whole: bool


def _parts(words: Sequence[Word]) -> dict[str, list[Piece]]:
    """Sort what stands between the printed words: place, day, month, year."""
    waiting = [each for each in _ANCHORS if any(_anchor(word.text, each) for word in words)]
    parts: dict[str, list[Piece]] = {"place": [], "day": [], "month": [], "year": []}
    current = "place"
    for word in words:
        rest = word.text
        while waiting and (at := _anchor(rest, waiting[0])) is not None:
            if rest[: at[0]]:
                parts[current].append(Piece(rest[: at[0]], word, False))
            rest = rest[at[1] :]
            current = _ANCHORS[waiting.pop(0)]
        if rest and not (current == "year" and _anchor(rest, "nam")):  # read twice
            parts[current].append(Piece(rest, word, rest == word.text))
    return parts


def _anchor(text: str, anchor: str) -> tuple[int, int] | None:
    """Return where one of the printed words stands in a word: "26tháng" holds "tháng"."""
    match = _SPELLED[anchor].search(fold(text))
    return match.span() if match else None


class Part(NamedTuple):
    """Day or month as read: its number (None: no number), how sure, whether it is in print.

    `whole`: it is a single digit, and none was lost beside it.
    """

    number: int | None = None
    sure: float = 0.0
    printed: bool = False
    whole: bool = False


def _part(pieces: Sequence[Piece], year: Piece, slope: float, line: Sequence[Word]) -> Part:
    """Read one part; in print is what stands in line with the year, which is always printed."""
    pieces = [each for each in pieces if each.text.strip(" .,…_-")]
    if not pieces:
        return Part()
    text = "".join(each.text.strip(".,…_") for each in pieces)
    sure = min(each.word.confidence for each in pieces)
    alone = year.whole and all(each.whole for each in pieces)
    in_line = not alone or all(is_like(each.word, year.word, slope) for each in pieces)
    mended = text.translate(DIGITS).replace("T", "1")
    if not alone and (mended != text or any(map(_is_dotted, pieces))):
        in_line = False
    if (
        len(mended) == 2
        and not text.isdecimal()
        and alone
        and _is_doubled(pieces[0].word, year.word)
    ):
        mended = text = text[0]
        sure = min(sure, DOUBTED)
    if text in ("Š", "§"):  # a bold 8, or a bold 5
        mended, sure = "8", min(sure, UNREAD)
    if is_slip_of_ones(text) and alone and in_line and len(pieces) == 1:
        return Part(int(mended), ONES, True)
    if mended != text or len(pieces) > 1:
        seen_twice = re.fullmatch(r"[0-3]Š", text) and sure >= TWICE
        sure = min(sure, FIVE if seen_twice else 0.72)
    if not mended.isdecimal() or len(mended) > 2:
        return Part(None, sure, in_line and sure >= READ)
    # In print they mostly are 05 and 02: a single 1 or 2 may be what is left of a number.
    whole = alone and _is_whole(pieces[0].word, year.word, line)
    if len(mended) == 1 and int(mended) < 3 and not whole:
        sure = min(sure, 0.5)
    # Nobody writes so clearly that it is read like print; boxes are not always drawn well.
    if not in_line and sure >= CLEAR:
        return Part(int(mended), DOUBTED, True)
    return Part(int(mended), sure, in_line, whole)


def _is_dotted(piece: Piece) -> bool:
    """Tell whether something stands on a dotted line: there it was written by hand."""
    return re.search(r"^\.|\.\.|…", piece.text) is not None


def _is_doubled(word: Word, year: Word) -> bool:
    """Tell whether two signs were read where there is room for one digit."""
    return word.box.right - word.box.left < 1.4 / 4 * (year.box.right - year.box.left)


def _is_whole(word: Word, year: Word, line: Sequence[Word]) -> bool:
    """Tell whether a digit stands between two spaces like that before the year: none was lost."""
    digit = (year.box.right - year.box.left) / 4
    usual = _space(line, year, -1)
    spaces = (_space(line, word, -1), _space(line, word, 1))
    return all(0 < each <= usual + LOST * digit for each in spaces)


def _space(line: Sequence[Word], word: Word, side: int) -> float:
    """Return how far the next word on the left (-1) or right (1) is; 0 if there is none."""
    at = line.index(word)
    if not 0 <= at + side < len(line):
        return 0.0
    left, right = sorted((word, line[at + side]), key=lambda each: each.box.left)
    return right.box.left - left.box.right


def _date(parts: dict[str, list[Piece]], segment: Segment, slope: float) -> Field | None:
    """Return the date, without what was written by hand; what is in print but unsure stays."""
    if not parts["month"] and not parts["year"]:
        return _in_figures(parts["day"], segment)
    pieces = [each for each in parts["year"] if any(map(str.isalnum, each.text))]
    year = _year(pieces[:1]) or _year(pieces[:2])
    if year is None:
        return None
    first = pieces[0]
    day, month = (_part(parts[each], first, slope, segment.words) for each in ("day", "month"))
    evidence = first.word.confidence * (1.0 if first.word.confidence >= SURE_YEAR else 0.8)
    if "S" in first.text.upper():  # a 5 and an 8 are both taken for it
        evidence = min(evidence, UNREAD)
    if month.number is None or not 1 <= month.number <= 12 or not month.printed:
        unread = month.printed and month.number is None
        return found(f"{year:04}", min(evidence, UNREAD if unread else YEAR), [segment])
    short = f"{year:04}-{month.number:02}"
    if not day.printed:
        enough = month.sure >= SURE_MONTH_ALONE
        return found(short, min(evidence, month.sure * (1.0 if enough else ALONE)), [segment])
    whole = _whole(year, month.number, day.number)
    if whole is None:
        return found(short, UNREAD, [segment])
    evidence = min(evidence, day.sure, month.sure)
    if day.sure < SURE_DAY or month.sure < SURE_MONTH:
        evidence *= 0.8
    elif len(parts["day"][0].text) == 1 and not day.whole:
        evidence = min(evidence, 0.78 if year < ZEROS_SINCE else UNREAD)
    return found(whole, evidence, [segment])


def _in_figures(pieces: Sequence[Piece], segment: Segment) -> Field | None:
    """Return a day written as 05/6/1998; its figures must be read surely, and as they are."""
    for piece in pieces[:1]:
        match = _FIGURES.fullmatch(piece.text.strip(" .,"))
        whole = _whole(int(match[3]), int(match[2]), int(match[1])) if match else None
        if whole:
            return found(whole, min(piece.word.confidence, DOUBTED), [segment])
    return None


def _year(pieces: Sequence[Piece]) -> int | None:
    bare = "".join(each.text.strip(".,…_;:|") for each in pieces)
    bare = re.sub("^[TJ](?=.{3}$)", "1", bare).translate(DIGITS)
    year = int(bare) if bare.isdecimal() and len(bare) == 4 else 0
    return year if 1930 <= year <= 2100 else None


def _whole(year: int, month: int | None, day: int | None) -> str | None:
    try:
        return Day(year, month or 0, day or 0).isoformat()
    except ValueError:
        return None
