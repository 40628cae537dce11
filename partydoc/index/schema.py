"""What the index keeps of a document, and the one analysis that texts and queries share.

Both engines get finished words from here and analyse nothing themselves: neither of them folds
all Vietnamese letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from partydoc import text
from partydoc.document import Searchable
from partydoc.index import dates

#: Raised with every change of what is written; an index of another version is rebuilt.
SCHEMA_VERSION = 1

#: Folded words of the record and of every page, with their places.
WORDS = "words"
#: The words that carry marks, as written (one tone placement): they rank exact hits first.
MARKED = "marked"
#: Folded words of the record alone: they rank above the body.
HEADING = "heading"
#: Folded words of one field each (`issuer:huyen`), with their places, and dates.
FACTS = "facts"

#: The fields whose values are found as plain words; number and symbol stand in the code.
HEADING_FIELDS = (
    "type", "code", "subject", "issuer", "superior", "signer", "place", "date", "folder",
    "reference",
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 64  # longer ones are scanning noise; engines refuse very long terms


@dataclass(frozen=True)
class Entry:
    """One document as an engine takes it.

    `words` and `facts` are lists of words by part (a field value, a page): a run of words never
    crosses from one part to the next. `date` is YYYYMMDD or 0. `stored` comes back with a hit.
    """

    id: str
    date: int
    words: tuple[list[str], ...]
    marked: frozenset[str]
    heading: list[str]
    facts: tuple[list[str], ...]
    stored: str


@dataclass(frozen=True)
class Stored:
    """What a hit brings back: id, date as YYYYMMDD, accepted values, page texts."""

    id: str
    fields: Mapping[str, str]
    pages: tuple[str, ...]


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return _normal(text.fold(word))


@lru_cache(maxsize=100_000)
def _exact(word: str) -> str:
    return _normal(text.exact(word))


def _normal(word: str) -> str:
    """Return the word without leading zeros of its number: 05 is 5."""
    if len(word) > 1 and word[0] == "0":
        bare = word.lstrip("0")
        word = bare if bare[:1].isdigit() else "0" + bare
    return word[:_LONGEST_WORD]


def folded_words(value: str) -> list[str]:
    """Return the words of NFC text in lower case without marks; a code falls into its parts."""
    return list(map(_folded, _WORD.findall(value)))


def exact_words(value: str) -> list[str]:
    """Return the words of NFC text in lower case with marks, tones in one place."""
    return list(map(_exact, _WORD.findall(value)))


def spans(value: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word of NFC text with its start and end in the text as given."""
    for found in _WORD.finditer(value):
        yield _folded(found[0]), found.start(), found.end()


def fact(field: str, word: str) -> str:
    """Return the word under which a value's word, or a date's period, stands in FACTS."""
    return f"{field}:{word}"


def entry(document: Searchable) -> Entry:
    """Analyse one document for an engine."""
    fields = {name: value for name, value in document.fields.items() if value}
    names = HEADING_FIELDS if "code" in fields else (*HEADING_FIELDS, "number", "symbol")
    headings = [_as_printed(name, fields[name]) for name in names if name in fields]
    parts = [_WORD.findall(part) for part in (*headings, *document.pages)]
    words = [list(map(_folded, part)) for part in parts]
    marked = {_exact(word) for word in set(chain(*parts)) if not word.isascii()}
    stored = json.dumps([document.id, fields, document.pages], ensure_ascii=False)
    return Entry(
        id=document.id,
        date=dates.sort_key(fields.get("date")),
        words=tuple(words),
        marked=frozenset(marked),
        heading=list(chain(*words[: len(headings)])),
        facts=tuple(_facts(fields)),
        stored=stored,
    )


def _as_printed(name: str, value: str) -> str:
    # People type a date as it is printed: day, month, year.
    return "/".join(reversed(value.split("-"))) if name == "date" else value


def _facts(fields: Mapping[str, str]) -> Iterator[list[str]]:
    for name, value in fields.items():
        if name == "date":
            yield [fact("date", period) for period in dates.periods(value)]
        else:
            for line in value.splitlines():
                yield [fact(name, word) for word in folded_words(line)]


def unpack(stored: str) -> Stored:
    """Read back what `entry` stored."""
    id_, fields, pages = json.loads(stored)
    return Stored(id_, fields, tuple(pages))
