"""The nouns that travel between the steps. Frozen; they know nothing of disks or engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

#: Among the stamps of a page, the word for a drawn frame of the size of a secrecy mark.
FRAME = "\N{WHITE RECTANGLE}"


class Box(NamedTuple):
    """A rectangle in fractions (0..1) of the page as displayed, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


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


@dataclass(frozen=True)
class Page:
    """One page as it was read.

    `number` starts at 1; `width_mm` and `height_mm` are those of the page as displayed;
    `rotation` is the clockwise turn in degrees that made the scan upright; `lines` in reading
    order; `stamps` are lines found in ink that is not read as text (seals, secrecy and arrival
    stamps); `origin` tells a recognised page from one whose own text layer was good enough to keep
    and from a scan under which an earlier program laid better words (`hidden-layer`); `blank`: no
    text, no stamp and next to no ink.
    """

    number: int
    width_mm: float
    height_mm: float
    lines: tuple[Line, ...] = ()
    stamps: tuple[Line, ...] = ()
    rotation: int = 0
    origin: Literal["recognised", "text-layer", "hidden-layer"] = "recognised"
    blank: bool = False

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
            "lines": [_line_to_dict(line) for line in self.lines],
            "stamps": [_line_to_dict(line) for line in self.stamps],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Page:
        """Read a page back from the form of `pages.json`."""
        return cls(
            number=data["number"],
            width_mm=data["width_mm"],
            height_mm=data["height_mm"],
            rotation=data["rotation"],
            origin=data["origin"],
            blank=data.get("blank", False),
            lines=tuple(map(_line_from_dict, data["lines"])),
            stamps=tuple(map(_line_from_dict, data["stamps"])),
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


def _line_from_dict(data: Mapping[str, Any]) -> Line:
    words = tuple(
        Word(text, Box(left, top, right, bottom), confidence, *recognised)
        for text, left, top, right, bottom, confidence, *recognised in data["words"]
    )
    return Line(words, data["block"])


@dataclass(frozen=True)
class Look:
    """What a file turned out to be, by its content: media type, extension, pages, and flags.

    `flags` are stable words: `signed`, `owner-password`, `active-content`, `attachments`,
    `extension-mismatch`, `acroform`, `xfa-form`.
    """

    media_type: str
    extension: str
    pages: int
    flags: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Refusal:
    """Why a file was not taken in, or could not be read: a stable reason and a detail for logs."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Field:
    """One value with where it came from and how sure it is.

    `value` is text, a list of texts for `recipients`, or None for "has none, says a person";
    `source` is `machine`, `file-name` or `person`.
    """

    value: str | list[str] | None
    confidence: float = 1.0
    page: int | None = None
    box: Box | None = None
    source: Literal["machine", "file-name", "person"] = "machine"
    accepted: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the field in the form of `show --json`."""
        return {
            "value": self.value,
            "confidence": round(self.confidence, 3),
            "page": self.page,
            "box": [round(side, 4) for side in self.box] if self.box else None,
            "source": self.source,
            "accepted": self.accepted,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Field:
        """Read a field back from a record."""
        box = Box(*data["box"]) if data["box"] else None
        return cls(
            data["value"], data["confidence"], data["page"], box, data["source"], data["accepted"]
        )


#: What is known of a document: field name -> Field, or None where nothing was found.
Record = Mapping[str, Field | None]

#: The fields that are read from a page, in the order in which they are shown.
FIELDS = (
    "type", "number", "symbol", "code", "date", "place", "superior", "issuer", "subject", "signer",
)  # fmt: skip

#: The further fields of the contract that a reader or a person may fill.
FURTHER_FIELDS = (
    "position", "authority", "recipients", "secrecy", "urgency", "copy_type", "language", "term",
    "arrival_number", "arrival_date", "sheets",
)  # fmt: skip

#: Without these five, accepted, a document waits for a person (status `review`).
REQUIRED_FIELDS = ("type", "code", "date", "issuer", "subject")


@dataclass(frozen=True)
class Verdict:
    """What the secrecy gate says of a document after all its pages were read.

    `clear`: no mark anywhere; `marked`: a mark was seen (`level` is `Mật`, `Tối mật` or
    `Tuyệt mật`, `page` where); `unsure`: not read well enough to say (`page` where).
    """

    kind: Literal["clear", "marked", "unsure"]
    level: str | None = None
    page: int | None = None


@dataclass(frozen=True)
class Hit:
    """One found document. `marks` are (start, end) code points of `snippet`.

    `near`: only damaged spellings of the words that were asked for stand in it.
    """

    id: str
    score: float
    page: int | None
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    near: bool = False


@dataclass(frozen=True)
class Searchable:
    """What the index holds of one document.

    `fields`: accepted values only, by field name, plus `folder`, `reference`, `box` and `status`;
    several values are lines. `pages`: the text of each page, NFC. `change`: the catalogue's counter
    for this state.
    """

    id: str
    change: int
    fields: Mapping[str, str]
    pages: tuple[str, ...]
