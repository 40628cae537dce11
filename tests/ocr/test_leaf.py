"""For every page it is decided anew whose words stand on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import drawn
import oldfonts
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from partydoc.box import Box
from partydoc.ocr import contents, working
from partydoc.ocr.leaf import Leaf, Leaves
from partydoc.ocr.recognise import Recognised
from partydoc.page import Line, Page, Word
from partydoc.text import fold

PLACE = Box(0.1, 0.1, 0.2, 0.12)


def lines_of(texts: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(tuple(Word(p, PLACE, 0.8) for p in text.split()), 1) for text in texts)


class Says:
    """A recogniser that has read certain lines, and counts how often it was asked."""

    def __init__(
        self, lines: Sequence[str], rotation: int = 0, *, stamp: str = "MẬT",
        also: tuple[Line, ...] = (),
    ) -> None:  # fmt: skip
        stamps = lines_of([stamp]) if stamp else ()
        self._read = Recognised(lines_of(lines) + also, stamps, rotation)
        self.asked = 0

    def read(self, drawn: object, finer: object) -> Recognised:
        self.asked += 1
        return self._read

    def stamps_on(self, drawn: object, lines: object, reach: float) -> tuple[Line, ...]:
        return lines_of(["ĐẾN"])


@pytest.fixture
def read() -> Callable[..., Leaf]:
    def read(path: Path, says: Says, index: int = 0) -> Leaf:
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
            return Leaves(drawn, pdf, says).read(index)

    return read


@pytest.fixture(scope="module")
def sheet():
    return drawn.sheet(75)


def scan(into: Path, sheet, *, layer: Sequence[str] = (), note: Sequence[str] = ()) -> Path:
    """A scan with Unicode text under it, and with text that shows."""
    drawn.scan(into, sheet, dpi=75)
    for texts, mode in ((layer, 3), (note, 0)):
        if texts:
            _lay(into, texts, mode)
    return into


def _lay(path: Path, texts: Sequence[str], mode: int) -> None:
    over = drawn.born_digital(path.with_suffix(".over.pdf"), texts)
    with pikepdf.open(over, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"%d Tr\n" % mode, prepend=True)
        pdf.save(over)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(over) as top:
        pdf.pages[0].add_overlay(top.pages[0])
        pdf.save(path)


def half(texts: Sequence[str]) -> list[str]:
    """Lines of which every third word is misread."""
    return [
        " ".join(f"{word}oq" if i % 3 == 0 else word for i, word in enumerate(text.split()))
        for text in texts
    ]


def test_typed_vietnamese_is_kept_and_nothing_read_but_marks(tmp_path, read):
    says = Says(["khác"])
    leaf = read(drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY), says)
    assert (leaf.page.origin, leaf.page.redrawn) == ("text-layer", False)
    assert (says.asked, leaf.laid) == (0, None)
    assert [line.text for line in leaf.page.lines] == list(drawn.BODY)
    assert leaf.page.stamps[0].text == "ĐẾN"


def office_page(into: Path) -> Path:
    """Write a page of several fonts: a table with figures, bullets, abbreviations, a rule."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_page()
    for style, name in (("", "Regular"), ("B", "Bold"), ("I", "Italic")):
        pdf.add_font("Body", style, drawn.FONTS / f"LiberationSerif-{name}.ttf")
    pdf.add_font("Sans", fname=drawn.FONTS / "LiberationSans-Regular.ttf")
    for font, style, text in (
        ("Body", "B", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Body", "I", "Ngày 5/3/2020"),
        ("Body", "B", "UBND XÃ HƯƠNG CAU"), ("Body", "", "- Như trên; HĐND, UBMTTQ; Lưu: VT (3b)."),
        ("Body", "", "• 1.250 m² đất, 30 °C"), *(("Body", "", line) for line in drawn.BODY),
        ("Symbol", "", "\xb7"), ("Sans", "", "- 12 -"),
    ):  # fmt: skip
        pdf.set_font(font, style, 13)
        pdf.cell(text=text, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Sans", size=11)
    with pdf.table(first_row_as_headings=False) as table:
        for i in range(12):
            table.row([str(i), "1.234.567", f"{i}/3/2020", "98,5 %"])
    pdf.output(str(into))
    return into


def test_an_office_page_with_a_table_is_kept_and_nothing_read(tmp_path, read):
    says = Says(["khác"])
    page = read(office_page(tmp_path / "typed.pdf"), says).page
    assert (page.origin, page.redrawn, says.asked) == ("text-layer", False, 0)
    assert {"1.250", "HĐND,", "1.234.567"} < set(page.text.split())


def test_typed_nonsense_becomes_a_picture_with_our_words(tmp_path, read):
    said = ["§¶ng céng s¶n ViÖt Nam quang vinh mu«n n¨m"] * 4
    leaf = read(drawn.born_digital(tmp_path / "typed.pdf", said), Says(drawn.BODY))
    assert leaf.page.origin == "recognised" and leaf.page.redrawn
    assert leaf.laid == leaf.page


def test_english_is_kept_where_the_page_shows_it(tmp_path, read):
    said = ["The committee met in the morning and agreed on the plan for the year."]
    path = drawn.born_digital(tmp_path / "typed.pdf", said)
    assert read(path, Says(said)).page.origin == "text-layer"
    assert read(path, Says(drawn.BODY)).page.origin == "recognised"


def test_the_better_layer_below_a_scan_is_kept_and_recorded(tmp_path, read, sheet):
    path = scan(tmp_path / "scan.pdf", sheet, layer=drawn.BODY)
    leaf = read(path, Says(half(drawn.BODY)))
    assert leaf.page.origin == "hidden-layer"
    assert [line.text for line in leaf.page.lines] == list(drawn.BODY)
    assert leaf.strip and leaf.laid.lines == leaf.page.lines  # laid anew, in one known font
    assert leaf.page.stamps[0].text == "MẬT"


def test_our_words_win_ties_and_against_garbage(tmp_path, read, sheet):
    for i, layer in enumerate((drawn.BODY, [fold(line) for line in drawn.BODY], ["Trang 1"])):
        path = scan(tmp_path / f"scan{i}.pdf", sheet, layer=layer)
        leaf = read(path, Says(drawn.BODY))
        assert leaf.page.origin == "recognised" and leaf.strip
        assert [line.text for line in leaf.page.lines] == list(drawn.BODY)


def test_a_layer_turns_with_its_page(tmp_path, read, sheet):
    path = scan(tmp_path / "scan.pdf", sheet, layer=drawn.BODY)
    upright = read(path, Says(half(drawn.BODY))).page
    turned = read(path, Says(half(drawn.BODY), rotation=90)).page
    assert turned.origin == "hidden-layer" and turned.rotation == 90
    assert turned.width_mm == upright.height_mm
    before, after = upright.lines[0].box, turned.lines[0].box
    assert (after.top, after.right) == pytest.approx((before.left, 1 - before.top))


def test_a_note_that_shows_on_a_scan_is_not_laid_under_it_again(tmp_path, read, sheet):
    note = ["Ký bởi: Văn phòng"]
    path = scan(tmp_path / "scan.pdf", sheet, note=note)
    with pypdfium2.PdfDocument(path) as pdf:
        seen = contents.read(pdf[0]).lines
    leaf = read(path, Says((), also=(*lines_of(drawn.BODY), *seen)))
    assert not leaf.page.redrawn
    assert leaf.page.lines[-1].text == note[0]
    assert [line.text for line in leaf.laid.lines] == list(drawn.BODY)


def test_text_on_a_scan_that_nobody_sees_makes_it_a_picture(tmp_path, read, sheet):
    path = scan(tmp_path / "scan.pdf", sheet, note=["Nothing of the kind is seen here"])
    leaf = read(path, Says(drawn.BODY))
    assert leaf.page.redrawn and [line.text for line in leaf.page.lines] == list(drawn.BODY)


@pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
def test_old_fonts_are_kept_as_text(tmp_path, read, name):
    lines = [line[:50] for line in drawn.BODY]
    path = oldfonts.simple(tmp_path / "old.pdf", lines, name)
    working.make(path, "application/pdf", tmp_path / "working.pdf")
    leaf = read(tmp_path / "working.pdf", Says(["khác"]))
    assert leaf.page.origin == "text-layer"
    assert leaf.page.text.split() == " ".join(lines).split()


def test_empty_paper_is_blank_and_a_read_page_is_not(tmp_path, read, sheet):
    path = drawn.scan(tmp_path / "scan.pdf", Image.new("RGB", (620, 877), "white"), dpi=75)
    nothing = Says([], stamp="")
    assert read(path, nothing).page.blank
    assert not read(path, Says([])).page.blank  # a stamp was seen
    assert not read(drawn.scan(tmp_path / "sheet.pdf", sheet, dpi=75), nothing).page.blank


def test_a_leaf_survives_the_way_between_processes():
    mended = Line((Word("người", PLACE, 0.8, "ngừơi"), Word("dân", PLACE, 0.8)), 2)
    page = Page(3, 210.0, 297.0, (mended, *lines_of(["Ký bởi"])), origin="hidden-layer")
    leaf = Leaf(page, strip=True, shown=(1,))
    again = Leaf.from_dict(leaf.to_dict())
    assert again == leaf and len(again.laid.lines) == 1


def in_a_form(path: Path, into: Path) -> Path:
    """Write a PDF whose page draws another page, as scanners do that take pages apart."""
    with pikepdf.open(path) as pdf, pikepdf.new() as fresh:
        whole = fresh.copy_foreign(pdf.make_indirect(pdf.pages[0].as_form_xobject()))
        fresh.add_blank_page(page_size=tuple(map(float, pdf.pages[0].mediabox[2:])))
        page = fresh.pages[0]
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(All=whole))
        page.Contents = fresh.make_stream(b"/All Do")
        fresh.save(into)
    return into


def drawn_at(path: Path) -> int:
    """Return the resolution at which the first page of a PDF is given to be read."""
    seen = []

    class Looks:
        def read(self, page, finer=None):
            seen.append(round(page.dpi))
            return Recognised((), (), 0)

    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as pages:
        Leaves(pages, pdf, Looks()).read(0)
    (dpi,) = seen
    return dpi


def test_grey_scans_and_those_that_were_taken_apart_into_layers_are_drawn_finer(tmp_path):
    whole = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(300), dpi=300)
    grey = drawn.scan(tmp_path / "grey.pdf", drawn.sheet(300).convert("L"), dpi=300)
    layered = in_a_form(whole, tmp_path / "form.pdf")
    assert [drawn_at(path) for path in (whole, layered, grey)] == [200, 300, 300]


