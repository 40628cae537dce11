"""Vietnamese text: one form of writing on the way in, and two folded forms for comparing.

`clean` is applied once, where text enters. `exact` and `fold` keep the length, code point for
code point, so a position in the folded text is the same position in the text that is shown.
"""

from __future__ import annotations

import re
import unicodedata

# U+00D0 and U+0189 look like Đ, U+00F0 like đ; OCR and old converters put them there.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])

_TONES = "\u0300\u0301\u0309\u0303\u0323"
# Only the open syllables oa, oe, uy are written in two ways: hoà and hòa, uỷ and ủy.
_PAIRS = ("oa", "oe", "uy")

# Some keyboards and converters put the tone before the circumflex or breve; NFC keeps such an
# order, and the letter would fall apart.
_SHAPES = "\u0302\u0306"
_MARKS = re.compile("[\u0300\u0301\u0302\u0303\u0306\u0309]{2,}")


def clean(text: str) -> str:
    """Return text in NFC, with look-alikes of Đ mended and invisible characters gone.

    Broken fonts in PDFs give halves of UTF-16 pairs: what fits is joined, the rest dropped.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        text = text.translate(_INVISIBLE)
        if any(shape in text for shape in _SHAPES):
            text = _MARKS.sub(_shape_first, unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    return text


def _shape_first(marks: re.Match[str]) -> str:
    return "".join(sorted(marks[0], key=lambda mark: mark not in _SHAPES))


def _tone_table() -> dict[str, str]:
    table = {}
    for first, second in map(tuple, _PAIRS):
        for tone in _TONES:
            new = unicodedata.normalize("NFC", first + tone) + second
            old = first + unicodedata.normalize("NFC", second + tone)
            table[old] = new
    return table


_OLD_TO_NEW = _tone_table()  # "oà" -> "òa"
# The qu of quý is a consonant; in a closed syllable (hoàn) the tone has one place only.
_OLD_PLACE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TO_NEW)})(?![^\W\d_])")


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def exact(text: str) -> str:
    """Return NFC text in lower case with one tone placement (hoà -> hòa); same length.

    `qu` belongs to the consonant: quý, quỳ never move. A closed syllable (hoàn) has one
    spelling only.
    """
    return _OLD_PLACE.sub(lambda pair: _OLD_TO_NEW[pair[0]], _lower(text))


def _bare(char: str) -> str:
    if char == "đ":
        return "d"
    return unicodedata.normalize("NFD", char)[0]


def _bare_table() -> dict[int, str]:
    letters = (chr(code) for block in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(*block))
    return {ord(char): _bare(char) for char in letters if char.islower()}


_BARE = _bare_table()


def fold(text: str) -> str:
    """Return NFC text in lower case without diacritics, đ as d; same length."""
    return _lower(text).translate(_BARE)


def accent_share(text: str) -> float | None:
    """Return the share of letters that carry a Vietnamese mark (đ counts); None without letters.

    Real Vietnamese prose has 0.25 to 0.32; a text layer made by an English OCR stays under 0.10.
    """
    letters = [char for char in _lower(text) if char.isalpha()]
    if not letters:
        return None
    return sum(ord(char) in _BARE or char == "đ" for char in letters) / len(letters)
