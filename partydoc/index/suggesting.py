"""What a query could have meant: the words that stand nowhere, in the spelling of the index."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress

from partydoc import text
from partydoc.index import dates, plan, query, schema, spelling
from partydoc.index.engine import Engine
from partydoc.index.living import Living

_MOST_WORDS = 12
_MOST_TRIES = 20
_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_MARKED = "đ" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *_MARKS)
)


def suggestion(engine: Engine, asked: query.Query) -> query.Query | None:
    """Return the query with words of the index for words that it has not, if that finds something.

    Where all words are there but never together, one of them is spelt as it stands beside another.
    """
    dated = _dated(asked)
    if dated != asked and _finds(engine, dated):
        return dated
    index = Living(engine)
    lines = [line[:_MOST_WORDS] for line in _lines(asked)]
    unknown = [
        (line, i)
        for line in lines
        for i, word in enumerate(line)
        if not index.frequency(schema.WORDS, _folded(word))
    ]
    if unknown:
        looked_at = unknown[:_MOST_WORDS]
        nowhere = {line[i]: next(_instead(index, line, i), line[i]) for line, i in looked_at}
        return _if_found(engine, asked, nowhere)
    if _finds(engine, asked):
        return None
    tries = (
        _if_found(engine, asked, {word: other})
        for line in lines
        for i, word in enumerate(line)
        for other in _instead(index, line, i, alone=False)
    )
    return next((found for found in tries if found), None)


def _dated(asked: query.Query) -> query.Query:
    """Return the query with days and months that were typed as words looked for as such.

    The list of hits prints a day as 2021-05-20; the paper has it in words.
    """
    match asked:
        case query.And(parts):
            return query.And(tuple(map(_dated, parts)))
        case query.Or(parts):
            return query.Or(tuple(map(_dated, parts)))
        case query.Word(value, prefix=False) if not value.isdecimal():
            with suppress(ValueError):
                return query.DateRange(*dates.parse(value))
    return asked


def _lines(asked: query.Query) -> Iterator[list[str]]:
    """Yield the words that follow each other in a query, with their marks."""
    match asked:
        case query.And(parts) | query.Or(parts):
            if isinstance(asked, query.And):
                for texts in plan.beside(asked):
                    yield [word for one in texts for word in schema.exact_words(one)]
            for part in parts:
                if not isinstance(asked, query.And) or not isinstance(part, query.Word):
                    yield from _lines(part)
        case query.Word(value, prefix=False) | query.Phrase(value):
            yield schema.exact_words(value)


def _folded(word: str) -> str:
    return schema.folded_words(word)[0]


def _instead(index: Living, line: list[str], i: int, alone: bool = True) -> Iterator[str]:
    """Yield the likeliest words of the index for one of a line, those beside its neighbours first.

    With `alone` also those that never stand beside them.
    """
    word = line[i]
    if spelling.has_digit(word):
        return
    around = ([*map(_folded, line[i - 1 : i])], [*map(_folded, line[i + 1 : i + 2])])
    ranked = _known(index, schema.WORDS, spelling.one_edit(_folded(word)))
    if not ranked and alone:
        found = spelling.nearly(_folded(word), index)
        ranked = _known(index, schema.WORDS, set(found))
    beside = [one for one in ranked[:_MOST_TRIES] if _stands_beside(index, around, one)]
    for one in dict.fromkeys([*beside, *(ranked if alone else ())]):
        yield _as_typed(index, word, one)


def _known(index: Living, field: str, words: set[str]) -> list[str]:
    """Return those words that stand in the index, the most frequent first."""
    counts = {word: index.frequency(field, word) for word in words}
    return sorted(filter(counts.get, words), key=lambda word: (-counts[word], word))


def _stands_beside(index: Living, around: tuple[list[str], list[str]], word: str) -> bool:
    before, after = around
    pairs = [*((left, word) for left in before), *((word, right) for right in after)]
    return any(index.frequency(schema.PAIRS, *schema.pairs(pair)) for pair in pairs)


def _as_typed(index: Living, typed: str, folded: str) -> str:
    """Return a word of the index with marks, if it was typed with marks and stands so."""
    if typed.isascii():
        return folded
    letters = spelling.LETTERS + _MARKED
    marked = (word for word in spelling.one_edit(typed, letters) if text.fold(word) == folded)
    return next(iter(_known(index, schema.MARKED, set(marked))), folded)


def _if_found(engine: Engine, asked: query.Query, instead: Mapping[str, str]) -> query.Query | None:
    other = _rewritten(asked, instead)
    return other if other != asked and _finds(engine, other) else None


def _finds(engine: Engine, asked: query.Query) -> bool:
    """Tell whether anything is found: which is best is not asked, and would take longer."""
    return engine.find(plan.make(asked, engine), 1, plan.Order.LATEST)[0] > 0


def _rewritten(asked: query.Query, instead: Mapping[str, str]) -> query.Query:
    match asked:
        case query.And(parts):
            return query.And(tuple(_rewritten(part, instead) for part in parts))
        case query.Or(parts):
            return query.Or(tuple(_rewritten(part, instead) for part in parts))
        case query.Word(value, prefix=False):
            return query.Word(_replaced(value, instead))
        case query.Phrase(value):
            return query.Phrase(_replaced(value, instead))
    return asked


def _replaced(value: str, instead: Mapping[str, str]) -> str:
    for _, start, end in reversed(list(schema.spans(value))):
        exact = schema.exact_words(value[start:end])[0]
        if exact in instead and instead[exact] != exact:
            value = value[:start] + instead[exact] + value[end:]
    return value
