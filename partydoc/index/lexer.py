"""Cuts a typed query into its pieces: items, OR and brackets, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from partydoc.errors import QueryProblem
from partydoc.index import fields
from partydoc.language import _

LONGEST_QUERY = 1000

_HEAD = re.compile(r"\s*([^\W\d_][\w-]*):")
_QUOTES = {'"': '"', "“": "”", "„": "”", "”": "”"}
_STOPS = frozenset("()") | frozenset(_QUOTES)


@dataclass(frozen=True)
class Piece:
    """One piece of a query.

    An item has `heads` (name, place) as in `not:type:`, and a `value` that begins at `place`;
    `whole` tells that it was quoted, or one argument with spaces. An item without a value stands
    before a bracket.
    """

    kind: Literal["item", "OR", "(", ")"]
    place: int
    value: str = ""
    heads: tuple[tuple[str, int], ...] = ()
    whole: bool = False


class Lexer:
    """Reads `query`; `arguments` maps the start of each argument with spaces to its end.

    Such an argument is one item; with a quote or bracket in it, it is read like typed text.
    """

    def __init__(self, query: str, arguments: Mapping[int, int]) -> None:
        self.query = query
        self.arguments = arguments
        self.at = 0

    def problem(self, message: str, hint: str, place: int) -> QueryProblem:
        """Return the error that points at a place of this query."""
        return QueryProblem(message, hint, self.query, place)

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces from left to right; raises QueryProblem."""
        self._refuse_unreadable()
        while self.at < len(self.query):
            char = self.query[self.at]
            if char.isspace():
                self.at += 1
            elif char in "()":
                self.at += 1
                yield Piece("(" if char == "(" else ")", self.at - 1)
            elif self.at in self.arguments:
                yield self._argument(self.arguments[self.at])
            else:
                yield self._item()

    def _refuse_unreadable(self) -> None:
        if len(self.query) > LONGEST_QUERY:
            message = _("The query is too long: {length} characters.")
            hint = _("Type at most {limit} characters.").format(limit=LONGEST_QUERY)
            raise self.problem(message.format(length=len(self.query)), hint, LONGEST_QUERY)
        for place, char in enumerate(self.query):
            if unicodedata.category(char) in ("Cc", "Cs") and not char.isspace():
                message = _("There is a control character in the query.")
                raise self.problem(message, _("Type the query again."), place)

    def _argument(self, end: int) -> Piece:
        heads, start = self._heads(self.at, end)
        while start < end and self.query[start].isspace():
            start += 1
        self.at = end
        value = self.query[start:end]
        for found in re.finditer(r"(?<!\S)(?:(OR|AND|NOT)(?!\S)|([^\W\d_][\w-]*):(?=\S))", value):
            name = found[2]
            if found[1] or fields.named(name) or fields.negates(name):
                message = _("{text} stands inside a phrase.").format(text=found[0])
                hint = _("Give each condition as a word of its own, outside the quotes.")
                raise self.problem(message, hint, start + found.start())
        return Piece("item", start, value, heads, whole=True)

    def _heads(self, start: int, end: int) -> tuple[tuple[tuple[str, int], ...], int]:
        heads = []
        while found := _HEAD.match(self.query, start, end):
            heads.append((found[1], found.start(1)))
            start = found.end()
            if fields.named(found[1]):
                break
        return tuple(heads), start

    def _item(self) -> Piece:
        start = self.at
        value, whole = self._bare()
        heads, place = self._heads(start, self.at)
        if value in ("OR", "AND", "NOT"):
            return self._operator(value, start)
        following = self.query[self.at : self.at + 1]
        if following in _QUOTES and following:
            if place != self.at:
                hint = _("Put a space before the quote.")
                raise self.problem(_("A quote stands inside a word."), hint, self.at)
            return self._quoted(heads)
        if following != "(" and heads and place == self.at:
            message = _("Nothing stands after {name}:").format(name=heads[-1][0])
            hint = _("Write the value right after the colon.")
            raise self.problem(message, hint, self.at)
        # Escapes make the value shorter than what was typed, so it is taken from its end.
        typed = self.query[place : self.at]
        return Piece("item", place, _unescaped(typed), heads, whole)

    def _bare(self) -> tuple[str, bool]:
        start, spaced = self.at, False
        while self.at < len(self.query):
            char = self.query[self.at]
            if char == "\\" and self.at + 1 < len(self.query):
                spaced = spaced or self.query[self.at + 1].isspace()
                self.at += 2
                continue
            if char.isspace() or char in _STOPS:
                break
            self.at += 1
        return self.query[start : self.at], spaced

    def _operator(self, word: str, place: int) -> Piece:
        if word == "OR":
            return Piece("OR", place)
        hint = _("Leave AND out: all words are looked for anyway.")
        if word == "NOT":
            hint = _("Write not:word.")
        raise self.problem(
            _("{word} is no part of the query language.").format(word=word), hint, place
        )

    def _quoted(self, heads: tuple[tuple[str, int], ...]) -> Piece:
        opening = self.at
        closing = _QUOTES[self.query[opening]]
        end = self.query.find(closing, opening + 1)
        if end < 0:
            hint = _("Close the phrase with another quote.")
            raise self.problem(_("This quote is not closed."), hint, opening)
        self.at = end + 1
        following = self.query[self.at : self.at + 1]
        if following and not following.isspace() and following not in "()":
            hint = _("Put a space after the quote.")
            raise self.problem(_("A word begins right after a quote."), hint, self.at)
        return Piece("item", opening + 1, self.query[opening + 1 : end], heads, whole=True)


def _unescaped(typed: str) -> str:
    return re.sub(r"\\(.)", r"\1", typed, flags=re.DOTALL)
