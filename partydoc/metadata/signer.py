"""Signer: the name under authority and position, in the right half of the page that is signed.

Quy định 399-QĐ/TW and Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7a-7c. The name alone, without degree
or rank. Of a "biên bản" with two signers it is the chair on the right (Hướng dẫn 05-HD/VPTW).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from partydoc.document import Field, Page, Word
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment, segments
from partydoc.metadata.likeness import begins, key
from partydoc.metadata.rules import keys, table
from partydoc.text import exact

#: How far below the position a name can stand, as a fraction of the page's height.
REACH = 0.26


def read(pages: Sequence[Page]) -> Field | None:
    """Return the field `signer`: of the page with the recipients, else of the last signed one."""
    best: tuple[tuple[int, int], Field] | None = None
    for page in _body(pages):
        cut = segments(page)
        block = _block(cut)
        field = _name(cut, block) if block else None
        if field is None:
            continue
        rank = (int(_has_recipients(cut)), page.number if not _has_recipients(cut) else 0)
        if best is None or rank > best[0]:
            best = rank, field
    return best[1] if best else None


def _body(pages: Sequence[Page]) -> Iterable[Page]:
    """Yield the pages before the first appendix."""
    known = keys("letterhead", "body", "appendix")
    for page in pages:
        first = [line for line in page.lines[:3] if line.box.top < 0.2]
        if page.number > 1 and any(key(line.text).startswith(known) for line in first):
            return
        yield page


def _has_recipients(cut: Sequence[Segment]) -> bool:
    known = keys("signing", "recipients", "texts")
    return any(begins(each.key, text) and each.box.left < 0.4 for each in cut for text in known)


def _block(cut: Sequence[Segment]) -> Segment | None:
    """Return the last line of authority and position: capitals in the right half."""
    lines = [each for each in cut if _is_right(each) and each.is_capitals]
    starts = [each for each in lines if _is_position(each) or _is_authority(each.text)]
    starts = [each for each in starts if each.box.top > 0.2]
    return starts[-1] if starts else None


def _is_right(segment: Segment) -> bool:
    return segment.centre > 0.52 and segment.box.left > 0.4


def _is_position(segment: Segment) -> bool:
    known = keys("signing", "positions", "starts") + keys("signing", "minutes_block", "starts")
    return any(begins(segment.key, each) for each in known if len(each) > 3)


def _is_authority(text: str) -> bool:
    prefixes = table("signing")["authority"]
    first = text.split()[0].upper()
    return any(first.startswith(each) for each in (*prefixes["party"], *prefixes["state"]))


def _name(cut: Sequence[Segment], block: Segment) -> Field | None:
    """Return the name below the block: the line that looks most like one."""
    top = block.box.top + 0.5 * (block.box.bottom - block.box.top)
    below = [
        each
        for each in cut
        if top < each.box.top < top + REACH
        and each.centre > 0.5
        and abs(each.centre - block.centre) < 0.2
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
    while words and _titles().issuperset(_bare(words[0].text).split(".")):
        words.pop(0)
    if len(words) > 2 and f"{_bare(words[0].text)} {_bare(words[1].text)}" in _titles():
        words = words[2:]
    texts = [_bare(word.text) for word in words]
    if not 2 <= len(words) <= 5 or not all(map(_is_syllable, texts)):
        return []
    return words


def _bare(text: str) -> str:
    return text.strip(".,;:'\"-_*|()[]~").strip()


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
    if len(known) == 1:
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
    known = len(choices) == 1 or exact(family) in map(exact, choices)
    all_capitals = all(word.text.isupper() for word in words)
    return sure if known and not all_capitals else min(sure, 0.6)
