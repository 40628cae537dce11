"""Issuer and its superior: the lines of the left column above the number.

Quy định 399-QĐ/TW and Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2: the direct superior stands above,
in regular capitals, the issuer below it in bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from partydoc.document import Field
from partydoc.metadata import naming, parting
from partydoc.metadata.finding import SURE, found, has_two_tones
from partydoc.metadata.heads import NOBODY, Signatory
from partydoc.metadata.initials import stands_for
from partydoc.metadata.layout import Segment, join, rows, same_row
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import GENERAL, table
from partydoc.metadata.spelling import (
    SYLLABLE,
    Spelled,
    is_known,
    is_plausible,
    mend,
    nearest,
    spaced,
    unborne,
)
from partydoc.page import Word

#: A word that stands nowhere else must be read so well; one that does is as sure as this.
ALONE, BORNE = 0.88, 0.9
#: Below this a word was not read at all.
UNREAD = 0.2
#: What was damaged, and is named in the text, is as sure as this.
NAMED = 0.79
#: An issuer that only the text and the symbol name is for a person; not if its head signs.
OFFERED, HEADED = 0.5, 0.9
#: Abbreviations of so many letters have hardly a vowel but U: UBND, BQLDA.
ABBREVIATED = 4
#: What has fewer letters is a star, a rule, or nothing.
LEAST = 5
#: Lines of a letterhead stand this close, in heights of their letters.
PITCH = 3.5
#: Between two lines of one name so wide a step means that a line was lost.
GAP = 2.2


def against(issuer: Field | None, symbol: Field | None, bodies: Sequence[str]) -> Field | None:
    """Doubt an issuer that a surely read symbol of a known body does not stand for."""
    if issuer is None or symbol is None or symbol.confidence < SURE:
        return issuer
    organs = [part.split("-")[0] for part in str(symbol.value).replace("-", "/", 1).split("/")]
    known = [each for each in organs if key(each) in GENERAL.symbols and len(each) > 1]
    if not known or any(stands_for(each, body, GENERAL) for each in organs for body in bodies):
        return issuer
    return replace(issuer, confidence=min(issuer.confidence, 0.7))


def read(head: Letterhead, spelled: Spelled, signed: Signatory = NOBODY) -> dict[str, Field | None]:
    """Return the fields `issuer` and `superior`, spelled as the rest of the document has them.

    `signed` is who signs, as the head of the issuer or in its name.
    """
    lines, whole = _lines(head)
    parted = parting.part(lines, head, signed)
    if parted is None:
        return {"issuer": None, "superior": None}
    if not parted.symbolised and not parted.above and (lost := _lost(lines, head, spelled, signed)):
        return lost
    certain = parted.certain and whole
    superior = _superior(parted, certain, spelled) if parted.above else None
    begun = None if certain else naming.begun(parted.issuer, head, spelled)
    issuer = (
        found(mend(begun, spelled), _offered(begun, signed), parted.issuer)
        if begun
        else _field(parted.issuer, certain, spelled)
    )
    if issuer.confidence == NAMED and signed.signs_for(str(issuer.value)):
        issuer = replace(issuer, confidence=HEADED)
    return {"issuer": issuer, "superior": superior}


def _superior(parted: parting.Parted, certain: bool, spelled: Spelled) -> Field:
    """Return the superior: certain, too, where it and the issuer are named, whatever else is not.

    Nothing may have been lost between them.
    """
    last, first = parted.above[-1][-1], parted.issuer[0]
    close = first.box.top - last.box.top < GAP * last.height
    return _field(parted.above[-1], certain or parted.named and close, spelled)


def _offered(name: str, signed: Signatory) -> float:
    """Return how sure an issuer is that only text and symbol name: more, if its head signs."""
    return HEADED if signed.signs_for(name) else OFFERED


def _lost(
    lines: Sequence[Segment], head: Letterhead, spelled: Spelled, signed: Signatory
) -> dict[str, Field | None]:
    """Return the body of the text that the symbol stands for, if nothing printed above it does."""
    name = naming.named_by(parting.organs(head), lines, spelled, head.rules)
    if not name:
        return {}
    assert head.number is not None
    issuer = found(mend(name, spelled), _offered(name, signed), [head.number])
    return {"issuer": issuer, "superior": _field(lines, signed.signs_for(name), spelled)}


def _lines(head: Letterhead) -> tuple[list[Segment], bool]:
    """Return the lines of the left column without rules and stars; whether all could be read."""
    bottom = head.number or head.title or head.addressee or head.date
    if bottom is None or head.header is None and head.number is None:
        return [], True
    limit = bottom.box.top
    column = [each for each in head.left(-1.0, limit) if not same_row(each.box, bottom.box)]
    printed = [line for row in rows(column) if (line := _letters(join(row)))]
    lines = list(_closely(printed))
    return lines, not any(_is_lost(line, lines) for line in printed)


def _is_lost(line: Segment, lines: Sequence[Segment]) -> bool:
    """Tell whether a line close under a name has letters as large, but could not be read."""
    above = [each for each in lines if each.box.top < line.box.top]
    if line in lines or not above or len(line.key) < LEAST:
        return False
    height = above[-1].height
    close = line.box.top - above[-1].box.top < GAP * height
    return close and 0.6 * height < line.height < 1.8 * height


def _closely(lines: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the capitals that stand close under each other: what stands apart is a stamp."""
    above: Segment | None = None
    for line in lines:
        if not line.is_capitals or line.confidence <= 0.4 or _is_number(line):
            continue
        height = max(line.height, above.height if above else 0.0, 0.008)
        if above and line.box.top - above.box.top > PITCH * height:
            return
        yield line
        above = line


