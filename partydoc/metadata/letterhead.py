"""The letterhead: its family, its two columns, and the lines that other readers start from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from partydoc.document import Page
from partydoc.metadata.layout import Segment, join, rows, same_row, segments, slope
from partydoc.metadata.likeness import begins, find, key, like
from partydoc.metadata.rules import Family, TypeName, all_types, keys, table, types
from partydoc.text import fold

#: No part of a letterhead stands lower on its page.
ZONE = 0.55
#: Where the right column begins when nothing on the page tells.
MIDDLE = 0.46

_NUMBER = re.compile(r"\W*[sS][oOốỐôÔồỒổỔỗỖộỘóÓ6](?=$|\W|\d)")
_DATE = re.compile(r"ng[aà]y.*th.{1,3}ng.*n.m|ngay.*n[aâ]m\s*\d|th.ng.*nam\W*\d")


@dataclass(frozen=True)
class Letterhead:
    """What was made out on the first page.

    `border` is where the right column begins; `segments` the cut lines of the zone, top to bottom;
    `margins` where full lines begin and end, `slope` how the page is skewed; the others are the
    lines with number, date, type name and addressee.
    """

    page: int
    family: Family | None
    border: float
    segments: tuple[Segment, ...]
    header: Segment | None = None
    number: Segment | None = None
    date: Segment | None = None
    title: Segment | None = None
    type: TypeName | None = None
    addressee: Segment | None = None
    margins: tuple[float, float] = (0.14, 0.93)
    slope: float = 0.0

    def left(self, below: float, above: float) -> tuple[Segment, ...]:
        """Return the lines of the left column between two heights of the page."""
        return tuple(
            segment
            for segment in self.segments
            if below < segment.box.top < above
            and segment.centre < self.border
            and segment.box.left < self.border - 0.05
        )

    def in_force(self, day: str | None) -> Letterhead:
        """Return it with its type as the instrument in force on an ISO date abbreviates it."""
        if self.type is None or self.family is None:
            return self
        named = (each for each in types(self.family, day) if each.name == self.type.name)
        return replace(self, type=next(named, self.type))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that makes a letterhead."""
        return not (self.header or self.number or self.title)


def read(pages: Sequence[Page]) -> Letterhead | None:
    """Return the letterhead, from page 1 or, behind a cover, from page 2; None if there is none."""
    for page in pages[:2]:
        head = _of_page(page)
        if not head.is_empty:
            return head
    return None


def _of_page(page: Page) -> Letterhead:
    found = tuple(_cut_columns(segments(page)))
    family, header = _header(found)
    addressee = _addressee(found)
    title, type_name = _title(found, header, addressee)
    bottom = min((each.box.top for each in (title, addressee) if each), default=0.4)
    date = _date(found, bottom)
    border = min((each.box.left for each in (header, date) if each), default=MIDDLE) - 0.005
    border = max(border, 0.3)
    number = _number(found, border, bottom)
    return Letterhead(
        page.number,
        family,
        border,
        found,
        header,
        number,
        date,
        title,
        type_name,
        addressee,
        _margins(page),
        slope(page),
    )


def _margins(page: Page) -> tuple[float, float]:
    """Return where the long lines of a page begin and end."""
    long = [line.box for line in page.lines if line.box.right - line.box.left > 0.6]
    if not long:
        return 0.14, 0.93
    lefts, rights = sorted(box.left for box in long), sorted(box.right for box in long)
    return lefts[len(long) // 3], rights[len(long) // 2]


def _cut_columns(found: Iterable[Segment]) -> Iterator[Segment]:
    """Cut lines in which the text of the right column follows the left one too closely."""
    headers = [key(each["text"]) for each in table("letterhead")["header"]]
    for segment in found:
        if segment.box.top > ZONE:
            continue
        places = (find(segment.words, header) for header in headers)
        place = next(filter(None, places), None)
        start, end = place or (0, len(segment.words))
        parts = (segment.part(0, start), segment.part(start, end), segment.part(end))
        yield from filter(None, parts)


def _header(found: Sequence[Segment]) -> tuple[Family | None, Segment | None]:
    for each in table("letterhead")["header"]:
        for segment in found:
            if segment.box.top < 0.4 and like(segment.key, key(each["text"])):
                return each["family"], segment
    return None, None


def _date(found: Sequence[Segment], bottom: float) -> Segment | None:
    """Return the line with place and date, joined where it was read in pieces."""
    for row in rows(each for each in found if each.box.top < bottom and each.box.left > 0.36):
        segment = join(row)
        text = fold(segment.text)
        match = _DATE.search(text)
        if match and segment.box.right > 0.6 and len(text[: match.start()].split()) <= 6:
            return segment
    return None


def _number(found: Sequence[Segment], border: float, bottom: float) -> Segment | None:
    """Return the line that begins with "Số", with all that stands beside it in its column."""
    for segment in found:
        if segment.box.left >= border - 0.08 or segment.box.top >= bottom:
            continue
        if _is_number(segment.text):
            row = [
                each
                for each in found
                if same_row(each.box, segment.box)
                and segment.box.left <= each.box.left
                and each.box.right <= border + 0.02
            ]
            words = [word for each in row for word in each.words] or list(segment.words)
            words.sort(key=lambda word: word.box.left)
            return Segment(segment.page, tuple(words))
    return None


def _is_number(text: str) -> bool:
    return bool(_NUMBER.match(text)) or bool(re.search(r"\d\s*[-–]\s*[A-ZĐ]\w*\s*/\s*[A-ZĐ]", text))


def _addressee(found: Sequence[Segment]) -> Segment | None:
    known = keys("letterhead", "addressee", "texts")
    for segment in found:
        if any(begins(segment.key, each) for each in known) and segment.box.left > 0.12:
            return segment
    return None


def _title(
    found: Sequence[Segment], header: Segment | None, addressee: Segment | None
) -> tuple[Segment | None, TypeName | None]:
    """Return the line with the type name: capitals, centred, under the letterhead."""
    top = header.box.bottom if header else 0.0
    bottom = addressee.box.top if addressee else ZONE
    for segment in found:
        if not top < segment.box.top <= bottom or not 0.3 < segment.centre < 0.7:
            continue
        type_name = named_type(segment) if segment.is_capitals else None
        if type_name:
            return segment, type_name
    return None, None


def named_type(segment: Segment) -> TypeName | None:
    """Return the type that a line of capitals names, alone or as its first words."""
    text = segment.key
    bodies = tuple(each for each in keys("letterhead", "bodies", "starts") if len(each) > 3)
    known = sorted(all_types(), key=lambda each: -len(each.key))
    whole = [each for each in known if each.key == text] or [
        each for each in known if like(text, each.key) and not text.startswith(bodies)
    ]
    if whole:
        return whole[0]
    return next((each for each in known if text.startswith(each.key)), None)
