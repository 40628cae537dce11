"""The lines around a hit, from the text itself: the same for every engine.

Folding keeps the length of a text, so a place found in the folded text is a place in the text
that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

from partydoc import text
from partydoc.index import fields, plan, query, schema

LENGTH = 160

Span = tuple[int, int]


class Snippet(NamedTuple):
    """A piece of a page on one line; `marks` are (start, end) code points of `text`."""

    page: int | None
    text: str
    marks: tuple[Span, ...] = ()


class Needle(NamedTuple):
    """Folded words to be marked where they stand side by side, one of each place.

    `exact` is the same with marks, if it was typed: it decides between pages. With `field` they
    are wanted in its value alone.
    """

    words: tuple[frozenset[str], ...]
    exact: tuple[str, ...] = ()
    field: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it was typed without marks, so that nothing is nearer to it than the rest."""
        return all(word.isascii() for word in self.exact)


def needles(asked: query.Query) -> tuple[Needle, ...]:
    """Return what a query wants to see marked; what it excludes leaves no needle."""
    match asked:
        case query.And(parts) | query.Or(parts):
            return tuple(dict.fromkeys(needle for part in parts for needle in needles(part)))
        case query.Word(value, prefix=False) | query.Phrase(value) | query.Near(value):
            words = tuple(frozenset((word,)) for word in schema.folded_words(value))
            return (Needle(words, tuple(schema.exact_words(value))),)
        case query.FieldIs(field, value, prefix=False):
            return _of_field(field, value)
    return ()


def _of_field(field: str, value: str) -> tuple[Needle, ...]:
    value = schema.as_printed(field, value)
    folded, exact = schema.folded_words(value), schema.exact_words(value)
    places = [frozenset((word,)) for word in folded]
    if field in fields.ORDERED_FIELDS:
        return (Needle(tuple(places), tuple(exact), field),)
    both = zip(places, exact, strict=True)
    return tuple(Needle((place,), (word,), field) for place, word in both)


def chosen(clause: plan.Clause) -> tuple[Needle, ...]:
    """Return what a plan wants to see marked where words have a choice of spellings or endings."""
    match clause:
        case plan.Every(parts) | plan.Some(parts):
            return tuple(dict.fromkeys(needle for part in parts for needle in chosen(part)))
        case plan.OneOf(schema.WORDS, words):
            return (Needle((frozenset(words),)),)
        case plan.OneOf(schema.FACTS, (first, *_) as words) if not first.startswith("date:"):
            field = first.partition(":")[0]
            ends = frozenset(word.partition(":")[2] for word in words)
            return (Needle((ends,), field=field),)
        case plan.Slots(schema.WORDS, places):
            return (Needle(tuple(map(frozenset, places))),)
    return ()


class _Found(NamedTuple):
    start: int
    end: int
    needle: Needle
    exact: bool


def best(
    pages: Sequence[str],
    subject: str | None,
    wanted: Sequence[Needle],
    record: Mapping[str, str] | None = None,
) -> Snippet:
    """Return the lines that show most of what was wanted, from the first page that has all of it
    as typed and side by side, else from the page that has most of it.

    Where the subject has more of it than any page, that is the subject, and page 1. Where neither
    has any, that is the first value of the record that has some, and page 1 too.
    """
    anywhere = _within(None, wanted)
    heads = _heads(anywhere)
    chosen: tuple[_Worth, int, list[_Found]] | None = None
    for number, page in enumerate(pages, 1):
        for worth, window in _windows(_occurrences(page, heads)):
            if chosen is None or worth > chosen[0]:
                chosen = worth, number, window
        if chosen and chosen[0][:3] >= (len(anywhere), len(anywhere) - 1, len(anywhere)):
            break
    above = _occurrences(subject or "", _heads(_within("subject", wanted)))
    if chosen and chosen[0][0] >= len({found.needle for found in above}):
        _, number, window = chosen
        return _cut(pages[number - 1], window, number)
    first = 1 if pages else None
    if not above and (of_record := _in_record(record or {}, wanted, first)):
        return of_record
    return _cut(subject or "", above, first)


