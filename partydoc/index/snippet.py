"""The lines around a hit, from the text itself: the same for every engine.

Folding keeps the length of a text, so a place found in the folded text is a place in the text
that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from partydoc import text
from partydoc.index import query, schema

LENGTH = 160

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A piece of a page on one line; `marks` are (start, end) code points of `text`."""

    page: int | None
    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Needle:
    """Folded words to be marked where they stand side by side; `prefix`: any word that begins so.

    `exact` is the same with marks: it decides between pages.
    """

    words: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False

    @property
    def plain(self) -> bool:
        """Whether it was typed without marks, so that nothing is nearer to it than the rest."""
        return all(word.isascii() for word in self.exact)


def needles(asked: query.Query) -> tuple[Needle, ...]:
    """Return what a query wants to see marked; what it excludes, and fields, leave no needle."""
    match asked:
        case query.And(parts) | query.Or(parts):
            return tuple(dict.fromkeys(needle for part in parts for needle in needles(part)))
        case query.Word(value, prefix):
            return (_needle(value, prefix),)
        case query.Phrase(value):
            return (_needle(value, False),)
    return ()


def _needle(value: str, prefix: bool) -> Needle:
    exact = tuple(schema.exact_words(value))
    return Needle(tuple(schema.folded_words(value)), exact, prefix)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    needle: Needle
    exact: bool


def best(pages: Sequence[str], subject: str | None, wanted: Sequence[Needle]) -> Snippet:
    """Return the lines that show most of what was wanted, from the page that has most of it.

    Where only the record matches, that is the subject, and page 1.
    """
    chosen: tuple[_Worth, int, list[_Found]] | None = None
    for number, page in enumerate(pages, 1):
        for worth, window in _windows(_occurrences(page, wanted)):
            if chosen is None or worth > chosen[0]:
                chosen = worth, number, window
    if chosen:
        _, number, window = chosen
        return _cut(pages[number - 1], window, number)
    return _cut(subject or "", _occurrences(subject or "", wanted), 1 if pages else None)


def _occurrences(page: str, wanted: Sequence[Needle]) -> list[_Found]:
    folded = text.fold(page)
    present = [needle for needle in wanted if needle.words[0] in folded]
    if not present:
        return []
    words = list(schema.spans(page))
    return [
        _Found(start, words[i + len(needle.words) - 1][2], needle, _as_typed(page, start, needle))
        for i, (word, start, _) in enumerate(words)
        for needle in present
        if word.startswith(needle.words[0]) and _stands(needle, words, i)
    ]


def _stands(needle: Needle, words: list[tuple[str, int, int]], i: int) -> bool:
    if needle.prefix:
        return True
    return tuple(word for word, _, _ in words[i : i + len(needle.words)]) == needle.words


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
