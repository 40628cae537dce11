"""Of the layers of a PDF that shows which its viewers show, and nothing is left of the others."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from partydoc.ocr import working

Change = Callable[[Pdf], object]
_NAMES = ("On", "Off")
_HIDDEN, _SEEN = b"hidden", b"seen"


def said(word: bytes, y: int, x: int = 50) -> bytes:
    return b"BT /F 20 Tf %d %d Td (%s) Tj ET " % (x, y, word)


HIDDEN = said(_HIDDEN, 600)
SEEN = said(_SEEN, 700)


def marked(layer: bytes, content: bytes) -> bytes:
    return b"/OC /%s BDC %s EMC " % (layer, content)


def group(pdf: Pdf, name: str) -> pikepdf.Object:
    return pdf.Root.OCProperties.OCGs[_NAMES.index(name)]


def resources(pdf: Pdf, **more: Dictionary) -> Dictionary:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    layers = Dictionary({f"/{name}": group(pdf, name) for name in _NAMES})
    return Dictionary(Font=Dictionary(F=font), Properties=layers, **more)


def layered(path: Path, content: bytes, change: Change | None = None) -> Path:
    """Write a page with a layer that is on and one that is off."""
    with pikepdf.new() as pdf:
        groups = [
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"named-{name}")))
            for name in _NAMES
        ]
        config = Dictionary(OFF=Array([groups[1]]), Order=Array(groups))
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=config)
        page = pdf.add_blank_page(page_size=(300, 800))
        page.Resources = resources(pdf)
        page.Contents = pdf.make_stream(content)
        if change:
            change(pdf)
        pdf.save(path)
    return path


def copy_of(path: Path) -> Path:
    made = path.with_suffix(".working.pdf")
    working.make(path, "application/pdf", made)
    return made


def by_pdfium(path: Path) -> bytes:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=0.5).to_pil().tobytes()


def by_poppler(path: Path) -> bytes:
    return _run("pdftoppm", "-r", "36", "-gray", path)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].get_textpage().get_text_range() + _run("pdftotext", path, "-").decode()


def _run(*command: object) -> bytes:
    return subprocess.run(list(map(str, command)), capture_output=True, check=True).stdout


def whole_of(path: Path) -> bytes:
    """Return all that stands in a file, unpacked."""
    with pikepdf.open(path) as pdf:
        return b"\n".join(
            thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()
            for thing in pdf.objects
        )


CONTENTS = {
    "a section": SEEN + marked(b"Off", HIDDEN),
    "a section in one that shows": marked(b"On", SEEN + marked(b"Off", HIDDEN) + said(_SEEN, 500)),
    "a section around one that would show": marked(b"Off", marked(b"On", HIDDEN) + HIDDEN) + SEEN,
    "other marks in it": marked(b"Off", b"/P BMC " + HIDDEN + b"EMC " + HIDDEN) + SEEN,
    "what it would be read as": marked(
        b"Off", b"/Span << /ActualText (hidden) >> BDC " + HIDDEN + b"EMC /P /On DP "
    )
    + SEEN,
    "marks that end and never began": b"EMC EMC " + marked(b"Off", HIDDEN) + b"EMC " + SEEN,
    "a line of its own": b"BT /F 20 Tf 24 TL 50 700 Td (seen) Tj "
    + marked(b"Off", b"(hidden) ' 5 1 (hidden) \" [(hid) -9 (den)] TJ")
    + b"(seen) ' ET",
    "colour, place and clip path": b"q "
    + marked(b"Off", b"1 0 0 rg .5 0 0 .5 20 20 cm 0 0 200 1000 re W f 9 w 0 0 m 9 9 l S")
    + b"0 0 500 500 re f Q "
    + SEEN,
    "pictures and shadings": marked(
        b"Off", b"q 200 0 0 200 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x30 EI Q /S sh"
    )
    + SEEN,
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_is_off_is_gone_and_the_rest_looks_as_before(tmp_path, content):
    path = layered(tmp_path / "layers.pdf", content, _shading)
    same_and_without(path)


def _shading(pdf: Pdf) -> None:
    colour = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 300, 0], Function=colour
    )
    pdf.pages[0].Resources.Shading = Dictionary(S=shading)


def same_and_without(path: Path, *others: Callable[[Path], bytes]) -> None:
    made = copy_of(path)
    for drawn_by in others or (by_poppler, by_pdfium):
        assert drawn_by(made) == drawn_by(path), drawn_by
    assert "seen" in text_of(made) and "hidden" not in text_of(made)
    assert b"hidden" not in whole_of(made) and b"named-" not in whole_of(made)
    with pikepdf.open(made) as pdf:
        assert "/OCProperties" not in pdf.Root


def form(pdf: Pdf, content: bytes, **entries: object) -> pikepdf.Object:
    entries.setdefault("Resources", resources(pdf))
    whole = dict(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 800], **entries)
    return pdf.make_indirect(pdf.make_stream(content, **whole))


def _draw(pdf: Pdf, thing: pikepdf.Object) -> None:
    pdf.pages[0].Resources.XObject = Dictionary(X=thing)


def _form_that_is_off(pdf: Pdf) -> None:
    _draw(pdf, form(pdf, HIDDEN, OC=group(pdf, "Off")))


def _form_that_is_on(pdf: Pdf) -> None:
    _draw(pdf, form(pdf, said(_SEEN, 400) + marked(b"Off", HIDDEN), OC=group(pdf, "On")))


def _form_in_a_form(pdf: Pdf) -> None:
    inner = form(pdf, said(_SEEN, 400) + marked(b"Off", HIDDEN))
    _draw(pdf, form(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary(X=inner))))


def _form_without_resources(pdf: Pdf) -> None:
    bare = form(pdf, said(_SEEN, 400) + marked(b"Off", HIDDEN))
    del bare.Resources
    _draw(pdf, bare)


def _form_in_a_hidden_section(pdf: Pdf) -> None:
    _draw(pdf, form(pdf, HIDDEN))
    pdf.pages[0].Contents = pdf.make_stream(SEEN + marked(b"Off", b"/X Do"))


def _form_in_and_out_of_a_hidden_section(pdf: Pdf) -> None:
    _draw(pdf, form(pdf, said(_SEEN, 400)))
    moved = marked(b"Off", b"q 1 0 0 1 50 50 cm /X Do Q")
    pdf.pages[0].Contents = pdf.make_stream(SEEN + moved + b"/X Do")


def _picture_that_is_off(pdf: Pdf) -> None:
    picture = pdf.make_stream(
        b"hidden", Type=Name.XObject, Subtype=Name.Image, Width=3, Height=2, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, OC=group(pdf, "Off"),
    )  # fmt: skip
    _draw(pdf, picture)


def _pattern(pdf: Pdf) -> None:
    tile = dict(PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 50, 50], XStep=50, YStep=50)
    content = b"5 5 9 9 re f " + marked(b"Off", b"(hidden) Tj 20 20 20 20 re f")
    pdf.pages[0].Resources.Pattern = Dictionary(
        P=pdf.make_stream(content, Resources=resources(pdf), **tile)
    )
    pdf.pages[0].contents_add(b"/Pattern cs /P scn 0 0 200 300 re f")


def _soft_mask(pdf: Pdf) -> None:
    content = marked(b"Off", b"1 g 0 0 300 800 re f (hidden) Tj") + b"1 g 0 0 100 100 re f"
    mask = form(pdf, content, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    pdf.pages[0].Resources.ExtGState = Dictionary(G=state)
    pdf.pages[0].contents_add(b"/G gs 0 0 200 200 re f")


def _glyph(pdf: Pdf) -> None:
    shape = b"1000 0 d0 0 0 300 300 re f " + marked(b"Off", b"(hidden) Tj 400 400 500 500 re f")
    pdf.pages[0].Resources.Font.T = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FirstChar=97, LastChar=97,
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=Dictionary(a=pdf.make_stream(shape)),
        Encoding=Dictionary(Differences=Array([97, Name.a])), Widths=[1000],
        Resources=resources(pdf),
    )  # fmt: skip
    pdf.pages[0].contents_add(b"BT /T 99 Tf 50 300 Td (a) Tj ET")


def _note(pdf: Pdf, look: pikepdf.Object, **entries: object) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 300, 800], F=4, AP=Dictionary(N=look),
        **entries,
    )  # fmt: skip
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _note_that_is_off(pdf: Pdf) -> None:
    _note(pdf, form(pdf, HIDDEN), OC=group(pdf, "Off"))


def _note_that_is_partly_off(pdf: Pdf) -> None:
    _note(pdf, form(pdf, said(_SEEN, 400) + marked(b"Off", HIDDEN)), OC=group(pdf, "On"))


def _link_that_is_off(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("http://hidden.example"))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action, OC=group(pdf, "Off")
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


@pytest.mark.parametrize(
    "change",
    [
        _form_that_is_off, _form_that_is_on, _form_in_a_form, _form_without_resources,
        _form_in_a_hidden_section, _form_in_and_out_of_a_hidden_section, _picture_that_is_off,
        _glyph, _note_that_is_partly_off, _link_that_is_off,
    ],
)  # fmt: skip
def test_it_is_gone_wherever_it_stands(tmp_path, change):
    same_and_without(layered(tmp_path / "layers.pdf", SEEN + b"/X Do ", change))


@pytest.mark.parametrize("change", [_pattern, _soft_mask, _note_that_is_off])
def test_it_is_gone_even_where_pdfium_draws_it(tmp_path, change):
    """Of layers in patterns, soft masks and notes it takes no account; poppler and others do."""
    same_and_without(layered(tmp_path / "layers.pdf", SEEN, change), by_poppler)


def _member(pdf: Pdf, **entries: object) -> None:
    groups = Array([group(pdf, "On"), group(pdf, "Off")])
    rule = Dictionary(Type=Name.OCMD, **{"OCGs": groups, **entries})
    pdf.pages[0].Resources.Properties.M = rule


@pytest.mark.parametrize(
    ("policy", "shows"), [("AnyOn", True), ("AllOn", False), ("AnyOff", True), ("AllOff", False)]
)
def test_membership_in_several_layers_follows_its_policy(tmp_path, policy, shows):
    content = SEEN + marked(b"M", said(_SEEN, 600) if shows else HIDDEN)
    path = tmp_path / "layers.pdf"
    same_and_without(layered(path, content, lambda pdf: _member(pdf, P=Name("/" + policy))))


@pytest.mark.parametrize(("operator", "shows"), [("Or", True), ("And", False)])
def test_membership_by_an_expression(tmp_path, operator, shows):
    def expressed(pdf: Pdf) -> None:
        no = Array([Name.Not, group(pdf, "Off")])
        on = Array([Name("/" + operator), group(pdf, "Off"), no])
        _member(pdf, P=Name.AllOff if shows else Name.AnyOn, VE=on)

    content = SEEN + marked(b"M", said(_SEEN, 600) if shows else HIDDEN)
    same_and_without(layered(tmp_path / "layers.pdf", content, expressed))


def test_what_shows_only_while_a_layer_is_off_stays_in_sight(tmp_path):
    """In a copy without layers all of them count as on."""
    content = SEEN + marked(b"M", said(_SEEN, 600))
    path = tmp_path / "layers.pdf"

    def off(pdf: Pdf) -> None:
        _member(pdf, P=Name.AllOff, OCGs=Array([group(pdf, "Off")]))

    same_and_without(layered(path, content, off))
    assert text_of(copy_of(path)).count("seen") == 4


def test_all_layers_can_be_off_but_some(tmp_path):
    def most_are_off(pdf: Pdf) -> None:
        on = Array([group(pdf, "On")])
        pdf.Root.OCProperties.D = Dictionary(BaseState=Name.OFF, ON=on)

    content = marked(b"On", SEEN) + marked(b"Off", HIDDEN)
    same_and_without(layered(tmp_path / "layers.pdf", content, most_are_off))


def test_pages_that_share_their_resources_are_both_cleaned(tmp_path):
    def again(pdf: Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[0].Resources = pdf.pages[1].Resources = pdf.make_indirect(resources(pdf))
        pdf.pages[1].Contents = pdf.make_stream(marked(b"Off", HIDDEN))

    same_and_without(layered(tmp_path / "layers.pdf", SEEN + marked(b"Off", HIDDEN), again))


ENTANGLED = {
    "it stands in the line of what shows": b"BT /F 20 Tf 50 700 Td "
    + marked(b"Off", b"(hidden) Tj")
    + b"(seen) Tj ET",
    "it clips what shows": b"q BT /F 90 Tf 7 Tr 50 600 Td "
    + marked(b"Off", b"(hidden) Tj")
    + b"ET 0 0 300 900 re f Q "
    + SEEN,
}


@pytest.mark.parametrize("content", ENTANGLED.values(), ids=ENTANGLED)
def test_a_page_on_which_it_cannot_be_told_apart_becomes_a_picture(tmp_path, content):
    path = layered(tmp_path / "layers.pdf", content)
    made = copy_of(path)
    before, after = by_pdfium(path), by_pdfium(made)
    assert len(before) == len(after) and min(after) < 128
    assert sum(abs(one - other) > 100 for one, other in zip(before, after, strict=True)) < 9
    assert b"hidden" not in whole_of(made)
    with pikepdf.open(made) as pdf:
        assert [str(one.Subtype) for one in pdf.pages[0].Resources.XObject.values()] == ["/Image"]


def test_what_is_off_on_the_screen_alone_stays_to_be_read(tmp_path):
    """A mark of secrecy that shows on paper only must be seen."""

    def for_printing(pdf: Pdf) -> None:
        layer = group(pdf, "On")
        layer.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        event = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([layer]))
        pdf.Root.OCProperties.D.AS = Array([event])

    made = copy_of(layered(tmp_path / "layers.pdf", marked(b"On", SEEN), for_printing))
    assert min(by_pdfium(made)) < 128 and text_of(made).count("seen") == 2


def test_contents_without_hidden_layers_stay_as_they_are(tmp_path):
    path = layered(tmp_path / "layers.pdf", SEEN + marked(b"On", SEEN))
    with pikepdf.open(copy_of(path)) as made, pikepdf.open(path) as pdf:
        assert made.pages[0].Contents.read_bytes() == pdf.pages[0].Contents.read_bytes()


def test_a_layer_that_only_structures_a_drawing_hides_nothing(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY[:1])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="A", Intent=Name.Design))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
        pdf.pages[0].Resources.Properties = Dictionary(A=layer)
        pdf.pages[0].contents_add(b"/OC /A BDC", prepend=True)
        pdf.pages[0].contents_add(b"EMC")
        pdf.save(path)
    assert by_pdfium(copy_of(path)) == by_pdfium(path)
    assert drawn.BODY[0][:5] in text_of(copy_of(path))
