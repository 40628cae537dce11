"""From a file to an access copy from which is copied what was read, or to none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import drawn
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from partydoc.box import Box
from partydoc.ocr import copied, reading
from partydoc.ocr.recognise import Recognised
from partydoc.page import Line, Page, Reading, Word
from partydoc.text import fold

pytestmark = pytest.mark.slow
TEXT = drawn.HEADER + drawn.TITLE + drawn.BODY
Answer = tuple[dict[str, Any], tuple[Page, ...]]


@pytest.fixture
def read(page_reader: reading.Reader, tmp_path: Path) -> Callable[[Path], Answer]:
    """Read a file in `tmp_path`; return the answer and what `pages.json` says."""

    def read(path: Path) -> Answer:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        path.rename(tmp_path / "original")
        where = {"folder": str(tmp_path), "lent": str(tmp_path)}
        asked = {**where, "media_type": "application/pdf", "pages": pages}
        page_reader.handle({**asked, "first": 1, "last": pages})
        answer = page_reader.handle(asked)
        said = json.loads((tmp_path / "pages.json").read_bytes())
        return answer, Reading.from_dict(said).pages

    return read


def text_in(path: Path, number: int = 1) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return copied.text_of(pdf, number)


def nameless_marks(path: Path) -> Path:
    """Let the Unicode map of each font name the letters it shows without their marks."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.objects:
            if isinstance(font, Dictionary) and "/ToUnicode" in font:
                lines = font.ToUnicode.read_bytes().decode().split("\n")
                font.ToUnicode = pdf.make_stream("\n".join(_renamed(lines)).encode())
        pdf.save(path)
    return path


def _renamed(lines: list[str]) -> Iterator[str]:
    for line in lines:
        codes = line.split("> <")
        if len(codes) == 2 and len(codes[1]) == 5 and line != "<0000> <FFFF>":
            letter = chr(int(codes[1][:4], 16))
            said = fold(letter) if letter.islower() else fold(letter).upper()
            line = f"{codes[0]}> <{said.encode('utf-16-be').hex().upper()}>"
        yield line


def test_letters_that_lost_their_marks_to_the_font_are_read_from_the_page(tmp_path, read):
    path = nameless_marks(drawn.born_digital(tmp_path / "typed.pdf", TEXT))
    assert "Thuc hien chuong trinh" in text_in(path)
    answer, (page,) = read(path)
    assert answer == {"done": 1} and page.origin == "recognised" and page.redrawn
    wanted = set(" ".join(drawn.BODY).split())
    assert len(wanted & set(page.text.split())) > 0.95 * len(wanted)
    assert "thu vien" not in text_in(tmp_path / "access.pdf")


def test_english_print_stays_as_it_came(tmp_path, read):
    said = ("This agreement is made between the parties on the first day of May and",
            "shall remain in force until it is ended by either party in writing.")  # fmt: skip
    answer, (page,) = read(drawn.born_digital(tmp_path / "typed.pdf", said))
    assert answer == {"done": 1}
    assert (page.origin, page.redrawn) == ("text-layer", False)
    assert page.text.split() == " ".join(said).split()


def test_words_that_only_one_viewer_copies_are_read_anew_from_what_shows(tmp_path, read):
    """The paper was cut, the words below the edge were not: PDFium says them, poppler does not."""
    path = drawn.born_digital(tmp_path / "typed.pdf", TEXT)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].cropbox = Array([0, 650, 595, 842])
        pdf.save(path)
    assert drawn.BODY[-1] in text_in(path)
    answer, (page,) = read(path)
    assert answer == {"done": 1} and page.origin == "recognised" and page.redrawn
    assert "Thực hiện chương trình" in page.text
    assert drawn.BODY[-1] not in page.text
    assert "vào cuối mỗi quý" not in text_in(tmp_path / "access.pdf")


