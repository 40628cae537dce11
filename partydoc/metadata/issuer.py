"""Issuer and its superior: the lines of the left column above the number.

Quy định 399-QĐ/TW and Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2: the direct superior stands above,
in regular capitals, the issuer below it in bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from partydoc.document import Field, Word
from partydoc.metadata.finding import SURE, found, has_two_tones
from partydoc.metadata.initials import stands_for
from partydoc.metadata.layout import Segment, join, rows, same_row
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import GENERAL, Rules, keys, table
from partydoc.metadata.spelling import Spelled, is_known, mend

#: No syllable is longer: what is has lost a space.
SYLLABLE = 7
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


def read(head: Letterhead, spelled: Spelled) -> dict[str, Field | None]:
    """Return the fields `issuer` and `superior`, spelled as the rest of the document has them."""
    lines = _lines(head)
    groups = split(lines, head.rules)
    if not groups:
        return {"issuer": None, "superior": None}
    *above, issuer = groups
    known = names_body(issuer[0], head.rules)
    superior = _field(above[-1], known and len(above) == 1, spelled) if above else None
    return {"issuer": _field(issuer, known and len(above) < 2, spelled), "superior": superior}


def _lines(head: Letterhead) -> list[Segment]:
    """Return the printed lines of the letterhead's left column, cleaned of rules and stars."""
    bottom = head.number or head.title or head.addressee or head.date
    if bottom is None or head.header is None and head.number is None:
        return []
    limit = bottom.box.top
    column = [each for each in head.left(-1.0, limit) if not same_row(each.box, bottom.box)]
    lines = (_letters(join(row)) for row in rows(column))
    return list(_closely(line for line in lines if line))


def _closely(lines: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the capitals that stand close under each other: what stands apart is a stamp."""
    above: Segment | None = None
    for line in lines:
        if not line.is_capitals or line.confidence <= 0.4:
            continue
        height = max(line.height, above.height if above else 0.0, 0.008)
        if above and line.box.top - above.box.top > PITCH * height:
            return
        yield line
        above = line


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


def split(lines: Sequence[Segment], rules: Rules) -> list[list[Segment]]:
    """Group lines into bodies, top to bottom: a line that names no body carries on the one above.

    With two lines and no known body among them the last one is taken for the issuer.
    """
    groups: list[list[Segment]] = []
    for line in lines:
        if groups and (_carries_on(groups[-1], line, rules) or not names_body(line, rules)):
            groups[-1].append(line)
        else:
            groups.append([line])
    if len(groups) == 1 and len(lines) > 1 and not names_body(lines[0], rules):
        return [list(lines[:-1]), [lines[-1]]]
    return groups


def names_body(line: Segment, rules: Rules) -> bool:
    """Tell whether a line begins with a word for a kind of body; "TỔ" is one, "TOÀN" is not."""
    firsts = {key("".join(word.text for word in line.words[:n])) for n in range(1, 6)}
    return any(
        start in firsts or len(start) > 4 and line.key.startswith(start)
        for start in rules.body_starts
    )


def _carries_on(group: Sequence[Segment], line: Segment, rules: Rules) -> bool:
    """Tell whether a line completes a name above it: ỦY BAN … , or … ĐẢNG with BỘ below."""
    text = "".join(above.key for above in group)
    broken = key(group[-1].words[-1].text + line.words[0].text)
    return text in keys("letterhead", "bodies", "unfinished") or broken in rules.body_starts


def _field(group: Sequence[Segment], certain: bool, spelled: Spelled) -> Field:
    words = [word.text.strip("_*|~'\"“”.,;:") for line in group for word in line.words]
    printed = " ".join(words).strip(" -–—")
    confidences = [word.confidence for line in group for word in line.words]
    mean = sum(confidences) / len(confidences)
    sure = mean if min(confidences) >= 0.2 else min(mean, 0.7)
    if any(has_two_tones(word) or len(key(word)) > SYLLABLE for word in words):
        sure = min(sure, 0.6)
    if any(lower.box.top - upper.box.top > GAP * lower.height for upper, lower in pairwise(group)):
        sure = min(sure, 0.6)
    value = _first_mended(mend(" ".join(printed.upper().split()), spelled))
    if is_known(value, spelled):
        sure = max(sure, 0.9)
    return found(value, sure if certain else min(sure, 0.7), group)


def _first_mended(name: str) -> str:
    """Return a name with its first word spelled as kinds of bodies are: PHONG -> PHÒNG."""
    first, space, rest = name.partition(" ")
    kinds = [each for each in table("letterhead")["bodies"]["starts"] if " " not in each]
    known = [each.upper() for each in kinds if key(each) == key(first)]
    return f"{known[0]}{space}{rest}" if len(known) == 1 and first.isalpha() else name