def _in_record(
    record: Mapping[str, str], wanted: Sequence[Needle], number: int | None
) -> Snippet | None:
    shown = [name for name in record if name != "status"]  # a state is told, not quoted
    for name in dict.fromkeys((*schema.HEADING_FIELDS, *shown)):
        value = schema.as_printed(name, record.get(name, ""))
        if found := _occurrences(value, _heads(_within(name, wanted))):
            return _cut(value, max(_windows(found), key=itemgetter(0))[1], number)
    return None


def _within(field: str | None, wanted: Sequence[Needle]) -> list[Needle]:
    """Return what may be marked in the value of a field, or on a page."""
    inside = (None, field, *schema.CODE_PARTS) if field == "code" else (None, field)
    return [needle for needle in wanted if needle.field in inside]


def _heads(wanted: Sequence[Needle]) -> dict[str, list[Needle]]:
    """Return the needles by what their first words may look like on a page."""
    heads: dict[str, list[Needle]] = {}
    for needle in wanted:
        for head in {_head(_alike(word)) for word in needle.words[0]}:
            heads.setdefault(head, []).append(needle)
    return heads


def _head(word: str) -> str:
    return word.lstrip("0")[: schema.LONGEST_WORD]


def _alike(folded: str) -> str:
    """Return text in which i and y are one, as they may be in a word, and nothing else moves."""
    return folded.replace("i", "y")


def _occurrences(page: str, heads: Mapping[str, list[Needle]]) -> list[_Found]:
    folded = _alike(text.fold(page))
    if not any(head in folded for head in heads):
        return []
    found = []
    for word in schema.WORD.finditer(folded):
        for needle in heads.get(_head(word[0]), ()):
            run = list(islice(schema.spans(page, word.start()), len(needle.words)))
            if _stands(needle, run):
                as_typed = _as_typed(page, word.start(), needle)
                found.append(_Found(word.start(), run[-1][2], needle, as_typed))
    return found


def _stands(needle: Needle, words: Sequence[tuple[str, int, int]]) -> bool:
    return len(words) == len(needle.words) and all(
        word in place for (word, _, _), place in zip(words, needle.words, strict=True)
    )


def _as_typed(page: str, start: int, needle: Needle) -> bool:
    if needle.plain:
        return True
    found = schema.exact_words(page[start : start + 2 * sum(map(len, needle.exact)) + 8])
    return tuple(found[: len(needle.exact)]) == needle.exact


#: Different needles, how many follow each other directly, how many as typed, all.
_Worth = tuple[int, int, int, int]


def _windows(found: list[_Found]) -> Iterator[tuple[_Worth, list[_Found]]]:
    """Yield what stands within the length of a snippet from each occurrence on."""
    for i, first in enumerate(found):
        end = i + 1
        while end < len(found) and found[end].end - first.start <= LENGTH:
            end += 1
        window = found[i:end]
        yield _worth(window), window


def _worth(window: list[_Found]) -> _Worth:
    pairs = {
        (left.needle, right.needle)
        for left, right in pairwise(window)
        if left.needle != right.needle and right.start - left.end <= 2
    }
    exact = {found.needle for found in window if found.exact}
    return len({found.needle for found in window}), len(pairs), len(exact), len(window)


def _cut(page: str, window: Sequence[_Found], number: int | None) -> Snippet:
    first = window[0].start if window else 0
    last = window[-1].end if window else 0
    spare = max(LENGTH - (last - first), 0)
    start = _word_start(page, max(first - spare // 3, 0), first)
    end = _word_end(page, min(max(start + LENGTH, last), len(page)), last)
    before, after = "… " if start else "", " …" if end < len(page) else ""
    shift = len(before) - start
    marks = tuple((left + shift, right + shift) for left, right in _merged(window))
    line = "".join(" " if char.isspace() else char for char in page[start:end])
    return Snippet(number, before + line + after, marks)


def _word_start(page: str, at: int, limit: int) -> int:
    while 0 < at < limit and not page[at - 1].isspace():
        at += 1
    return at


def _word_end(page: str, at: int, limit: int) -> int:
    while limit < at < len(page) and not page[at].isspace():
        at -= 1
    return at


def _merged(window: Sequence[_Found]) -> list[Span]:
    spans: list[Span] = []
    for found in window:
        if spans and found.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], found.end)
        else:
            spans.append((found.start, found.end))
    return spans
