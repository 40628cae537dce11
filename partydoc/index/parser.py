"""Reads what a person typed into a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from partydoc import text
from partydoc.errors import QueryProblem
from partydoc.index import fields, schema, values
from partydoc.index.lexer import Lexer, Piece, is_typed
from partydoc.index.limits import DEEPEST, Limits
from partydoc.index.query import And, DateRange, FieldIs, Near, Not, Or, Phrase, Query, Word
from partydoc.language import _

#: A byte that is no UTF-8 arrives as half of a pair.
_HALF = re.compile("[\ud800-\udfff]")

#: Returns the query that was saved under a name.
Saved = Callable[[str], Query]


def parse(arguments: Sequence[str], saved: Saved | None = None) -> Query:
    """Read a query from the arguments of a command; raises QueryProblem.

    With `saved`, @NAME is the query that it returns for the name.

    An argument with spaces is a phrase, unless it holds quotes or brackets: then it is read like
    a line typed at a prompt.
    """
    joined, whole = "", {}
    for argument in map(_clean, arguments):
        start = len(joined) + len(argument) - len(argument.lstrip())
        if len(argument.split()) > 1 and not is_typed(argument):
            whole[start] = len(joined) + len(argument.rstrip())
        joined += argument + " "
    return _Parser(Lexer(joined.removesuffix(" "), whole), saved).query()


def parse_line(line: str, saved: Saved | None = None) -> Query:
    """Read a query typed at a prompt, where quotes make phrases; raises QueryProblem."""
    return _Parser(Lexer(_clean(line), {}), saved).query()


def _clean(typed: str) -> str:
    # The lexer refuses a control character; `text.clean` would drop the half without a word.
    return text.clean(_HALF.sub("\x00", typed))


class _Parser:
    def __init__(self, lexer: Lexer, saved: Saved | None) -> None:
        self.saved = saved
        self.saved_at: int | None = None
        self.problem = lexer.problem
        self.end = len(lexer.query)
        self.pieces = list(lexer.pieces())
        self.next = 0
        self.depth = 0
        self.limits = Limits(lexer.problem)

    def query(self) -> Query:
        if not self.pieces:
            raise self.problem(_("There is nothing to search for."), values.example(), 0)
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
        if len(parts) > 1 and not self.depth and self.saved_at is not None:
            message = _("A saved search is one more condition; OR cannot stand beside it.")
            hint = _("Save both as one search: partydoc search --save NAME WORDS")
            raise self.problem(message, hint, self.saved_at)
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts: list[Query] = []
        while (piece := self._peek()) and piece.kind in ("item", "("):
            parts.append(self._one(piece, parts))
        if not parts:
            place = piece.place if piece else self.end
            raise self.problem(_("A word is missing here."), values.example(), place)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, piece: Piece, before: Sequence[Query]) -> Query:
        self.next += 1
        if piece.kind == "(":
            return self._group(piece)
        signs: list[str] = []
        for name, place in piece.heads:
            if field := fields.named(name):
                return _negate(self._field(field, piece, signs), signs)
            sign = fields.sign(name)
            if sign is None:
                raise self._unknown(name, place, before)
            signs.append(sign)
        if self.saved and _is_saved(piece) and not self.depth:
            self.saved_at = piece.place
            return self.saved(piece.value.removeprefix(fields.SAVED))
        opening = self._peek()
        if not piece.value and opening and opening.kind == "(" and not piece.whole:
            self._refuse_signs(signs, opening.place)
            self.next += 1
            return _negate(self._group(opening), signs)
        return _negate(self._words(piece, signs), signs)

    def _group(self, opening: Piece) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            message = _("The brackets are nested too deeply.")
            raise self.problem(message, _("Write the query with fewer brackets."), opening.place)
        found = self._either()
        if not self._peek():
            hint = _("Close it with another bracket.")
            raise self.problem(_("This bracket is not closed."), hint, opening.place)
        self.next += 1
        self.depth -= 1
        return found

    def _unknown(self, name: str, place: int, before: Sequence[Query]) -> QueryProblem:
        message = _("There is no field {name}.").format(name=name)
        if before and isinstance(before[-1], Word) and fields.named(before[-1].text + name):
            hint = _("Write its name without a space: {name}:").format(name=before[-1].text + name)
            return self.problem(message, hint, place)
        hint = _("Leave the colon out to search for a word.")
        if near := ", ".join(fields.nearest(name)):
            hint = _("Did you mean: {names}?").format(names=near) + " " + hint
        return self.problem(message, hint, place)

    def _words(self, piece: Piece, signs: Sequence[str]) -> Query:
        if "near" in signs:
            self.limits.open(piece.place)
            return Near(values.near(piece, "begins" in signs, self.problem))
        value, prefix = self._value(piece, signs)
        return Word(value, prefix) if prefix or not piece.whole else Phrase(value)

    def _value(self, piece: Piece, signs: Sequence[str]) -> tuple[str, bool]:
        value, prefix = values.words(piece, "begins" in signs, self.problem)
        if prefix:
            self.limits.open(piece.place)
        self.limits.words(len(schema.folded_words(value)), piece.place)
        return value, prefix

    def _refuse_signs(self, signs: Sequence[str], place: int) -> None:
        for sign in ("near", "begins"):
            if sign in signs:
                message = _("{sign}: stands before a single word.").format(sign=sign)
                hint = _("Example: {example}").format(example=f"{sign}:chuyen")
                raise self.problem(message, hint, place)

    def _field(self, field: str, piece: Piece, signs: Sequence[str]) -> Query:
        if "near" in signs:
            message = _("near: looks for words of the text, not of a field.")
            raise self.problem(message, _("Leave near: or the field out."), piece.heads[0][1])
        if field in ("date", "arrival_date", "status"):
            self._refuse_signs(signs, piece.place)
        if field == "date":
            return DateRange(*values.days(piece, self.problem))
        if field == "arrival_date":
            return FieldIs(field, values.day(piece, self.problem))
        if field == "status":
            return FieldIs(field, values.status(piece, self.problem))
        if field in fields.NUMBER_FIELDS and (found := values.numbers(field, piece, self.problem)):
            self.limits.numbers(len(found), piece.place)
            return _either(tuple(FieldIs(field, str(number)) for number in found))
        value, prefix = self._value(piece, signs)
        # People write "Số 12-NQ/ĐU" on paper, and mean number and symbol.
        return FieldIs("code" if values.is_code(field, value) else field, value, prefix)


def _either(parts: tuple[Query, ...]) -> Query:
    return parts[0] if len(parts) == 1 else Or(parts)


def _is_saved(piece: Piece) -> bool:
    bare = not piece.heads and not piece.whole
    return bare and piece.value.startswith(fields.SAVED) and piece.value != fields.SAVED


def _negate(part: Query, signs: Sequence[str]) -> Query:
    return Not(part) if signs.count("not") % 2 else part
