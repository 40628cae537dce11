"""Pages set in fonts of the years before Unicode, as printers of that time made PDFs of them.

The shapes are Liberation Serif's; they stand at the codes where TCVN3 and VNI fonts have them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import drawn
import pikepdf
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from partydoc.ocr import charsets

_SIZE, _LEADING = 13, 20


def encoded(text: str, table: Mapping[int, str]) -> bytes:
    """Write a text in the codes of an old font."""
    spelled = spellings(table)
    return b"".join(spelled[letter] for letter in text)


def spellings(table: Mapping[int, str]) -> dict[str, bytes]:
    """Return how each letter is written: one code, or a letter and a mark."""
    bases = {code: said for code, said in table.items() if not _is_mark(said)}
    marks = {code: said for code, said in table.items() if _is_mark(said)}
    pairs = {
        unicodedata.normalize("NFC", base + mark): bytes([first, second])
        for first, base in bases.items()
        for second, mark in marks.items()
        if (base.isupper() and second < 0xE0) or (base.islower() and second >= 0xE0)
    }
    return pairs | {said: bytes([code]) for code, said in reversed(sorted(bases.items()))}


def _is_mark(said: str) -> bool:
    return unicodedata.combining(said[0]) > 0


@cache
def font(name: str, mark_width: int = 0) -> bytes:
    """Return a TrueType font of a name with Vietnamese shapes at the codes of its kind.

    Marks stand over the letter before them and have no width, as in VNI's own fonts, or some.
    """
    face = TTFont(drawn.FONTS / "LiberationSerif-Regular.ttf")
    shapes = face.getBestCmap()
    placed = {}
    table = charsets.table_for(name) or {}
    for code, said in table.items():
        shown = ord(bytes([code]).decode("cp1252"))
        if _is_mark(said):
            placed[shown] = _mark(face, [shapes[ord(mark)] for mark in said], mark_width)
        else:
            placed[shown] = shapes[ord(said)]
    face["cmap"].tables = [each for each in face["cmap"].tables if each.platEncID == 1]
    for each in face["cmap"].tables:
        each.cmap = placed
    face["name"].setName(name, 6, 3, 1, 0x409)
    buffer = BytesIO()
    face.save(buffer)
    return buffer.getvalue()


def _mark(face: TTFont, marks: Sequence[str], width: int) -> str:
    pen = TTGlyphPen(face.getGlyphSet())
    for i, mark in enumerate(marks):
        pen.addComponent(mark, (1, 0, 0, 1, -800 + 300 * i, 0))
    name = "_".join(("old", *marks))
    if name not in face.getGlyphOrder():
        face.setGlyphOrder([*face.getGlyphOrder(), name])
    face["glyf"][name] = pen.glyph()
    face["hmtx"][name] = (width, 0)
    return name


def simple(into: Path, lines: Sequence[str], name: str, *, mark_width: int = 0) -> Path:
    """Write a page with a simple TrueType font: WinAnsiEncoding, no Unicode map."""
    program = font(name, mark_width)
    table = charsets.table_for(name) or {}
    with pikepdf.new() as pdf:
        face = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+" + name),
            Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=255,
            Widths=Array(_widths(program)), FontDescriptor=_descriptor(pdf, program, name),
        )  # fmt: skip
        shown = b" T* ".join(b"<" + encoded(line, table).hex().encode() + b"> Tj" for line in lines)
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(face)))
        page.Contents = pdf.make_stream(
            b"BT /F %d Tf %d TL 70 780 Td %s ET" % (_SIZE, _LEADING, shown)
        )
        pdf.save(into)
    return into


def _widths(program: bytes) -> list[int]:
    face = TTFont(BytesIO(program))
    shapes, advances, scale = face.getBestCmap(), face["hmtx"], 1000 / face["head"].unitsPerEm
    letters = [ord(bytes([code]).decode("cp1252", "replace")) for code in range(32, 256)]
    return [round(advances[shapes.get(each, ".notdef")][0] * scale) for each in letters]


def _descriptor(pdf: pikepdf.Pdf, program: bytes, name: str) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+" + name), Flags=32,
            FontBBox=Array([-200, -300, 1100, 1000]), ItalicAngle=0, Ascent=890, Descent=-216,
            CapHeight=660, StemV=80, FontFile2=pdf.make_stream(program),
        )
    )  # fmt: skip


def composite(into: Path, lines: Sequence[str], name: str, *, mark_width: int = 0) -> Path:
    """Write a page as a word processor does: Identity-H, and a map that says Windows-1252."""
    from fpdf import FPDF

    program = into.with_suffix(".ttf")
    program.write_bytes(font(name, mark_width))
    table = charsets.table_for(name) or {}
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.add_font("Old", fname=program)
    pdf.set_font("Old", size=_SIZE)
    for line in lines:
        pdf.cell(text=encoded(line, table).decode("cp1252"), new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(into))
    with pikepdf.open(into, allow_overwriting_input=True) as made:
        for thing in made.objects:
            if isinstance(thing, Dictionary) and "/BaseFont" in thing:
                thing.BaseFont = Name("/MPDFAA+" + name)
        made.save(into)
    return into
