"""Whether pages are in Vietnamese at all: on foreign ones letters fall into a mark by chance."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.page import Page

#: A word that was read: this sure and at least two letters long.
_SURE, _LETTERS = 0.6, 2
#: With fewer such words nothing is said of a language; Vietnamese marks two words in three.
_ENOUGH, _MARKED = 25, 0.25


def is_foreign(pages: Sequence[Page]) -> bool:
    """Tell whether pages have words enough, and too few of them bear Vietnamese marks."""
    words = [
        word.text
        for page in pages
        for line in page.lines
        for word in line.words
        if word.confidence >= _SURE and sum(map(str.isalpha, word.text)) >= _LETTERS
    ]
    marked = sum(not word.isascii() for word in words)
    return len(words) >= _ENOUGH and marked < _MARKED * len(words)
