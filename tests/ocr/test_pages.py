"""Pages of every kind, from the file to the words and to what is copied from the access copy."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import drawn
import oldfonts
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from partydoc.ocr import copied
from partydoc.page import Page, Reading
from partydoc.text import fold

pytestmark = pytest.mark.slow
DPI = 150
#: A table of three columns, as it is printed across a page.
TABLE = (
    ("Thôn", "Số sách", "Người trông coi"),
    ("Đồng Mẫu", "120", "Nguyễn Văn Lúa"),
    ("Hương Cau", "345", "Trần Thị Ngô"),
    ("Bến Đá", "678", "Lê Văn Khoai"),
)


@pytest.fixture
def pages(read: Callable) -> Callable[[Path], tuple[tuple[Page, ...], Path]]:
    """Read a file; return its pages and its access copy, of which the same words are copied."""

    def pages(path: Path) -> tuple[tuple[Page, ...], Path]:
        finished, into = read(path)
        assert finished.reading, finished.refusal
        assert copied.differing(into / "access.pdf", finished.reading.pages) == []
        return finished.reading.pages, into / "access.pdf"

    return pages


def text_in(path: Path, number: int = 1) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return unicodedata.normalize("NFC", copied.text_of(pdf, number))


def share_read(page: Page) -> float:
    wanted = set(" ".join(drawn.BODY).split())
    return len(wanted & {word.text for line in page.lines for word in line.words}) / len(wanted)


@pytest.mark.parametrize("write", [oldfonts.simple, oldfonts.composite])
@pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
def test_old_fonts_are_copied_as_unicode(pages, tmp_path, name, write):
    lines = [line[:50] for line in drawn.BODY]
    (page,), access = pages(write(tmp_path / f"old{name}{write.__name__}.pdf", lines, name))
    assert page.origin == "text-layer"
    assert page.text.split() == " ".join(lines).split()
    assert text_in(access).split() == " ".join(lines).split()


def test_an_old_font_without_codes_is_read_from_the_page(pages, tmp_path):
    path = oldfonts.composite(tmp_path / "unmapped.pdf", drawn.BODY, ".VnTime")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        pdf.save(path)
    (page,), access = pages(path)
    assert page.origin == "recognised" and share_read(page) > 0.9
    assert "ban chap hanh dang bo" in fold(text_in(access))


def lay(path: Path, lines: tuple[str, ...], mode: int, *, over: bool = False) -> Path:
    """Lay Unicode text of a rendering mode below or over the first page."""
    typed = drawn.born_digital(path.with_suffix(".layer.pdf"), lines)
    with pikepdf.open(typed, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"%d Tr\n" % mode, prepend=True)
        pdf.save(typed)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(typed) as layer:
        page = pdf.pages[0]
        (page.add_overlay if over else page.add_underlay)(layer.pages[0])
        pdf.save(path)
    return path


def test_a_better_layer_is_what_is_read_and_copied(pages, tmp_path):
    """A scan so blurred that our reading fails, and the words of one who had a better one."""
    poor = drawn.sheet(DPI).filter(ImageFilter.GaussianBlur(3.2))
    path = drawn.scan(tmp_path / "blurred.pdf", poor, dpi=DPI)
    lay(path, drawn.HEADER + drawn.TITLE + drawn.BODY, 3)
    (page,), access = pages(path)
    assert page.origin == "hidden-layer" and share_read(page) == 1
    assert "thư viện xã" in " ".join(text_in(access).split())


def test_a_layer_that_is_no_better_is_replaced(pages, tmp_path):
    path = drawn.scan(tmp_path / "layered.pdf", drawn.sheet(DPI), dpi=DPI)
    lay(path, tuple(fold(line) for line in drawn.BODY), 3)
    (page,), access = pages(path)
    assert page.origin == "recognised" and share_read(page) > 0.95
    assert "thuc hien" not in text_in(access)


def test_words_that_a_picture_covers_are_not_copied(pages, tmp_path):
    """They are text like any other to a viewer, so the page becomes a picture."""
    path = drawn.scan(tmp_path / "covered.pdf", drawn.sheet(DPI), dpi=DPI)
    (page,), access = pages(lay(path, ("Words below the picture",), 0))
    assert page.origin == "recognised" and share_read(page) > 0.9
    assert "below" not in text_in(access)


def test_a_signature_box_on_a_scan_is_copied_once(pages, tmp_path):
    path = drawn.scan(tmp_path / "signed.pdf", drawn.sheet(DPI), dpi=DPI)
    (page,), access = pages(lay(path, ("Ký bởi: Văn phòng Đảng ủy xã",), 0, over=True))
    assert text_in(access).count("Ký bởi") == 1 == page.text.count("Ký bởi")
    with pikepdf.open(access) as pdf:
        (after,) = (one for one in pdf.pages[0].Resources.XObject.values() if "/Width" in one)
        with pikepdf.open(path) as first:
            named = first.pages[0].Resources.XObject.values()
            (before,) = (one for one in named if "/Width" in one)
            assert after.read_raw_bytes() == before.read_raw_bytes()  # the scan as it came


def test_each_page_of_a_mixed_file_is_read_its_own_way(pages, tmp_path):
    typed = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    empty = Image.new("RGB", (1240, 1754), "white")
    scanned = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(DPI), empty, dpi=DPI)
    old = oldfonts.simple(tmp_path / "old.pdf", [line[:50] for line in drawn.BODY], ".VnTime")
    with pikepdf.new() as pdf:
        for path in (scanned, typed, old):
            with pikepdf.open(path) as part:
                pdf.pages.extend(part.pages)
        pdf.save(tmp_path / "mixed.pdf")
    found, _ = pages(tmp_path / "mixed.pdf")
    origins = ["recognised", "recognised", "text-layer", "text-layer"]
    assert [page.origin for page in found] == origins
    assert Reading("e", ("vie",), found).blank_pages == (2,)
    assert all(page.lines for page in found if page.number != 2)


def page_with(into: Path, *images: tuple[dict, bytes]) -> Path:
    """Write an A4 page of pictures over each other, given as PDF image dictionaries and data."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        names = {}
        for i, (entries, data) in enumerate(images):
            stream = pdf.make_stream(data)
            for key, value in entries.items():
                stream[f"/{key}"] = pdf.make_indirect(value(pdf)) if callable(value) else value
            stream.Type, stream.Subtype = Name.XObject, Name.Image
            names[f"/I{i}"] = stream
        page.Resources = Dictionary(XObject=Dictionary(names))
        content = "".join(f"q 595 0 0 842 0 0 cm {name} Do Q\n" for name in names)
        page.Contents = pdf.make_stream(content.encode())
        pdf.save(into)
    return into


