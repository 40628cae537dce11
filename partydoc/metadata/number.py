"""Number, symbol and code, as they stand after "Số".

Mostly the number is written by hand into a printed line: what does not stand as print does is left
to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from partydoc.document import Field
from partydoc.metadata import symbol as symbols
from partydoc.metadata.code import Code, parse
from partydoc.metadata.finding import found
from partydoc.metadata.hand import DIGITS
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.page import Word

#: "Số" as handwriting and stamps damage it.
_SIGN = re.compile(r"^[\W_]*[sS$]\w?\W*")
_SPOILT = re.compile(r"^[\W_]*[sS$]\w{0,2}(?:\W+|$)")
_LABEL = re.compile(r"^[\W_]*[sS][oOốỐôÔồỒổỔỗỖộỘóÓ6][íì?'’]?\s*[:;.,]*\s*")

_CODED = re.compile(r"(?<!\d)(\d{2,5})\s*[-–/]\s*[A-ZĐ][A-Za-zĐđ]+\W{0,2}[/⁄-]")

#: A number printed in one with its symbol is surer than its word: letters like Đ draw that down,
#: and handwriting is hardly ever read in one with print.
GLUED = 0.2
#: Below this even a whole word is noise.
FAIRLY = 0.35
#: So sure is a number in one word with a symbol that everything bears out (`KNOWN`).
KNOWN, WHOLE = 0.95, 0.86
#: What may be written into a blank must be surer at first sight: two looks at one scrawl agree.
AT_SIGHT = 0.9
#: What only the coloured ink shows is never surer, unless several pictures of it show the same; a
#: symbol may be, which type and issuer bear out.
IN_INK, BORNE_OUT = 0.7, 0.9
#: A number that the ink alone tells, or tells otherwise.
TOLD = 0.5
#: What print never exceeds beside "Số": rise above it and height, in heights of it; and the space
#: behind it as a fraction of the page's width.
RISE, TALL, SPACE = 0.12, 1.45, 0.0125
#: The same of a number in one word with its symbol, as typewriters and wide print set it apart.
EVEN, LEVEL, WIDE = 1.15, 0.02, 0.028

Fields = dict[str, Field | None]


def read(head: Letterhead, bodies: Sequence[str]) -> Fields:
    """Return the fields `number`, `symbol` and `code`; `bodies` are the names of the letterhead."""
    nothing: Fields = {"number": None, "symbol": None, "code": None}
    if head.number is None:
        return nothing
    named = head.type.abbreviation if head.type else None
    first = parse(_text(head.number), named, head.rules)
    if first is None:
        return _beside(head, bodies)
    code = symbols.mend(first, head, bodies)
    sure = symbols.sure(code, _words(head.number), head, bodies)
    if head.is_number_inked:
        sure = _in_ink(sure)
    sure = min(sure, 1.0 if code == first else symbols.MENDED)
    symbol = found(code.symbol, sure, [head.number])
    digits, sure = _digits(code, head, symbol.confidence)
    in_ink = _told_by_ink(head)
    if digits is None and in_ink:
        digits, sure = in_ink, TOLD
    if digits is None:
        return nothing | {"symbol": symbol}
    if in_ink not in (None, digits):
        sure = min(sure, TOLD)
    number = found(digits, sure, [head.number])
    both = min(number.confidence, symbol.confidence)
    return {
        "number": number,
        "symbol": symbol,
        "code": found(code.whole(digits), both, [head.number]),
    }


def _is_seen_again(digits: str, head: Letterhead) -> bool:
    """Tell whether several pictures of the ink show this number, and none another."""
    codes = (parse(_SIGN.sub("", each.text), None, head.rules) for each in head.inked)
    numbers = [code.number.strip(" .:").translate(DIGITS) for code in codes if code]
    return numbers.count(digits) > 1 and set(numbers) <= {digits, ""}


def _beside(head: Letterhead, bodies: Sequence[str]) -> Fields:
    """Return what the ink tells where nothing can be made of the line in print."""
    symbol, digits = _symbol_beside(head, bodies), _told_by_ink(head)
    number = found(digits, TOLD, head.inked[:1]) if digits else None
    return {"number": number, "symbol": symbol, "code": None}


def _told_by_ink(head: Letterhead) -> str | None:
    """Return the number that most pictures of the coloured ink show, in one with the symbol.

    What is stamped over print, and print that was taken for ink, is read several times.
    """
    told = Counter(match[1] for each in head.inked if (match := _CODED.search(each.text)))
    (first, often), (_, next_) = (*told.most_common(2), ("", 0), ("", 0))[:2]
    return first if often > next_ else None


def _symbol_beside(head: Letterhead, bodies: Sequence[str]) -> Field | None:
    """Return the symbol where handwriting spoilt its line: what the ink shows, or derived."""
    named = head.type.abbreviation if head.type else None
    codes = ((parse("- " + _text(each), named, head.rules), each) for each in head.inked)
    told = [
        (_in_ink(symbols.sure(code, _words(each), head, bodies)), code.symbol, each)
        for code, each in codes
        if code and not any(map(str.isalpha, code.number))
    ]
    if told:
        sure, symbol, segment = max(told, key=lambda one: one[0])
        return found(symbol, sure, [segment])
    derived = symbols.derive(head, bodies)
    return found(derived, symbols.DERIVED, [head.number]) if derived and head.number else None


def _in_ink(sure: float) -> float:
    """Return how sure a symbol is that only the coloured ink shows."""
    return min(sure, BORNE_OUT if sure >= KNOWN else IN_INK)


def _words(segment: Segment) -> list[Word]:
    """Return the words of a line that may hold its symbol."""
    words = [word for word in segment.words if any(map(str.isalpha, word.text))]
    labels = (_LABEL, _SPOILT)
    if words and any(label.fullmatch(words[0].text) for label in labels):
        words = words[1:]
    return words or list(segment.words)


def _text(segment: Segment) -> str:
    label = _LABEL if _LABEL.match(segment.text) else _SPOILT
    return label.sub("", segment.text, count=1)


def _digits(code: Code, head: Letterhead, symbol: float) -> tuple[str | None, float]:
    """Return the number and how sure it is; None where there is a gap or no reading at all."""
    assert head.number is not None
    raw = code.number.strip()
    bare = raw.strip(" .,…_:;'`-*~")
    mended = re.sub(r"(?<=\d)\s+(?=\d)", "", bare.translate(DIGITS))
    if not re.fullmatch(r"\d{1,5}[a-zđ]?", mended) or not mended.strip("0"):
        return None, 0.0
    holding = _holding(head.number.words, bare)
    sure = min(word.confidence for word in holding)
    in_print = _is_in_line(holding[0], head.number.words, head.slope) or _is_at_label(holding[0])
    if in_print and re.search(rf"(?<!\d){re.escape(bare)}[-–/]\w*[A-ZĐ]", holding[0].text):
        sure = min(sure + GLUED, 1.0)
    if in_print and symbol >= KNOWN and _is_whole(bare, head.number.words):
        sure = max(sure, WHOLE)
    if head.is_number_inked:
        sure = max(sure, WHOLE) if _is_seen_again(mended, head) else min(sure, IN_INK)
    # Both instruments print 07, not 7: a single digit is what is left of a handwritten number.
    if bare != mended or raw != bare or not in_print or len(mended) < 2:
        sure = min(sure, 0.75)
    in_blank = _is_in_blank(holding[0], head.number.words) and not _is_at_label(holding[0])
    if sure <= AT_SIGHT and in_blank:
        sure = min(sure, 0.75)
    return mended, sure


def _holding(words: Sequence[Word], digits: str) -> list[Word]:
    """Return the words that hold the number: the first with its digits, or all of them."""
    first = [word for word in words if digits in word.text]
    return first[:1] or list(words)


def _is_whole(digits: str, words: Sequence[Word]) -> bool:
    """Tell whether number and symbol are one word that was read fairly.

    The stroke between them may be lost, unless the last digit can be what it was taken for.
    """
    joint = "[-–/]" if digits[-1] in "17" else "[-–/]?"
    whole = re.compile(rf"^\W*(?:[sS][oOốỐ]\W*)?{re.escape(digits)}{joint}(?:[^\W\d]|$)")
    return any(whole.match(word.text) and word.confidence > FAIRLY for word in words)


def _is_in_blank(word: Word, words: Sequence[Word]) -> bool:
    """Tell whether a number stands apart from the "/QĐ-…" behind it, as in a blank to fill in."""
    behind = words[words.index(word) + 1 :][:1]
    return word.text[-1].isdigit() and any(re.match(r"[-–/]\w", each.text) for each in behind)


def _is_at_label(word: Word) -> bool:
    """Tell whether a number was read in one with "Số": handwriting stands apart, or on dots."""
    return re.match(r"^[sS][oOốỐ][:.]?\d{2,5}(?!\w|[.…])", word.text) is not None


def _is_in_line(word: Word, words: Sequence[Word], slope: float) -> bool | None:
    """Tell whether a number stands as print does; None where "Số" gives no measure.

    Printed digits stay below the accent of "Số" and one space behind it. What is written by hand
    rises above it, is taller, or stands somewhere in its gap.
    """
    label = next((each for each in words if _LABEL.fullmatch(each.text)), None)
    height = label.box.bottom - label.box.top if label else 0.0
    if label is None or label is word or height <= 0:
        return None
    middle = (label.box.left + label.box.right) / 2
    highest = word.box.right if slope < 0 else word.box.left
    rise = label.box.top + slope * (highest - middle) - word.box.top
    lean = abs(slope) * (word.box.right - word.box.left)
    tall = (word.box.bottom - word.box.top - lean) / height
    space = word.box.left - label.box.right
    if re.search(r"\d[-–/](?:\w|$)", word.text) and rise <= LEVEL * height and tall <= EVEN:
        return space <= WIDE
    if rise <= 0 and tall <= 1:
        return space <= WIDE
    return rise <= RISE * height and space <= SPACE and tall <= TALL
