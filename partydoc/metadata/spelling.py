"""The spelling of names in capitals, mended from where they are printed small.

OCR damages diacritics and spaces most in capitals: "SỞY HỌC", "LƯU TRỪ". Mostly the same name
stands in the text too, in small letters that were read far better; so do the names of kinds of
bodies and of provinces, which are known. Only spelling is mended: letter for letter it stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from partydoc.document import Page, Word
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import Rules, table
from partydoc.text import exact

#: Words read less surely than this teach no spelling.
SURE = 0.85
#: No name that is looked for has more words.
LONGEST = 9
#: THUỶ is no "thú y"; from so many letters on a space that was lost is put back.
LOST = 8


@dataclass(frozen=True)
class Spelled:
    """How phrases are spelled, by their folded letters: in the text, and as they are known."""

    text: Mapping[str, str]
    known: Mapping[str, str]
    positions: Mapping[str, str]
    starts: tuple[str, ...]


def spellings(pages: Sequence[Page], rules: Rules) -> Spelled:
    """Collect from the text how its phrases of two and more words are spelled, most often so."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for run in _runs(word for line in page.lines for word in line.words):
            letters = [key(word) for word in run]
            for start in range(len(run)):
                for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
                    counts["".join(letters[start:end]), " ".join(run[start:end])] += 1
    taught: dict[str, str] = {}
    best: dict[str, int] = {}
    for (phrase_key, phrase), count in counts.items():
        if count > best.get(phrase_key, 0):
            best[phrase_key], taught[phrase_key] = count, phrase
    return Spelled(taught, rules.phrases, rules.positions, rules.body_starts)


def _runs(words: Iterable[Word]) -> Iterable[list[str]]:
    """Yield runs of surely read words that are not in capitals, without marks between them."""
    run: list[str] = []
    for word in words:
        bare = word.text.strip(".,;:()“”\"'")
        if word.confidence < SURE or not bare.isalpha() or (bare.isupper() and len(bare) > 1):
            yield run
            run = []
            continue
        run.append(bare.lower())
        if word.text[-1] in '.,;:)”"':
            yield run
            run = []
    yield run


def mend(text: str, spelled: Spelled) -> str:
    """Return a name in capitals with its phrases spelled as in the text, then as they are known."""
    return _respell(_respell(text, spelled.text), spelled.known)


def mend_text(text: str) -> str:
    """Return text in small letters with pairs of words mended that mean nothing as they are."""
    words = text.split()
    for i, (one, two) in enumerate(pairwise(words)):
        right = _pairs().get(key(one + two))
        if right and one.endswith(",") == right[0].endswith(","):
            words[i], words[i + 1] = _marked(one, right[0]), _marked(two, right[1])
    return " ".join(words)


def _marked(word: str, right: str) -> str:
    """Return a word with the marks of the right one; its case and the stops around it stay."""
    bare, right = word.strip(",;.()"), right.strip(",")
    if exact(bare) == exact(right) or len(bare) != len(right) or bare.isupper():
        return word
    return word.replace(bare, right if bare[0].islower() else right[0].upper() + right[1:])


@cache
def _pairs() -> Mapping[str, Sequence[str]]:
    return {key(each): each.split() for each in table("letterhead")["words"]["pairs"]}


def mend_position(text: str, spelled: Spelled) -> str:
    """Return a position or authority in capitals with its words spelled as they are known."""
    return _respell(_respell(text, spelled.positions), spelled.known)


def is_known(text: str, spelled: Spelled) -> bool:
    """Tell whether the whole of a name stands in the text too, or is known."""
    return key(text) in spelled.text or key(text) in spelled.known


def _may_be(better: str, phrase: str) -> bool:
    """Tell whether a phrase may stand for another: a short word has lost no space."""
    return " " not in better or " " in phrase or len(key(phrase)) >= LOST


def _respell(text: str, spelled: Mapping[str, str]) -> str:
    words = text.split()
    mended: list[str] = []
    while words:
        for length in range(len(words), 0, -1):
            phrase = " ".join(words[:length])
            better = spelled.get(key(phrase))
            if better is not None and _may_be(better, phrase):
                same = exact(better) == exact(phrase)
                mended.append(phrase if same else better.upper())
                del words[:length]
                break
        else:
            mended.append(words.pop(0))
    return " ".join(mended)
