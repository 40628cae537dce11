"""What the index keeps of a document, and the one analysis that texts and queries share.

Both engines get finished words from here and analyse nothing themselves: neither of them folds
all Vietnamese letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from partydoc import text
from partydoc.document import Searchable
from partydoc.index import dates, sorting

#: Raised with every change of what is written; an index of another version is rebuilt.
SCHEMA_VERSION = 3

#: Folded words of the record and of every page, with their places.
WORDS = "words"
#: Each two words of WORDS that stand side by side, as one: runs are looked for in few documents.
PAIRS = "pairs"
#: The words that carry marks, as written (one tone placement): they rank exact hits first.
MARKED = "marked"
#: Folded words of the record alone: they rank above the body.
HEADING = "heading"
#: Folded words of one field each (`issuer:huyen`), with their places, and dates.
FACTS = "facts"

#: What hits are counted by, each a column with one value a document.
FACETS = ("type", "year", "issuer")
#: The columns that hits are ordered by, see sorting.
LATEST, OLDEST, SHELF = "latest", "oldest", "shelf"

#: The fields whose words rank above the body; number and symbol stand in the code.
HEADING_FIELDS = (
    "type", "code", "subject", "issuer", "superior", "signer", "place", "date", "folder",
    "reference", "note", "keywords", "topic", "recipients", "position",
)  # fmt: skip
#: What a code consists of.
CODE_PARTS = ("number", "symbol")
#: No plain word finds these: every document has them, and nearly all have the same.
UNSPOKEN_FIELDS = frozenset({"status", "language"})
_NOT_FURTHER = UNSPOKEN_FIELDS.union(HEADING_FIELDS, CODE_PARTS)
_DAYS = ("date", "arrival_date")

WORD = re.compile(r"[^\W_]+")
# At the end of an open syllable people write i or y as they like: kĩ and kỹ, lí and lý, quí and
# quý; qui and quy; after qu also before a consonant (quít, quýt). Elsewhere it is another word.
_EITHER = re.compile(r"(?:[hklmstv]|th)?[iíìỉĩị]|qu[iíìỉĩị](?:[tn]|[cn]h)?")
_I_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_LONGEST_VALUE = 300
LONGEST_WORD = 64  # longer ones are scanning noise; engines refuse very long terms
_REMEMBERED = 50_000


class Entry(NamedTuple):
    """One document as an engine takes it.

    `words` and `facts` are lists of words by part (a field value, a page): a run of words never
    crosses from one part to the next. `facets` has a value for each of FACETS that is known.
    `latest`, `oldest` and `shelf` are sorting keys. `stored` comes back with a hit.
    """

    id: str
    latest: int
    oldest: int
    shelf: str
    facets: Mapping[str, str]
    words: tuple[list[str], ...]
    pairs: list[str]
    marked: frozenset[str]
    heading: list[str]
    facts: tuple[list[str], ...]
    stored: str


class Stored(NamedTuple):
    """What a hit brings back: id, date as YYYYMMDD, accepted values, page texts."""

    id: str
    fields: Mapping[str, str]
    pages: tuple[str, ...]


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    return _normal(text.fold(word))


@lru_cache(maxsize=10_000)
def _exact(word: str) -> str:
    return _normal(text.exact(word))


class _Words(dict[str, tuple[str, ...]]):
    """What stands between two blanks -> its words, made once: texts repeat themselves."""

    def __init__(self, words_of: Callable[[str], Iterable[str]]) -> None:
        self._words_of = words_of

    def __missing__(self, token: str) -> tuple[str, ...]:
        found = tuple(self._words_of(token))
        if len(token) <= LONGEST_WORD:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[token] = found
        return found

    def of(self, tokens: Iterable[str]) -> Iterator[str]:
        """Yield the words of all tokens."""
        return chain.from_iterable(map(self.__getitem__, tokens))


def _normal(word: str) -> str:
    """Return the word with one letter for i and y, without leading zeros of its number."""
    if _EITHER.fullmatch(word):
        return word.translate(_I_TO_Y)
    if len(word) > 1 and word[0] == "0":
        bare = word.lstrip("0")
        word = bare if bare[:1].isdigit() else "0" + bare
    return word[:LONGEST_WORD]


def folded_words(value: str) -> list[str]:
    """Return the words of NFC text in lower case without marks; a code falls into its parts."""
    return list(map(_folded, WORD.findall(value)))


def exact_words(value: str) -> list[str]:
    """Return the words of NFC text in lower case with marks, tones in one place."""
    return list(map(_exact, WORD.findall(value)))


_FOLDED = _Words(folded_words)
_MARKED = _Words(lambda token: (word for word in exact_words(token) if not word.isascii()))


def spans(value: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word of NFC text from `start` on, with its start and end in the text."""
    for found in WORD.finditer(value, start):
        yield _folded(found[0]), found.start(), found.end()


