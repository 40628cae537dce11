"""The text that an earlier program laid under a scan: is it better than what we read?

Such layers come from any engine in any language. What an English one makes of Vietnamese has
hardly an accented letter; a good one has 25 to 32 of a hundred, and its words are syllables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from partydoc import syllable
from partydoc.ocr import trust
from partydoc.page import Line, Page
from partydoc.text import fold

#: Of a hundred words of a good text so many are syllables: 94 to 99 in official prose, names,
#: codes and abbreviations included.
_GOOD = 0.9
#: By so much it must beat our own reading, in share of syllables or else in their number.
_SHARE_LEAD, _COUNT_LEAD = 0.05, 1.2
#: What it may lack of the syllables that we read.
_KEPT = 0.95
#: Of the words we are sure of so many must be there: a layer may belong to another page.
_AGREED, _SURE, _FEWEST_SURE = 0.5, 0.7, 5
#: A layer of fewer words is no reading of a page.
_FEWEST = 20
#: Words of a layer come without a confidence of their own.
_SPELLED, _STRANGE = 0.9, 0.5
#: A mark is no longer than this.
_MARK_WORDS = 4


def wins(layer: str, ours: Page) -> bool:
    """Tell whether a hidden layer is clearly better than our own reading of the page."""
    words, good = syllable.counted(layer)
    if words < _FEWEST or good < _GOOD * words or not trust.verdict(layer):
        return False
    our_words, our_good = syllable.counted(ours.text)
    if good < _KEPT * our_good or not _agree(layer, ours):
        return False
    share, our_share = good / words, our_good / max(our_words, 1)
    return share >= our_share + _SHARE_LEAD or (
        share >= our_share and good >= _COUNT_LEAD * our_good
    )


def _agree(layer: str, ours: Page) -> bool:
    words = (word for line in ours.lines for word in line.words)
    sure = _folded(" ".join(word.text for word in words if word.confidence >= _SURE))
    return len(sure) < _FEWEST_SURE or len(sure & _folded(layer)) >= _AGREED * len(sure)


def _folded(text: str) -> set[str]:
    return {word for word in fold(text).split() if len(word) > 1}


def weighed(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the words of a layer a confidence: what is no syllable may be misread."""
    return tuple(
        Line(
            tuple(
                replace(word, confidence=_SPELLED if _plausible(word.text) else _STRANGE)
                for word in line.words
            ),
            line.block,
        )
        for line in lines
    )


def _plausible(text: str) -> bool:
    words, good = syllable.counted(text)
    return words == good


def unsaid(lines: Iterable[Line], layer: str) -> Iterator[Line]:
    """Yield the short lines we read and the layer lacks: a mark must not go lost with our text."""
    said = _folded(layer)
    for line in lines:
        if len(line.words) <= _MARK_WORDS and not _folded(line.text) <= said:
            yield line
