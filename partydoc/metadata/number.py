"""Number, symbol and code, as they stand after "Số".

Party: `Số 12-NQ/ĐU` (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW), number-type/body.
State: `Số: 15/QĐ-BNV` (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3), number/type-body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partydoc.document import Field, Word
from partydoc.metadata.finding import found
from partydoc.metadata.hand import DIGITS
from partydoc.metadata.initials import stands_for
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import GENERAL, Rules

_LABEL = re.compile(r"^[\W_]*[sS][oOốỐôÔồỒổỔỗỖộỘóÓ6]\s*[:;.,]*\s*")
_DASHES = re.compile(r"\s*[-–—‐−]+\s*")
_SLASHES = re.compile(r"\s*[/⁄]\s*")
_BODY = r"\.?[A-ZĐƯƠÂĂÊÔ][\w&.]*(?:-[\w&.]+)*"
_PARTY = re.compile(
    rf"^(?P<number>.*?)-(?P<type>[A-ZĐa-zđ.]{{2,5}})/(?P<body>{_BODY})(?P<nb>/nb)?$"
)
_STATE = re.compile(rf"^(?P<number>.*?)/(?P<year>\d{{4}}/)?(?P<symbol>{_BODY})$")
_GLUED = re.compile(rf"^(?P<number>[\W\d_]*?)(?P<symbol>{_BODY}-{_BODY})$")
# Handwriting on a dotted line, read as anything.
_DOTTED = re.compile(rf"^(?P<number>.*[.…_·]{{2,}})(?P<symbol>{_BODY}-{_BODY})$")


#: A number printed in one with its symbol is surer than its word: letters like Đ draw that down,
#: and handwriting is hardly ever read in one with print.
GLUED = 0.2
#: Below this even a whole word is noise.
FAIRLY = 0.35
#: So sure is a number in one word with a symbol that everything bears out (`KNOWN`).
KNOWN, WHOLE = 0.95, 0.82
#: What only the coloured ink shows is never surer.
IN_INK = 0.7
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


def read(head: Letterhead, bodies: Sequence[str]) -> dict[str, Field | None]:
    """Return the fields `number`, `symbol` and `code`; `bodies` are the names of the letterhead."""
    nothing: dict[str, Field | None] = {"number": None, "symbol": None, "code": None}
    if head.number is None:
        return nothing
    named = head.type.abbreviation if head.type else None
    code = parse(_text(head.number), named, head.rules)
    where = [head.number]
    if code is None:
        return nothing
    most = IN_INK if head.is_number_inked else 1.0
    symbol = found(code.symbol, min(_sure_of_symbol(code, head, bodies), most), where)
    digits, sure = _digits(code, head, symbol.confidence)
    if digits is None:
        return nothing | {"symbol": symbol}
    number = found(digits, min(sure, most), where)
    both = min(number.confidence, symbol.confidence)
    return {"number": number, "symbol": symbol, "code": found(code.whole(digits), both, where)}


def _text(segment: Segment) -> str:
    return _LABEL.sub("", segment.text, count=1)


def parse(text: str, named: str | None = None, rules: Rules = GENERAL) -> Code | None:
    """Take a code apart: `12-NQ/ĐU`, `15 /QĐ-BNV`, `30/2020/NĐ-CP`; None if it is none.

    The number is whatever stands in its place, also dots or what OCR made of handwriting. `named`
    is the abbreviation of the type that the document bears in print.
    """
    joined = _DASHES.sub("-", _SLASHES.sub("/", text)).strip(" .,;:'\"*_|")
    match = _PARTY.match(joined)
    if match and _is_type(match["type"], rules):
        body = _known_body(match["body"], rules) + (match["nb"] or "")
        return Code(match["number"], _canonical(match["type"], named, rules), body, "party")
    joined = joined.replace(" ", "")
    match = _STATE.match(joined) or _GLUED.match(joined) or _DOTTED.match(joined)
    if match is None:
        return None
    type_part, _, body = match["symbol"].partition("-")
    year = match.groupdict().get("year") or ""
    kind = _canonical(type_part.strip("."), named, rules)
    return Code(match["number"], kind, _known_body(body, rules), "state", year)


def _is_type(text: str, rules: Rules) -> bool:
    return key(text) in rules.abbreviations


def _canonical(text: str, named: str | None, rules: Rules) -> str:
    """Mend a damaged abbreviation of a type: QD -> QĐ. Dots and unknown ones stay as printed.

    Where several are one when folded (HD, HĐ), the printed type name decides.
    """
    if key(text) not in rules.abbreviations:
        text = text.replace("ĐĐ", "Đ")
    known = [each for each in rules.abbreviations.get(key(text), ()) if len(each) == len(text)]
    if named and (named in known or _is_slip(text, named, rules)):
        return named
    return known[0] if len(known) == 1 else text


def _is_slip(text: str, named: str, rules: Rules) -> bool:
    """Tell whether a text, no abbreviation itself, is the printed type's but for one letter."""
    return len(named) > 2 and not _is_type(text, rules) and distance(key(text), key(named), 1) <= 1


