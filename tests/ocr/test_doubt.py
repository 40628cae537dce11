"""A font is judged by its own words, not by the page it stands on."""

from __future__ import annotations

from pathlib import Path

import drawn
import mixed
import pypdfium2
import pytest

from partydoc.box import Box
from partydoc.ocr import contents, doubt
from partydoc.ocr.letters import Typed
from partydoc.page import Line, Word

MARK = ["TUYỆT MẬT"]
TEXT = drawn.HEADER + drawn.TITLE + drawn.BODY


def line(text: str, confidence: float = 0.9) -> Line:
    """Place a line at the head of a page, each word a tenth of its width."""
    places = (Box(0.1 + 0.1 * i, 0.1, 0.19 + 0.1 * i, 0.12) for i in range(9))
    words = zip(text.split(), places, strict=False)
    return Line(tuple(Word(word, box, confidence) for word, box in words))


def found(path: Path) -> contents.Contents:
    with pypdfium2.PdfDocument(path) as pdf:
        return contents.read(pdf[0])


def test_no_word_of_ordinary_text_is_in_doubt(tmp_path):
    assert not found(drawn.born_digital(tmp_path / "typed.pdf", TEXT)).doubted


@pytest.mark.parametrize("kind", [mixed.old, mixed.vni, mixed.mapless, mixed.ciphered])
def test_all_words_of_a_font_that_names_other_letters_are_and_no_others(tmp_path, kind):
    typed = drawn.born_digital(tmp_path / "typed.pdf", TEXT)
    read = found(mixed.over(typed, kind(tmp_path / "mark.pdf", MARK), right=300))
    ((whole, words),) = doubt.lines(read.lines, read.doubted)
    assert whole == words
    assert read.trusted.split() == " ".join(TEXT).split()


def test_words_in_an_old_encoding_are_in_doubt_in_a_font_that_is_mostly_right():
    words = line("MËT").words + tuple(word for text in drawn.BODY for word in line(text).words)
    typed = [Typed(word, frozenset({1}), True) for word in words]
    assert [word.text for word in doubt.words(typed)] == ["MËT"]


@pytest.mark.parametrize("text", ["12", "1.234.567,50", ".....", "12/2020", "___", "m²"])
def test_figures_and_rules_are_never_in_doubt_for_their_font(text):
    words = [Typed(word, frozenset({7}), True) for word in line(f"{text} một").words]
    assert not doubt.words(words)
    assert text == "m²" or not doubt.words(words[:1])


@pytest.mark.parametrize(("text", "found"), [("\uf0b7", 0), ("\uf0b7\uf0b7", 0), ("MËT", 1)])
def test_fewer_signs_than_a_mark_has_hide_none(text, found):
    doubted, *others = line(f"{text} một hai").words
    assert len(list(doubt.lines([Line((doubted, *others))], {doubted}))) == found


@pytest.mark.parametrize(
    ("said", "read", "denied"),
    [
        ("TUYÖT MËT", "TUYỆT MẬT", True),
        ("TèI MËT", "TỐI MẬT", True),
        ("MËT", "MẬT", True),
        ("TUYÊT MÂT", "TUYỆT MẬT", False),  # the gate knows it without its tones
        ("Müller GmbH", "Mũller GmbH", False),
        ("office@example.org", "oííice@example.org", False),
        ("UBND", "UBNĐ", False),
        ("strategy in turn is based", "strategy in tum is based", False),
    ],
)
def test_a_line_is_denied_where_other_vietnamese_words_are_surely_read(said, read, denied):
    assert doubt.denied(line(said), [line(read)]) is denied
    assert not doubt.denied(line(said), [line(read, confidence=0.3)])


def test_what_is_read_elsewhere_denies_nothing():
    there = Line((Word("MẬT", Box(0.5, 0.5, 0.6, 0.52), 0.9),))
    assert not doubt.denied(line("MËT"), [there]) and not list(doubt.unsaid([line("MËT")], [there]))


def test_where_words_are_cut_does_not_count():
    assert not list(doubt.unsaid([line("QuyếtĐịnh số")], [line("Quyết Định")]))
