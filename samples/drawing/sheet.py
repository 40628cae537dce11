"""A sheet of A4 paper with type on it, before it is painted or written as a PDF.

All lengths are points (1/72 inch) from the top left corner; `y` is the baseline of the type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import ImageFont

WIDTH, HEIGHT = 595.28, 841.89
MM = 72 / 25.4

Style = Literal["regular", "bold", "italic", "bold-italic", "hand"]

_FONT_FILES = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bold-italic": "LiberationSerif-BoldItalic.ttf",
}
_FONT_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation-fonts",
)
HAND_ADVANCE = 0.72  # of the size: handwritten digits stand wide apart


class Piece(NamedTuple):
    """A run of type in one style; a space at its end is where a line may stretch or break."""

    text: str
    style: Style = "regular"


class Run(NamedTuple):
    """A piece with its place on the sheet; `y` is the baseline."""

    text: str
    x: float
    y: float
    style: Style
    size: float


class Rule(NamedTuple):
    """A horizontal line."""

    left: float
    right: float
    y: float
    thickness: float = 0.8


def font_file(style: Style) -> Path:
    """Return the font file of a style; FileNotFoundError names the package that is missing."""
    for folder in _FONT_FOLDERS:
        path = Path(folder, _FONT_FILES[style])
        if path.exists():
            return path
    raise FileNotFoundError("Liberation Serif is missing: apt-get install fonts-liberation2")


@cache
def font(style: Style, pixels: float) -> ImageFont.FreeTypeFont:
    """Return the font of a style, set plainly so that every machine sets it alike."""
    return ImageFont.truetype(font_file(style), pixels, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, style: Style, size: float) -> float:
    """Return how wide the text runs, in points."""
    if style == "hand":
        return len(text) * size * HAND_ADVANCE
    return font(style, 1000).getlength(text) * size / 1000


def extent(pieces: Iterable[Piece], size: float) -> float:
    """Return how wide a line of pieces runs, the space at its end left out."""
    pieces = list(pieces)
    total = sum(width(piece.text, piece.style, size) for piece in pieces)
    if pieces and pieces[-1].text.endswith(" "):
        total -= width(" ", pieces[-1].style, size)
    return total


def words(text: str, style: Style = "regular") -> list[Piece]:
    """Cut text into one piece a word; `**` turns bold on and off."""
    pieces = []
    for i, part in enumerate(text.split("**")):
        chosen: Style = "bold" if i % 2 else style
        pieces += [Piece(word + " ", chosen) for word in part.split()]
    return pieces


def wrap(
    pieces: Sequence[Piece], size: float, measure: float, indent: float = 0
) -> list[list[Piece]]:
    """Break a paragraph into lines not wider than `measure`, the first shorter by `indent`."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        room = measure - (indent if len(lines) == 1 else 0)
        if lines[-1] and extent([*lines[-1], piece], size) > room:
            lines.append([])
        lines[-1].append(piece)
    return lines


@dataclass
class Sheet:
    """One page: its type, its rules, its printed lines in reading order, and named places."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    places: dict[str, tuple[float, float]] = field(default_factory=dict)

    def put(
        self, pieces: Sequence[Piece], x: float, y: float, size: float, stretch: float = 0
    ) -> None:
        """Set one line from `x` on; `stretch` is added at every space inside it."""
        self.lines.append("".join(piece.text for piece in pieces).strip())
        for piece in pieces:
            self.runs.append(Run(piece.text, x, y, piece.style, size))
            x += width(piece.text, piece.style, size)
            x += stretch if piece.text.endswith(" ") else 0

    def centre(self, pieces: Sequence[Piece], x: float, y: float, size: float) -> Rule:
        """Set one line centred on `x`; return a rule of its length for underlining."""
        length = extent(pieces, size)
        self.put(pieces, x - length / 2, y, size)
        return Rule(x - length / 2, x + length / 2, y + size * 0.35)

    def justify(
        self, pieces: Sequence[Piece], x: float, y: float, size: float, measure: float
    ) -> None:
        """Set one line stretched to `measure`."""
        gaps = sum(piece.text.endswith(" ") for piece in pieces[:-1])
        slack = measure - extent(pieces, size)
        self.put(pieces, x, y, size, slack / gaps if gaps else 0)
