"""What an engine has to find: a query in the words of the schema, without any syntax.

Both engines understand these seven clauses and nothing else; what a search means is settled here,
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partydoc.index import dates, fields, query, schema

#: A hit that has every marked word as typed comes before any that has it without marks only.
MARKED_BONUS = 100.0
#: A word in the record weighs more than the same word in the body, however frequent there.
HEADING_BOOST = 4.0
#: Words that follow each other as typed are a Vietnamese word of several syllables.
RUN_BOOST = 1.0


@dataclass(frozen=True)
class Term:
    """Documents with this word, scored by how telling it is."""

    field: str
    word: str


@dataclass(frozen=True)
class Run:
    """Documents with these words side by side in one part, scored like a rare word."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class OneOf:
    """Documents with at least one of these words; does not score."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """Documents that the part finds; does not score."""

    part: Clause


@dataclass(frozen=True)
class Every:
    """Documents that every part finds."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Some:
    """Documents that any part finds."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True)
class Without:
    """Documents that the part does not find; does not score."""

    part: Clause


Clause = Term | Run | OneOf | Filter | Every | Some | Without


@dataclass(frozen=True)
class Bonus:
    """Adds to the score of a found document: `weight` times the clause's score, or `weight`."""

    clause: Term | Run
    weight: float
    constant: bool = False


@dataclass(frozen=True)
class Plan:
    """What to find, and what ranks it. Without `scored`, hits are ordered by date alone."""

    match: Clause
    bonuses: tuple[Bonus, ...]
    scored: bool


#: Gives the words of a field of the index that begin with a prefix.
Vocabulary = Callable[[str, str], list[str]]


def make(asked: query.Query, vocabulary: Vocabulary) -> Plan:
    """Turn a query into a plan."""
    bonuses = tuple(dict.fromkeys(_bonuses(asked)))
    return Plan(_clause(asked, vocabulary), bonuses, scored=bool(bonuses))


def _clause(asked: query.Query, vocabulary: Vocabulary) -> Clause:
    match asked:
        case query.And(parts):
            return Every(tuple(_clause(part, vocabulary) for part in parts))
        case query.Or(parts):
            return Some(tuple(_clause(part, vocabulary) for part in parts))
        case query.Not(part):
            return Without(_clause(part, vocabulary))
        case query.DateRange(first, last):
            periods = dates.cover(first, last)
            return OneOf(schema.FACTS, tuple(schema.fact("date", period) for period in periods))
        case query.FieldIs():
            return _field(asked, vocabulary)
        case query.Word(value, prefix=True):
            return OneOf(
                schema.WORDS, tuple(vocabulary(schema.WORDS, schema.folded_words(value)[0]))
            )
        case query.Word(value) | query.Phrase(value):
            return _run(schema.WORDS, schema.folded_words(value))
    raise TypeError(asked)


def _run(field: str, words: list[str]) -> Term | Run:
    return Term(field, words[0]) if len(words) == 1 else Run(field, tuple(words))


def _field(asked: query.FieldIs, vocabulary: Vocabulary) -> Clause:
    words = [schema.fact(asked.field, word) for word in schema.folded_words(asked.text)]
    if asked.prefix:
        return OneOf(schema.FACTS, tuple(vocabulary(schema.FACTS, words[0])))
    if asked.field in fields.ORDERED_FIELDS:
        return Filter(_run(schema.FACTS, words))
    return Filter(Every(tuple(Term(schema.FACTS, word) for word in words)))


def _bonuses(asked: query.Query) -> Iterator[Bonus]:
    match asked:
        case query.And(parts) | query.Or(parts):
            for part in parts:
                yield from _bonuses(part)
            if isinstance(asked, query.And):
                yield from _neighbours(asked)
        case query.Word(value, prefix=False) | query.Phrase(value):
            for word in schema.folded_words(value):
                yield Bonus(Term(schema.HEADING, word), HEADING_BOOST)
            for word in schema.exact_words(value):
                if not word.isascii():
                    yield Bonus(Term(schema.MARKED, word), MARKED_BONUS, constant=True)


def _neighbours(asked: query.And) -> Iterator[Bonus]:
    pairs = zip(asked.parts, asked.parts[1:], strict=False)
    for left, right in pairs:
        match left, right:
            case query.Word(first, prefix=False), query.Word(second, prefix=False):
                words = schema.folded_words(first)[-1:] + schema.folded_words(second)[:1]
                yield Bonus(Run(schema.WORDS, tuple(words)), RUN_BOOST)
