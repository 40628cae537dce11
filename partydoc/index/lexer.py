"""Cuts a typed query into its pieces: items, OR and brackets, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from partydoc.errors import QueryProblem
from partydoc.index import fields
from partydoc.index.limits import LONGEST_QUERY
from partydoc.language import _
from partydoc.value import Value

_NAME = r"[^\W\d_][\w-]*"
_HEAD = re.compile(rf"\s*({_NAME}):")
_SPACED_HEAD = re.compile(rf"\s*({_NAME}(?: [\w-]+)+):")
#: What has no place within a phrase: an operator, or a condition.
_CONDITION = re.compile(rf"(?<!\S)(?:(OR|AND|NOT)(?!\S)|({_NAME}):(?=\S))")

#: Opening quote -> those that may close it. A single one opens only at the start of an item and
#: closes only at the end of a word: elsewhere it is part of a name (H'Mông).
_QUOTES = {'"': '"', "“": "”", "„": "”", "”": "”", "'": "'", "‘": "’"}
_SINGLE = frozenset("'‘")
_STOPS = frozenset('()"“„”')
#: A backslash that takes the meaning from nothing: `05\\QĐ-UBND`.
_IDLE = re.compile(r"""\\(?![\s()"“„”'‘’:\\]|(?:OR|AND|NOT|HOẶC)\*?$)""")
_TYPED = re.compile(r"""[()"“„”]|(?:^|[\s:])['‘]""")

Heads = tuple[tuple[str, int], ...]


def is_typed(argument: str) -> bool:
    """Say whether an argument holds quotes or brackets: it is read like a line at a prompt."""
    return bool(_TYPED.search(argument))


class Piece(Value):
    """One piece of a query.

    An item has `heads` (name, place) as in `not:type:`, and a `value` that begins at `place`;
    `whole` tells that it was quoted, or one argument with spaces. An item without a value stands
    before a bracket.
    """

    kind: Literal["item", "OR", "(", ")"]
    place: int
    value: str = ""
    heads: Heads = ()
    whole: bool = False


class Lexer:
    """Reads `query`; `arguments` maps the start of each argument with spaces to its end.

    Such an argument is one item, as if it were quoted.
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
                start, self.at = self.at, self.arguments[self.at]
                yield self._whole(start, self.at, ())
            else:
                yield self._item()

    def _refuse_unreadable(self) -> None:
        if len(self.query) > LONGEST_QUERY:
            message = _("The query is too long: {length} characters.")
            hint = _("Type at most {limit} characters.").format(limit=LONGEST_QUERY)
            raise self.problem(message.format(length=len(self.query)), hint, LONGEST_QUERY)
        for place, char in enumerate(self.query):
            if unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace():
                message = _("There is a control character in the query.")
                raise self.problem(message, _("Type the query again."), place)

    def _whole(self, start: int, end: int, heads: Heads) -> Piece:
        """Read what stands in quotes or in one argument: a phrase, or the value of a field."""
        if not any(fields.named(name) for name, _place in heads):
            found, place = self._heads(start, end, spaced=True)
            if found and self.query[place : place + 1].isspace():
                raise self._nothing_after(found[-1][0], place)
            heads, start = heads + found, place
        return self._phrase(self.query[start:end], start, heads)

    def _phrase(self, value: str, start: int, heads: Heads) -> Piece:
        for one in _CONDITION.finditer(value):
            if one[1] or fields.named(one[2]) or fields.sign(one[2]):
                message = _("{text} stands inside a phrase.").format(text=one[0])
                hint = _("Give each condition as a word of its own, outside the quotes.")
                raise self.problem(message, hint, start + one.start())
        return Piece("item", start, value, heads, whole=True)

    def _heads(self, start: int, end: int, spaced: bool = False) -> tuple[Heads, int]:
        heads: list[tuple[str, int]] = []
        while found := _HEAD.match(self.query, start, end) or (
            self._spaced_head(start, end) if spaced else None
        ):
            heads.append((found[1], found.start(1)))
            start = found.end()
            if fields.named(found[1]) or self.query[start : start + 1].isspace():
                break
        return tuple(heads), start

    def _spaced_head(self, start: int, end: int) -> re.Match[str] | None:
        found = _SPACED_HEAD.match(self.query, start, end)
        return found if found and fields.named(found[1]) else None

    def _item(self) -> Piece:
        start = self.at
        value, whole = self._bare()
        if value in _OPERATORS:
            return self._operator(value, start)
        heads, place = self._heads(start, self.at)
        following = self.query[self.at : self.at + 1]
        if following in _QUOTES and following:
            if place != self.at:
                hint = _("Put a space before the quote.")
                raise self.problem(_("A quote stands inside a word."), hint, self.at)
            return self._quoted(heads)
        if following != "(" and heads and place == self.at:
            raise self._nothing_after(heads[-1][0], self.at)
        self._refuse_idle(self.query[place : self.at], place)
        # Escapes make the value shorter than what was typed, so it is taken from its end.
        typed = re.sub(r"\\(.)", r"\1", self.query[place : self.at], flags=re.DOTALL)
        return self._phrase(typed, place, heads) if whole else Piece("item", place, typed, heads)

    def _refuse_idle(self, raw: str, place: int) -> None:
        # Two backslashes are one that is meant, whatever follows them.
        if found := _IDLE.search(raw.replace("\\\\", "  ")):
            message = _("A backslash stands before a sign or a space only.")
            hint = _("Write a code with /: 05/QĐ-UBND.")
            raise self.problem(message, hint, place + found.start())

    def _nothing_after(self, name: str, place: int) -> QueryProblem:
        message = _("Nothing stands after {name}:").format(name=name)
        hint = _("Write the value right after the colon; leave the colon out to search for a word.")
        return self.problem(message, hint, place)

    def _bare(self) -> tuple[str, bool]:
        start, spaced = self.at, False
        while self.at < len(self.query):
            char = self.query[self.at]
            if char == "\\" and self.at + 1 < len(self.query):
                spaced = spaced or self.query[self.at + 1].isspace()
                self.at += 2
                continue
            opens = char in _SINGLE and (self.at == start or self.query[self.at - 1] == ":")
            if char.isspace() or char in _STOPS or opens:
                break
            self.at += 1
        return self.query[start : self.at], spaced

    def _operator(self, word: str, place: int) -> Piece:
        if word == "OR":
            return Piece("OR", place)
        message = _("{word} is no part of the query language.").format(word=word)
        raise self.problem(message, _OPERATORS[word](), place)

    def _quoted(self, heads: Heads) -> Piece:
        opening = self.at
        end = self._closing(opening)
        if end < 0:
            hint = _("Close the phrase with another quote.")
            raise self.problem(_("This quote is not closed."), hint, opening)
        self.at = end + 1
        following = self.query[self.at : self.at + 1]
        if following and not following.isspace() and following not in "()":
            hint = _("Put a space after the quote.")
            raise self.problem(_("A word begins right after a quote."), hint, self.at)
        return self._whole(opening + 1, end, heads)

    def _closing(self, opening: int) -> int:
        quote = self.query[opening]
        if quote not in _SINGLE:
            return self.query.find(_QUOTES[quote], opening + 1)
        found = re.compile(rf"{_QUOTES[quote]}(?=[\s()]|$)").search(self.query, opening + 1)
        return found.start() if found else -1


#: Words in capitals that join others; what to type instead of those that do not.
_OPERATORS: Mapping[str, Callable[[], str]] = {
    "OR": str,
    "AND": lambda: _("Leave AND out: all words are looked for anyway."),
    "NOT": lambda: _("Write not:word."),
    "HOẶC": lambda: _("Write OR for one or the other, hoặc in small letters for the word."),
    "HOAC": lambda: _("Write OR for one or the other, hoặc in small letters for the word."),
}
