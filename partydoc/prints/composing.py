"""Composing: text wrapped into the room that it has, lines below and beside each other, cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from partydoc.prints.fonts import POINT, UNKNOWN, Face
from partydoc.prints.form import Align, Beside, Card, Line, smaller
from partydoc.prints.marks import Mark, Piece, Stroke, Text, rectangle, stacked

#: From line to line, of the size of the letters; and where between them the letters stand.
LEADING, BASELINE = 1.22, 0.92
#: Room for a rule below a line; white in a card, and between what stands side by side.
_RULE, _INSET, _GAP = 2, 4, 2
#: So much smaller are the letters of a card at each try, and no smaller than this.
_STEP, _SMALLEST = 0.94, 0.3
#: A word that is too long for its line is cut behind one of these, else anywhere.
_JOINTS = re.compile(r"(?<=[-/.,;_])")


class Composer:
    """Composes with the faces of a font; `unknown` holds the signs that it does not have."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        self._faces = faces
        self.unknown: set[str] = set()

    def wrap(self, text: str, style: str, size: float, room: float) -> list[str]:
        """Return the lines of a text in a width; [] for no text."""
        face = self._faces[style]
        lines, words = [], self._known(text, style).split()[::-1]
        line = ""
        while words:
            word = words.pop()
            longer = f"{line} {word}" if line else word
            if face.width(longer, size) <= room:
                line = longer
            elif line:
                lines.append(line)
                words.append(word)
                line = ""
            else:
                line, rest = _cut(word, face, size, room)
                words.append(rest)
        return [*lines, line] if line else lines

    def _known(self, text: str, style: str) -> str:
        """Return a text with what the font does not have shown as such."""
        lacking = self._faces[style].lacks(text)
        self.unknown |= lacking
        return "".join(UNKNOWN if sign in lacking else sign for sign in text) if lacking else text

    def indent(self, text: str, style: str, size: float, align: Align, room: float) -> float:
        """Return how far from the left a text begins."""
        if align == "left":
            return 0
        free = room - self.width(text, style, size)
        return free / 2 if align == "centre" else free

    def width(self, text: str, style: str, size: float) -> float:
        """Return how wide a text is."""
        return self._faces[style].width(text, size)

    def stack(self, blocks: Iterable[Line | Beside], room: float) -> Piece:
        """Return lines below each other, each across all the room."""
        return stacked(
            self._line(block, room) if isinstance(block, Line) else self._beside(block, room)
            for block in blocks
        )

    def _line(self, line: Line, room: float) -> Piece:
        texts = self.wrap(line.text, line.style, line.size, room) or [""]
        marks: list[Mark] = []
        y = line.above
        for text in texts:
            x = self.indent(text, line.style, line.size, line.align, room)
            end = Text(x, y + BASELINE * line.size * POINT, text, line.style, line.size)
            marks += [end] if text else []
            y += line.size * POINT * LEADING
        if line.dotted:
            marks += self._dots(end, room)
        if line.rule:
            long = self._faces[line.style].width(texts[-1], line.size) * line.rule
            start, down = (room - long) / 2, y + _RULE / 2
            marks.append(Stroke(start, down, start + long, down))
            y += _RULE
        return Piece(y, tuple(marks))

    def _dots(self, end: Text, room: float) -> list[Mark]:
        """Return dots from the end of a line to the margin."""
        x = end.x + self._faces[end.style].width(f"{end.text} " if end.text else "", end.size)
        count = int((room - x) / self._faces[""].width(".", end.size))
        return [Text(x, end.y, "." * count, "", end.size)] if count > 0 else []

    def _beside(self, beside: Beside, room: float) -> Piece:
        marks: list[Mark] = []
        x = height = 0.0
        for stack, width in zip(beside.stacks, beside.widths(room), strict=True):
            piece = self.stack(stack, width - _GAP)
            marks += piece.at(x + _GAP / 2, 0)
            x, height = x + width, max(height, piece.height)
        return Piece(height, tuple(marks))

    def card(self, card: Card, width: float, height: float) -> Piece:
        """Return a card with its frame; what is too much for it is set smaller until it fits."""
        room, depth, scale = width - 2 * _INSET, height - 2 * _INSET, 1.0
        while True:
            upper = self.stack([smaller(line, scale) for line in card.lines], room)
            lower = self.stack([_scaled(block, scale) for block in card.bottom], room)
            if upper.height + lower.height <= depth or scale < _SMALLEST:
                break
            scale *= _STEP
        marks = (*upper.at(_INSET, _INSET), *lower.at(_INSET, height - _INSET - lower.height))
        return Piece(height, (*rectangle(width, height), *marks))


def _scaled(block: Line | Beside, scale: float) -> Line | Beside:
    if isinstance(block, Line):
        return smaller(block, scale)
    stacks = tuple(tuple(smaller(line, scale) for line in one) for one in block.stacks)
    return replace(block, stacks=stacks)


def _cut(word: str, face: Face, size: float, room: float) -> tuple[str, str]:
    """Cut a word that is wider than a line: behind a sign that joins parts, else anywhere."""
    fits = 1
    while fits < len(word) and face.width(word[: fits + 1], size) <= room:
        fits += 1
    joints = [found.start() for found in _JOINTS.finditer(word) if 0 < found.start() <= fits]
    at = joints[-1] if joints else fits
    return word[:at], word[at:]
