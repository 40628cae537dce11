"""Fonts in TCVN3 and VNI encoding get a Unicode map: what is copied is then what is seen.

Such a font shows the right shapes and calls them by the wrong names: `ViÖt` for `Việt`. A reader
takes the names from the font's ToUnicode map (ISO 32000-1, 9.10), so this map alone is written
anew, in the working copy; shapes, codes and places stay as they are. So is that of a font that
calls its Đ by the name of a letter that looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from partydoc.ocr import charsets, glyphs
from partydoc.text import clean

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"\[[^\]]*\]|<[^>]*>")
_MOST_CODES = 0x10000
#: One section of a Unicode map holds no more (Adobe Technical Note 5411).
_SECTION_SIZE = 100
#: The place of ư in TCVN3, where other encodings have a hyphen that shows at line ends alone.
_SOFT_HYPHEN = 0xAD
#: They look like Đ and đ, and are letters of other languages.
_LOOKALIKES = ("Ð", "Ɖ", "ð")
#: Symbol fonts put their codes here.
_PRIVATE = 0xF000
_FRAME = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "/CMapName /Mended def /CMapType 2 def\n"
    "1 begincodespacerange <{low}> <{high}> endcodespacerange\n"
    "{sections}endcmap CMapName currentdict /CMap defineresource pop end end"
)


@dataclass(frozen=True)
class Hyphen:
    """A code of a TCVN3 font that is called a hyphen and may be an ư, which such a font has where
    others have a hyphen of another kind: `said`, all that its codes say, `letter`, ư or Ư.
    """

    font: Dictionary
    said: Mapping[int, str]
    code: int
    letter: str


def mend(pdf: pikepdf.Pdf) -> list[Hyphen]:
    """Write the Unicode map of each TCVN3 and VNI font anew; return the hyphens that may be ư.

    These are said as themselves until `hyphens.settle` knows. A font whose codes cannot be told
    stays as it is: its pages say nonsense and are read anew.
    """
    unsettled: list[Hyphen] = []
    for font in list(_fonts(pdf)):
        with suppress(pikepdf.PdfError, ValueError, TypeError, IndexError):  # a broken font
            unsettled += _mended(pdf, font)
            _respell(pdf, font)
    return unsettled


def _mended(pdf: pikepdf.Pdf, font: Dictionary) -> Iterator[Hyphen]:
    table = charsets.table_for(str(font.BaseFont)[1:])
    codes = _codes(font) if table else {}
    if not table or not codes:
        return
    said = {code: table[byte] for code, byte in codes.items() if byte in table}
    say(pdf, font, said)
    letter = table.get(_SOFT_HYPHEN, "")
    if letter.lower() == "ư" and _SOFT_HYPHEN not in codes.values():
        yield from (Hyphen(font, said, code, letter) for code in said if said[code] == "-")


def say(pdf: pikepdf.Pdf, font: Dictionary, said: Mapping[int, str]) -> None:
    """Give a font a Unicode map."""
    size = 2 if font.get("/Subtype") == Name.Type0 else 1
    font.ToUnicode = pdf.make_stream(_unicode_map(said, size))


def _respell(pdf: pikepdf.Pdf, font: Dictionary) -> None:
    """Let a font say Đ where it says a letter that looks like it: that is what is indexed."""
    said = _said(font)
    if any(letters in _LOOKALIKES for letters in said.values()):
        right = {
            code: clean(letters) if letters in _LOOKALIKES else letters
            for code, letters in said.items()
        }
        say(pdf, font, right)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for thing in pdf.objects:
        if (
            isinstance(thing, Dictionary)
            and isinstance(thing.get("/BaseFont"), Name)
            and thing.get("/Subtype") in (Name.Type0, Name.Type1, Name.MMType1, Name.TrueType)
        ):
            yield thing


def _codes(font: Dictionary) -> dict[int, int]:
    """Return which byte of the old encoding each code of a font stands for; {} if unknown."""
    said = _said(font)
    if any(_byte(letter) is None for letter in said.values()):
        return {}  # it speaks Unicode, whatever its name is
    told = {code: byte for code, letter in said.items() if (byte := _byte(letter)) is not None}
    if font.get("/Subtype") == Name.Type0:
        return told
    encoding = font.get("/Encoding")
    if encoding is None and told:
        return told
    own = {code: code for code in range(0x20, 0x100)}
    if isinstance(encoding, Dictionary):
        own = {**told, **_differences(encoding)} if told else own | _differences(encoding)
    elif encoding == Name.MacRomanEncoding:
        pairs = {code: _byte(bytes([code]).decode("mac_roman")) for code in own}
        own = {code: byte for code, byte in pairs.items() if byte is not None}
    return own


def _byte(letter: str) -> int | None:
    """Return the Windows-1252 code of a letter, or of its place in a symbol font."""
    if len(letter) == 1 and _PRIVATE <= ord(letter) < _PRIVATE + 0x100:
        return ord(letter) - _PRIVATE
    if len(letter) == 1 and ord(letter) < 0x100:
        return ord(letter)
    try:
        (byte,) = letter.encode("cp1252")
    except ValueError:
        return None
    return byte


def _differences(encoding: Dictionary) -> dict[int, int]:
    codes, code = {}, 0
    for entry in encoding.get("/Differences", []):
        if isinstance(entry, Name):
            byte = glyphs.byte_of(str(entry)[1:], code)
            if byte is not None:
                codes[code] = byte
            code += 1
        else:
            code = int(entry)
    return codes


def _said(font: Dictionary) -> Mapping[int, str]:
    """Read the Unicode map that a font has."""
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    said: dict[int, str] = {}
    for kind, body in _SECTION.findall(stream.read_bytes()):
        parts = _HEX.findall(body)
        step = 2 if kind == b"bfchar" else 3
        for entry in zip(*(parts[i::step] for i in range(step)), strict=False):
            said.update(_entries(entry))
            if len(said) > _MOST_CODES:
                return {}
    return said


def _entries(entry: tuple[bytes, ...]) -> Iterator[tuple[int, str]]:
    first, last, target = int(entry[0][1:-1], 16), int(entry[-2][1:-1], 16), entry[-1]
    count = min(last - first + 1, _MOST_CODES)
    if target.startswith(b"["):
        for i, each in enumerate(_HEX.findall(target[1:-1])[:count]):
            yield first + i, _letters(each)
        return
    start = _letters(target)
    for i in range(count):
        yield first + i, start[:-1] + chr(ord(start[-1]) + i) if start else ""


def _letters(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal[1:-1].decode("ascii")).decode("utf-16-be", "replace")


def _unicode_map(said: Mapping[int, str], size: int) -> bytes:
    entries = [
        f"<{code:0{2 * size}X}> <{letters.encode('utf-16-be').hex().upper()}>\n"
        for code, letters in sorted(said.items())
    ]
    sections = ""
    for i in range(0, len(entries), _SECTION_SIZE):
        part = entries[i : i + _SECTION_SIZE]
        sections += f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n"
    return _FRAME.format(low="00" * size, high="FF" * size, sections=sections).encode("ascii")
