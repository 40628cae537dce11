"""The letterhead: its family, its two columns, and the lines that other readers start from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from partydoc.box import Box
from partydoc.metadata import arrival
from partydoc.metadata import title as titles
from partydoc.metadata.copying import is_copy_number
from partydoc.metadata.layout import Segment, cut, join, rows, same_row, segments, slope
from partydoc.metadata.likeness import begins, find, key, like
from partydoc.metadata.rules import GENERAL, Family, Rules, TypeName, keys, table, types
from partydoc.page import Page
from partydoc.text import fold

#: What only the coloured ink shows is never surer.
INK = 0.55
#: Two readings of ink beside each other share no more of the narrower one.
RIM = 0.2
#: What stands at one margin differs by no more across the page.
SAME = 0.008
#: No part of a letterhead stands lower on its page, and no header.
ZONE, HEADERS = 0.55, 0.4
#: Below this the columns stand apart.
CUT = 0.25
#: Where the right column begins when nothing on the page tells.
MIDDLE = 0.46

_NUMBER = re.compile(r"[\W_]*[sS][oOốỐôÔồỒổỔỗỖộỘóÓ6][íì?'’]?(?=$|\W|\d)")
_SYMBOL = re.compile(r"[-–/]\s*\.?[A-ZĐ]")
#: "Số" as OCR damages it, before what looks like a number and a symbol: "sẽ: 04 /CCT-TC".
#: "SỞ …" is an office.
_DAMAGED = re.compile(r"[\W_]*(?![sS][ởỞ])[sS$]\w{0,2}\W.*(?:\d.*[-–/]|/)\s*\.?[A-ZĐ]{2}")
_DATE = re.compile(
    r"ng[aou]\w.*th.{1,3}ng.*n.m|ngay.*n[aâ]m\W*\d|th.ng.*nam\W*\d"
    r"|ngay\W*\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d"
)


@dataclass(frozen=True)
class Letterhead:
    """What was made out on the first page.

    `border` is where the right column begins; `segments` the cut lines of the zone, top to bottom;
    `margins` where full lines begin and end, `indent` where paragraphs do, `slope` how the page is
    skewed; `stamp` is that of arrival, `inked` what the coloured ink shows on the line of the
    number; the others are the lines with number, date, type name and
    addressee.
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
    indent: float | None = None
    slope: float = 0.0
    stamp: arrival.Stamp | None = None
    is_number_inked: bool = False
    inked: tuple[Segment, ...] = ()
    rules: Rules = GENERAL

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
        in_force = self.rules.types(self.family, day)
        named = (each for each in in_force if each.name == self.type.name)
        return replace(self, type=next(named, self.type))

    @property
    def is_normative(self) -> bool:
        """Whether its type is that of a law, a decree or a circular."""
        return self.type in types("normative")

    @property
    def is_official(self) -> bool:
        """Whether enough was found to call it a letterhead: a header, a code, or two other signs.

        A table has a title, a newspaper a number and a date; neither is a document of an office.
        """
        code = self.number is not None and _SYMBOL.search(self.number.text) is not None
        others = (self.date, self.title, self.addressee)
        return self.header is not None or code or sum(map(bool, others)) > 1


def read(pages: Sequence[Page], rules: Rules) -> Letterhead | None:
    """Return the letterhead, from page 1 or, behind a cover, from page 2; None if there is none."""
    for page in pages[:2]:
        head = _of_page(page, rules)
        if head.is_official:
            return head
    return None


def _of_page(page: Page, rules: Rules) -> Letterhead:
    stamp = arrival.find(page)
    found = tuple(_cut_columns(_besides(stamp, segments(page))))
    family, header = _header(found)
    addressee = _addressee(found)
    top, end = header.box.bottom if header else 0.0, addressee.box.top if addressee else ZONE
    title, type_name = titles.find(found, top, end, rules)
    bottom = min((each.box.top for each in (title, addressee) if each), default=0.4)
    date = _date(found, bottom)
    border = min((each.box.left for each in (header, date) if each), default=MIDDLE) - 0.005
    border = max(border, 0.3)
    number = _number(found, border, bottom)
    stamped = tuple(_stamped(page, stamp))
    inked = number is None
    number = number or _number(_surest(stamped), border, bottom)
    if title is None:
        title, type_name = titles.find(stamped, top, end, rules)
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
        _indent(page),
        slope(page),
        stamp,
        inked,
        tuple(each for each in stamped if number and same_row(each.box, number.box)),
        rules,
    )


def _stamped(page: Page, stamp: arrival.Stamp | None) -> Iterator[Segment]:
    """Yield what was read in coloured ink: where a stamp lies over print, it is all there is."""
    parts = (part for line in page.stamps for part in cut(page, line) if part.box.top < ZONE)
    for part in _besides(stamp, parts):
        words = (replace(word, confidence=min(word.confidence, INK)) for word in part.words)
        yield Segment(part.page, tuple(words))


