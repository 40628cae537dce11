"""What was read: words with their places, lines, pages, and the form in which they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from partydoc.box import Box

#: Among the stamps of a page, the word for a drawn frame of the size of a secrecy mark.
FRAME = "\N{WHITE RECTANGLE}"

#: No page is as long, and nothing stands so many pages beyond one.
_LONGEST_MM, FAR = 1e7, 1e3


@dataclass(frozen=True)
class Word:
    """One word as read from a page: NFC text without spaces, box, confidence 0..1.

    `recognised` is what the engine made of it, where its spelling was mended; else None.
    """

    text: str
    box: Box
    confidence: float
    recognised: str | None = None


@dataclass(frozen=True)
class Line:
    """The words of one printed line, left to right; `block` numbers the paragraph it stands in."""

    words: tuple[Word, ...]
    block: int = 0

    @cached_property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.around(word.box)
        return box

    @cached_property
    def confidence(self) -> float:
        """The mean confidence, each word weighed by its length."""
        return _mean_confidence(self.words)

    def placed_in(self, outer: Box) -> Line:
        """Return a line that was read in a part of the page as it stands on the page."""
        words = (replace(word, box=word.box.placed_in(outer)) for word in self.words)
        return Line(tuple(words), self.block)


@dataclass(frozen=True)
class Page:
    """One page as it was read.

    `number` starts at 1; `width_mm` and `height_mm` are those of the page as displayed;
    `rotation` is the clockwise turn in degrees that made the scan upright; `lines` in reading
    order; `stamps` are lines found in ink that is not read as text (seals, secrecy and arrival
    stamps); `origin` tells a recognised page from one whose own text layer was good enough to keep
    and from a scan under which an earlier program laid better words (`hidden-layer`); `blank`: no
    text, no stamp and next to no ink; `redrawn`: the access copy has a picture of the page in its
    place.
    """

    number: int
    width_mm: float
    height_mm: float
    lines: tuple[Line, ...] = ()
    stamps: tuple[Line, ...] = ()
    rotation: int = 0
    origin: Literal["recognised", "text-layer", "hidden-layer"] = "recognised"
    blank: bool = False
    redrawn: bool = False

    @cached_property
    def text(self) -> str:
        """The text of the page: a line a printed line, an empty line between blocks."""
        parts: list[str] = []
        for i, line in enumerate(self.lines):
            if i and line.block != self.lines[i - 1].block:
                parts.append("")
            parts.append(line.text)
        return "\n".join(parts)

    @cached_property
    def confidence(self) -> float | None:
        """The mean confidence of its words; None on a page without any."""
        words = [word for line in self.lines for word in line.words]
        return _mean_confidence(words) if words else None

    def to_dict(self) -> dict[str, Any]:
        """Return the page in the form of `pages.json` (docs/pages.schema.json)."""
        return {
            "number": self.number,
            "width_mm": round(self.width_mm, 2),
            "height_mm": round(self.height_mm, 2),
            "rotation": self.rotation,
            "origin": self.origin,
            "blank": self.blank,
            "redrawn": self.redrawn,
            "lines": [_line_to_dict(line) for line in self.lines],
            "stamps": [_line_to_dict(line) for line in self.stamps],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Page:
        """Read a page back from the form of `pages.json`."""
        if not all(0 < data[side] < _LONGEST_MM for side in ("width_mm", "height_mm")):
            raise ValueError(f"page {data['number']} has no size")
        return cls(
            number=data["number"],
            width_mm=data["width_mm"],
            height_mm=data["height_mm"],
            rotation=data["rotation"],
            origin=data["origin"],
            blank=data.get("blank", False),
            redrawn=data.get("redrawn", False),
            lines=tuple(map(_line_from_dict, data["lines"])),
            stamps=tuple(map(_line_from_dict, data["stamps"])),
        )


@dataclass(frozen=True)
class Reading:
    """What one recognition pass over a document gave."""

    engine: str
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    flags: tuple[str, ...] = ()

    @property
    def confidence(self) -> float | None:
        """The mean confidence over all words; None where there are none."""
        words = [word for page in self.pages for line in page.lines for word in line.words]
        return round(_mean_confidence(words), 4) if words else None

    @property
    def blank_pages(self) -> tuple[int, ...]:
        """The numbers of the pages that are empty paper."""
        return tuple(page.number for page in self.pages if page.blank)

    @property
    def silent_pages(self) -> tuple[int, ...]:
        """The numbers of the pages that are not empty and on which no text was found."""
        return tuple(page.number for page in self.pages if not (page.blank or page.lines))

    @property
    def redrawn_pages(self) -> tuple[int, ...]:
        """The numbers of the pages that the access copy shows as pictures drawn of them."""
        return tuple(page.number for page in self.pages if page.redrawn)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole of `pages.json`."""
        return {
            "version": 1,
            "engine": self.engine,
            "languages": list(self.languages),
            "flags": list(self.flags),
            "pages": [page.to_dict() for page in self.pages],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reading:
        """Read `pages.json` back."""
        return cls(
            engine=data["engine"],
            languages=tuple(data["languages"]),
            pages=tuple(map(Page.from_dict, data["pages"])),
            flags=tuple(data["flags"]),
        )


def _mean_confidence(words: Any) -> float:
    weight = sum(len(word.text) for word in words)
    if not weight:
        return 0.0
    return sum(word.confidence * len(word.text) for word in words) / weight


def _line_to_dict(line: Line) -> dict[str, Any]:
    return {"block": line.block, "words": [_word_to_list(word) for word in line.words]}


def _word_to_list(word: Word) -> list[Any]:
    parts = [word.text, *(round(side, 4) for side in word.box), round(word.confidence, 3)]
    return parts if word.recognised is None else [*parts, word.recognised]


def _share(value: float) -> float:
    """Return a share of the whole, or what lies a little beyond; ValueError for what is none."""
    if not abs(value) < FAR:
        raise ValueError(f"{value} is no share of a page")
    return value


def _line_from_dict(data: Mapping[str, Any]) -> Line:
    words = tuple(
        Word(text, Box(*map(_share, (left, top, right, bottom))), _share(confidence), *recognised)
        for text, left, top, right, bottom, confidence, *recognised in data["words"]
    )
    return Line(words, data["block"])
