"""Two readings of the same ink, and the better words of both.

What is small is lost first on worn or hard-pressed scans: the hook over a circumflex, the tail of
a comma. So of two words that differ in nothing else the one with more of it was read better, but
for i, whose dot is easily taken for a hook (Chi, Chỉ); of others the surer one. Nothing is made
up: each word is one that was read, and what is spelled gives way to nothing that is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from partydoc import syllable
from partydoc.ocr import merge
from partydoc.page import Line, Word

#: A word is unsure below this confidence.
_SURE = 0.8
#: A line that one reading alone has seen is this sure and has so many letters, or is no print.
_TOLD, _WORD = 0.7, 3
#: So much surer is a word for what the other reading has lost of it.
_SEEN = 0.5
#: How sure figures can be that two readings give differently.
_DIFFERENT = 0.5
#: Words stand in one line if this share of the lower one lies beside the other; two neighbours in
#: one place if the second begins so far within the first; two runs of words in one place if this
#: share of their whole width is common.
_BESIDE, _WITHIN, _COMMON = 0.6, 0.3, 0.6
_TAILS = str.maketrans(",;", ".:")


def unsure(lines: Iterable[Line]) -> float:
    """Return which share of the words with at least two letters is unsure."""
    words = [word for line in lines for word in line.words if _letters(word.text) >= 2]
    return sum(word.confidence < _SURE for word in words) / max(1, len(words))


def between(first: Sequence[Line], second: Sequence[Line]) -> tuple[Line, ...]:
    """Return the first reading with the words that the second has read better.

    Lines and their order are those of the first; what it has not seen is set between them.
    """
    words = [word for line in first for word in line.words]
    others = [word for line in second for word in line.words]
    unseen = [line for line in second if _is_told(line) and not _stands_in(line, words)]
    return merge.placed([_mended(line, others) for line in first], unseen)


def _is_told(line: Line) -> bool:
    return line.confidence >= _TOLD and _letters(line.text) >= _WORD


def _stands_in(line: Line, words: Sequence[Word]) -> bool:
    return any(_is_beside(word, other) for word in line.words for other in words)


def _mended(line: Line, others: Iterable[Word]) -> Line:
    beside = [other for other in others if other.box.top < line.box.bottom
              and other.box.bottom > line.box.top
              and any(_is_beside(word, other) for word in line.words)]  # fmt: skip
    places = [(ours, _chosen(ours, theirs)) for ours, theirs in _places(line.words, beside) if ours]
    if all(ours is chosen for ours, chosen in places):
        return line
    return Line(tuple(word for _, chosen in places for word in chosen), line.block)


def _chosen(ours: list[Word], theirs: list[Word]) -> list[Word]:
    """Return the better words for one place; figures that are not the same in both are doubted."""
    if not theirs or _text(ours) == _text(theirs) or _common(ours, theirs) < _COMMON:
        return ours
    chosen = theirs if _is_better(theirs, ours) else ours
    if _figures(ours) == _figures(theirs):
        return chosen
    return [replace(word, confidence=min(word.confidence, _DIFFERENT)) for word in chosen]


def _is_better(words: list[Word], than: list[Word]) -> bool:
    text, other = _text(words), _text(than)
    if _is_spelled(other) and not _is_spelled(text):
        return False
    gain = _confidence(words) - _confidence(than)
    if _worn(text) == _worn(other):
        gain += _SEEN * _sign(_marks(text) - _marks(other))
        gain += _SEEN * _sign(_tails(text) - _tails(other))
    return gain > 0


def _places(
    ours: Iterable[Word], theirs: Iterable[Word]
) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield, from left to right, the words of both that stand in one place: often one of each."""
    both = [(word, 0) for word in ours] + [(word, 1) for word in theirs]
    place: tuple[list[Word], list[Word]] = ([], [])
    right = narrow = 0.0
    for word, whose in sorted(both, key=lambda each: each[0].box.left):
        left, _, end, _ = word.box
        narrow = min(narrow, end - left)
        if right - left <= _WITHIN * narrow:
            yield place
            place, narrow = ([], []), end - left
        place[whose].append(word)
        right = max(right, end)
    yield place


def _is_beside(word: Word, other: Word) -> bool:
    one, two = word.box, other.box
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    return across > 0 and down > _BESIDE * min(one.bottom - one.top, two.bottom - two.top)


def _common(ours: Sequence[Word], theirs: Sequence[Word]) -> float:
    one, two = Line(tuple(ours)).box, Line(tuple(theirs)).box
    whole = max(one.right, two.right) - min(one.left, two.left)
    return (min(one.right, two.right) - max(one.left, two.left)) / whole if whole else 0.0


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _confidence(words: Iterable[Word]) -> float:
    return min(word.confidence for word in words)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _figures(words: Iterable[Word]) -> str:
    return "".join(filter(str.isdigit, _text(words)))


def _worn(text: str) -> str:
    """Return what is left of a text without marks and tails."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).translate(_TAILS)


def _marks(text: str) -> int:
    """Count the marks of a text; one on an i counts against it."""
    letters = (unicodedata.normalize("NFD", letter) for letter in text.lower())
    return sum(-len(each[1:]) if each[0] == "i" else len(each[1:]) for each in letters)


def _tails(text: str) -> int:
    return text.count(",") + text.count(";")


def _is_spelled(text: str) -> bool:
    """Tell whether all words of a text are syllables; what has no vowel may be anything."""
    words, spelled = syllable.counted(text)
    return words == spelled


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