def _known_body(text: str, rules: Rules) -> str:
    """Mend the abbreviation of a body: DU, ĐĐU -> ĐU. Unknown ones stay as printed."""
    text = text.strip(".")
    if key(text) not in rules.symbols:
        text = text.replace("ĐĐ", "Đ")
    known = rules.symbols.get(key(text), text)
    return known if len(known) == len(text) else text


def _sure_of_symbol(code: Code, head: Letterhead, bodies: Sequence[str]) -> float:
    """Weigh the symbol: how well it was read, and whether type name and issuer bear it out."""
    assert head.number is not None
    words = [word for word in head.number.words if any(map(str.isalpha, word.text))]
    words = [word for word in words if not _LABEL.fullmatch(word.text)] or list(head.number.words)
    last, least = words[-1].confidence, min(word.confidence for word in words)
    alike = head.rules.abbreviations.get(key(code.type), ())
    named = head.type.abbreviation if head.type else None
    organ = (code.body if alike else code.type).split("-")[0].removesuffix("/nb")
    known = key(organ) in head.rules.symbols
    agrees = any(stands_for(organ, body, head.rules) for body in bodies)
    if _has_digit(code.symbol, head.rules):
        return min(0.6, least)
    if named and key(named) != key(code.type) and (alike or not head.is_normative):
        return min(0.5, last)
    if named and key(named) == key(code.type):
        return _weighed(0.96 if agrees or known else last, agrees, known, bodies)
    if alike and (known or agrees) and len(alike) == 1:
        return _weighed(max(0.85, last), agrees, known, bodies)
    return _weighed(max(least, 0.85) if agrees and least > 0.5 else least, agrees, known, bodies)


def _weighed(sure: float, agrees: bool, known: bool, bodies: Sequence[str]) -> float:
    """Lower what neither the issuer nor any table bears out, and a little what only one does."""
    if bodies and not agrees and not known:
        return min(sure, 0.75)
    return sure if agrees or not bodies else min(sure, 0.88)


def _has_digit(body: str, rules: Rules) -> bool:
    """Tell whether a part of a symbol has a digit and is no known body."""
    return any(any(map(str.isdigit, p)) and key(p) not in rules.symbols for p in body.split("-"))


def _digits(code: Code, head: Letterhead, symbol: float) -> tuple[str | None, float]:
    """Return the number and how sure it is; None where there is a gap or no reading at all."""
    assert head.number is not None
    raw = code.number.strip()
    bare = raw.strip(" .,…_:;'`-*")
    mended = bare.translate(DIGITS)
    if not re.fullmatch(r"\d{1,5}[a-zđ]?", mended) or not mended.strip("0"):
        return None, 0.0
    holding = _holding(head.number.words, bare)
    sure = min(word.confidence for word in holding)
    in_print = _is_in_line(holding[0], head.number.words, head.slope) or _is_at_label(holding[0])
    if in_print and re.search(rf"(?<!\d){re.escape(bare)}[-–/]\w*[A-ZĐ]", holding[0].text):
        sure = min(sure + GLUED, 1.0)
    if in_print and symbol >= KNOWN and _is_whole(bare, head.number.words):
        sure = max(sure, WHOLE)
    # Both instruments print 07, not 7: a single digit is what is left of a handwritten number.
    if bare != mended or raw != bare or not in_print or len(mended) < 2:
        sure = min(sure, 0.75)
    return mended, sure


def _holding(words: Sequence[Word], digits: str) -> list[Word]:
    """Return the words that hold the number: the first with its digits, or all of them."""
    first = [word for word in words if digits in word.text]
    return first[:1] or list(words)


def _is_whole(digits: str, words: Sequence[Word]) -> bool:
    """Tell whether number and symbol are one word that was read fairly."""
    whole = re.compile(rf"^\W*(?:[sS][oOốỐ]\W*)?{re.escape(digits)}[-–/]\w+")
    return any(whole.match(word.text) and word.confidence > FAIRLY for word in words)


def _is_at_label(word: Word) -> bool:
    """Tell whether a number was read in one with "Số": handwriting stands apart, or on dots."""
    return re.match(r"^[sS][oOốỐ][:.]?\d{2,5}(?!\w|[.…])", word.text) is not None


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
