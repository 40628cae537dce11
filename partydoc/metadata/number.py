"""Number, symbol and code, as they stand after "Số".

Party: `Số 12-NQ/ĐU` (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW), number-type/body.
State: `Số: 15/QĐ-BNV` (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3), number/type-body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from partydoc.document import Field, Word
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import all_types, table

_LABEL = re.compile(r"^\W*[sS][oOốỐôÔồỒổỔỗỖộỘóÓ6]\s*[:;.,]*\s*")
_DASHES = re.compile(r"\s*[-–—‐−]+\s*")
_SLASHES = re.compile(r"\s*[/⁄]\s*")
_BODY = r"\.?[A-ZĐƯƠÂĂÊÔ][\w&.]*(?:-[\w&.]+)*"
_PARTY = re.compile(
    rf"^(?P<number>.*?)-(?P<type>[A-ZĐa-zđ.]{{2,5}})/(?P<body>{_BODY})(?P<nb>/nb)?$"
)
_STATE = re.compile(rf"^(?P<number>.*?)/(?P<year>\d{{4}}/)?(?P<symbol>{_BODY})$")
_GLUED = re.compile(rf"^(?P<number>[\W\d_]*?)(?P<symbol>{_BODY}-{_BODY})$")
_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "í": "1", "ỉ": "1", "|": "1"})


#: A number printed in one with its symbol is surer than its word: letters like Đ draw that down,
#: and handwriting is hardly ever read in one with print.
GLUED = 0.2
#: What print never exceeds beside "Số": rise above it and height, in heights of it; and the space
#: behind it as a fraction of the page's width.
RISE, TALL, SPACE = 0.12, 1.45, 0.0125


@dataclass(frozen=True)
class Code:
    """The parts of a code: `form` is how they are joined, `year` only in normative documents."""

    number: str
    type: str
    body: str
    form: str
    year: str = ""

    @property
    def symbol(self) -> str:
        """The symbol: type and body, without the number."""
        if self.form == "party":
            return f"{self.type}/{self.body}"
        return "-".join(filter(None, (self.type, self.body)))

    def whole(self, digits: str) -> str:
        """Return the code with this number."""
        if self.form == "party":
            return f"{digits}-{self.symbol}"
        return f"{digits}/{self.year}{self.symbol}"


def read(head: Letterhead) -> dict[str, Field | None]:
    """Return the fields `number`, `symbol` and `code`."""
    nothing: dict[str, Field | None] = {"number": None, "symbol": None, "code": None}
    if head.number is None:
        return nothing
    named = head.type.abbreviation if head.type else None
    code = parse(_text(head.number), named)
    where = [head.number]
    if code is None:
        return nothing
    symbol = found(code.symbol, _sure_of_symbol(code, head), where)
    digits, sure = _digits(code, head)
    if digits is None:
        return nothing | {"symbol": symbol}
    number = found(digits, sure, where)
    both = min(number.confidence, symbol.confidence)
    return {"number": number, "symbol": symbol, "code": found(code.whole(digits), both, where)}


def _text(segment: Segment) -> str:
    return _LABEL.sub("", segment.text, count=1)


def parse(text: str, named: str | None = None) -> Code | None:
    """Take a code apart: `12-NQ/ĐU`, `15 /QĐ-BNV`, `30/2020/NĐ-CP`; None if it is none.

    The number is whatever stands in its place, also dots or what OCR made of handwriting. `named`
    is the abbreviation of the type that the document bears in print.
    """
    joined = _DASHES.sub("-", _SLASHES.sub("/", text)).strip(" .,;:'\"*_|")
    match = _PARTY.match(joined)
    if match and _is_type(match["type"]):
        body = _known_body(match["body"]) + (match["nb"] or "")
        return Code(match["number"], _canonical(match["type"], named), body, "party")
    joined = joined.replace(" ", "")
    match = _STATE.match(joined) or _GLUED.match(joined)
    if match is None:
        return None
    type_part, _, body = match["symbol"].partition("-")
    year = match.groupdict().get("year") or ""
    return Code(
        match["number"], _canonical(type_part.strip("."), named), _known_body(body), "state", year
    )


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Return the abbreviations of types by their folded letters: HD and HĐ share theirs."""
    named = [each.abbreviation for each in all_types() if each.abbreviation]
    found: dict[str, tuple[str, ...]] = {}
    for each in dict.fromkeys([*table("symbols")["copies"]["abbreviations"], *named]):
        found[key(each)] = (*found.get(key(each), ()), each)
    return found


