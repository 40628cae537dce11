"""Two copies of a text: are their words the same, wherever the gaps between them were seen?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from partydoc.text import clean

#: Ligatures (fi, fl) as their letters; and as nothing what controls and is not printed.
_LIGATURES = range(0xFB00, 0xFB07)
_PRINTED = {code: unicodedata.normalize("NFKC", chr(code)) for code in _LIGATURES} | {
    code: ""
    for code in range(0x100)
    if unicodedata.category(chr(code)) == "Cc" and not chr(code).isspace()
}


def same(read: str, copied: str, doubled: Sequence[str] = ()) -> bool:
    """Tell whether two texts have the same words, or differ in where words end alone.

    Only letters and digits count. `doubled`: words that may lack signs, for they stand where
    another word was read: of a sign that stands twice in one place viewers say one.
    """
    said = _plain(read).split(), _plain(copied).split()
    if said[0] == said[1]:
        return True
    ours, theirs = map(_words, said)
    lost, gained = Counter(ours), Counter(theirs)
    lost, gained = lost - gained, gained - lost
    if not (lost or gained) or "".join(ours) == "".join(theirs):
        return True
    excused = lost & Counter(word for each in doubled for word in _words(_plain(each).split()))
    missing, added = _letters(lost), _letters(gained)
    if added - missing or missing - added - _letters(excused):
        return False
    _take_composed(gained, lost)
    _take_composed(lost, gained)
    thinned = _letters(excused)
    whole = {word for word in gained if Counter(word) - thinned}
    return _stand(lost - excused, ours, theirs) and _stand(
        Counter({word: gained[word] for word in whole}), theirs, ours
    )


def _take_composed(whole: Counter[str], parts: Counter[str]) -> None:
    """Take away the words that are some of the others, joined."""
    longest = max(map(len, parts), default=0)
    for word in list(whole.elements()):
        if taken := _composed(word, parts, longest):
            whole[word] -= 1
            parts.subtract(taken)


def _composed(word: str, parts: Counter[str], longest: int) -> Counter[str]:
    """Return the parts that a word is made of, end to end, the longest first; none if it is not."""
    taken: Counter[str] = Counter()
    at = 0
    while at < len(word):
        ends = range(min(len(word), at + longest), at, -1)
        fitting = (part for end in ends if parts[part := word[at:end]] > taken[part])
        if not (part := next(fitting, "")):
            return Counter()
        taken[part] += 1
        at += len(part)
    return taken


def _stand(differing: Counter[str], words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether each word, with the one before or after it, is a run of the others' letters."""
    wanted = {word for word, left in differing.items() if left > 0}
    if not wanted:
        return True
    whole = "".join(others)
    runs: dict[str, list[str]] = {word: [] for word in wanted}
    for one, other in pairwise(["", *words, ""]):
        for word in wanted & {one, other}:
            runs[word].append(one + other)
    return all(any(run in whole for run in found) for found in runs.values())


def _letters(words: Counter[str]) -> Counter[str]:
    return Counter("".join(words.elements()))


def _words(said: Sequence[str]) -> list[str]:
    """Return the letters and digits of each word, in their order."""
    words = (word if word.isalnum() else "".join(filter(str.isalnum, word)) for word in said)
    return [_in_one_order(word) for word in words if word]


def _in_one_order(word: str) -> str:
    """Return a word with its letters sorted if it is written from right to left.

    PDFium says Hebrew and Arabic as they are read, poppler as they stand.
    """
    turned = not word.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in word
    )
    return "".join(sorted(word)) if turned else word


def _plain(text: str) -> str:
    """Return text with ligatures spelled out and without what is not printed."""
    return clean(text).translate(_PRINTED)
