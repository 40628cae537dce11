"""Hyphens of old fonts that are letters, and those that are hyphens."""

from __future__ import annotations

import re
from pathlib import Path

import oldfonts
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary

from partydoc.ocr import media, working

LINES = [
    "Trường hợp người được hưởng chương trình dưới nước",
    "đường lối, phương hướng, lương thực, trước những việc",
]


def called_hyphen(path: Path, letter: str = "00AD") -> Path:
    """Let the fonts of a PDF call the code of a letter a hyphen."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
                before = thing.ToUnicode.read_bytes()
                after = re.sub(rb"(?i)<%s>(?=\s*\n)" % letter.encode(), b"<002D>", before)
                assert after != before
                thing.ToUnicode = pdf.make_stream(after)
        pdf.save(path)
    return path


def text_of(path: Path, into: Path) -> str:
    working.make(path, media.PDF.media_type, into)
    with pypdfium2.PdfDocument(into) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_range().split())


def test_a_letter_that_is_called_a_hyphen_is_known_by_its_words(tmp_path):
    path = called_hyphen(oldfonts.composite(tmp_path / "old.pdf", LINES, ".VnTime"))
    assert text_of(path, tmp_path / "working.pdf") == " ".join(LINES)


def test_a_hyphen_stays_one(tmp_path):
    lines = ["Số 12-NQ, kế hoạch 2020-2025, Bà Rịa-Vũng Tàu", "thông báo số 13-TB"]
    path = oldfonts.composite(tmp_path / "old.pdf", lines, ".VnTime")
    assert text_of(path, tmp_path / "working.pdf") == " ".join(lines)


@pytest.mark.parametrize("lines", [["ư-ư"], ["- - -"]])
def test_too_few_words_tell_nothing(tmp_path, lines):
    path = called_hyphen(oldfonts.composite(tmp_path / "old.pdf", [*lines, "ư"], ".VnTime"))
    assert "ư" not in text_of(path, tmp_path / "working.pdf")
