"""Whether pages were read well enough to say that no mark stands on them."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.page import Page, Word

#: The part of page 1, from its top, in which marks stand.
HEAD = 1 / 3
#: A word that was read: this sure and at least two letters long.
SURE = 0.6
#: With fewer such words in the head of page 1 nothing can be said of it.
WORDS = 3
#: Below this mean confidence a page is noise: a photo, a sheet on its side, handwriting.
NOISE = 0.45


def doubtful_page(pages: Sequence[Page]) -> int | None:
    """Return the number of the first page that leaves a doubt; None if all were read well.

    A later page without words is taken for an empty back; page 1 without words is not.
    """
    for page in pages:
        if _is_doubtful(page):
            return page.number
    return None if pages else 1


def _is_doubtful(page: Page) -> bool:
    words = [word for line in page.lines for word in line.words]
    if page.number == 1:
        head = [word for word in words if word.box.top < HEAD]
        return sum(map(_is_read, head)) < WORDS or _mean(head) < NOISE
    return len(words) >= 8 and _mean(words) < NOISE


def _is_read(word: Word) -> bool:
    return word.confidence >= SURE and sum(map(str.isalpha, word.text)) >= 2


def _mean(words: Sequence[Word]) -> float:
    """Return the mean confidence, each word weighed by its letters: a form is full of dots."""
    letters = [(word.confidence, sum(map(str.isalnum, word.text))) for word in words]
    weight = sum(count for _, count in letters)
    return sum(sure * count for sure, count in letters) / weight if weight else 0.0
