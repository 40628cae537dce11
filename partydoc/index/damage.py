"""What recognition makes of a word: letters that look alike, words run together, words torn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from partydoc import syllable
from partydoc.index import schema, spelling
from partydoc.index.engine import Engine
from partydoc.index.plan import Plan, Term

#: Letters and what recognition takes them for: seen on the pages of benchmarks/ocr (set tune, 510
#: pages of 17 kinds), and the shapes of the type itself. Diacritics are folded before.
_TAKEN_FOR = {
    "a": "o e u aa", "b": "h 6 o", "c": "e o g t", "d": "c dd o t", "e": "c o a ee",
    "f": "t", "g": "s q e y 9", "h": "n b li k", "i": "l t 1 j r", "j": "i 1", "k": "h",
    "l": "i t 1 j", "m": "n rn ni in", "n": "r u h m ri", "o": "c e 0 oo a", "p": "n",
    "q": "o d g", "r": "i t n", "s": "5 8", "t": "i l f r", "u": "n ii o ti ri", "v": "y u",
    "x": "k", "y": "v",
    "rn": "m", "in": "m", "ni": "m", "ri": "n u", "li": "h", "ii": "u", "cl": "d",
    "0": "o", "1": "i l j", "2": "z", "5": "s", "6": "b", "8": "s b", "9": "g",
}  # fmt: skip

#: A syllable that stands beside the same neighbour more often was written there, not misread: in
#: more documents than these, and than this share of those with the right one.
_RARE, _SLIPS = 3, 0.05
_ROMAN = re.compile("[ivxlc]{2,}")
#: Shorter words are damaged into each other too easily to be known alone.
_TELLING = 5


class Spellings:
    """The words of an index that may be another word, damaged."""

    def __init__(self, index: Engine) -> None:
        self._index = index

    def _stands(self, word: str) -> bool:
        return self._index.frequency(schema.WORDS, word) > 0

    def damaged(self, word: str) -> tuple[str, ...]:
        """Return what one look-alike makes of a word, if that is no syllable and no number."""
        found = dict.fromkeys(lookalikes(word))
        return tuple(one for one in found if _is_damage(word, one) and self._stands(one))

    def differing(self, word: str, before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
        """Return what stands between the same neighbours one letter off.

        Beside a single neighbour it must be damaged for sure.
        """
        alone = len(before) + len(after) < 2
        near = {*lookalikes(word), *(spelling.one_edit(word) if syllable.is_folded(word) else ())}
        for left in before[-1:]:  # one list is cheaper than some hundred questions
            (head,) = schema.pairs((left, ""))
            beside = self._index.vocabulary(schema.PAIRS, head)
            near.intersection_update(pair.removeprefix(head) for pair in beside)
        return tuple(
            one
            for one in sorted(near)
            if self._together(one, before, after) > 0
            and (not syllable.is_folded(one) or self._is_rare(one, word, before, after))
            and _may_be(word, one, alone)
        )

    def _is_rare(self, one: str, word: str, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether one stands beside the neighbours of a word so rarely that it may be a slip.

        Engines forget deleted documents at different times: these never decide.
        """
        count, right = (self._together(which, before, after) for which in (one, word))
        gone = self._index.deleted() if count > _RARE else 0
        if gone and count - gone <= max(_RARE, right * _SLIPS):
            count, right = (self._together(which, before, after, True) for which in (one, word))
        return count <= max(_RARE, right * _SLIPS)

    def _together(
        self, word: str, before: Sequence[str], after: Sequence[str], live: bool = False
    ) -> int:
        """Return in how many documents at most a word stands beside its neighbours.

        Deleted ones may count, unless `live`.
        """
        least = 0
        for pair in schema.pairs((*before[-1:], word, *after[:1])):
            if live:
                only = Plan(Term(schema.PAIRS, pair), (), scored=False)
                count = self._index.find(only, 1)[0]
            else:
                count = self._index.frequency(schema.PAIRS, pair)
            if not count:
                return 0
            least = min(least, count) if least else count
        return least

    def merged(self, left: str, right: str) -> tuple[str, ...]:
        """Return two words run together, if they stand so, and are no syllable and no number."""
        one = left + right
        if one.isdigit() or syllable.is_folded(one) or not self._stands(one):
            return ()
        return (one,)

    def torn(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return a word in two parts, of which one at least is no syllable."""
        halves = [(word[:i], word[i:]) for i in range(1, len(word))]
        return tuple(
            parts for parts in halves
            if not word.isdigit() and not all(map(syllable.is_folded, parts))
            and all(map(self._stands, parts))
        )  # fmt: skip


def lookalikes(word: str) -> Iterator[str]:
    """Yield a word with one letter, or two, taken for what looks like it."""
    for start in range(len(word)):
        for end in (start + 1, start + 2):
            for taken in _TAKEN_FOR.get(word[start:end], "").split():
                yield word[:start] + taken + word[end:]


def _may_be(word: str, one: str, alone: bool) -> bool:
    if syllable.is_folded(word):
        return not (alone and syllable.is_folded(one))
    # The others of its sort are one letter off: abbreviations, and Roman numerals.
    numeral = _ROMAN.fullmatch(word) and not _ROMAN.fullmatch(one) and not syllable.is_folded(one)
    return bool(numeral) and not alone or _is_damage(word, one)


def _is_damage(word: str, one: str) -> bool:
    if spelling.has_digit(word):
        return spelling.has_digit(one) and not one.isdigit()
    doubled = one == word[0] + word  # ĐU is often read as ĐĐU
    telling = len(word) >= _TELLING or doubled or spelling.has_digit(one)
    return telling and not syllable.is_folded(one)
