"""The letters behind the codes of Vietnamese fonts from before Unicode.

TCVN3 (ABC): the third set of TCVN 5712:1993, one code a letter; toned capitals have none, so
capitals come from fonts of their own (.VnTimeH), which show every small letter as a capital.
VNI for Windows: a letter and a mark are two codes; marks come after their letter.
Both tables were held against those of glibc (TCVN5712-1) and of the input methods UniKey and
xvnkb, which agree. Codes that stand in neither mean what they mean in Windows-1252.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SUBSET = re.compile(r"^[A-Z]{6}\+")
#: With the dot in any case: programs that write names in capitals keep it.
_TCVN3_NAME = re.compile(r"^(?:Vn[ _-]?(?=[A-Z0-9])|\.(?i:vn)[ _-]?(?=\w))")
_VNI_NAME = re.compile(r"^(?:VNI(?=[ _-]?[A-Z0-9])|(?i:vni)[ _-](?=\w))")
#: .VnTimeH, .VnTimeH,Bold, .VnTimeH-Italic, .VnArial NarrowH
_CAPITALS_NAME = re.compile(r"H(?=$|[,\- ]|Bold|Italic)")

#: From code 0xA1 on; a dot stands for a code without a letter.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
)
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_VNI_LETTERS = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROOF, "à": _ROOF + _GRAVE, "á": _ROOF + _ACUTE, "å": _ROOF + _HOOK,
    "ã": _ROOF + _TILDE, "ä": _ROOF + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip


def table_for(font_name: str) -> Mapping[int, str] | None:
    """Return what the codes of a font stand for; None for a font that is neither TCVN3 nor VNI.

    `font_name` is the PostScript name, with or without the tag of a subset (`ABCDEF+`).
    """
    name = _SUBSET.sub("", font_name)
    if _TCVN3_NAME.match(name):
        return TCVN3_CAPITALS if _CAPITALS_NAME.search(name) else TCVN3
    return VNI if _VNI_NAME.match(name) else None


def _windows_1252() -> dict[int, str]:
    codes = range(0x20, 0x100)
    shown = {code: bytes([code]).decode("cp1252", "ignore") for code in codes if code != 0x7F}
    return {code: letter for code, letter in shown.items() if letter}


def _tcvn3() -> dict[int, str]:
    letters = {0xA1 + i: letter for i, letter in enumerate(_TCVN3_LETTERS) if letter != "."}
    return _windows_1252() | letters


def _vni() -> dict[int, str]:
    table = _windows_1252()
    for shown, said in {**_VNI_LETTERS, **_VNI_MARKS}.items():
        table[ord(shown)] = said
        table[ord(shown.upper())] = said.upper() if shown in _VNI_LETTERS else said
    return table


TCVN3: Mapping[int, str] = _tcvn3()
TCVN3_CAPITALS: Mapping[int, str] = {code: letter.upper() for code, letter in TCVN3.items()}
VNI: Mapping[int, str] = _vni()