@cache
def _bodies() -> dict[str, str]:
    bodies = table("symbols")["bodies"]
    return {key(each): each for each in [*bodies["state"], *bodies["party"]]}


def _is_type(text: str) -> bool:
    return key(text) in _abbreviations()


def _canonical(text: str, named: str | None) -> str:
    """Mend a damaged abbreviation of a type: QD -> QĐ. Dots and unknown ones stay as printed.

    Where several are one when folded (HD, HĐ), the printed type name decides.
    """
    known = [each for each in _abbreviations().get(key(text), ()) if len(each) == len(text)]
    if named and (named in known or _is_slip(text, named)):
        return named
    return known[0] if len(known) == 1 else text


def _is_slip(text: str, named: str) -> bool:
    """Tell whether a text, no abbreviation itself, is the printed type's but for one letter."""
    return len(named) > 2 and not _is_type(text) and distance(key(text), key(named), 1) <= 1


def _known_body(text: str) -> str:
    """Mend the abbreviation of a body: DU, ĐĐU -> ĐU. Unknown ones stay as printed."""
    text = text.strip(".")
    if key(text) not in _bodies():
        text = text.replace("ĐĐ", "Đ")
    known = _bodies().get(key(text), text)
    return known if len(known) == len(text) else text


def _sure_of_symbol(code: Code, head: Letterhead) -> float:
    """Weigh the symbol: how well it was read, and whether the printed type name bears it out."""
    assert head.number is not None
    words = [word for word in head.number.words if any(map(str.isalpha, word.text))]
    words = [word for word in words if not _LABEL.fullmatch(word.text)] or list(head.number.words)
    body = min(word.confidence for word in words[-1:])
    type_known = _is_type(code.type)
    named = head.type.abbreviation if head.type else None
    if named and key(named) != key(code.type) and type_known:
        return min(0.5, body)
    known = key(code.body) in _bodies()
    if named and key(named) == key(code.type) and (known or body >= 0.85):
        return 0.96
    if type_known and known and len(_abbreviations()[key(code.type)]) == 1:
        return max(0.85, body)
    return min(word.confidence for word in words)


def _digits(code: Code, head: Letterhead) -> tuple[str | None, float]:
    """Return the number and how sure it is; None where there is a gap or no reading at all."""
    assert head.number is not None
    raw = code.number.strip()
    bare = raw.strip(" .,…_:;'`-*")
    mended = bare.translate(_DIGITS)
    if not re.fullmatch(r"\d{1,5}[a-zđ]?", mended) or not mended.strip("0"):
        return None, 0.0
    holding = _holding(head.number.words, bare)
    sure = min(word.confidence for word in holding)
    in_print = _is_in_line(holding[0], head.number.words, head.slope)
    if in_print and re.search(rf"(?<!\d){re.escape(bare)}[-–/]\w*[A-ZĐ]", holding[0].text):
        sure = min(sure + GLUED, 1.0)
    # Both instruments print 07, not 7: a single digit is what is left of a handwritten number.
    if bare != mended or raw != bare or not in_print or len(mended) < 2:
        sure = min(sure, 0.75)
    return mended, sure


def _holding(words: Sequence[Word], digits: str) -> list[Word]:
    """Return the words that hold the number: the first with its digits, or all of them."""
    first = [word for word in words if digits in word.text]
    return first[:1] or list(words)


def _is_in_line(word: Word, words: Sequence[Word], slope: float) -> bool | None:
    """Tell whether a number stands as print does; None where "Số" gives no measure.

    Printed digits stay below the accent of "Số" and one space behind it. What is written by hand
    rises above it, is taller, or stands somewhere in its gap.
    """
    label = next((each for each in words if _LABEL.fullmatch(each.text)), None)
    if label is None or label is word:
        return None
    height = label.box.bottom - label.box.top
    middle = (label.box.left + label.box.right) / 2
    highest = word.box.right if slope < 0 else word.box.left
    rise = label.box.top + slope * (highest - middle) - word.box.top
    lean = abs(slope) * (word.box.right - word.box.left)
    tall = word.box.bottom - word.box.top - lean > TALL * height
    return rise <= RISE * height and word.box.left - label.box.right <= SPACE and not tall
