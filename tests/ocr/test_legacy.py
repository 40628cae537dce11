"""What is copied from a page in an old font is what the page shows."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

import drawn
import oldfonts
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from partydoc.ocr import contents, legacy, trust, working

LINES = tuple(line[:50].rsplit(" ", 1)[0] for line in drawn.BODY)
KINDS = [
    (".VnTime", 0),
    (".VnTimeH", 0),
    (".VnTimeH,Bold", 0),
    ("VNI-Times", 0),
    ("VNI-Times", 250),
]


def shown(name: str) -> list[str]:
    """The lines as a font shows them."""
    return [line.upper() if "TimeH" in name else line for line in LINES]


def mended(path: Path) -> Path:
    working.make(path, "application/pdf", path.with_suffix(".working"))
    return path.with_suffix(".working")


def lines_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [line.text for line in contents.read(pdf[0]).lines]


def copied(path: Path) -> str:
    """What poppler copies, another reader than ours."""
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return unicodedata.normalize("NFC", run.stdout.decode())


@pytest.mark.parametrize("write", [oldfonts.simple, oldfonts.composite])
@pytest.mark.parametrize(("name", "mark_width"), KINDS)
def test_old_fonts_say_what_they_show(tmp_path, write, name, mark_width):
    path = write(tmp_path / "old.pdf", shown(name), name, mark_width=mark_width)
    assert trust.verdict("\n".join(lines_of(path))) is not True
    before = path.read_bytes()
    made = mended(path)
    assert lines_of(made) == shown(name)
    assert copied(made).split() == " ".join(shown(name)).split()
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
def test_the_page_looks_as_before(tmp_path, name):
    path = oldfonts.simple(tmp_path / "old.pdf", LINES, name)
    pictures = []
    for each in (path, mended(path)):
        with pypdfium2.PdfDocument(each) as pdf:
            pictures.append(pdf[0].render(scale=1).to_pil().tobytes())
    assert pictures[0] == pictures[1]


def test_shapes_with_names_are_known_by_them(tmp_path):
    """Distiller gave each shape that was used the next code, and said its name."""
    names = Array([33, Name.Ccedilla, Name.hyphen, 173, Name.hyphen, 200, Name("/g7")])
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/AAAAAA+.VnTime"),
        Encoding=Dictionary(Type=Name.Encoding, Differences=names),
    )  # fmt: skip
    codes = legacy._codes(font)
    assert (codes[33], codes[34], codes[173]) == (0xC7, 0x2D, 0xAD)


def font_with_map(pdf: pikepdf.Pdf, sections: bytes, **more: pikepdf.Object) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+.VnTime"),
            Encoding=Name("/Identity-H"), ToUnicode=pdf.make_stream(sections), **more,
        )
    )  # fmt: skip


def test_maps_of_every_form_are_read():
    with pikepdf.new() as pdf:
        font = font_with_map(
            pdf,
            b"2 beginbfchar <0003> <00B5> <0004> <F0B8> endbfchar\n"
            b"2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<00AD> <2013>] endbfrange",
        )
        assert legacy._codes(font) == {
            3: 0xB5, 4: 0xB8, 0x10: 0x61, 0x11: 0x62, 0x12: 0x63, 0x20: 0xAD, 0x21: 0x96,
        }  # fmt: skip


def test_a_font_that_speaks_unicode_is_left_alone(tmp_path):
    with pikepdf.new() as pdf:
        font = font_with_map(pdf, b"2 beginbfchar <0003> <1EA5> <0004> <00B8> endbfchar")
        assert not legacy.mend(pdf)
        assert b"1EA5" in font.ToUnicode.read_bytes()


@pytest.mark.parametrize(
    "sections",
    [
        b"1 beginbfchar <zz> <00B5> endbfchar",
        b"1 beginbfchar <0003> <0> endbfchar",
        b"1 beginbfrange <0000> <FFFFFFFF> <10FFFF> endbfrange",
        b"1 beginbfrange <00> <01> endbfrange",
        b"beginbfchar",
    ],
)
def test_a_broken_map_breaks_nothing(sections):
    with pikepdf.new() as pdf:
        font = font_with_map(pdf, sections)
        assert not legacy.mend(pdf)
        assert font.ToUnicode.read_bytes() == sections


def test_a_name_that_is_no_text_breaks_nothing():
    with pikepdf.new() as pdf:
        raw = b"<< /Type /Font /Subtype /TrueType /BaseFont /#ba#da >>"
        font = pdf.make_indirect(pikepdf.Object.parse(raw))
        assert not legacy.mend(pdf) and "/ToUnicode" not in font


def test_a_font_without_a_map_and_without_codes_goes_to_recognition(tmp_path):
    """Glyph numbers say nothing; the page's text is nonsense and known to be."""
    path = oldfonts.composite(tmp_path / "old.pdf", LINES, ".VnTime")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        pdf.save(path)
    assert trust.verdict("\n".join(lines_of(mended(path)))) is not True
