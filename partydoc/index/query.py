"""The query language: its words as frozen values, and writing them as a person types them."""

from __future__ import annotations

import re

from partydoc.index import dates, fields
from partydoc.value import Value


class Word(Value):
    """A word, or a code such as `12-NQ/ĐU`; with `prefix`, any word that begins so."""

    text: str
    prefix: bool = False


class Phrase(Value):
    """Words that stand side by side in this order."""

    text: str


class Near(Value):
    """A word, or one that is spelt nearly so."""

    text: str


class FieldIs(Value):
    """A field whose value holds all these words (codes: side by side)."""

    field: str
    text: str
    prefix: bool = False


class DateRange(Value):
    """Documents dated from `first` to `last`, ISO days; None is open."""

    first: str | None
    last: str | None


class Not(Value):
    """Documents that `part` does not find."""

    part: Query


class And(Value):
    """Documents that every part finds."""

    parts: tuple[Query, ...]


class Or(Value):
    """Documents that any part finds."""

    parts: tuple[Query, ...]


Query = Word | Phrase | Near | FieldIs | DateRange | Not | And | Or


#: What means itself only behind a backslash, and what only in quotes.
_SIGNS = re.compile(r"""[\s()"“„”:\\]|^['‘]|^(?=(?:OR|AND|NOT|HOẶC)$)""")
_SPACED = re.compile(r"[\s*?~^|<>=:{}\[\]\\]|^[-+!]")
_LIKE_A_FIELD = re.compile(r"\s*[^\W\d_][\s\w-]*:")
_QUOTES = ('""', "“”", "''")


def text(query: Query) -> str:
    """Return a query as a line that can be typed at the prompt, and without brackets in a shell."""
    match query:
        case Word(value, prefix):
            return _value(value) + "*" * prefix
        case Phrase(value):
            return _escaped(value) if _LIKE_A_FIELD.match(value) else _quoted(value)
        case Near(value):
            return f"near:{_value(value)}"
        case FieldIs(field, value, prefix):
            return f"{fields.FIELD_NAMES[field][0]}:{_value(value)}" + "*" * prefix
        case DateRange(first, last):
            return f"date:{dates.written(first, last)}"
        case Not(part):
            return f"not:{_within(part, Not, And, Or)}"
        case And(parts):
            return " ".join(_within(part, And, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_within(part, Or) for part in parts)
    raise TypeError(query)


def _within(part: Query, *kinds: type) -> str:
    return f"({text(part)})" if isinstance(part, kinds) else text(part)


def _value(value: str) -> str:
    return _quoted(value) if _SPACED.search(value) else _escaped(value)


def _quoted(value: str) -> str:
    quotes = next((pair for pair in _QUOTES if pair[1] not in value), None)
    return quotes[0] + value + quotes[1] if quotes else _escaped(value)


def _escaped(value: str) -> str:
    return _SIGNS.sub(lambda found: "\\" + found[0], value)
