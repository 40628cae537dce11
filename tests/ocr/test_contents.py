"""What stands on a page is told from its objects, not from its looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest

from partydoc.ocr import contents


@contextmanager
def first_page(path: Path) -> Iterator[pypdfium2.PdfPage]:
    with pypdfium2.PdfDocument(path) as pdf:
        yield pdf[0]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return drawn.scan(tmp_path / "scan.pdf", drawn.sheet(100), dpi=100)


def test_a_scan_is_a_picture_with_a_resolution(scan):
    with first_page(scan) as page:
        found = contents.read(page)
    assert found.scanned and found.scan_dpi == pytest.approx(100, abs=1)
    assert (found.text, found.hidden_text) == ("", "")


def test_letters_nobody_sees_are_kept_apart(scan):
    drawn.add_text(scan, b"hidden layer")
    with first_page(scan) as page:
        found = contents.read(page)
    assert (found.text, found.hidden_text) == ("", "hidden layer")
    (line,) = found.hidden
    assert line.box.left == pytest.approx(70 / 595, abs=0.01)


def test_letters_on_a_scan_that_show_are_read(scan):
    drawn.add_text(scan, b"Copy 1", mode=0)
    with first_page(scan) as page:
        assert contents.read(page).text == "Copy 1"


def test_letters_below_a_scan_are_hidden(scan):
    """A layer that is drawn first and then covered by the picture shows nothing."""
    drawn.add_text(scan, b"covered", mode=0)
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        parts = [bytes(part.read_bytes()) for part in page.Contents]
        page.Contents = pdf.make_stream(b"\n".join(reversed(parts)))
        pdf.save(scan)
    with first_page(scan) as page:
        assert contents.read(page).hidden_text == "covered"


def test_typed_lines_have_places_and_blocks(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", (drawn.BODY[0], drawn.BODY[1]))
    with first_page(path) as page:
        found = contents.read(page)
    assert not found.scanned and found.scan_dpi is None
    assert [line.text for line in found.lines] == [drawn.BODY[0], drawn.BODY[1]]
    first, second = (line.box for line in found.lines)
    assert 0 < first.left < first.right < 1
    assert first.top < second.top < 0.15


def test_a_hyphen_ends_a_line_and_stays(tmp_path):
    lines = ("Thông báo về công-", "tác năm nay")
    with first_page(drawn.born_digital(tmp_path / "typed.pdf", lines)) as page:
        assert tuple(line.text for line in contents.read(page).lines) == lines


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_places_are_those_of_the_page_as_displayed(tmp_path, turn):
    path = drawn.born_digital(tmp_path / "typed.pdf", (drawn.BODY[0],))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(turn, relative=True)
        pdf.save(path)
    with first_page(path) as page:
        (line,) = contents.read(page).lines
    beginning = line.words[0].box
    corner = {90: (1, 0), 180: (1, 1), 270: (0, 1)}[turn]
    assert abs(beginning.left - corner[0]) < 0.25 and abs(beginning.top - corner[1]) < 0.25


def on_top(path: Path, picture: Path, place: tuple[float, float, float, float]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(picture) as top:
        pdf.pages[0].add_underlay(pikepdf.Page(top.pages[0]), pikepdf.Rectangle(*place))
        pdf.save(path)
    return path


@pytest.mark.parametrize(("dots", "place"), [(40, (50, 700, 150, 800)), (3, (0, 0, 595, 842))])
def test_a_logo_or_a_background_does_not_tell_the_resolution_of_a_page(tmp_path, dots, place):
    from PIL import Image

    coarse = drawn.scan(tmp_path / "coarse.pdf", Image.new("RGB", (dots, dots), "beige"), dpi=72)
    path = on_top(drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY), coarse, place)
    with first_page(path) as page:
        found = contents.read(page)
        assert drawn.BODY[0] in found.text
        assert found.scan_dpi is None or found.scan_dpi >= 200
