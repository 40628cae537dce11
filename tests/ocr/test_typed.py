"""A typed page keeps its own words where they are true, and says what it shows elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import drawn
import mixed
import pypdfium2
import pytest

from partydoc.metadata.secrecy import judge
from partydoc.ocr import copied, reading
from partydoc.ocr.leaf import Leaf
from partydoc.page import Page, Reading

pytestmark = pytest.mark.slow
TEXT = drawn.HEADER + drawn.TITLE + drawn.BODY
MARK = ["TUYỆT MẬT"]
OTHERS = ("Quyết định kỷ luật đồng chí Bí thư chi bộ thôn,", "giao Ban Tổ chức thi hành ngay.")
KINDS = [mixed.old, mixed.vni, mixed.mapless, mixed.ciphered]


@pytest.fixture
def read(
    read_leaf: Callable[[Path], Leaf], page_reader: reading.Reader, tmp_path: Path
) -> Callable[[Path], Page]:
    """Read a page and make its access copy, from which the words that were read can be copied."""

    def read(path: Path) -> Page:
        read_leaf(path)
        where = {"folder": str(tmp_path), "lent": str(tmp_path)}
        asked = {**where, "media_type": "application/pdf", "pages": 1}
        assert page_reader.handle(asked) == {"done": 1}
        said = json.loads((tmp_path / "pages.json").read_bytes())
        (page,) = Reading.from_dict(said).pages
        return page

    return read


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    return drawn.born_digital(tmp_path / "typed.pdf", TEXT)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def share(wanted: tuple[str, ...], page: Page) -> float:
    words = set(" ".join(wanted).split())
    return len(words & set(page.text.split())) / len(words)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("down", "right"), [(0, 300), (500, 200)])
def test_a_mark_in_a_font_that_says_something_else_holds_the_document(
    tmp_path, read, typed, kind, down, right
):
    mark = kind(tmp_path / "mark.pdf", MARK)
    verdict = judge([read(mixed.over(typed, mark, down, right))])
    assert (verdict.kind, verdict.level) == ("marked", "Tuyệt mật")


def test_without_the_mark_it_is_clear_and_as_it_came(read, typed):
    page = read(typed)
    assert judge([page]).kind == "clear" and texts(page) == list(TEXT)
    assert (page.origin, page.redrawn) == ("text-layer", False)


@pytest.mark.parametrize("kind", [mixed.old, mixed.mapless, mixed.ciphered])
def test_lines_in_such_a_font_are_read_and_the_others_kept(tmp_path, read, typed, kind):
    page = read(mixed.over(typed, kind(tmp_path / "over.pdf", OTHERS), down=400))
    assert texts(page)[: len(TEXT)] == list(TEXT)
    assert share(OTHERS, page) > 0.8
    assert len(texts(page)) == len(TEXT) + len(OTHERS) and page.redrawn
    with pypdfium2.PdfDocument(tmp_path / "access.pdf") as pdf:
        assert "quyết định kỷ luật" in copied.text_of(pdf, 1).lower()


def test_what_is_drawn_as_outlines_is_read_beside_a_few_typed_words(tmp_path, read):
    box = ("Người ký: Văn phòng Đảng ủy xã Hương Cau", "Thời gian ký: 12.05.2020 08:30")
    path = mixed.outlined(tmp_path / "outlined.pdf", TEXT)
    page = read(mixed.over(path, drawn.born_digital(tmp_path / "box.pdf", box), down=600))
    assert page.origin == "recognised" and not page.redrawn
    assert share(drawn.BODY, page) > 0.95 and set(box) < set(texts(page))


def test_a_paragraph_of_outlines_is_read_below_typed_ones(tmp_path, read, typed):
    path = mixed.outlined(tmp_path / "outlined.pdf", OTHERS)
    page = read(mixed.over(typed, path, down=400))
    assert page.origin == "text-layer" and not page.redrawn
    assert set(TEXT) < set(texts(page)) and share(OTHERS, page) > 0.8


def test_a_mark_drawn_as_outlines_holds_a_page_of_few_typed_words(tmp_path, read):
    """Too few words to tell the language: the page is read, and its own words are kept."""
    few = drawn.born_digital(tmp_path / "few.pdf", ["Danh sách năm 2020"])
    page = read(mixed.over(few, mixed.outlined(tmp_path / "mark.pdf", MARK), 300, 150))
    assert judge([page]).level == "Tuyệt mật" and "Danh sách năm 2020" in texts(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_on_a_scan_that_says_something_else_does_not_hide_what_shows(tmp_path, read, kind):
    """Beside a note that is true."""
    scan = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(150), dpi=150)
    note = ["Ký bởi: Văn phòng Đảng ủy xã", "Thời gian ký: 12.05.2020 08:30"]
    mixed.over(scan, drawn.born_digital(tmp_path / "note.pdf", note), down=650)
    page = read(mixed.over(scan, kind(tmp_path / "mark.pdf", MARK), down=20, right=250))
    assert judge([page]).level == "Tuyệt mật"


@pytest.mark.parametrize(("masked", "in_form"), [(True, True), (False, True), (False, False)])
def test_a_watermark_does_not_make_a_typed_page_a_scan(read, typed, masked, in_form):
    page = read(mixed.watermarked(typed, masked=masked, in_form=in_form))
    assert (page.origin, page.redrawn) == ("text-layer", False)
    assert texts(page) == list(TEXT)
