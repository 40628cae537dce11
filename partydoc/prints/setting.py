"""Setting: a form becomes pages of words and strokes at their places, as a typesetter does it.

Nothing here knows PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partydoc.prints import tabling
from partydoc.prints.composing import Composer
from partydoc.prints.fonts import POINT, Face
from partydoc.prints.form import Break, Cards, Form, Line, Table
from partydoc.prints.marks import Mark, Piece

#: Sums of heights may be wrong by less than this.
_GRAIN = 0.01
#: From the lower edge of the page to the line with its number.
_FOOT = 10


class Setter:
    """Sets one form."""

    def __init__(self, form: Form, faces: Mapping[str, Face]) -> None:
        self._form, self._paper = form, form.paper
        self._composer = Composer(faces)
        self._pages: list[list[Mark]] = [[]]
        self._y = form.paper.margins[0]

    @property
    def unknown(self) -> frozenset[str]:
        """The signs that the font does not have, of what was set."""
        return frozenset(self._composer.unknown)

    def pages(self) -> list[list[Mark]]:
        """Return the marks of each page."""
        for block in self._form.blocks:
            match block:
                case Break():
                    self._turn()
                case Table():
                    self._set_table(block)
                case Cards():
                    self._set_cards(block)
                case _:
                    self._place(self._composer.stack([block], self._paper.room))
        if self._form.numbered:
            for number, page in enumerate(self._pages, 1):
                page.extend(self._number(number, len(self._pages)))
        return self._pages

    @property
    def _left(self) -> float:
        """How much room is left on the page."""
        return self._paper.height - self._paper.margins[2] - self._y + _GRAIN

    def _turn(self) -> None:
        if self._pages[-1]:
            self._pages.append([])
            self._y = self._paper.margins[0]

    def _place(self, piece: Piece) -> None:
        if piece.height > self._left:
            self._turn()
        self._pages[-1].extend(piece.at(self._paper.margins[3], self._y))
        self._y += piece.height

    def _number(self, number: int, of: int) -> Iterator[Mark]:
        line = Line(f"Trang {number}/{of}", size=11, align="centre")
        y = self._paper.height - _FOOT - line.size * POINT
        piece = self._composer.stack([line], self._paper.room)
        return piece.at(self._paper.margins[3], y)

    def _set_table(self, table: Table) -> None:
        """Set the heads above the first row, and again above the first of each further page."""
        heads = tabling.heads(self._composer, table)
        room, page = self._paper.depth - heads.height, -1
        for row in table.rows:
            for part in tabling.parts(self._composer, table, row, room):
                needed = part.height + (heads.height if page < 0 else 0)
                if needed > self._left:
                    self._turn()
                if page != len(self._pages):
                    self._place(heads)
                    page = len(self._pages)
                self._place(part)
        if page < 0:
            self._place(heads)

    def _set_cards(self, cards: Cards) -> None:
        width = self._paper.room / cards.across
        for start in range(0, len(cards.cards), cards.across):
            row = cards.cards[start : start + cards.across]
            pieces = [self._composer.card(card, width, cards.height) for card in row]
            marks = [mark for i, piece in enumerate(pieces) for mark in piece.at(i * width, 0)]
            self._place(Piece(cards.height, tuple(marks)))
