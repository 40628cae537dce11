"""Where words stand: lines cut into the segments of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from partydoc.box import Box
from partydoc.metadata.likeness import key
from partydoc.page import Line, Page, Word

#: A gap this many times the height of the letters is no space between words.
WIDE = 2.2


@dataclass(frozen=True)
class Segment:
    """Words that belong together on one line of one page, left to right."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def key(self) -> str:
        """The text in the form for comparing."""
        return key(self.text)

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return Line(self.words).box

    @cached_property
    def confidence(self) -> float:
        """The mean confidence, each word weighed by its length."""
        return Line(self.words).confidence

    @property
    def centre(self) -> float:
        """The middle of the segment across the page, 0..1."""
        return (self.box.left + self.box.right) / 2

    @property
    def height(self) -> float:
        """The height of its letters as a fraction of the page's height."""
        return letter_height(self.words)

    @cached_property
    def is_capitals(self) -> bool:
        """Whether it is printed in capitals (a few letters that OCR took for small ones aside)."""
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)

    def part(self, start: int, end: int | None = None) -> Segment | None:
        """Return some of its words as a segment; None if there are none."""
        words = self.words[start:end]
        return Segment(self.page, words) if words else None


def letter_height(words: Iterable[Word]) -> float:
    """Return the height of the printed letters: the middle one of the words' heights."""
    heights = sorted(
        word.box.bottom - word.box.top for word in words if any(map(str.isalnum, word.text))
    )
    return heights[len(heights) // 2] if heights else 0.0


def segments(page: Page, wide: float = WIDE) -> tuple[Segment, ...]:
    """Cut the lines of a page at gaps wider than `wide` letter heights; top to bottom."""
    found = [segment for line in page.lines for segment in cut(page, line, wide)]
    return tuple(sorted(found, key=lambda segment: (segment.box.top, segment.box.left)))


def cut(page: Page, line: Line, wide: float = WIDE) -> Iterator[Segment]:
    """Cut one line at its wide gaps."""
    aspect = page.width_mm / page.height_mm
    limit = wide * (letter_height(line.words) or letter_height_of(page)) / aspect
    start = 0
    for i in range(1, len(line.words)):
        if line.words[i].box.left - line.words[i - 1].box.right > limit:
            yield Segment(page.number, line.words[start:i])
            start = i
    yield Segment(page.number, line.words[start:])


def slope(page: Page) -> float:
    """Return how far long lines fall from left to right, page height per page width; 0 if none."""
    falls = []
    for line in page.lines:
        first, last = line.words[0].box, line.words[-1].box
        across = last.left + last.right - first.left - first.right
        if last.left - first.right > 0.4 and across > 0:
            falls.append((last.top + last.bottom - first.top - first.bottom) / across)
    falls.sort()
    return falls[len(falls) // 2] if falls else 0.0


def letter_height_of(page: Page) -> float:
    """Return the usual height of the letters of a page."""
    return letter_height(word for line in page.lines for word in line.words) or 0.012


def rows(found: Iterable[Segment]) -> list[tuple[Segment, ...]]:
    """Gather segments that stand side by side: rows from top to bottom, each left to right."""
    gathered: list[list[Segment]] = []
    for segment in sorted(found, key=lambda each: each.box.top):
        row = next((row for row in gathered[-3:] if same_row(row[0].box, segment.box)), None)
        if row is None:
            gathered.append([segment])
        else:
            row.append(segment)
    gathered.sort(key=lambda row: min(segment.box.bottom for segment in row))
    return [tuple(sorted(row, key=lambda each: each.box.left)) for row in gathered]


def join(row: Sequence[Segment]) -> Segment:
    """Return the segments of a row as one."""
    return Segment(row[0].page, tuple(word for segment in row for word in segment.words))


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of them (at least one)."""
    first, *rest = boxes
    for box in rest:
        first = first.around(box)
    return first


def same_row(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand side by side: half of the lower one's height is shared."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)
