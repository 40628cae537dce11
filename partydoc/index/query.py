"""The query language: its words as frozen values, and the reading of what a person typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partydoc import text
from partydoc.errors import QueryProblem
from partydoc.index import dates, fields, schema
from partydoc.index.lexer import Lexer, Piece
from partydoc.language import _

SHORTEST_PREFIX = 2
_DEEPEST = 20


@dataclass(frozen=True)
class Word:
    """A word, or a code such as `12-NQ/ĐU`; with `prefix`, any word that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side in this order."""

    text: str


@dataclass(frozen=True)
class FieldIs:
    """A field whose value holds all these words (codes: side by side)."""

    field: str
    text: str
    prefix: bool = False


@dataclass(frozen=True)
class DateRange:
    """Documents dated from `first` to `last`, ISO days; None is open."""

    first: str | None
    last: str | None


@dataclass(frozen=True)
class Not:
    """Documents that `part` does not find."""

    part: Query


@dataclass(frozen=True)
class And:
    """Documents that every part finds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or:
    """Documents that any part finds."""

    parts: tuple[Query, ...]


Query = Word | Phrase | FieldIs | DateRange | Not | And | Or


def parse(arguments: Sequence[str]) -> Query:
    """Read a query from the arguments of a command; raises QueryProblem.

    An argument with spaces is a phrase, unless it holds quotes or brackets: then it is read like
    a line typed at a prompt.
    """
    joined, whole = "", {}
    for argument in map(text.clean, arguments):
        start = len(joined) + len(argument) - len(argument.lstrip())
        if re.search(r"\S\s+\S", argument) and not re.search(r'["“”„()]', argument):
            whole[start] = len(joined) + len(argument.rstrip())
        joined += argument + " "
    return _Parser(Lexer(joined.removesuffix(" "), whole)).query()


def parse_line(line: str) -> Query:
    """Read a query typed at a prompt, where quotes make phrases; raises QueryProblem."""
    return _Parser(Lexer(text.clean(line), {})).query()


class _Parser:
    def __init__(self, lexer: Lexer) -> None:
        self.problem = lexer.problem
        self.end = len(lexer.query)
        self.pieces = list(lexer.pieces())
        self.next = 0
        self.depth = 0

    def query(self) -> Query:
        if not self.pieces:
            raise self.problem(_("There is nothing to search for."), _example(), 0)
        found = self._either()
        if piece := self._peek():  # only a closing bracket stops the reading early
            hint = _("Remove it, or open a bracket before it.")
            raise self.problem(_("This bracket was never opened."), hint, piece.place)
        return found

    def _peek(self) -> Piece | None:
        return self.pieces[self.next] if self.next < len(self.pieces) else None

    def _either(self) -> Query:
        parts = [self._all()]
        while (piece := self._peek()) and piece.kind == "OR":
            self.next += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts = []
        while (piece := self._peek()) and piece.kind in ("item", "("):
            parts.append(self._one(piece))
        if not parts:
            place = piece.place if piece else self.end
            raise self.problem(_("A word is missing here."), _example(), place)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, piece: Piece) -> Query:
        self.next += 1
        if piece.kind == "(":
            return self._group(piece)
        negated = 0
        for name, place in piece.heads:
            if field := fields.named(name):
                return _negate(self._field(field, piece), negated)
            if not fields.negates(name):
                raise self._unknown(name, place)
            negated += 1
        opening = self._peek()
        if not piece.value and opening and opening.kind == "(" and not piece.whole:
            self.next += 1
            return _negate(self._group(opening), negated)
        return _negate(self._words(piece), negated)

    def _group(self, opening: Piece) -> Query:
        self.depth += 1
        if self.depth > _DEEPEST:
            message = _("The brackets are nested too deeply.")
            raise self.problem(message, _("Write the query with fewer brackets."), opening.place)
        found = self._either()
        if not self._peek():
            hint = _("Close it with another bracket.")
            raise self.problem(_("This bracket is not closed."), hint, opening.place)
        self.next += 1
        self.depth -= 1
        return found

    def _unknown(self, name: str, place: int) -> QueryProblem:
        known = ", ".join(names[0] for names in fields.FIELD_NAMES.values())
        message = _("There is no field {name}.").format(name=name)
        hint = _("Fields: {known}. Leave the colon out to search for a word.").format(known=known)
        return self.problem(message, hint, place)

    def _words(self, piece: Piece) -> Query:
        value, prefix = self._value(piece)
        return Phrase(value) if piece.whole else Word(value, prefix)

    def _field(self, field: str, piece: Piece) -> Query:
        if field == "date":
            return self._date(piece)
        value, prefix = self._value(piece)
        if field == "status" and (prefix or text.fold(value) not in fields.STATUSES):
            message = _("There is no state {name}.").format(name=value)
            hint = _("States: {known}.").format(known=", ".join(fields.STATUSES))
            raise self.problem(message, hint, piece.place)
        return FieldIs(field, value, prefix)

    def _value(self, piece: Piece) -> tuple[str, bool]:
        """Return an item's text, and whether it ends in a star; refuse what means nothing here."""
        value = piece.value.rstrip()
        stem = value.removesuffix("*") if not piece.whole else value
        if strange := re.search(r"\*" if piece.whole else r"[*?~^|<>=:{}\[\]\\]|^[-+!]", stem):
            raise self._strange(strange[0], piece.place + strange.start())
        words = schema.folded_words(stem)
        if not words:
            message = _("There is no word to search for in {text}.").format(text=value or '""')
            raise self.problem(message, _example(), piece.place)
        if stem == value:
            return value, False
        if len(words) > 1 or len(words[0]) < SHORTEST_PREFIX or not stem[-1].isalnum():
            message = _("The * needs one word of at least two letters before it.")
            hint = _("Example: {example}").format(example="chuyen*")
            raise self.problem(message, hint, piece.place + len(stem))
        return stem, True

    def _strange(self, sign: str, place: int) -> QueryProblem:
        if sign == "*":
            message = _("The * stands only at the end of a single word.")
            return self.problem(message, _("Example: {example}").format(example="chuyen*"), place)
        message = _("{sign} means nothing here.").format(sign=sign)
        if sign in "-!":
            return self.problem(message, _("Write not:word to leave a word out."), place)
        return self.problem(message, _("Leave it out, or put the text in quotes."), place)

    def _date(self, piece: Piece) -> DateRange:
        first, dots, last = piece.value.partition("..")
        if not dots:
            return DateRange(*self._days(first, piece.place))
        start = self._days(first, piece.place)[0] if first else None
        end = self._days(last, piece.place + len(first) + 2)[1] if last else None
        if start is None and end is None:
            raise self._bad_date(piece.value, piece.place)
        if start and end and start > end:
            message = _("The range ends before it begins.")
            hint = _("Write the earlier date first: date:{last}..{first}")
            raise self.problem(message, hint.format(first=first, last=last), piece.place)
        return DateRange(start, end)

    def _days(self, value: str, place: int) -> tuple[str, str]:
        try:
            return dates.parse(value)
        except ValueError:
            raise self._bad_date(value, place) from None

    def _bad_date(self, value: str, place: int) -> QueryProblem:
        message = _("{value} is not a date.").format(value=value)
        hint = _(
            "Examples: date:2021, date:2021-05, date:5/9/2021, date:2020..2022-06, date:2021.."
        )
        return self.problem(message, hint, place)


def _negate(part: Query, times: int) -> Query:
    return Not(part) if times % 2 else part


def _example() -> str:
    return _("Example: {example}").format(example="partydoc search nghi quyet date:2020..2022")
