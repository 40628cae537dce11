"""Signer: the name under the authority and position, without degrees and ranks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from partydoc import syllable
from partydoc.document import Field
from partydoc.metadata import family
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.metadata.signature import Signature
from partydoc.page import Word
from partydoc.text import exact, fold

_EDGES = re.compile(r"^\W*_*\W*|\W*_*\W*$")
#: How far below the position a name can stand, as a fraction of the page's height.
REACH = 0.26
#: No name has more words; of these letters one alone is a syllable of some: Vừ A Mẫu, Y Thanh.
LONGEST, LETTERS = 6, ("A", "Y", "H", "Ơ")
#: No signer's name begins further left.
LEFT = 0.42
#: What is no syllable before a family name, and has fewer letters, is a stroke.
SCRAPS = 3
#: What is no word of a name and less sure than this is a stroke of the signature.
SCRIBBLE = 0.8
#: A family name of which only marks had to be mended; DOUBLED: two differ by their marks alone, and
#: none of them is likelier, or it was read as the rarer one.
MENDED, DOUBLED = 0.82, 0.7
#: A family name that is like no other may be read no better than this.
GUESSED = 0.4
#: A name that only the coloured ink shows is never surer; read as surely as print it is.
STAMPED, CLEAR = 0.7, 0.9
#: A name stands under the middle of its position, but for that part of the page's width.
ASKEW = 0.025
#: One of two words that stands further out most likely lost a first: Lê Đình Trí, Đinh Trí.
ASKEW_IN_TWO = 0.012


def read(blocks: Sequence[Signature]) -> tuple[Signature | None, Field | None]:
    """Return the block that is signed and the field `signer`: of the first one with a name."""
    for block in blocks:
        field = _name(block)
        if field:
            return block, field
    return (blocks[0] if blocks else None), None


def _name(block: Signature) -> Field | None:
    """Return the name below the block; what only the coloured ink shows is for a person."""
    printed = _best(block, block.segments)
    if printed:
        return printed
    stamped = _best(block, block.stamped)
    if stamped is None or stamped.confidence >= CLEAR:
        return stamped and replace(stamped, confidence=MENDED)
    return replace(stamped, confidence=min(stamped.confidence, STAMPED))


def _best(block: Signature, segments: Sequence[Segment]) -> Field | None:
    """Return of the lines below the block the one that looks most like a name."""
    over = block.last
    top = over.box.top + 0.5 * (over.box.bottom - over.box.top)
    below = [
        each
        for each in segments
        if top < each.box.top < top + REACH
        and (abs(each.centre - over.centre) < 0.2 or each.box.left < LEFT < 0.6 < each.box.right)
    ]
    names = [(words, each) for each in below if (words := _name_words(each))]
    scored = [(_confidence(words, over.centre), words, each) for words, each in names]
    if not scored:
        return None
    sure, words, segment = max(scored, key=lambda item: (item[0], item[2].box.top))
    value = " ".join(_spelled([_capitalised(word.text) for word in words]))
    return found(value, sure, [Segment(segment.page, tuple(words))])


def _name_words(segment: Segment) -> list[Word]:
    """Return the words of a name, its titles dropped; empty if the line is no name."""
    words = [word for word in segment.words if any(map(str.isalpha, word.text))]
    if [fold(_bare(word.text)) for word in words[-2:]] == ["da", "ky"]:  # (đã ký)
        words = words[:-2]
    if segment.box.left < LEFT:  # the two signers of a biên bản, read as one line
        words = [word for word in words if word.box.left > LEFT]
    while words and _is_title(_bare(words[0].text)):
        words.pop(0)
    words[:1] = map(_without_title, words[:1])
    if len(words) > 2 and _is_rank(words):
        words = words[2:]
    while words and _is_scrap(words):
        words.pop(0)
    while words and not _is_syllable(_bare(words[-1].text)) and words[-1].confidence < SCRIBBLE:
        words.pop()
    texts = [_bare(word.text) for word in words]
    if not 2 <= len(words) <= LONGEST or not _may_begin(texts[0]):
        return []
    if not all(map(_is_syllable, texts[1:])):
        return []
    return words


def _is_title(text: str) -> bool:
    """Tell whether a word is a title, or several joined by dots: BSCKl, PGS.TS."""
    grade = text.upper().replace("L", "I")
    return _titles().issuperset(text.split(".")) or grade.endswith("CKI") and grade in _titles()


def _without_title(word: Word) -> Word:
    """Return a word without a title that a dot joins to it: ThS.Nguyễn."""
    title, dot, rest = word.text.rpartition(".")
    joined = dot and _titles().issuperset(_bare(title).split(".")) and len(rest) > 1
    return replace(word, text=rest) if joined else word


def _is_rank(words: Sequence[Word]) -> bool:
    """Tell whether a name begins with a rank of two words, in a long one but for a letter."""
    two = f"{_bare(words[0].text)} {_bare(words[1].text)}"
    near = (distance(key(two), key(each), 1) < 2 for each in _titles() if " " in each)
    return two in _titles() or len(words) > 3 and any(near)


def _is_scrap(words: Sequence[Word]) -> bool:
    """Tell whether no name begins here: with a stroke, or what is left of a rank."""
    first = _bare(words[0].text)
    after = _bare(words[1].text) if len(words) > 2 else ""
    follows = bool(family.alike(after)) and not family.is_given(after)
    if follows and first.islower() and not family.is_left_of_one(first):
        return True
    no_syllable = not family.alike(first) and not syllable.is_spelled(first.lower())
    if follows and no_syllable and len(first) < SCRAPS:
        return True
    return not _may_begin(first) and words[0].confidence < SCRIBBLE


def _bare(text: str) -> str:
    bare = _EDGES.sub("", text)
    return "L" + bare[1:] if bare[:1] in ("1", "|", "l") and bare[1:].isalpha() else bare.strip("|")


def _may_begin(text: str) -> bool:
    """Tell whether a word is a syllable, or what is left of one family name: rần, đuách."""
    return _is_syllable(text) or text.isalpha() and len(family.nearest(text)) == 1


def _is_syllable(text: str) -> bool:
    """Tell whether a word can be one of a name, with an apostrophe too: H’Yim."""
    letters = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    return (
        letters.isalpha()
        and text[0].isupper()
        and (len(text) <= 7 and len(text) > 1 or text in LETTERS)
    )


def _capitalised(text: str) -> str:
    parts = re.split("(['’])", _bare(text))
    return "".join(part[:1] + part[1:].lower() for part in parts)


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("signing")["names"]["titles"])


def _spelled(names: list[str]) -> list[str]:
    """Mend what OCR takes for other letters: the family name, and Văn and Thị in the middle."""
    known = family.alike(names[0])
    if not _is_syllable(names[0]):
        known = family.nearest(names[0]) if family.is_left_of_one(names[0]) else known
        known = known or family.nearest(names[0])
    elif not known and not syllable.is_spelled(names[0].lower()):  # Nđuyễn, Lưựớng
        near = family.nearest(names[0])
        known = near if len(set(map(key, near))) == 1 else ()
    if known and exact(names[0]) not in map(exact, known):
        names = [known[0], *names[1:]]
    if len(names) > 2:
        middles = table("signing")["names"]["middles"]
        names[1] = next((good for good, bad in middles.items() if names[1] in bad), names[1])
    return [*names[:1], *map(_mended, names[1:])]


def _confidence(words: Sequence[Word], middle: float) -> float:
    misread = any(_meant(_capitalised(word.text)) for word in words[1:])
    return min(_as_read(words, middle), DOUBLED if misread else 1.0)


def _as_read(words: Sequence[Word], middle: float) -> float:
    first = _bare(words[0].text)
    if family.is_left_of_one(first):
        return _of_what_is_left(words, middle)
    sure = _read(words)
    if family.is_unlike_others(first) and words[0].confidence >= GUESSED:
        sure = max(sure, min(_read(words[1:]), MENDED))
    choices = family.alike(first)
    spelled = exact(first) in map(exact, choices)
    if not spelled:
        sure = min(sure, MENDED if choices and family.is_likeliest(choices[0]) else DOUBLED)
    if spelled and exact(first) != exact(choices[0]):  # the table has the common ones first
        sure = min(sure, DOUBLED)
    if len(words) == 2 and _centre(words) - middle > ASKEW_IN_TWO:
        sure = min(sure, 0.6)
    likeliest = first if spelled else next(iter(choices), "")
    known = bool(choices) and not (family.is_given(likeliest) and len(words) < 4)
    all_capitals = all(word.text.isupper() for word in words)
    return sure if known and not all_capitals else min(sure, 0.6)


def _mended(name: str) -> str:
    """Return what a name that is none in use most likely was."""
    meant = _meant(name)
    return meant.capitalize() if meant else name


def _meant(name: str) -> str | None:
    """Return the only name in use that OCR makes such a word of, itself no name: Hông, Hãng."""
    read, in_use = exact(name), _in_use()
    if read in in_use:
        return None
    found = {
        whole
        for lost, letter in table("signing")["names"]["confused"]
        if lost in read and (whole := read.replace(lost, letter, 1)) in in_use
    }
    return found.pop() if len(found) == 1 else None


@cache
def _in_use() -> frozenset[str]:
    return frozenset(map(exact, table("signing")["names"]["common"]))


def _centre(words: Sequence[Word]) -> float:
    return (words[0].box.left + words[-1].box.right) / 2


def _read(words: Sequence[Word]) -> float:
    lowest = min(word.confidence for word in words)
    mean = sum(word.confidence for word in words) / len(words)
    return mean if lowest >= 0.6 else min(mean, 0.6)


def _of_what_is_left(words: Sequence[Word], middle: float) -> float:
    """Return how sure a name is that lost its first letters: with these it stands in the middle."""
    first, last = words[0], words[-1]
    left = _bare(first.text)
    letter = (last.box.right - words[1].box.left) / len(" ".join(word.text for word in words[1:]))
    lost = len(family.nearest(left)[0]) - len(left)
    centre = (first.box.left - lost * letter + last.box.right) / 2
    sure = min(_read(words[1:]), MENDED)
    return sure if abs(centre - middle) < ASKEW else min(sure, 0.6)