def test_a_scan_that_lost_its_resolution_is_taken_for_a4(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(150), dpi=72)
    with pypdfium2.PdfDocument(path) as pages:
        assert max(pages[0].get_size()) > 1700  # points: a sheet of two feet
    assert drawn_at(path) == 150


class Sees:
    """A recogniser that reads, of a page at each resolution, certain lines and one stamp."""

    def __init__(self, **said: Sequence[str]) -> None:
        self._said = said

    def read(self, page, finer=None):
        name = f"at_{round(page.dpi)}"
        return Recognised(lines_of(self._said[name]), lines_of([name]), 0)


@pytest.mark.parametrize(
    ("coarse", "stamps"), [(drawn.BODY, ["at_200", "at_100"]), (drawn.BODY[:3], ["at_100"])]
)
def test_a_small_page_is_read_as_it_claims_and_as_a4_and_the_better_reading_kept(
    tmp_path, read, coarse, stamps
):
    """Of stamps both are kept, but not where the text says which size is the wrong one."""
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(100), dpi=250)
    page = read(path, Sees(at_200=coarse, at_100=drawn.BODY)).page
    assert [line.text for line in page.lines] == list(drawn.BODY)
    assert [line.text for line in page.stamps] == stamps
    assert round(page.height_mm) == 119  # what is archived is as large as it came


def test_a_scan_smaller_than_a_card_is_taken_for_a4(tmp_path):
    assert drawn_at(drawn.scan(tmp_path / "scan.pdf", drawn.sheet(150), dpi=1200)) == 150
