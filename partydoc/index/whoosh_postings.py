"""Whoosh's lists of postings, read whole.

Its own matchers step from document to document, several calls each, and read a list anew for
everyone who asks. Here a block is taken at a time, and in one search a list is read once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any


class Postings:
    """The documents of a segment that hold a word, and how often and where they hold it."""

    def __init__(self, matcher: Any, deleted: frozenset[int]) -> None:
        """Read the list of a matcher that stands at its start."""
        self._deleted = deleted
        self.documents: list[int] = []
        self.counts: list[float] = []
        self._values: list[bytes] = []
        while matcher.is_active():
            matcher._read_data()  # whoosh tells a whole block in no other way
            steps, counts, values = matcher._data
            numbers = list(accumulate(steps))
            self.documents += numbers
            self.counts += _each(counts, len(numbers))
            if isinstance(values, tuple):  # those of a field with places
                self._values += values
            matcher._next_block()

    @cached_property
    def held(self) -> set[int]:
        """The numbers of the documents, without those that are deleted."""
        return set(self.documents) - self._deleted

    @cached_property
    def _at(self) -> dict[int, int]:
        return {document: i for i, document in enumerate(self.documents)}

    def places(self, document: int) -> Sequence[int]:
        """Return where a document that is held has the word, in a field with places."""
        found = array("I")
        found.frombytes(self._values[self._at[document]])
        return found


def _each(counts: Sequence[float] | float | None, number: int) -> Sequence[float]:
    """Return a count for each document of a block; whoosh writes equal ones as one, 1 as None."""
    if counts is None or isinstance(counts, float):
        return [1.0 if counts is None else counts] * number
    return counts


def read(reader: Any, field: str, word: str, deleted: frozenset[int]) -> Postings | None:
    """Read the list of a word from one segment; None where it does not stand there."""
    if (field, word) not in reader:
        return None
    matcher = reader.postings(field, word)
    matcher = getattr(matcher, "child", matcher)  # without the filter of what is deleted
    matcher.reset()
    return Postings(matcher, deleted)
