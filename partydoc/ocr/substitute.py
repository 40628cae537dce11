"""Free fonts in the place of those that every viewer is said to have, put into the PDF itself.

Helvetica, Times and Courier, and Windows' fonts of the same widths, are often named alone; PDF/A
wants each font's shapes in the file (ISO 19005-2, 6.2.11.4.1). Ghostscript brings shapes of just
these widths (URW base 35), and so do we; codes and words of a font stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

_FOLDER = Path("/usr/share/fonts/opentype/urw-base35")
_NAME = re.compile(
    r"(?:[A-Z]{6}\+)?(?P<family>Helvetica|Arial|Times(?:NewRoman)?|Courier(?:New)?)(?:PS)?(?:MT)?"
    r"[-,]?(?:Roman)?(?P<bold>Bold)?(?P<slanted>Italic|Oblique)?(?:MT)?"
)
_FAMILIES = {"H": "NimbusSans", "A": "NimbusSans", "T": "NimbusRoman", "C": "NimbusMonoPS"}
_SIMPLE = (Name.Type1, Name.TrueType, Name.MMType1)
#: Columns of pdfminer's table of encodings (ISO 32000-1, annex D.2): name, standard, Mac, Windows.
_COLUMNS = {"": 1, "/StandardEncoding": 1, "/MacRomanEncoding": 2, "/WinAnsiEncoding": 3}
#: Bits of /Flags (ISO 32000-1, table 123).
_FIXED, _SERIF, _NONSYMBOLIC, _ITALIC = 1, 2, 32, 64
#: Codes that show a shape a second time (annex D.2, notes 5 and 6).
_SAME_SHAPES = {2: {202: "space"}, 3: {160: "space", 173: "hyphen"}}
#: Fonts that are kept for the next document.
_KEPT = 16


class _Shapes(NamedTuple):
    """A font cut to some glyphs, their widths (of 1000), and what describes it in a PDF."""

    program: bytes
    widths: Mapping[str, int]
    descriptor: Mapping[str, Any]


def embed(pdf: pikepdf.Pdf, font: Dictionary) -> bool:
    """Put shapes into a simple font that has none; tell whether there are some of its widths."""
    file = _file(str(font.get("/BaseFont", ""))[1:])
    names = _glyph_names(font) if file and font.get("/Subtype") in _SIMPLE else {}
    if not file or not names:
        return False
    shapes = _shapes(file, frozenset(names.values()))
    program = pdf.make_stream(shapes.program, Subtype=Name.Type1C)
    name = Name(f"/PARTYD+{file.stem}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, FontFile3=program, StemV=80, **shapes.descriptor
    )
    font.BaseFont, font.Subtype = name, Name.Type1
    font.FontDescriptor = pdf.make_indirect(descriptor)
    if "/Widths" not in font:
        font.FirstChar, font.LastChar = 0, 255
        font.Widths = Array([shapes.widths.get(names.get(code, ""), 0) for code in range(256)])
    return True


def _file(name: str) -> Path | None:
    """Return the file with the shapes of a font; None for any but the three families."""
    found = _NAME.fullmatch(name.replace(" ", ""))
    if not found:
        return None
    style = ("Bold" if found["bold"] else "") + ("Italic" if found["slanted"] else "")
    file = _FOLDER / f"{_FAMILIES[found['family'][0]]}-{style or 'Regular'}.otf"
    return file if file.is_file() else None


def _glyph_names(font: Dictionary) -> dict[int, str]:
    """Return which shape each code of a font shows; {} where its encoding does not tell."""
    from pdfminer.latin_enc import ENCODING

    encoding = font.get("/Encoding", Name("/StandardEncoding"))
    base = encoding.get("/BaseEncoding", "") if isinstance(encoding, Dictionary) else encoding
    column = _COLUMNS.get(str(base))
    if column is None:
        return {}
    names = {code: row[0] for row in ENCODING if isinstance(code := row[column], int)}
    names |= _SAME_SHAPES.get(column, {})
    if isinstance(encoding, Dictionary):
        names |= _differences(encoding)
    return names


def _differences(encoding: Dictionary) -> dict[int, str]:
    names, code = {}, 0
    for entry in encoding.get("/Differences", []):
        if isinstance(entry, Name):
            names[code] = str(entry)[1:]
            code += 1
        else:
            code = int(entry)
    return names


@lru_cache(maxsize=_KEPT)
def _shapes(file: Path, names: frozenset[str]) -> _Shapes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(file) as face:
        wanted = subset.Options(layout_features=[], notdef_outline=True)
        cutter = subset.Subsetter(wanted)
        cutter.populate(glyphs=sorted(names & set(face.getGlyphOrder())))
        cutter.subset(face)
        widths = {glyph: width for glyph, (width, _) in face["hmtx"].metrics.items()}
        return _Shapes(face.getTableData("CFF "), widths, _described(face, file))


def _described(face: Any, file: Path) -> dict[str, Any]:
    head, lines = face["head"], face["hhea"]
    angle = round(face["post"].italicAngle)
    fixed, serif = file.stem.startswith("NimbusMono"), not file.stem.startswith("NimbusSans")
    flags = _NONSYMBOLIC | fixed * _FIXED | serif * _SERIF | bool(angle) * _ITALIC
    return {
        "Flags": flags,
        "FontBBox": [head.xMin, head.yMin, head.xMax, head.yMax],
        "ItalicAngle": angle,
        "Ascent": lines.ascent,
        "Descent": lines.descent,
        "CapHeight": lines.ascent,
    }