class TwoInOne:
    """A recogniser that reads one line of a page as two, over each other."""

    in_process = True

    def read(self, *_: object, **__: object) -> Recognised:
        words = (("bộ", 0.22, 0.244), ("ngày", 0.248, 0.296), ("2020", 0.316, 0.364))
        over = (("huyện", 0.2, 0.26),)
        return Recognised(tuple(map(self._line, (words, over))), (), 0)

    @staticmethod
    def _line(words: tuple[tuple[str, float, float], ...]) -> Line:
        return Line(tuple(Word(text, Box(x, 0.3, end, 0.314), 0.9) for text, x, end in words))


def test_a_copy_that_still_says_something_else_is_not_kept(
    tmp_path, read, page_reader, monkeypatch
):
    """What was read stays all the same: a secrecy mark in it holds the document."""
    monkeypatch.setattr(page_reader, "_recogniser", TwoInOne())
    answer, (page,) = read(drawn.scan(tmp_path / "scan.pdf", drawn.sheet(75), dpi=75))
    assert answer["refusal"] == "text-differs" and "[1]" in answer["detail"]
    assert page.redrawn and "huyện" in page.text


@pytest.mark.parametrize("font", ["Helvetica", "Tre-Viet"])
def test_only_a_page_whose_font_cannot_be_had_becomes_a_picture(tmp_path, read, font):
    """And it is recorded which: print, a clean scan, and print with two words in another font."""
    typed = drawn.born_digital(tmp_path / "typed.pdf", TEXT)
    noted = drawn.add_text(drawn.born_digital(tmp_path / "noted.pdf", TEXT), b"Ghi chu", mode=0)
    whole = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(150), dpi=150)
    with pikepdf.open(whole, allow_overwriting_input=True) as pdf:
        for path, at in ((typed, 0), (noted, 2)):
            with pikepdf.open(path) as part:
                pdf.pages.insert(at, part.pages[0])
        pdf.pages[2].Resources.Font.Layer.BaseFont = Name(f"/{font}")
        pdf.save(whole)
    before = drawn.raw_pictures(whole)
    answer, pages = read(whole)
    assert answer == {"done": 3}
    assert [page.origin for page in pages] == ["text-layer", "recognised", "text-layer"]
    redrawn = Reading("e", ("vie",), pages).redrawn_pages
    assert redrawn == (() if font == "Helvetica" else (3,))
    after = drawn.raw_pictures(tmp_path / "access.pdf")
    assert after[:2] == before[:2] and bool(after[2]) == (font != "Helvetica")
    for number in (1, 2, 3):
        assert "thư viện xã" in " ".join(text_in(tmp_path / "access.pdf", number).split())


def test_a_note_is_drawn_into_the_page_and_a_link_stays_one(tmp_path, read):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(150), dpi=150)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look = pdf.make_stream(
            b"BT /H 14 Tf 5 9 Td (BO SUNG NGAY 12-5-2020) Tj ET", Type=Name.XObject,
            Subtype=Name.Form, BBox=[0, 0, 250, 30], Resources=Dictionary(Font=Dictionary(H=face)),
        )  # fmt: skip
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.FreeText, Rect=[300, 40, 550, 70], F=4,
            AP=Dictionary(N=look),
        )  # fmt: skip
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 50, 50], Border=[0, 0, 0], F=4,
            A=Dictionary(S=Name.URI, URI=b"https://example.org"),
        )  # fmt: skip
        pdf.pages[0].Annots = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
        pdf.save(path)
    before = drawn.raw_pictures(path)
    answer, (page,) = read(path)
    assert answer == {"done": 1} and not page.redrawn
    assert drawn.raw_pictures(tmp_path / "access.pdf") == before
    assert "12-5-2020" in text_in(tmp_path / "access.pdf")
    with pikepdf.open(tmp_path / "access.pdf") as pdf:
        assert [note.Subtype for note in pdf.pages[0].Annots] == [Name.Link]
