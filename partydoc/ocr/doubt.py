"""Words of a typed page whose font may show something else than it says.

A font in an old encoding or without a Unicode map shows TUYỆT MẬT and says TUYÖT MËT or 7X<⁄7 0√7.
Among good lines such a line is lost in any measure of the whole page, so each font has to prove
itself by its own words. What does not is held against a reading of its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from partydoc import syllable
from partydoc.ocr import notes, trust
from partydoc.ocr.letters import Typed
from partydoc.page import Line, Word
from partydoc.text import fold

#: Fewer signs in a line hide no mark: bullets, page numbers.
_FEWEST_SIGNS = 3
#: Of the words in a font so many are syllables, and so few have signs that are not Vietnamese:
#: in old encodings what has no marks is right.
_PROVEN, _FOREIGN = 0.5, 0.1
#: From this confidence on a reading denies what is typed, if it differs in so many words, of which
#: so many are syllables.
_SURE, _DENIED, _SPELLED = 0.6, 0.5, 0.6


def words(typed: Iterable[Typed]) -> frozenset[Word]:
    """Return the words that show, but that their letters or their fonts give no reason to trust."""
    typed = list(typed)
    unproven = _unproven(typed)
    return frozenset(each.word for each in typed if _is_doubted(each, unproven))


def lines(typed: Iterable[Line], doubted: Container[Word]) -> Iterator[tuple[Line, Line]]:
    """Yield the lines with enough doubted words to hide a mark, each with these words alone."""
    for line in typed:
        some = tuple(word for word in line.words if word in doubted)
        if sum(len(word.text) for word in some) >= _FEWEST_SIGNS:
            yield line, Line(some, line.block)


def denied(doubts: Line, read: Sequence[Line]) -> bool:
    """Tell whether doubted words of a line were surely read as others, that are Vietnamese.

    Where most are read as they say, a few are misread.
    """
    there = _sure(notes.within(read, [doubts]))
    others = _sure(unsaid([doubts], read))
    if not others or len(others) < _DENIED * len(there):
        return False
    return sum(map(syllable.is_spelled, others)) >= _SPELLED * len(others)


def _sure(read: Iterable[Line]) -> list[str]:
    """Return the words, long enough for a mark, that were surely read."""
    words = (word for line in read for word in line.words if word.confidence >= _SURE)
    bare = (_bare(word.text.lower()) for word in words)
    return [word for word in bare if len(word) >= _FEWEST_SIGNS]


def unsaid(doubts: Sequence[Line], read: Iterable[Line]) -> Iterator[Line]:
    """Yield the words that were read in place of doubted ones, line by line, if these lack them.

    How a line is cut into words does not count.
    """
    said = [(each, _bare(fold("".join(word.text for word in each.words)))) for each in doubts]

    def lacks(word: Word) -> bool:
        bare = _bare(fold(word.text))
        return any(bare not in text for each, text in said if _lies_on(word, each))

    for line in read:
        if left := tuple(filter(lacks, line.words)):
            yield Line(left, line.block)


def _unproven(typed: Iterable[Typed]) -> frozenset[int]:
    """Return the fonts of which too few words are correctly spelled, or too many foreign."""
    counts: dict[int, Counter[str]] = {}
    for each in typed:
        told = _told(each)
        for font in each.fonts:
            counts.setdefault(font, Counter()).update(told)
    return frozenset(font for font, told in counts.items() if not _is_proven(told))


def _told(each: Typed) -> dict[str, int]:
    """Return how much a word tells of its fonts: nothing if it has no vowel, as figures have."""
    if not each.named or trust.is_foreign(each.word.text):
        return {"words": 1, "foreign": 1}
    words, spelled = syllable.counted(each.word.text)
    return {"words": words, "spelled": spelled}


def _is_proven(told: Counter[str]) -> bool:
    few = told["foreign"] <= _FOREIGN * told["words"]
    return few and told["spelled"] >= max(1, _PROVEN * told["words"])


def _is_doubted(each: Typed, unproven: frozenset[int]) -> bool:
    if not each.named or trust.is_foreign(each.word.text):
        return True
    return bool(each.fonts & unproven) and not _is_plain(each.word.text)


def _is_plain(text: str) -> bool:
    """Tell whether a word is a number or a rule of dots or strokes, which no mark looks like."""
    return not any(map(str.isalpha, text)) and (any(map(str.isdigit, text)) or len({*text}) < 3)


def _lies_on(word: Word, doubts: Line) -> bool:
    return bool(notes.within([Line((word,))], [doubts]))


def _bare(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))
