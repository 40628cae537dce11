"""What an engine has to find: a query in the words of the schema, without any syntax.

Both engines understand these eight clauses and nothing else; what a search means is settled here,
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Protocol

from partydoc.index import dates, fields, query, schema, spelling
from partydoc.value import Value

#: The document with exactly this code comes before all that only name it.
CODE_BONUS = 20_000.0
#: A hit that has every marked word as typed comes before any that has it without marks only.
MARKED_BONUS = 400.0
#: A word in the record weighs more than the same word in the body, however frequent there.
HEADING_BOOST = 4.0
#: Words that follow each other as typed are a Vietnamese word of several syllables.
RUN_BOOST = 1.0
#: Three words or more that all follow each other as typed are a phrase: it comes before documents
#: that have the same words anywhere, even in the subject, but after marks as typed.
PHRASE_BONUS = 200.0

_LONGEST_CODE = 6


class Order(Enum):
    """How hits are ordered: best, latest or oldest first, or as the papers stand on the shelf."""

    BEST = "best"
    LATEST = "latest"
    OLDEST = "oldest"
    SHELF = "shelf"


class Term(Value):
    """Documents with this word, scored by how telling it is."""

    field: str
    word: str


class Run(Value):
    """Documents with these words side by side in one part, scored like a rare word."""

    field: str
    words: tuple[str, ...]


class Slots(Value):
    """Documents with words side by side where each place holds one of several; does not score."""

    field: str
    words: tuple[tuple[str, ...], ...]


class OneOf(Value):
    """Documents with at least one of these words; does not score."""

    field: str
    words: tuple[str, ...]


class Filter(Value):
    """Documents that the part finds; does not score."""

    part: Clause


class Every(Value):
    """Documents that every part finds."""

    parts: tuple[Clause, ...]


class Some(Value):
    """Documents that any part finds."""

    parts: tuple[Clause, ...]


class Without(Value):
    """Documents that the part does not find; does not score."""

    part: Clause


Clause = Term | Run | Slots | OneOf | Filter | Every | Some | Without


class Bonus(Value):
    """Adds to the score of a found document: `weight` times the clause's score, or `weight`."""

    clause: Term | Run
    weight: float
    constant: bool = False


class Plan(Value):
    """What to find, and what ranks it. Without `scored`, hits are ordered by date alone."""

    match: Clause
    bonuses: tuple[Bonus, ...]
    scored: bool


class Words(Protocol):
    """What a plan has to know of an index: an engine."""

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin with a prefix, sorted."""

    def frequency(self, field: str, word: str) -> int:
        """Return how many documents hold a word."""


def make(asked: query.Query, index: Words) -> Plan:
    """Turn a query into a plan."""
    bonuses = tuple(dict.fromkeys(bonuses_of(asked, index)))
    return Plan(clause_of(asked, index), bonuses, scored=bool(bonuses))


def clause_of(asked: query.Query, index: Words) -> Clause:
    """Return what a query finds, every word as it is typed."""
    match asked:
        case query.And(parts):
            return Every(tuple(clause_of(part, index) for part in parts))
        case query.Or(parts):
            return Some(tuple(clause_of(part, index) for part in parts))
        case query.Not(part):
            return Without(clause_of(part, index))
        case query.DateRange(first, last):
            periods = dates.cover(first, last)
            return OneOf(schema.FACTS, tuple(schema.fact("date", period) for period in periods))
        case query.FieldIs():
            return _field(asked, index)
        case query.Word(value, prefix=True):
            return OneOf(schema.WORDS, _beginning(value, "", schema.WORDS, index))
        case query.Near(value):
            word = schema.folded_words(value)[0]
            others = spelling.nearly(word, index)
            return Some((Term(schema.WORDS, word), OneOf(schema.WORDS, others)))
        case query.Word(value) | query.Phrase(value):
            return _run(schema.WORDS, schema.folded_words(value))
    raise TypeError(asked)


def _beginning(stem: str, head: str, field: str, index: Words) -> tuple[str, ...]:
    """Return the words of the index that begin so, and the word itself where it is spelt kĩ, ky."""
    begun = schema.beginning(stem)
    words = index.vocabulary(field, head + begun)
    if begun.startswith("qui"):  # quít stands as quyt; but quyền does not begin so
        others = index.vocabulary(field, head + begun.replace("i", "y", 1))
        bare = [other.removeprefix(head) for other in others]
        found = [one for one in bare if schema.folded_words(one.replace("y", "i", 1)) == [one]]
        words = [*words, *(head + one for one in found)]
    return tuple(dict.fromkeys([*words, head + schema.folded_words(stem)[0]]))


def _run(field: str, words: list[str]) -> Term | Run:
    return Term(field, words[0]) if len(words) == 1 else Run(field, tuple(words))


def _field(asked: query.FieldIs, index: Words) -> Clause:
    words = [schema.fact(asked.field, word) for word in schema.folded_words(asked.text)]
    if asked.prefix:
        head = schema.fact(asked.field, "")
        return OneOf(schema.FACTS, _beginning(asked.text, head, schema.FACTS, index))
    if asked.field in fields.ORDERED_FIELDS:
        return Filter(_run(schema.FACTS, words))
    return Filter(Every(tuple(Term(schema.FACTS, word) for word in words)))


def bonuses_of(asked: query.Query, index: Words) -> Iterator[Bonus]:
    """Yield what ranks the documents that a query finds."""
    match asked:
        case query.And(parts) | query.Or(parts):
            for part in parts:
                yield from bonuses_of(part, index)
            if isinstance(asked, query.And):
                yield from _neighbours(asked, index)
        case query.Word(value, prefix=False) | query.Phrase(value) | query.Near(value):
            words = schema.folded_words(value)
            for word in words:
                yield Bonus(Term(schema.HEADING, word), HEADING_BOOST)
            for word in schema.exact_words(value):
                if not word.isascii():
                    yield Bonus(Term(schema.MARKED, word), MARKED_BONUS, constant=True)
            yield from _codes(words, index)


def _neighbours(asked: query.And, index: Words) -> Iterator[Bonus]:
    for words in beside(asked):
        if len(words) > 1:
            folded = [schema.folded_words(word) for word in words]
            for left, right in zip(folded, folded[1:], strict=False):
                yield Bonus(Run(schema.WORDS, (left[-1], right[0])), RUN_BOOST)
            line = [word for part in folded for word in part]
            if len(line) > 2:
                yield Bonus(Run(schema.WORDS, tuple(line)), PHRASE_BONUS, constant=True)
            yield from _codes(line, index)


def beside(asked: query.And) -> Iterator[list[str]]:
    """Yield the plain words of a query that are typed one after the other."""
    words: list[str] = []
    for part in (*asked.parts, None):
        match part:
            case query.Word(value, prefix=False):
                words.append(value)
            case _:
                yield words
                words = []


def _codes(words: Sequence[str], index: Words) -> Iterator[Bonus]:
    """Yield a bonus for each code of a document of the index that these words are typed for."""
    for start, word in enumerate(words):
        for end in range(start + 2, min(start + _LONGEST_CODE, len(words)) + 1):
            code = schema.whole_code(words[start:end])
            if word[0].isdigit() and index.frequency(schema.FACTS, code):
                yield Bonus(Term(schema.FACTS, code), CODE_BONUS, constant=True)
