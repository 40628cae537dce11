"""The ĐẾN stamp: arrival number and date.

Nghị định 30/2020/NĐ-CP, Phụ lục IV: a box of 35 x 50 mm with ĐẾN, Số, Ngày, Chuyển. It is stamped
in red, blue or black, often over the head, and mostly filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day

from partydoc.box import Box
from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.hand import is_like
from partydoc.metadata.layout import Segment, cut
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import keys
from partydoc.page import Page, Word
from partydoc.text import fold

#: How far the stamp reaches from the word ĐẾN: left, up, right, down, in parts of the page.
LEFT, UP, RIGHT, DOWN = 0.1, 0.03, 0.24, 0.1
#: How wide the stamp is from ĐẾN on, in parts of the page.
WIDTH = 0.215
#: What stands beside the stamp on one of its lines may have lost its beginning.
BESIDE = 0.75
#: What is written by hand is never surer than this.
WRITTEN = 0.6
#: So surely print is read; and so, at least, what is to be believed beside it.
CLEAR, FAIR = 0.9, 0.5

#: Print rises no further over its label, in heights of it, and stands no further behind it; in
#: the box of a stamp it is no taller than this part of the page.
RISE, SPACE, TALLEST = 0.35, 0.02, 0.0145

_NUMBER = re.compile(
    r"^(?:\S{1,5}\s+){0,2}?\W*s[o0]\W*(?:den)?\W{0,6}(?:[a-z]\W{1,3})?(\d{1,5})(?!\s*[-–/]\s*[a-z])\b"
)
_LABEL = re.compile(r"\W*(?:s[o0]|ng[ao]y)")
#: A date in figures, though its label was read as anything.
_FIGURES = re.compile(
    r"^\W*(?:\S{1,5}\W+){0,2}?(\d{1,2})\s?[-–/.]\s?(\d{1,2})\s?[-–/.]\s?(\d{4}|\d{2})(?![\d/-])"
)
#: Nothing else in a head begins so: the last line of the stamp; and from it where ĐẾN stands.
_PASSED = re.compile(r"\W*chuyen\W*[:.…]")
_OVER, _BEHIND, _WIDE = 0.038, 0.005, 0.05
_DAY = re.compile(
    r"ng[ao]y\W*(?:den)?\W{0,6}(\d{1,2})\s*(?:[-–/.,\s]|th[ao]ng)+(\d{1,2})\s*(?:[-–/.,\s]|n[ao]m)+"
    r"(\d{4}|\d{2})\b"
)


@dataclass(frozen=True)
class Stamp:
    """A stamp of arrival: where its word ĐẾN is, and the segments that were read in it."""

    anchor: Box
    segments: tuple[Segment, ...]

    def cut(self, segment: Segment) -> Iterator[Segment]:
        """Yield a segment, or what of it stands beside the stamp if its line begins in it."""
        known = any(segment.words == each.words for each in self.segments)
        if not known and not (_is_near(segment.box, self.anchor) and _is_entry(segment.text)):
            yield segment
            return
        beside = tuple(
            replace(word, confidence=min(word.confidence, BESIDE))
            for word in _behind_dots(segment)
            or (word for word in segment.words if word.box.left > self.anchor.left + WIDTH)
        )
        if beside and segment.box.left < self.anchor.left + WIDTH:
            yield Segment(segment.page, beside)


def _behind_dots(segment: Segment) -> tuple[Word, ...]:
    """Return the words behind the dots of the stamp's last line: they are the paper's."""
    if not _PASSED.match(fold(segment.text)):
        return ()
    dotted = [i for i, word in enumerate(segment.words) if re.search(r"[.…]{2,}", word.text)]
    return segment.words[dotted[-1] + 1 :] if dotted else ()


def find(page: Page) -> Stamp | None:
    """Return the stamp of arrival of a page; None where there is none."""
    stamped = [part for line in page.stamps for part in cut(page, line)]
    printed = [part for line in page.lines if line.box.top < 0.5 for part in cut(page, line, 1.4)]
    for segment, box in _anchors([*stamped, *printed]):
        near = [each for each in [*stamped, *printed] if _is_near(each.box, box)]
        inside = [each for each in near if _is_entry(each.text) or each is segment]
        if any(_is_entry(each.text) for each in inside):
            return Stamp(box, tuple(inside))
    return None


def read(stamp: Stamp | None) -> dict[str, Field | None]:
    """Return the fields `arrival_number` and `arrival_date` (ISO)."""
    if stamp is None:
        return {"arrival_number": None, "arrival_date": None}
    numbers = [(m[1], m[1], each) for each in stamp.segments if (m := _NUMBER.search(_plain(each)))]
    days = [
        (iso, match[1], each)
        for each in stamp.segments
        if (match := _day(_plain(each))) and (iso := _iso(match))
    ]
    return {"arrival_number": _best(numbers), "arrival_date": _best(days)}


def _anchors(segments: Sequence[Segment]) -> Iterator[tuple[Segment, Box]]:
    """Yield where the word ĐẾN stands in capitals, at last where it must have stood.

    It stands alone, as "CÔNG VĂN ĐẾN", or at the left of its entries.
    """
    labels = keys("letterhead", "arrival", "labels")
    for segment in segments:
        before = ""
        for word in segment.words[:4]:
            letters = "".join(filter(str.isalpha, word.text))
            if not letters.isupper():
                break
            before += key(letters)
            if before in labels and letters[0] in "ĐDÐ":
                yield segment, word.box
                break
    for segment in segments:
        if _PASSED.match(fold(segment.text)):
            box = segment.words[0].box
            left, top = box.left + _BEHIND, box.top - _OVER
            unread = Box(left, top, left + _WIDE, top + box.bottom - box.top)
            if any(_is_near(each.box, unread) and _day(_plain(each)) for each in segments):
                yield segment, unread


def _day(plain: str) -> re.Match[str] | None:
    return _DAY.search(plain) or _FIGURES.match(plain)


def _is_near(box: Box, anchor: Box) -> bool:
    across = anchor.left - LEFT < box.left and box.left < anchor.right + RIGHT
    return across and anchor.top - UP < box.top < anchor.bottom + DOWN


def _is_entry(text: str) -> bool:
    plain = fold(text)
    return bool(
        re.match(
            r"(?:\S{1,5}\s+)?\W*(?:s[o0]\b(?!.*[-–/]\s*[a-z]{2})|ng[ao]y\b|chuyen\b|gio\b)", plain
        )
        or _FIGURES.match(plain)
    )


def _plain(segment: Segment) -> str:
    """Return a line folded, without the word ĐẾN and without spaces within its date."""
    text = re.sub(r"^\W*d?en\W+(?=s[o0]\b|ng[ao]y\b)", "", fold(segment.text))
    return re.sub(r"(?<=[\d/])\s+(?=[\d/])", "", text)


def _iso(match: re.Match[str]) -> str | None:
    day, month, year = (int(match[i]) for i in (1, 2, 3))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    try:
        return Day(year, month, day).isoformat() if 1930 <= year <= 2100 else None
    except ValueError:
        return None


def _best(read_: Sequence[tuple[str, str, Segment]]) -> Field | None:
    """Return the value that most readings of the stamp agree on, the surest of them.

    Where one is clear, what was read badly says nothing against it.
    """
    if not read_:
        return None
    if any(_sure([each]) >= CLEAR for _, _, each in read_):
        read_ = [one for one in read_ if _sure([one[2]]) >= FAIR]
    votes = {value: [each for v, _, each in read_ if v == value] for value, _, _ in read_}
    value = max(votes, key=lambda each: (len(votes[each]), _sure(votes[each])))
    digits = next(digits for v, digits, _ in read_ if v == value)
    sure = _sure(votes[value])
    if len(votes) > 1 or not all(_is_printed(each, digits) for each in votes[value]):
        sure = min(sure, WRITTEN)
    best = max(votes[value], key=lambda each: each.confidence)
    return found(value, sure, [best])


def _sure(segments: Sequence[Segment]) -> float:
    return max(min(w.confidence for w in each.words if _has_digit(w)) for each in segments)


def _has_digit(word: Word) -> bool:
    return any(map(str.isdigit, word.text))


def _is_printed(segment: Segment, digits: str) -> bool:
    """Tell whether the digits stand as print does behind the printed label before them.

    They are no taller than the label with its accents and tails, and stand one space behind it.
    """
    holding = [word for word in segment.words if digits in word.text]
    before = segment.words[: segment.words.index(holding[0]) + 1] if holding else ()
    label = next((word for word in reversed(before) if _LABEL.match(fold(word.text))), None)
    if label is None:
        return False
    own, box = holding[0].box, label.box
    height, tall = box.bottom - box.top, own.bottom - own.top
    if tall > TALLEST:
        return False
    if holding[0] is label or is_like(holding[0], label):
        return True
    rise = box.top - own.top
    return tall <= 1.05 * height and rise <= RISE * height and own.left - box.right <= SPACE
