"""The spelling of names in capitals, mended from where they are printed small.

OCR damages diacritics and spaces most in capitals: "SỞY HỌC", "LƯU TRỪ". Mostly the same name
stands in the text too, in small letters that were read far better; so do the names of kinds of
bodies and of provinces, which are known. Only spelling is mended: letter for letter it stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from partydoc.document import Page, Word
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import table
from partydoc.text import exact

#: Words read less surely than this teach no spelling.
SURE = 0.85
#: No name that is looked for has more words.
LONGEST = 9

#: Folded letters of a phrase -> the phrase, in small letters.
Spellings = Mapping[str, str]


def spellings(pages: Sequence[Page]) -> Spellings:
    """Collect from the text how its phrases of two and more words are spelled, most often so."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for run in _runs(word for line in page.lines for word in line.words):
            for start in range(len(run)):
                for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
                    phrase = " ".join(run[start:end])
                    counts[key(phrase), phrase] += 1
    taught = {letters: phrase for (letters, phrase), _ in reversed(counts.most_common())}
    return taught


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


@cache
def _known() -> Spellings:
    letterhead = table("letterhead")
    phrases = [*letterhead["bodies"]["starts"], *letterhead["places"]["names"]]
    return {key(phrase): phrase.lower() for phrase in phrases if " " in phrase}


def mend(text: str, spelled: Spellings) -> str:
    """Return a name in capitals with its phrases spelled as in the text, then as they are known."""
    return _respell(_respell(text, spelled), _known())


def is_known(text: str, spelled: Spellings) -> bool:
    """Tell whether the whole of a name stands in the text too, or is known."""
    return key(text) in spelled or key(text) in _known()


def _respell(text: str, spelled: Spellings) -> str:
    words = text.split()
    mended: list[str] = []
    while words:
        for length in range(len(words), 0, -1):
            phrase = " ".join(words[:length])
            better = spelled.get(key(phrase))
            if better is not None:
                same = exact(better) == exact(phrase)
                mended.append(phrase if same else better.upper())
                del words[:length]
                break
        else:
            mended.append(words.pop(0))
    return " ".join(mended)
