"""The access copy: the words that were read lie under the places where they are seen."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest

from partydoc.box import Box
from partydoc.ocr import access, letters
from partydoc.ocr.leaf import Leaf
from partydoc.page import Line, Page, Word

WORDS = (
    Word("Đảng", Box(0.12, 0.06, 0.18, 0.075), 0.9),
    Word("ủy", Box(0.19, 0.06, 0.22, 0.075), 0.9),
    Word("thư", Box(0.5, 0.48, 0.54, 0.5), 0.9),
    Word("viện", Box(0.84, 0.93, 0.9, 0.95), 0.9),
)


def page(number: int, *lines: Line) -> Page:
    return Page(number, 210, 297, lines)


def make(working: Path, into: Path, leaves: list[Leaf]) -> None:
    with pikepdf.open(working) as pdf:
        access.make(pdf, into, leaves, into.with_name("scratch.pdf"))


def made(tmp_path: Path, pages: list[Page], turn: int = 0) -> Path:
    working = drawn.scan(tmp_path / "working.pdf", *[drawn.sheet(50)] * len(pages), dpi=50)
    with pikepdf.open(working, allow_overwriting_input=True) as pdf:
        for leaf in pdf.pages:
            leaf.rotate(turn, relative=True)
        pdf.save(working)
    make(working, tmp_path / "access.pdf", [Leaf(each) for each in pages])
    return tmp_path / "access.pdf"


def places(path: Path, index: int = 0) -> dict[str, tuple[float, float]]:
    """Where the first letter of each word begins on the page as displayed."""
    found = {}
    with pypdfium2.PdfDocument(path) as pdf:
        leaf = pdf[index]
        text = leaf.get_textpage()
        for word in WORDS:
            hit = text.search(word.text).get_next()
            if hit:
                left, bottom, right, top = text.get_charbox(hit[0], loose=True)
                middle = (bottom + top) / 2
                found[word.text] = letters.displayed(leaf, (left + right) / 2, middle)
    return found


LINES = (Line(WORDS[:2], 1), Line(WORDS[2:3], 2), Line(WORDS[3:], 3))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_they_were_read(tmp_path, turn):
    found = places(made(tmp_path, [page(1, *LINES)], turn))
    assert set(found) == {word.text for word in WORDS}
    for word in WORDS:
        x, y = found[word.text]
        assert word.box.left - 0.01 < x < word.box.right + 0.01
        assert word.box.top - 0.01 < y < word.box.bottom + 0.01


def test_a_page_without_words_stays_a_picture(tmp_path):
    path = made(tmp_path, [page(1), page(2, *LINES)])
    assert (places(path, 0), len(places(path, 1))) == ({}, len(WORDS))


def spoilt(path: Path, number: int, text: bytes = b"\xa7 12") -> Path:
    """Write on a page in a font of which nobody has the shapes."""
    drawn.add_text(path, text, mode=0, page=number - 1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[number - 1].Resources.Font.Layer.BaseFont = pikepdf.Name("/Tre-Viet")
        pdf.save(path)
    return path


def test_the_pages_at_fault_are_named_and_only_they_are_redrawn(tmp_path):
    working = spoilt(drawn.scan(tmp_path / "w.pdf", *[drawn.sheet(50)] * 3, dpi=50), 2)
    leaves = [Leaf(page(number, *LINES)) for number in (1, 2, 3)]
    with pytest.raises(access.AccessCopyFailed) as failed:
        make(working, tmp_path / "access.pdf", leaves)
    assert failed.value.pages == {2}
    assert not (tmp_path / "access.pdf").exists()
    leaves[1] = leaves[1].as_picture()
    make(working, tmp_path / "access.pdf", leaves)
    before, after = drawn.raw_pictures(working), drawn.raw_pictures(tmp_path / "access.pdf")
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]
    assert len(places(tmp_path / "access.pdf", 1)) == len(WORDS)


def test_a_page_that_breaks_a_library_is_the_one_at_fault(tmp_path):
    working = drawn.scan(tmp_path / "w.pdf", *[drawn.sheet(50)] * 2, dpi=50)
    with pikepdf.open(working, allow_overwriting_input=True) as pdf:
        pdf.pages[1].Contents = pdf.make_stream(b"Tr")
        pdf.save(working)
    leaves = [Leaf(page(number, *LINES), strip=True) for number in (1, 2)]
    with pytest.raises(access.AccessCopyFailed) as failed:
        make(working, tmp_path / "access.pdf", leaves)
    assert failed.value.pages == {2}


def test_a_stripped_layer_in_a_font_without_shapes_leaves_the_scan_as_it_came(tmp_path):
    working = drawn.scan(tmp_path / "w.pdf", drawn.sheet(50), dpi=50)
    drawn.add_text(working, b"an earlier program's words", mode=3)
    make(working, tmp_path / "access.pdf", [Leaf(page(1, *LINES), strip=True)])
    assert drawn.raw_pictures(tmp_path / "access.pdf") == drawn.raw_pictures(working)
