"""What is asked of a search whose papers are known: drawn from their truth, before any is read."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from benchmarks.search.papers import Paper
from partydoc import syllable
from partydoc.index import schema

MOST_PAPERS = 5
_PHRASES_EACH = 20
_NOWHERE = 100


@dataclass(frozen=True)
class Phrase:
    """Syllables without marks, and the numbers of the papers in which they stand."""

    words: tuple[str, ...]
    papers: frozenset[int]


@dataclass(frozen=True)
class Questions:
    """All that is asked; `items` by what is typed, with the number of the one paper meant."""

    phrases: tuple[Phrase, ...]
    items: Mapping[str, Sequence[tuple[Sequence[str], int]]]
    nowhere: tuple[str, ...]


def questions(every: Sequence[Paper], scanned: int) -> Questions:
    """Draw what is asked of the first papers from the truth of all."""
    chance = random.Random(f"questions {len(every)} {scanned}")
    bodies = [[schema.folded_words(one) for one in paper.sentences] for paper in every]
    subjects = [schema.folded_words(paper.fields["subject"]) for paper in every]
    where = _places([[list(chain(*body)), subject]
                     for body, subject in zip(bodies, subjects, strict=True)])  # fmt: skip
    drawn = [words for body in bodies[:scanned] for words in _drawn(body, chance)]
    phrases = [Phrase(words, frozenset(where[words])) for words in dict.fromkeys(drawn)
               if len(where[words]) <= MOST_PAPERS]  # fmt: skip
    there = Counter(frozenset(subject) for subject in subjects)
    items = {
        "code": [([paper.fields["code"]], paper.number) for paper in every[:scanned]],
        "words of the subject": [(subject, number)
                                 for number, subject in enumerate(subjects[:scanned])
                                 if there[frozenset(subject)] == 1],
        "phrase": [([" ".join(one.words)], min(one.papers))
                   for one in phrases if len(one.papers) == 1],
    }  # fmt: skip
    known = {word for body in bodies for sentence in body for word in sentence}
    for paper in every:
        printed = " ".join(map(str, (*paper.fields.values(), *paper.texts.heads[0].values())))
        known.update(schema.folded_words(printed))
    return Questions(tuple(phrases), items, tuple(_nowhere(known, chance)))


def _places(bodies: Sequence[Sequence[Sequence[str]]]) -> Mapping[tuple[str, ...], set[int]]:
    found: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, body in enumerate(bodies):
        for words in body:
            for length in (4, 5, 6):
                for start in range(len(words) - length + 1):
                    found[tuple(words[start : start + length])].add(number)
    return found


def _drawn(body: Sequence[Sequence[str]], chance: random.Random) -> Iterator[tuple[str, ...]]:
    for _ in range(_PHRASES_EACH):
        words = chance.choice(body)
        length = chance.choice((4, 5, 6))
        start = chance.randrange(len(words) - length + 1)
        yield tuple(words[start : start + length])


def _nowhere(known: set[str], chance: random.Random) -> Iterator[str]:
    """Yield syllables that stand in no paper, and words that are none."""
    onsets, rhymes = "b c ch d g h kh l m n ng nh ph qu s t th tr v x".split(), "aeiouy"  # noqa: SIM905
    made: set[str] = set()
    while len(made) < _NOWHERE:
        word = chance.choice(onsets) + chance.choice(rhymes) + chance.choice(("", "c", "m", "ng"))
        if syllable.is_folded(word) and schema.folded_words(word)[0] not in known | made:
            made.add(word)
            yield word
    for _ in range(_NOWHERE):
        yield "".join(chance.choice("bcdghklmnpqrstvxaeiou") for _ in range(chance.randint(5, 9)))
