"""In what capacity a document is signed: authority ("T/M BAN THƯỜNG VỤ") and position ("BÍ THƯ").

Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (T/M, K/T, T/L, Q.); Nghị định 30/2020/NĐ-CP, Phụ lục I,
mục II.7 (TM., KT., TL., TUQ., Q.).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from partydoc.document import Field
from partydoc.metadata import heads
from partydoc.metadata.finding import found, legible
from partydoc.metadata.layout import Segment
from partydoc.metadata.likeness import distance, key, like
from partydoc.metadata.rules import Rules, table
from partydoc.metadata.signature import Signature
from partydoc.metadata.spelling import Spelled, mend_position
from partydoc.page import Word

#: A position that is not in the table, or had to be mended, is never surer.
UNKNOWN = 0.75
#: One that is in the table, letter for letter, is hardly another; nor is one that was mended into
#: what the issuer, or the authority above it, asks for.
SPELLED = 0.85
#: One that is nearly no position at all is no better than that.
STRANGE = 0.6
#: So sure is an authority that names the issuer.
BORNE_OUT = 0.9
#: One that was mended into what the issuer asks for; an authority of it, one letter in so many.
MENDED, NAMED = 0.82, 6
#: Letters differ in width by no more than that part of a line.
UNEVEN = 0.2
#: So many letters a seal or a signature may cover at its beginning.
LOST = 3
#: How far under the authority a position can stand, as a fraction of the page's height.
REACH = 0.05
#: What a signature leaves is read less surely than this.
STROKE = 0.8


def read(
    block: Signature | None, spelled: Spelled, issuer: str | None, chiefs: Sequence[str]
) -> dict[str, Field | None]:
    """Return the fields `authority` and `position`, as printed, each on one line.

    `chiefs` are the positions of who heads the issuer (`heads.of`).
    """
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
    authority = _known(_apart(_field(block.authority, spelled)), spelled)
    authority = _borne_out(authority, issuer)
    printed = _field(_without_scraps(block.position, spelled), spelled)
    held = _headed(printed, authority, block, chiefs) if _is_damaged(printed, spelled) else None
    held = held or _nearest(printed, spelled)
    held = _deputised(authority, held or _stamped(block, spelled, chiefs))
    return {"authority": authority, "position": held}


def in_force(authority: Field | None, family: str | None, day: str | None) -> Field | None:
    """Doubt an authority in a form that the family of the letterhead has not on an ISO date.

    A form of another is as often a stroke read for a dot. `day` may be a month or a year.
    """
    if authority is None or family not in ("party", "state"):
        return authority
    rows = (row for row in table("signing")["authority"] if row["family"] == family)
    forms = [form for row in rows if _holds(row, day) for form in row["prefixes"]]
    prefix = str(authority.value).split()[0].upper()
    if any(prefix.startswith(form) for form in forms):
        return authority
    return replace(authority, confidence=min(authority.confidence, STRANGE))


def _holds(row: Mapping[str, Any], day: str | None) -> bool:
    """Tell whether a row of a table is in force on a day; on one that is not known all are."""
    if day is None:
        return True
    since, until = str(row["since"]), str(row.get("until", "9999"))
    return since[: len(day)] <= day and day <= until[: len(day)]


def signatory(block: Signature | None, rules: Rules) -> heads.Signatory:
    """Return who signs, as far as the block has it to the letter; nobody where it is T/L or TUQ."""
    if block is None:
        return heads.NOBODY
    prefix, _, name = " ".join(line.text for line in block.authority).partition(" ")
    if heads.DEPUTY.match(prefix):
        return heads.Signatory(_held(name, rules))
    position = " ".join(line.text for line in block.position)
    if heads.BODY.match(prefix):
        return heads.Signatory(_held(position, rules), key(name))
    return heads.NOBODY if prefix else heads.Signatory(_held(position, rules))


def _held(position: str, rules: Rules) -> str | None:
    """Return the key of a position, of a deputy's that of the head, if it is known."""
    held = key(position).removeprefix("pho")
    return held if held in rules.positions else None


def _stamped(block: Signature, spelled: Spelled, chiefs: Sequence[str]) -> Field | None:
    """Return the position that only the ink of the stamp over it shows, for a person to see.

    It is surer if it heads the issuer and stands in the middle: then nothing stood before it.
    """
    under = (
        each
        for each in block.stamped
        if 0 < each.box.top - block.last.box.top < REACH
        and abs(each.centre - block.last.centre) < 0.1
    )
    parts = (each.part(i) for each in under for i in range(len(each.words)))
    whole = [each for each in parts if each and each.key in spelled.positions]
    if not whole:
        return None
    longest = max(whole, key=lambda each: len(each.key))
    field = _field([longest], spelled)
    held = any(longest.key == key(each) and _fits(each, longest, block) for each in chiefs)
    return field and replace(field, confidence=MENDED if held else min(field.confidence, UNKNOWN))


def _apart(authority: Field | None) -> Field | None:
    """Put back the space behind a prefix: T/MCHI BỘ, TM.ỦY BAN."""
    if authority is None:
        return None
    value = str(authority.value)
    prefixes = (each for row in table("signing")["authority"] for each in row["prefixes"])
    prefix = next((each for each in prefixes if value.startswith(each)), "")
    return replace(authority, value=f"{prefix} {value.removeprefix(prefix).strip()}".strip())


