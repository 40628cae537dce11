"""The letter matrix asks what it says it asks, and counts what is lost."""

import unicodedata
from argparse import Namespace

import pytest

from benchmarks.search import finders, matrix
from benchmarks.search.spellings import FORMS, LETTERS, Case, cases
from partydoc import text


def test_there_are_134_letters():
    letters = {*LETTERS, *LETTERS.upper()}
    assert len(letters) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in letters)
    assert not any(letter.isascii() for letter in letters)


def test_the_forms_are_four_ways_to_write_one_letter():
    assert [form("ộ") for form in FORMS.values()] == ["ộ", "o\u0323\u0302", "o\u0302\u0323", "o"]
    assert [form("ẤĐ") for form in FORMS.values()][3] == "AD"
    for letter in (*LETTERS, *LETTERS.upper()):
        marked = {text.clean(form(letter)) for name, form in FORMS.items() if name != "no marks"}
        assert marked == {letter}


def test_every_letter_is_asked_in_every_form():
    of_letters = [case for case in cases() if "letter" in case.group]
    for form in FORMS.values():
        asked = {case.asked for case in of_letters}
        written = {case.written for case in of_letters}
        for letter in (*LETTERS, *LETTERS.upper()):
            size = str.upper if letter.isupper() else str.lower
            assert form(size(f"b{letter}n")) in asked & written


def test_what_is_lost_is_counted_and_told():
    def finder(texts, asked):
        return [{place for place, one in enumerate(texts) if one == word} for word in asked]

    asked = [Case("one", "a", "a"), Case("one", "a", "á"), Case("two", "b", "b")]
    lost = matrix.misses(finder, asked)
    assert lost == [asked[1]]
    printed = matrix.table(asked, {"exact": lost})
    assert "| one | 2 | 50.0% |" in printed
    assert "| two | 1 | 100.0% |" in printed
    assert "exact fails in 1 of 3, such as á asked as a." in printed


def test_what_must_not_be_found_is_counted_too():
    asked = [Case("one", "a", "b", wanted=False), Case("one", "a", "a")]
    assert matrix.misses(lambda _texts, asked: [{0, 1} for _ in asked], asked) == asked[:1]
    assert all(text.fold(case.asked) != text.fold(case.written)
               for case in cases() if not case.wanted)  # fmt: skip


def test_fts5_loses_the_letter_that_unicode_does_not_take_apart():
    asked = [Case("", "dang", "đang"), Case("", "dan", "dản"), Case("", "12 NQ", "12-NQ/ĐU")]
    assert matrix.misses(finders.fts5, asked) == asked[:1]


def test_an_engine_that_is_not_there_is_left_out_with_a_word(monkeypatch, capsys):
    def finder(texts, asked):
        raise finders.Missing("Install it.")

    monkeypatch.setitem(matrix.FINDERS, "postgresql-unaccent", finder)
    figures = matrix.run(Namespace(engines=["postgresql-unaccent", "sqlite-fts5"]))
    assert "postgresql-unaccent is left out. Install it." in capsys.readouterr().out
    assert list(figures["matrix"]) == ["sqlite-fts5"]
    assert figures["left out"] == {"postgresql-unaccent": "Install it."}


@pytest.mark.slow
def test_partydoc_loses_nothing():
    asked = list(cases())
    assert not matrix.misses(matrix.FINDERS["whoosh"], asked)
