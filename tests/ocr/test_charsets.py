"""Every letter has its code, and every code its letter."""

from __future__ import annotations

import subprocess
import unicodedata

import oldfonts
import pytest

from partydoc.ocr import charsets

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = sorted(
    {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in TONES}
    | set("bcdđghklmnpqrstvx")
)
CAPITALS = [letter.upper() for letter in LETTERS]


def decoded(shown: bytes, table) -> str:
    return unicodedata.normalize("NFC", "".join(table[code] for code in shown))


def test_the_alphabet_is_whole():
    assert len(LETTERS) + len(CAPITALS) - 2 * len("bcdghklmnpqrstvx") == 146 == 2 * (12 * 6 + 1)


@pytest.mark.parametrize(
    ("table", "letters"),
    [
        (charsets.TCVN3, LETTERS),
        (charsets.TCVN3_CAPITALS, CAPITALS),
        (charsets.VNI, LETTERS + CAPITALS),
    ],
)
def test_each_letter_comes_back(table, letters):
    for letter in letters:
        assert decoded(oldfonts.encoded(letter, table), table) == letter
    spelled = oldfonts.spellings(table)
    assert len({spelled[letter] for letter in letters}) == len(letters)


def test_text_of_the_time_is_read():
    """What stood in files of those years, as programs that knew no better showed it."""
    assert decoded("Uû ban nh©n d©n".encode("cp1252"), charsets.TCVN3) == "Uỷ ban nhân dân"
    assert decoded("®éc lËp tù do".encode("cp1252"), charsets.TCVN3_CAPITALS) == "ĐỘC LẬP TỰ DO"
    said = "Ñoäc laäp töï do, haïnh phuùc; ñöôøng, ngöôøi, yeâu, kyõ, quyù".encode("cp1252")
    assert decoded(said, charsets.VNI) == "Độc lập tự do, hạnh phúc; đường, người, yêu, kỹ, quý"


def test_one_code_letters_are_those_of_the_standard():
    """glibc has the first set of TCVN 5712; small letters stand at the same codes in the third."""
    for letter in LETTERS:
        code = oldfonts.encoded(letter, charsets.TCVN3)
        known = subprocess.run(
            ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=code, capture_output=True
        )
        assert unicodedata.normalize("NFC", known.stdout.decode()) == letter


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (".VnTime", charsets.TCVN3),
        ("ABCDEF+.VnTime,Bold", charsets.TCVN3),
        (".VnArial-Italic", charsets.TCVN3),
        ("VnTime", charsets.TCVN3),
        (".VNTIME", charsets.TCVN3),
        ("vni-times", charsets.VNI),
        (".VnTimeH", charsets.TCVN3_CAPITALS),
        ("ABCDEF+.VnTimeH,BoldItalic", charsets.TCVN3_CAPITALS),
        (".VnTimeH-Bold", charsets.TCVN3_CAPITALS),
        (".VnArial NarrowH", charsets.TCVN3_CAPITALS),
        (".VnHelvetInsH", charsets.TCVN3_CAPITALS),
        ("VNI-Times", charsets.VNI),
        ("QWERTY+VNI-Helve-Condense", charsets.VNI),
        ("VNITimes", charsets.VNI),
        ("TimesNewRomanPSMT", None),
        ("XVNRED+STIXTwoMath-Regular", None),
        ("Vnicode", None),
        ("VNI", None),
    ],
)
def test_a_font_is_known_by_its_name(name, table):
    assert charsets.table_for(name) is table
