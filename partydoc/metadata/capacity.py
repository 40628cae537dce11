"""In what capacity a document is signed: authority ("T/M BAN THƯỜNG VỤ") and position ("BÍ THƯ").

Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (T/M, K/T, T/L, Q.); Nghị định 30/2020/NĐ-CP, Phụ lục I,
mục II.7 (TM., KT., TL., TUQ., Q.).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from partydoc.document import Field
from partydoc.metadata.finding import found, legible
from partydoc.metadata.layout import Segment
from partydoc.metadata.likeness import key, like
from partydoc.metadata.signature import Signature
from partydoc.metadata.spelling import Spelled, mend_position

#: A position that is not in the table, or had to be mended, is never surer.
UNKNOWN = 0.75
#: One that is in the table, letter for letter, is hardly another.
SPELLED = 0.85
#: What a signature leaves is read less surely than this.
STROKE = 0.8


def read(block: Signature | None, spelled: Spelled) -> dict[str, Field | None]:
    """Return the fields `authority` and `position`, as printed, each on one line."""
    if block is None:
        return {"authority": None, "position": None}
    if not block.position and key(block.authority[0].words[0].text) == "q":
        first, *rest = block.authority
        acting, position = first.part(0, 1), first.part(1)
        lines = [each for each in (position, *rest) if each]
        return {
            "authority": _field([acting] if acting else [], spelled),
            "position": _field(lines, spelled),
        }
    return {
        "authority": _known(_field(block.authority, spelled), spelled),
        "position": _nearest(_field(_without_scraps(block.position, spelled), spelled), spelled),
    }


def _known(field: Field | None, spelled: Spelled) -> Field | None:
    """Doubt an authority that names neither a body nor a position behind its prefix."""
    if field is None:
        return None
    name = key(str(field.value).partition(" ")[2])
    known = any(name.startswith(each) for each in (*spelled.starts, *spelled.positions))
    return field if known else replace(field, confidence=min(field.confidence, UNKNOWN))


def _without_scraps(lines: Sequence[Segment], spelled: Spelled) -> list[Segment]:
    """Drop strokes of the signature behind a position that is whole without them."""
    if not lines:
        return []
    *others, last = lines
    for end in range(1, len(last.words)):
        rest = last.words[end:]
        whole = last.part(0, end)
        if whole and whole.key in spelled.positions and all(w.confidence < STROKE for w in rest):
            return [*others, whole]
    return list(lines)


def _nearest(field: Field | None, spelled: Spelled) -> Field | None:
    """Offer for a position that nobody holds the known one that it nearly is: HÓ BÍ THƯ."""
    if field is None:
        return None
    text = key(str(field.value))
    if text in spelled.positions:
        return replace(field, confidence=max(field.confidence, SPELLED))
    cut_off = any(known.endswith(text) for known in spelled.positions)
    if not cut_off and any(text.startswith(each) for each in spelled.positions):
        return field
    near = [each for known, each in spelled.positions.items() if like(text, known)]
    value = near[0].upper() if len(near) == 1 else field.value
    return replace(field, value=value, confidence=min(field.confidence, UNKNOWN))


def _field(lines: Sequence[Segment], spelled: Spelled) -> Field | None:
    words = [word for line in lines for word in line.words if key(word.text)]
    if not words:
        return None
    printed = " ".join(word.text.strip("_*|~'\"“”,;:()") for word in words).strip(" -.")
    printed = f"{printed}." if len(printed) < 3 else printed
    value = mend_position(" ".join(printed.upper().split()), spelled)
    sure = legible(words)
    return found(value, sure, lines)
