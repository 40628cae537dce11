"""How whoosh keeps our words: field types that take finished words instead of text.

Whoosh pickles these classes into every index by their module path.
"""

from __future__ import annotations

import warnings
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

with warnings.catch_warnings():
    # Its sources carry escapes and comparisons that newer Pythons warn of.
    warnings.simplefilter("ignore")
    from whoosh import columns, fields, formats, index
    from whoosh.codec import whoosh3 as _codec  # noqa: F401  whoosh itself imports it late
    from whoosh.index import LockError

from partydoc.index import schema

__all__ = ["LockError", "Parts", "Places", "Tally", "WordSet", "index", "index_schema"]

Posting = tuple[bytes, int, float, bytes]


class Places(formats.Positions):
    """Positions as plain 32-bit numbers: read five times faster than whoosh's own pickles."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Return the positions as bytes."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> array[int]:
        """Return the positions from bytes."""
        found = array("I")
        found.frombytes(valuestring)
        return found

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many positions there are."""
        return len(valuestring) // array("I").itemsize


class Parts(fields.FieldType):  # type: ignore[misc]
    """Lists of words by part, with places; a place is left free between parts."""

    def __init__(self) -> None:
        super().__init__(format=Places(), analyzer=None, scorable=True)

    def index(self, value: Sequence[Sequence[str]], **_: Any) -> Iterator[Posting]:
        """Yield word, frequency, weight and places."""
        places: dict[str, list[int]] = defaultdict(list)
        at = 0
        for part in value:
            for word in part:
                places[word].append(at)
                at += 1
            at += 1
        encode = self.format.encode
        for word, found in places.items():
            yield word.encode(), len(found), float(len(found)), encode(found)


class Tally(fields.FieldType):  # type: ignore[misc]
    """A list of words, counted."""

    def __init__(self) -> None:
        super().__init__(format=formats.Frequency(), analyzer=None, scorable=True)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[Posting]:
        """Yield word, frequency, weight and count."""
        for word, count in Counter(value).items():
            yield word.encode(), count, float(count), formats.pack_uint(count)


class WordSet(fields.FieldType):  # type: ignore[misc]
    """A set of words: there or not."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Collection[str], **_: Any) -> Iterator[Posting]:
        """Yield each word."""
        for word in value:
            yield word.encode(), 1, 1.0, b""


def index_schema() -> fields.Schema:
    """Return the fields of an index."""
    return fields.Schema(
        id=fields.ID(unique=True),
        stored=fields.STORED(),
        **{
            schema.LATEST: fields.COLUMN(columns.NumericColumn("Q")),
            schema.OLDEST: fields.COLUMN(columns.NumericColumn("Q")),
            schema.SHELF: fields.ID(sortable=True),
            **{name: fields.ID(sortable=columns.RefBytesColumn()) for name in schema.FACETS},
            schema.WORDS: Parts(),
            schema.PAIRS: Tally(),
            schema.MARKED: WordSet(),
            schema.HEADING: Tally(),
            schema.FACTS: Parts(),
        },
    )