def _is_number(line: Segment) -> bool:
    """Tell whether a line begins with digits among letters: so looks a number over its dots."""
    first = line.words[0].text
    return any(map(str.isdigit, first)) and any(map(str.isalpha, first))


def _letters(segment: Segment) -> Segment | None:
    """Drop what is no word of a name: stars, rules, single signs at either end."""
    words = [word for word in segment.words if key(word.text)]
    while words and _is_scrap(words[0]):
        words.pop(0)
    while words and _is_scrap(words[-1]):
        words.pop()
    return Segment(segment.page, tuple(words)) if words and len(key(segment.text)) > 2 else None


def _is_scrap(word: Word) -> bool:
    """Tell whether a word is what is left of something else: one letter, with a mark or unsure."""
    text = word.text.strip("_*|~.,;:")
    return len(key(text)) < 2 and (word.confidence < 0.6 or text.isalpha() and not text.isascii())


class _Piece(NamedTuple):
    """A word of a name: its parts, with the spaces that it lost, how well it was read, and whether
    it stands so in the text too, or is known.
    """

    parts: tuple[str, ...]
    sure: float
    stands: bool


def _pieces(group: Sequence[Segment], spelled: Spelled) -> list[_Piece]:
    words = [word for line in group for word in line.words]
    apart = [tuple(spaced(word.text.strip("_*|~'\"“”.,;:")).split()) for word in words]
    alone = iter(unborne([part for parts in apart for part in parts], spelled))
    return [
        _Piece(parts, word.confidence, not any([next(alone) for _ in parts]))
        for word, parts in zip(words, apart, strict=True)
    ]


def _field(group: Sequence[Segment], certain: bool, spelled: Spelled) -> Field:
    pieces = _pieces(group, spelled)
    parts = [part for piece in pieces for part in piece.parts]
    printed = " ".join(" ".join(parts).strip(" -–—").upper().split())
    value = _first_mended(mend(printed, spelled))
    sure = _evidence(group, pieces)
    if is_known(value, spelled):
        sure = max(sure, 0.9)
    elif any(unborne(value.split(), spelled)) and (named := nearest(value, spelled)):
        value, sure = named, NAMED
    elif any(not piece.stands and piece.sure < ALONE for piece in pieces):
        sure = min(sure, 0.7)
    return found(value, sure if certain else min(sure, 0.7), group)


def _evidence(group: Sequence[Segment], pieces: Sequence[_Piece]) -> float:
    """Return how well a name was read; what stands in the text too was read well enough."""
    sure = sum(max(each.sure, BORNE * each.stands) for each in pieces) / len(pieces)
    parts = [part for piece in pieces for part in piece.parts]
    if any(not each.stands and (each.sure < UNREAD or len(each.parts) > 1) for each in pieces):
        sure = min(sure, 0.7)
    if any(has_two_tones(each) or len(key(each)) > SYLLABLE for each in parts):
        sure = min(sure, 0.6)
    torn = any(low.box.top - up.box.top > GAP * low.height for up, low in pairwise(group))
    read = all(map(is_plausible, parts)) and not any(
        _is_garbled(part) for piece in pieces if not piece.stands for part in piece.parts
    )
    return min(sure, 0.6) if torn or not read else sure


def _is_garbled(word: str) -> bool:
    """Tell whether a word in capitals is neither a syllable nor an abbreviation: GTANG."""
    long = len(word) >= ABBREVIATED and not set("AEIOY").isdisjoint(word)
    known = key(word) in GENERAL.symbols
    return long and word.isascii() and not known and not is_plausible(word.lower())


def _first_mended(name: str) -> str:
    """Return a name with its first word spelled as kinds of bodies are: PHONG -> PHÒNG."""
    first, space, rest = name.partition(" ")
    kinds = [each for each in table("letterhead")["bodies"]["starts"] if " " not in each]
    known = [each.upper() for each in kinds if key(each) == key(first)]
    return f"{known[0]}{space}{rest}" if len(known) == 1 and first.isalpha() else name
