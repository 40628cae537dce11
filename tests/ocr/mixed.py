"""Typed pages with other lines: in fonts that say something else, or drawn as outlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import drawn
import oldfonts
import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

_NAMELESS = Name("/ABCDEF+TTE1B2D0C8t00")
_A4 = (595, 842)


def old(into: Path, lines: Sequence[str], kind: str = ".VnTime") -> Path:
    """Write a page in an old encoding, of whose name the program that wrote it left nothing."""
    capitals = kind == ".VnTime" and all(map(str.isupper, lines))  # they have a font of their own
    oldfonts.simple(into, lines, f"{kind}H" if capitals else kind)
    with pikepdf.open(into, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and "/BaseFont" in thing:
                thing.BaseFont = _NAMELESS
            if isinstance(thing, Dictionary) and "/FontName" in thing:
                thing.FontName = _NAMELESS
        pdf.save(into)
    return into


def vni(into: Path, lines: Sequence[str]) -> Path:
    """Write a page in a nameless VNI font."""
    return old(into, lines, "VNI-Times")


def mapless(into: Path, lines: Sequence[str]) -> Path:
    """Write a page in a font without a Unicode map: only numbers of shapes are left."""
    return _mapped(into, lines, lambda _: None)


def ciphered(into: Path, lines: Sequence[str]) -> Path:
    """Write a page in a font whose Unicode map names other letters, all of them common."""
    return _mapped(into, lines, lambda code: 0x41 + code * 7 % 26)


def _mapped(into: Path, lines: Sequence[str], said: Callable[[int], int | None]) -> Path:
    drawn.born_digital(into, lines)
    with pikepdf.open(into, allow_overwriting_input=True) as pdf:
        for font in pdf.objects:
            if isinstance(font, Dictionary) and "/ToUnicode" in font:
                codes = {code: said(code) for code in range(1, 99)}
                named = "\n".join(f"<{a:04X}> <{b:04X}>" for a, b in codes.items() if b)
                font.ToUnicode = pdf.make_stream(
                    f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                    f"{len(codes)} beginbfchar\n{named}\nendbfchar".encode()
                )
                if not named:
                    del font["/ToUnicode"]
        pdf.save(into)
    return into


def outlined(into: Path, lines: Sequence[str], size: int = 13) -> Path:
    """Write a page whose letters are shapes and no text."""
    pen = _Outlines(TTFont(drawn.FONTS / "LiberationSerif-Regular.ttf"))
    scale = size / 2048
    text = b" ".join(
        b"q %f 0 0 %f 70 %d cm %s f Q" % (scale, scale, 780 - 20 * i, pen.line(line))
        for i, line in enumerate(lines)
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=_A4).Contents = pdf.make_stream(text)
        pdf.save(into)
    return into


class _Outlines(BasePen):
    def __init__(self, face: TTFont) -> None:
        self._shapes, self._names = face.getGlyphSet(), face.getBestCmap()
        super().__init__(self._shapes)
        self._parts: list[str] = []
        self._x = 0

    def line(self, text: str) -> bytes:
        """Return the shapes of a line, as a path."""
        self._parts, self._x = [], 0
        for letter in text:
            shape = self._shapes[self._names[ord(letter)]]
            shape.draw(self)
            self._x += shape.width
        return " ".join(self._parts).encode()

    def _add(self, *points: tuple[float, float], by: str) -> None:
        self._parts += [f"{x + self._x:.0f} {y:.0f}" for x, y in points] + [by]

    def _moveTo(self, pt):
        self._add(pt, by="m")

    def _lineTo(self, pt):
        self._add(pt, by="l")

    def _curveToOne(self, pt1, pt2, pt3):
        self._add(pt1, pt2, pt3, by="c")

    def _closePath(self):
        self._parts.append("h")


def over(path: Path, top: Path, down: int = 0, right: int = 0) -> Path:
    """Draw a page over another, so many points further down and to the right."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(top) as other:
        place = pikepdf.Rectangle(right, -down, _A4[0] + right, _A4[1] - down)
        pdf.pages[0].add_overlay(other.pages[0], place)
        pdf.save(path)
    return path


def watermarked(path: Path, *, masked: bool, in_form: bool) -> Path:
    """Draw a pale grey picture over all of a page: by a soft mask, or by a graphics state."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        picture = _grey(pdf, 120)
        if masked:
            picture.SMask = pdf.make_indirect(_grey(pdf, 30))
        state = Dictionary(Type=Name.ExtGState, ca=1 if masked else 0.12)
        resources = Dictionary(
            XObject=Dictionary(W=pdf.make_indirect(picture)), ExtGState=Dictionary(G=state)
        )
        content = b"q /G gs 595 0 0 842 0 0 cm /W Do Q"
        if in_form:
            form = pdf.make_stream(
                content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *_A4]),
                Resources=resources,
            )  # fmt: skip
            resources, content = Dictionary(XObject=Dictionary(F=form)), b"/F Do"
        for kind, things in resources.items():
            for name, thing in things.items():
                pdf.pages[0].add_resource(thing, Name(kind), Name(name))
        pdf.pages[0].contents_add(content)
        pdf.save(path)
    return path


def _grey(pdf: pikepdf.Pdf, level: int) -> pikepdf.Stream:
    return pdf.make_stream(
        bytes([level]) * 8 * 11, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=11,
        BitsPerComponent=8, ColorSpace=Name.DeviceGray,
    )  # fmt: skip
