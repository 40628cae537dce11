"""Signer: the name under the authority and position, without degrees and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.metadata.signature import Signature
from partydoc.page import Word
from partydoc.text import exact

#: How far below the position a name can stand, as a fraction of the page's height.
REACH = 0.26
#: No signer's name begins further left.
LEFT = 0.42
#: What is no word of a name and less sure than this is a stroke of the signature.
SCRIBBLE = 0.8
#: A family name of which only marks had to be mended; DOUBLED: two differ by their marks alone,
#: and it was read as the rarer one.
MENDED, DOUBLED = 0.82, 0.7
#: A name that only the coloured ink shows is never surer.
STAMPED = 0.7


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
    return stamped and replace(stamped, confidence=min(stamped.confidence, STAMPED))


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
    scored = [(_confidence(words), words, each) for words, each in names]
    if not scored:
        return None
    sure, words, segment = max(scored, key=lambda item: (item[0], item[2].box.top))
    value = " ".join(_spelled([_capitalised(word.text) for word in words]))
    return found(value, sure, [Segment(segment.page, tuple(words))])


def _name_words(segment: Segment) -> list[Word]:
    """Return the words of a name, its titles dropped; empty if the line is no name."""
    words = [word for word in segment.words if any(map(str.isalpha, word.text))]
    if segment.box.left < LEFT:  # the two signers of a biên bản, read as one line
        words = [word for word in words if word.box.left > LEFT]
    while words and _titles().issuperset(_bare(words[0].text).split(".")):
        words.pop(0)
    if len(words) > 2 and f"{_bare(words[0].text)} {_bare(words[1].text)}" in _titles():
        words = words[2:]
    while words and not _may_begin(_bare(words[0].text)) and words[0].confidence < SCRIBBLE:
        words.pop(0)
    while words and not _is_syllable(_bare(words[-1].text)) and words[-1].confidence < SCRIBBLE:
        words.pop()
    texts = [_bare(word.text) for word in words]
    if not 2 <= len(words) <= 5 or not _may_begin(texts[0]):
        return []
    if not all(map(_is_syllable, texts[1:])):
        return []
    return words


def _bare(text: str) -> str:
    bare = text.strip(".,;:'\"-_*()[]~").strip()
    return "L" + bare[1:] if bare[:1] in ("1", "|", "l") and bare[1:].isalpha() else bare.strip("|")


def _may_begin(text: str) -> bool:
    """Tell whether a word is a syllable, or what is left of one family name: rần, đuách."""
    return _is_syllable(text) or text.isalpha() and len(_near(text)) == 1


def _near(text: str) -> tuple[str, ...]:
    """Return the family names that a word is but for its first letter, or for one letter."""
    if len(key(text)) < 3:
        return ()
    near = (each for each in _families() if distance(key(text), each, 1) == 1 and len(each) > 3)
    return tuple(name for each in near for name in _families()[each])


def _is_syllable(text: str) -> bool:
    return text.isalpha() and text[0].isupper() and 1 < len(text) <= 7


def _capitalised(text: str) -> str:
    bare = _bare(text)
    return bare[0] + bare[1:].lower()


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("signing")["names"]["titles"])


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """Return the known family names by their folded letters: Võ and Vỡ share theirs."""
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(table("signing")["names"]["families"]):
        found[key(name)] = (*found.get(key(name), ()), name)
    return found


def _spelled(names: list[str]) -> list[str]:
    """Mend what OCR takes for other letters: the family name, and Văn and Thị in the middle."""
    known = _families().get(key(names[0]), ())
    if not _is_syllable(names[0]) or names[0][0].islower():
        known = known or _near(names[0])
    if known and exact(names[0]) not in map(exact, known):
        names = [known[0], *names[1:]]
    if len(names) > 2:
        middles = table("signing")["names"]["middles"]
        names[1] = next((good for good, bad in middles.items() if names[1] in bad), names[1])
    return names


def _confidence(words: Sequence[Word]) -> float:
    lowest = min(word.confidence for word in words)
    mean = sum(word.confidence for word in words) / len(words)
    sure = mean if lowest >= 0.6 else min(mean, 0.6)
    family = _bare(words[0].text)
    choices = _families().get(key(family), ())
    spelled = exact(family) in map(exact, choices)
    if not spelled:
        sure = min(sure, MENDED if len(choices) == 1 else DOUBLED)
    if spelled and exact(family) != exact(choices[0]):  # the table has the common ones first
        sure = min(sure, DOUBLED)
    known = bool(choices)
    middle = key(family) in {key(each) for each in table("signing")["names"]["middles"]}
    known = known and not (middle and len(words) < 4)
    all_capitals = all(word.text.isupper() for word in words)
    return sure if known and not all_capitals else min(sure, 0.6)
