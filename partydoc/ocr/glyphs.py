"""The names that PostScript has for the shapes of Windows-1252 (ISO 32000-1, annex D)."""

from __future__ import annotations

import re

_ASCII_SIGNS = (
    "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright "
    "asterisk plus comma hyphen period slash zero one two three four five six seven eight nine "
    "colon semicolon less equal greater question at"
)
_ASCII_ENDS = {
    0x5B: "bracketleft backslash bracketright asciicircum underscore grave",
    0x7B: "braceleft bar braceright asciitilde",
}
_QUOTES = {
    0x82: "quotesinglbase florin quotedblbase ellipsis dagger daggerdbl circumflex perthousand "
    "Scaron guilsinglleft OE",
    0x91: "quoteleft quoteright quotedblleft quotedblright bullet endash emdash tilde trademark "
    "scaron guilsinglright oe",
}
_LATIN = (
    "exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine "
    "guillemotleft logicalnot sfthyphen registered macron degree plusminus twosuperior "
    "threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine "
    "guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex "
    "Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute "
    "Icircumflex Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash "
    "Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls agrave aacute acircumflex atilde "
    "adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute icircumflex "
    "idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute "
    "ucircumflex udieresis yacute thorn ydieresis"
)
_UNICODE = re.compile(r"uni00([0-9A-F]{2})")
_SOFT_HYPHEN = 0xAD


def _numbered() -> dict[str, int]:
    letters = {chr(code): code for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))}
    runs = {0x20: _ASCII_SIGNS, **_ASCII_ENDS, **_QUOTES, 0xA1: _LATIN}
    return letters | {
        name: first + i for first, names in runs.items() for i, name in enumerate(names.split())
    }


_BYTES = _numbered() | {"softhyphen": _SOFT_HYPHEN, "mu1": 0xB5, "middot": 0xB7, "nbspace": 0xA0}


def byte_of(name: str, code: int) -> int | None:
    """Return the Windows-1252 code of a shape; None for a name that is none of its.

    `code` is where a font puts it: the hyphen of code 0xAD is the soft one, TCVN3's `ư`.
    """
    if name == "hyphen" and code == _SOFT_HYPHEN:
        return _SOFT_HYPHEN
    if found := _UNICODE.fullmatch(name):
        return int(found[1], 16)
    return _BYTES.get(name)