def _surest(found: Iterable[Segment]) -> list[Segment]:
    """Return of the readings that lie over each other the one that tells most, symbols first."""
    kept: list[Segment] = []
    for each in sorted(found, key=_says, reverse=True):
        boxes = (one.box for one in kept if same_row(each.box, one.box))
        if not any(_lie_over(each.box, box) for box in boxes):
            kept.append(each)
    return sorted(kept, key=lambda one: (one.box.top, one.box.left))


def _lie_over(one: Box, other: Box) -> bool:
    """Tell whether two boxes of a row share more than a rim."""
    common = min(one.right, other.right) - max(one.left, other.left)
    return common > RIM * min(one.right - one.left, other.right - other.left)


def _says(segment: Segment) -> tuple[bool, bool, float]:
    told = segment.confidence * len(segment.text)
    return bool(_SYMBOL.search(segment.text)), _is_number(segment.text), told


def _besides(stamp: arrival.Stamp | None, found: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments without what stands in the stamp of arrival."""
    return (part for each in found for part in (stamp.cut(each) if stamp else (each,)))


def _margins(page: Page) -> tuple[float, float]:
    """Return where the long lines of a page begin and end."""
    long = [line.box for line in page.lines if line.box.right - line.box.left > 0.6]
    if not long:
        return 0.14, 0.93
    lefts, rights = sorted(box.left for box in long), sorted(box.right for box in long)
    return lefts[len(long) // 3], rights[len(long) // 2]


def _indent(page: Page) -> float | None:
    """Return where several paragraphs begin: about 10 mm behind the margin."""
    margin, _ = _margins(page)
    wide = (line.box for line in page.lines if line.box.right - line.box.left > 0.4)
    lefts = sorted(box.left for box in wide if 0.025 < box.left - margin < 0.075)
    middle = lefts[len(lefts) // 2] if lefts else 0.0
    return middle if sum(abs(left - middle) < SAME for left in lefts) > 1 else None


def _cut_columns(found: Iterable[Segment]) -> Iterator[Segment]:
    """Cut lines in which the text of the right column follows the left one too closely."""
    headers = [key(each["text"]) for each in table("letterhead")["header"]]
    for segment in found:
        if segment.box.top > ZONE:
            continue
        places = (find(segment.words, header) for header in headers if segment.box.top < CUT)
        place = next(filter(None, places), None)
        start, end = place or (0, len(segment.words))
        parts = (segment.part(0, start), segment.part(start, end), segment.part(end))
        yield from filter(None, parts)


def _header(found: Sequence[Segment]) -> tuple[Family | None, Segment | None]:
    for each in table("letterhead")["header"]:
        for segment in found:
            if segment.box.top < HEADERS and like(segment.key, key(each["text"])):
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
    """Return the line that begins with "Số", with all that stands beside it in its column.

    Of several one with a symbol: the other may stand in a stamp of arrival.
    """
    lines = list(_numbers(found, border, bottom, _is_number))
    lines = lines or list(_numbers(found, border, bottom, _is_damaged))
    return next((each for each in lines if _SYMBOL.search(each.text)), (*lines, None)[0])


def _numbers(
    found: Sequence[Segment],
    border: float,
    bottom: float,
    is_number: Callable[[str], bool],
) -> Iterator[Segment]:
    for segment in found:
        if segment.box.left >= border - 0.08 or segment.box.top >= bottom:
            continue
        if is_number(segment.text) and not is_copy_number(segment.text):
            row = [
                each
                for each in found
                if _is_beside(each.box, segment)
                and segment.box.left <= each.box.left
                and each.box.right <= border + 0.02
            ]
            words = [word for each in row for word in each.words] or list(segment.words)
            words.sort(key=lambda word: word.box.left)
            yield Segment(segment.page, tuple(words))


def _is_beside(box: Box, number: Segment) -> bool:
    """Tell whether a box stands in the row of a number as its first word does."""
    first = number.words[0].box
    slack = 0.5 * max(first.bottom - first.top, 0.008)
    level = first.top - slack < (box.top + box.bottom) / 2 < first.bottom + slack
    return box == number.box or level and same_row(box, number.box)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.match(text)) or bool(re.search(r"\d\s*[-–]\s*[A-ZĐ]\w*\s*/\s*[A-ZĐ]", text))


def _is_damaged(text: str) -> bool:
    return bool(_DAMAGED.match(text))


def _addressee(found: Sequence[Segment]) -> Segment | None:
    known = keys("letterhead", "addressee", "texts")
    for segment in found:
        if any(begins(segment.key, each) for each in known) and segment.box.left > 0.12:
            return segment
    return None