def raw(image: Image.Image, bits: int = 8, **more: object) -> tuple[dict, bytes]:
    space = {"L": Name.DeviceGray, "1": Name.DeviceGray, "RGB": Name.DeviceRGB,
             "CMYK": Name.DeviceCMYK}[image.mode]  # fmt: skip
    data = image.tobytes()
    if bits == 16:
        data = b"".join(bytes((level, level)) for level in data)
    entries = {"Width": image.width, "Height": image.height, "BitsPerComponent": bits,
               "ColorSpace": space, "Filter": Name.FlateDecode, **more}  # fmt: skip
    return entries, zlib.compress(data, 1)


def black_and_white(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda level: 255 if level > 140 else 0).convert("1")


def negative(sheet: Image.Image) -> tuple[dict, bytes]:
    inverted = ImageOps.invert(black_and_white(sheet).convert("L")).convert("1")
    return raw(inverted, 1, Decode=Array([1, 0]))


def indexed(sheet: Image.Image) -> tuple[dict, bytes]:
    """Levels of grey counted from white, by a table of colours."""
    table = bytes(255 - level for level in range(256) for _ in range(3))
    entries, data = raw(ImageOps.invert(sheet.convert("L")))
    space = Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(table)])
    return {**entries, "ColorSpace": space}, data


