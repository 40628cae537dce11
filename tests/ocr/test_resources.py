"""Fonts that a page names alone are dropped, or get shapes of the same widths."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from partydoc.ocr import access, copied, resources

SAID = "Trang 12/QD-UB, ngay 5 thang 4 nam 1998 (sao y)"


def page_in(into: Path, name: str, *, font: str = "Type1", **more: object) -> Path:
    """Write a page with one line in a font that it does not bring."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        face = Dictionary(
            Type=Name.Font, Subtype=Name(f"/{font}"), BaseFont=Name(f"/{name}"),
            Encoding=Name.WinAnsiEncoding,
        )  # fmt: skip
        for key, value in more.items():
            face[f"/{key}"] = value
        page.obj.Resources = Dictionary(Font=Dictionary(F=face))
        literal = SAID.replace("(", r"\(").replace(")", r"\)").encode()
        page.Contents = pdf.make_stream(b"BT /F 11 Tf 70 700 Td (%s) Tj ET" % literal)
        pdf.save(into)
    return into


def settled(path: Path) -> pikepdf.Pdf:
    pdf = pikepdf.open(path)
    for page in pdf.pages:
        resources.settle(pdf, page)
    return pdf


def is_archival(pdf: pikepdf.Pdf) -> bool:
    return access._is_archival(pdf.pages[0])


@pytest.mark.parametrize(
    "name",
    ["Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-BoldItalic", "Courier",
     "Courier-Bold", "ABCDEF+Helvetica"],
)  # fmt: skip
def test_the_fonts_of_every_viewer_get_shapes(tmp_path, name):
    path = page_in(tmp_path / "page.pdf", name)
    with settled(path) as pdf:
        font = pdf.pages[0].Resources.Font.F
        assert "/FontFile3" in font.FontDescriptor and len(font.Widths) == 256
        assert is_archival(pdf)
        pdf.save(tmp_path / "settled.pdf")
    assert copied._poppler(tmp_path / "settled.pdf", [1])[1].strip() == SAID


@pytest.mark.parametrize(
    ("name", "shapes"),
    [("Arial,Bold", "NimbusSans-Bold"), ("TimesNewRomanPS-ItalicMT", "NimbusRoman-Italic"),
     ("CourierNew", "NimbusMonoPS-Regular"), ("Times New Roman", "NimbusRoman-Regular")],
)  # fmt: skip
def test_windows_fonts_of_the_same_widths_get_them_too(tmp_path, name, shapes):
    with settled(page_in(tmp_path / "page.pdf", name, font="TrueType")) as pdf:
        assert str(pdf.pages[0].Resources.Font.F.BaseFont) == f"/PARTYD+{shapes}"
        assert is_archival(pdf)


@pytest.mark.parametrize("name", ["Symbol", "Arial-Black", "ArialNarrow", ".VnTime", "VNI-Times"])
def test_no_other_font_is_put_in_the_place_of_one(tmp_path, name):
    with settled(page_in(tmp_path / "page.pdf", name)) as pdf:
        assert "/FontDescriptor" not in pdf.pages[0].Resources.Font.F
        assert not is_archival(pdf)


def test_widths_that_a_file_tells_stay_and_no_others_are_claimed(tmp_path):
    widths = Array([999] * 256)
    path = page_in(tmp_path / "page.pdf", "Helvetica", FirstChar=0, LastChar=255, Widths=widths)
    with settled(path) as pdf:
        assert list(pdf.pages[0].Resources.Font.F.Widths) == [999] * 256
        assert not is_archival(pdf)


def test_a_font_in_which_nothing_is_written_is_dropped_from_its_page_alone(tmp_path):
    path = page_in(tmp_path / "page.pdf", "Symbol")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[0])
        shared = pdf.make_indirect(pdf.pages[0].Resources)
        for page in pdf.pages:
            page.obj.Resources = shared
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 10 10 re f")
        pdf.save(path)
    with settled(path) as pdf:
        first, second = (dict(page.Resources.Font) for page in pdf.pages)
    assert (list(first), list(second)) == ([], ["/F"])


def test_fonts_of_forms_and_notes_are_settled_as_well(tmp_path):
    path = page_in(tmp_path / "page.pdf", "Symbol")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        form, look = (
            pdf.make_stream(
                b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 10],
                Resources=Dictionary(Font=Dictionary(F=page.Resources.Font.F)),
            )
            for _ in range(2)
        )  # fmt: skip
        note = Dictionary(Type=Name.Annot, Subtype=Name.Highlight, AP=Dictionary(N=look))
        page.obj.Resources = Dictionary(XObject=Dictionary(X=form))
        page.obj.Annots = Array([pdf.make_indirect(note)])
        page.Contents = pdf.make_stream(b"/X Do")
        pdf.save(path)
    with settled(path) as pdf:
        page = pdf.pages[0]
        assert list(page.Resources.XObject.X.Resources.Font) == []
        assert list(page.obj.Annots[0].AP.N.Resources.Font) == []


def test_a_form_that_names_nothing_lives_off_the_fonts_of_its_page(tmp_path):
    path = page_in(tmp_path / "page.pdf", "Symbol")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        form = pdf.make_stream(page.Contents.read_bytes(), Subtype=Name.Form, BBox=[0, 0, 595, 842])
        page.Resources.XObject = Dictionary(X=form)
        page.Contents = pdf.make_stream(b"/X Do")
        pdf.save(path)
    with settled(path) as pdf:
        assert list(pdf.pages[0].Resources.Font) == ["/F"]


def test_what_no_page_can_name_is_left_out(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.Encoding = Dictionary(PDFDocEncoding=Name.WinAnsiEncoding)
        pdf.save(path)
    with settled(path) as pdf:
        assert "/Encoding" not in pdf.pages[0].Resources
        assert is_archival(pdf)


def test_what_a_font_need_not_tell_is_left_out(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.objects:
            if isinstance(font, Dictionary) and font.get("/Subtype") == "/CIDFontType2":
                font.FontDescriptor.CIDSet = pdf.make_stream(b"\xff")
        pdf.save(path)
    with pikepdf.open(path) as pdf:
        assert not is_archival(pdf)
    with settled(path) as pdf:
        fonts = [f for f in pdf.objects if isinstance(f, Dictionary) and "/CIDToGIDMap" in f]
        assert fonts and all("/CIDSet" not in font.FontDescriptor for font in fonts)
        assert is_archival(pdf)
