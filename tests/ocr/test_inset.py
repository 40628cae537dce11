"""Print in a picture on a typed page is read; what is drawn there makes no words."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import drawn
import img2pdf
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from partydoc.ocr import contents

TYPED = (
    "Kính gửi: Ban Thường vụ Huyện ủy Sao Mai,",
    "Văn phòng Đảng ủy xã xin gửi kèm bản chụp nghị quyết sau đây để biết.",
)
PLACE = (60, 60, 420, 560)
pytestmark = pytest.mark.slow


def pasted(into: Path, image: Image.Image, typed: tuple[str, ...] = TYPED) -> Path:
    """Write a typed page with a picture pasted in below."""
    buffer = BytesIO()
    image.save(buffer, "PNG", dpi=(200, 200))
    path = drawn.born_digital(into, typed)
    with (
        pikepdf.open(path, allow_overwriting_input=True) as pdf,
        pikepdf.open(BytesIO(img2pdf.convert(buffer.getvalue()))) as top,
    ):
        pdf.pages[0].add_overlay(top.pages[0], pikepdf.Rectangle(*PLACE))
        pdf.save(path)
    return path


def photograph() -> Image.Image:
    """Draw hills, a house with windows and grain."""
    chance = random.Random(3)
    image = Image.linear_gradient("L").resize((1000, 1400)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = chance.randrange(1000), chance.randrange(1400), chance.randrange(20, 160)
        shade = chance.randrange(40, 220)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(shade, shade // 2, 255 - shade))
    for x in range(200, 800, 90):
        pen.rectangle((x, 600, x + 40, 680), fill=(20, 20, 30))
    return drawn.noisy(image.filter(ImageFilter.GaussianBlur(2)))


def coat_of_arms() -> Image.Image:
    image = Image.new("RGB", (700, 980), "white")
    image.paste(drawn.seal(300), (100, 200))
    return image


def test_a_pasted_resolution_is_read_and_typed_words_stay(tmp_path, read_leaf):
    leaf = read_leaf(pasted(tmp_path / "pasted.pdf", drawn.sheet(200)))
    assert leaf.page.origin == "text-layer" and not leaf.page.redrawn
    assert [leaf.page.lines[i].text for i in leaf.shown] == list(TYPED)
    said = {word.text for line in leaf.laid.lines for word in line.words}
    wanted = set(" ".join(drawn.BODY).split())
    assert len(said & wanted) > 0.9 * len(wanted)
    assert "12-NQ/ĐU" in said and "Kính" not in said


def test_its_words_stand_where_it_stands_in_the_order_of_reading(tmp_path, read_leaf):
    leaf = read_leaf(pasted(tmp_path / "pasted.pdf", drawn.sheet(200)))
    left, bottom, right, top = PLACE
    for line in leaf.laid.lines:
        assert left / 595 - 0.01 < line.box.left and line.box.right < right / 595 + 0.01
        assert 1 - top / 842 - 0.01 < line.box.top and line.box.bottom < 1 - bottom / 842 + 0.01
    texts = [line.text for line in leaf.page.lines]
    assert texts.index(TYPED[1]) < texts.index("NGHỊ QUYẾT") < len(texts) - 3


@pytest.mark.parametrize("draw", [photograph, coat_of_arms])
def test_a_photograph_or_a_seal_makes_no_words(tmp_path, read_leaf, draw):
    leaf = read_leaf(pasted(tmp_path / "pasted.pdf", draw()))
    assert [line.text for line in leaf.page.lines] == list(TYPED)
    assert leaf.laid is None


def test_a_line_of_the_program_that_scanned_does_not_hide_the_scan(tmp_path, read_leaf):
    """Too little text to tell its language, on a page that is a smaller picture."""
    leaf = read_leaf(pasted(tmp_path / "pasted.pdf", drawn.sheet(200), ("Scanned by CamScanner",)))
    assert leaf.page.origin == "text-layer" and not leaf.page.redrawn
    assert "thư viện xã" in leaf.page.text and leaf.laid


def test_only_pictures_of_some_size_and_fineness_are_looked_into(tmp_path):
    found = []
    for size, place in (((400, 400), (50, 50, 150, 150)), ((60, 80), PLACE), ((800, 1100), PLACE)):
        path = drawn.born_digital(tmp_path / "typed.pdf", TYPED)
        one = drawn.scan(tmp_path / "one.pdf", Image.new("RGB", size, "gray"), dpi=72)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(one) as top:
            pdf.pages[0].add_overlay(top.pages[0], pikepdf.Rectangle(*place))
            pdf.save(path)
        with pypdfium2.PdfDocument(path) as pages:
            found.append(len(contents.read(pages[0]).pictures))
    assert found == [0, 0, 1]