def alpha(sheet: Image.Image) -> tuple[dict, bytes]:
    """A black picture that shines through where there is no print."""
    entries, data = raw(ImageOps.invert(sheet.convert("L")))

    def mask(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(data)
        for key, value in entries.items():
            stream[f"/{key}"] = value
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        return stream

    black, ink = raw(Image.new("L", sheet.size, 0))
    return {**black, "SMask": mask}, ink


def background(sheet: Image.Image) -> list[tuple[dict, bytes]]:
    paper = Image.new("RGB", (sheet.width // 4, sheet.height // 4), "#f3ecd8")
    buffer = BytesIO()
    paper.save(buffer, "JPEG")
    entries, _ = raw(paper)
    empty = Image.new("1", (8, 8), 1)
    return [({**entries, "Filter": Name.DCTDecode}, buffer.getvalue()), stencil(empty)]


def stencil(image: Image.Image) -> tuple[dict, bytes]:
    one_bit = black_and_white(image.convert("RGB"))
    entries = {"Width": image.width, "Height": image.height, "BitsPerComponent": 1,
               "ImageMask": True, "Filter": Name.FlateDecode}  # fmt: skip
    return entries, zlib.compress(one_bit.tobytes(), 1)


#: The pictures of a page as scanners and programs store them.
KINDS: dict[str, Callable[[Image.Image], list[tuple[dict, bytes]]]] = {
    "1-bit": lambda sheet: [raw(black_and_white(sheet), 1)],
    "negative": lambda sheet: [negative(sheet)],
    "stencil": lambda sheet: [stencil(sheet)],
    "grey": lambda sheet: [raw(sheet.convert("L"))],
    "16-bit": lambda sheet: [raw(sheet.convert("L"), 16)],
    "cmyk": lambda sheet: [raw(sheet.convert("CMYK"))],
    "indexed": lambda sheet: [indexed(sheet)],
    "alpha": lambda sheet: [alpha(sheet)],
    "layers": lambda sheet: [*background(sheet), stencil(sheet)],  # MRC
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_pictures_of_every_kind_in_a_pdf_are_read(pages, tmp_path, name):
    (page,), _ = pages(page_with(tmp_path / f"{name}.pdf", *KINDS[name](drawn.sheet(DPI))))
    assert share_read(page) > 0.9
    assert (round(page.width_mm), round(page.height_mm)) == (210, 297)


@pytest.mark.parametrize("dpi", [None, (1, 1), (96, 96), (3000, 3000)])
def test_no_resolution_and_wrong_ones_do_no_harm(pages, tmp_path, dpi):
    path = tmp_path / f"page{dpi and dpi[0]}.png"
    drawn.sheet(DPI).save(path, **({"dpi": dpi} if dpi else {}))
    (page,), _ = pages(path)
    assert share_read(page) > 0.9 and round(page.width_mm) == 210


def table_sheet() -> Image.Image:
    """A landscape page with a ruled table."""
    width, height = round(297 / 25.4 * DPI), round(210 / 25.4 * DPI)
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    columns, rows = [0.08, 0.36, 0.56, 0.92], [0.15 + 0.09 * i for i in range(len(TABLE) + 1)]
    for y in rows:
        pen.line((columns[0] * width, y * height, columns[-1] * width, y * height), "black", 2)
    for x in columns:
        pen.line((x * width, rows[0] * height, x * width, rows[-1] * height), "black", 2)
    for y, row in zip(rows, TABLE, strict=False):
        for x, text in zip(columns, row, strict=False):
            place = ((x + 0.015) * width, (y + 0.025) * height)
            pen.text(place, text, "black", drawn.font(15, DPI))
    return image


def check_table(page: Page) -> None:
    """Each cell's first word stands in its row and column."""
    assert page.width_mm > page.height_mm
    boxes = {word.text: word.box for line in page.lines for word in line.words}
    for i, row in enumerate(TABLE):
        for column, text in zip((0.08, 0.36, 0.56), row, strict=True):
            box = boxes[text.split()[0]]
            assert column < box.left < column + 0.05
            assert 0.15 + 0.09 * i < (box.top + box.bottom) / 2 < 0.15 + 0.09 * (i + 1)


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_landscape_table_is_read_in_place(pages, tmp_path, turn):
    """Scanned as it lies, or fed in on its side."""
    image = table_sheet().rotate(turn, expand=True)
    (page,), _ = pages(drawn.scan(tmp_path / f"table{turn}.pdf", image, dpi=DPI))
    check_table(page)


def test_a_typed_landscape_table_on_a_turned_page_is_in_place(pages, tmp_path):
    from fpdf import FPDF

    pdf = FPDF(format="A4")  # portrait, shown turned
    pdf.add_page()
    pdf.add_font("Body", fname=drawn.FONTS / "LiberationSerif-Regular.ttf")
    pdf.set_font("Body", size=14)
    with pdf.rotation(90, 0, 0):
        for i, row in enumerate(TABLE):
            for column, text in zip((0.08, 0.36, 0.56), row, strict=True):
                pdf.text((column + 0.015) * 297 - 297, (0.15 + 0.09 * i + 0.05) * 210, text)
    path = tmp_path / "typed-table.pdf"
    pdf.output(str(path))
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        made.pages[0].rotate(90, relative=True)
        made.save(path)
    (page,), _ = pages(path)
    assert page.origin == "text-layer"
    check_table(page)


def _spoil_turn(page: pikepdf.Page) -> None:
    page.obj.Rotate = Name("/X")


def _spoil_box(page: pikepdf.Page) -> None:
    page.obj.CropBox = Array([0, 0])


def _spoil_space(page: pikepdf.Page) -> None:
    for picture in page.Resources.XObject.values():
        picture.ColorSpace = Array([])


@pytest.mark.parametrize("spoil", [_spoil_turn, _spoil_box, _spoil_space])
def test_an_odd_object_on_one_page_costs_no_other_page_and_no_words(pages, tmp_path, spoil):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(), drawn.sheet())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf.pages[1])
        pdf.save(path)
    first, _second = (share_read(page) for page in pages(path)[0])
    assert first > 0.9


def test_a_letter_that_only_looks_like_one_is_copied_as_what_is_indexed(pages, tmp_path):
    said = ("ĐẢNG BỘ HUYỆN SAO MAI", "Đảng ủy xã Đồng Đăng đã được", *drawn.BODY)
    looks = [line.replace("Đ", "Ð").replace("đ", "ð") for line in said]
    (page,), copy = pages(drawn.born_digital(tmp_path / "typed.pdf", looks))
    assert page.origin == "text-layer" and said[1] in page.text
    copied_text = text_in(copy)
    assert said[1] in copied_text and not set("Ðð") & set(copied_text)