def _known(field: Field | None, spelled: Spelled) -> Field | None:
    """Doubt an authority that names neither a body nor a position behind its prefix."""
    if field is None:
        return None
    name = key(str(field.value).partition(" ")[2])
    known = any(name.startswith(each) for each in (*spelled.starts, *spelled.positions))
    return field if known else replace(field, confidence=min(field.confidence, UNKNOWN))


def _borne_out(authority: Field | None, issuer: str | None) -> Field | None:
    """Make an authority surer, or mend it, that names the issuer or a part of it: T/M ĐẢNG ỦY."""
    prefix, _, name = str(authority.value).partition(" ") if authority else ("", "", "")
    if authority is None or not heads.BODY.match(prefix):
        return authority
    words = (issuer or "").split()[: len(name.split())]
    common = [" ".join(words), *(each.upper() for each in table("signing")["collective"]["names"])]
    if key(name) in map(key, common):
        return replace(authority, confidence=max(authority.confidence, BORNE_OUT))
    limit = len(key(name)) // NAMED
    near = [each for each in common if distance(key(name), key(each), limit) <= limit]
    if len(near) != 1 or key(name).startswith(key(near[0])):
        return authority
    return replace(authority, value=f"{prefix} {near[0]}", confidence=MENDED)


def _is_damaged(position: Field | None, spelled: Spelled) -> bool:
    """Tell whether a position was read that nobody holds."""
    return position is not None and key(str(position.value)) not in spelled.positions


def _headed(
    position: Field | None, authority: Field | None, block: Signature, chiefs: Sequence[str]
) -> Field | None:
    """Return the position as that of who heads the issuer, or of a deputy, if it nearly is one.

    Who signs T/L or K/T is another; where two are as near, the middle of the authority over it
    tells which is as wide.
    """
    said = str(authority.value) if authority else ""
    if position is None or said and not heads.BODY.match(said):
        return None
    chiefs = chiefs or heads.of(said.partition(" ")[2])
    near = heads.nearest(key(str(position.value)), chiefs)
    if len(near) > 1:
        near = tuple(each for each in near if _fits(each, block.position[-1], block))
    if len(near) != 1:
        return None
    return replace(position, value=near[0], confidence=MENDED)


def _fits(position: str, line: Segment, block: Signature) -> bool:
    """Tell whether a position is as wide as a line that ends here and stands in the middle."""
    if not block.authority:
        return False
    last = line.words[-1]
    letters = max(1, len(last.text))
    half = last.box.right - block.authority[-1].centre
    wanted = (last.box.right - last.box.left) / letters * len(position)
    return abs(2 * half - wanted) < UNEVEN * wanted


def _without_scraps(lines: Sequence[Segment], spelled: Spelled) -> list[Segment]:
    """Drop strokes of the signature behind, or under, a position that is whole without them."""
    words = [word for line in lines for word in line.words]
    for end in range(len(words) - 1, 0, -1):
        kept = words[:end]
        text = key("".join(word.text for word in kept))
        if text in spelled.positions and all(map(_is_stroke, words[end:])):
            parts = (tuple(word for word in line.words if word in kept) for line in lines)
            return [Segment(lines[0].page, part) for part in parts if part]
    return list(lines)


def _is_stroke(word: Word) -> bool:
    """Tell whether a word is what a signature left: badly read, or one or two letters and signs."""
    return word.confidence < STROKE or len(key(word.text)) < 3


def _deputised(authority: Field | None, position: Field | None) -> Field | None:
    """Put back the PHÓ of who signs K/T: it is for the one whose position stands above.

    Where something of it was read the position is borne out, else it is for a person.
    """
    if authority is None or position is None or not heads.DEPUTY.match(str(authority.value)):
        return position
    head, own = str(authority.value).partition(" ")[2], key(str(position.value))
    before = len(own) - len(key(head))
    alike = distance(own[max(0, before) :], key(head), 1) <= 1
    if len(key(head)) < 5 or key(head).startswith("pho") or not alike or not 0 <= before <= 4:
        return position
    value = position.value if own == f"pho{key(head)}" else f"PHÓ {head}"
    if authority.confidence <= UNKNOWN:
        return replace(position, value=value, confidence=min(position.confidence, UNKNOWN))
    return replace(position, value=value, confidence=max(position.confidence, SPELLED))


def _nearest(field: Field | None, spelled: Spelled) -> Field | None:
    """Offer for a position that nobody holds the known one that it nearly is: HÓ BÍ THƯ."""
    if field is None:
        return None
    text = key(str(field.value))
    if text in spelled.positions:
        return replace(field, confidence=max(field.confidence, SPELLED))
    cut_off = {known for known in spelled.positions if known.endswith(text)}
    if not cut_off and any(text.startswith(each) for each in spelled.positions):
        return field
    lost = {known for known in cut_off if len(known) - len(text) <= LOST < len(text)}
    near = lost | {known for known in spelled.positions if like(text, known)}
    if len(near) != 1:
        return replace(field, confidence=min(field.confidence, STRANGE))
    value = spelled.positions[near.pop()].upper()
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