def beginning(stem: str) -> str:
    """Return the folded beginning of words; here i and y stay apart, as `ky` begins no kien."""
    folded = text.fold(stem)
    return folded if _EITHER.fullmatch(folded) else _normal(folded)


def fact(field: str, word: str) -> str:
    """Return the word under which a value's word, or a date's period, stands in FACTS."""
    return f"{field}:{word}"


def whole_code(words: Iterable[str]) -> str:
    """Return the word under which a whole code stands in FACTS, from its folded words."""
    return fact("code", "-".join(words)[:LONGEST_WORD])


def entry(document: Searchable) -> Entry:
    """Analyse one document for an engine."""
    fields = {name: value for name, value in document.fields.items() if value}
    above = HEADING_FIELDS if "code" in fields else (*HEADING_FIELDS, *CODE_PARTS)
    headings = _lines(fields, above)
    further = _lines(fields, [name for name in fields if name not in _NOT_FURTHER])
    parts = [part.split() for part in (*headings, *further, *document.pages)]
    words = [list(_FOLDED.of(part)) for part in parts]
    stored = json.dumps([document.id, fields, document.pages], ensure_ascii=False)
    date = dates.sort_key(fields.get("date"))
    return Entry(
        id=document.id,
        latest=sorting.latest(date, document.id),
        oldest=sorting.oldest(date, document.id),
        shelf=sorting.shelf(fields.get("reference", ""), date, document.id),
        facets=_facets(fields, date),
        words=tuple(words),
        pairs=[pair for part in words for pair in pairs(part)],
        marked=frozenset(_MARKED.of(set(chain(*parts)))),
        heading=list(chain(*words[: len(headings)])),
        facts=tuple(_facts(fields)),
        stored=stored,
    )


def _lines(fields: Mapping[str, str], names: Iterable[str]) -> list[str]:
    values = [as_printed(name, fields[name]) for name in names if name in fields]
    return [line for value in values for line in value.splitlines()]


def _facets(fields: Mapping[str, str], date: int) -> dict[str, str]:
    found = {name: fields[name][:_LONGEST_VALUE] for name in FACETS if name in fields}
    return found | ({"year": str(date // 10_000)} if date else {})


def as_printed(name: str, value: str) -> str:
    """Return a value as people type it: of a date day, month, year."""
    return "/".join(reversed(value.split("-"))) if name in _DAYS else value


def _facts(fields: Mapping[str, str]) -> Iterator[list[str]]:
    for name, value in fields.items():
        if name == "date":
            yield [fact("date", period) for period in dates.periods(value)]
        else:
            for line in value.splitlines():
                yield [fact(name, word) for word in _FOLDED.of(line.split())]
            if name == "code":
                yield [whole_code(_FOLDED.of(value.split()))]


def pairs(words: Sequence[str]) -> list[str]:
    """Return the words under which each two of these stand in PAIRS; no word has an underscore."""
    return [f"{left}_{right}" for left, right in pairwise(words)]


def id_of(stored: str) -> str:
    """Return the id of what `entry` stored, the rest unread."""
    return json.JSONDecoder().raw_decode(stored, 1)[0]


def unpack(stored: str) -> Stored:
    """Read back what `entry` stored."""
    id_, fields, pages = json.loads(stored)
    return Stored(id_, fields, tuple(pages))
