import pytest
from corpus import RECORD, RESOLUTION, paper
from hypothesis import given
from hypothesis import strategies as st

from partydoc import text
from partydoc.document import Searchable
from partydoc.fieldnames import EDITABLE
from partydoc.index import schema


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Đảng uỷ xã Đông Hoà", ["dang", "uy", "xa", "dong", "hoa"]),
        ("12-NQ/ĐU", ["12", "nq", "du"]),
        ("05/QĐ-UBND", ["5", "qd", "ubnd"]),
        ("000 0a 00a 05b", ["0", "0a", "0a", "5b"]),
        ("…___ -", []),
    ],
)
def test_text_falls_into_folded_words(value, words):
    assert schema.folded_words(value) == words


def test_exact_words_keep_marks_with_one_tone_place():
    assert schema.exact_words("Uỷ ban QUÝ") == ["ủy", "ban", "quý"]


@given(st.text("aàáđĐhoòàqu ỷ05-/\n", max_size=40))
def test_spans_and_words_agree(value):
    cleaned = text.clean(value)
    spans = list(schema.spans(cleaned))
    assert [word for word, _, _ in spans] == schema.folded_words(cleaned)
    for word, start, end in spans:
        assert schema.folded_words(cleaned[start:end]) == [word]


def test_an_entry_keeps_its_parts_apart():
    entry = schema.entry(RESOLUTION)
    assert len(entry.words) == len(RESOLUTION.pages) + 8
    assert entry.latest // 2**32 == entry.oldest // 2**32 == 20210509
    assert "chuyển" in entry.marked and "trong" not in entry.marked
    assert "nghi" in entry.heading and "kinh" not in entry.heading


@given(st.lists(st.text("aàáđĐhoòàqu ỷ05-/\n\u00a0_", max_size=200), max_size=3))
def test_a_text_holds_the_words_that_a_query_looks_for(pages):
    pages = [text.clean(page) for page in pages]
    entry = schema.entry(Searchable("x", 1, {}, tuple(pages)))
    assert list(entry.words) == [schema.folded_words(page) for page in pages]
    exact = {word for page in pages for word in schema.exact_words(page)}
    assert entry.marked == {word for word in exact if not word.isascii()}


def test_more_words_than_are_remembered_are_words_all_the_same(monkeypatch):
    monkeypatch.setattr(schema, "_REMEMBERED", 2)
    words = schema._Words(schema.folded_words)
    tokens = ["Đảng", "uỷ", "12-NQ/ĐU", "xã", "Đảng", "a" * 100]
    assert [*words.of(tokens)] == schema.folded_words(" ".join(tokens))
    assert len(words) <= 2


def test_number_and_symbol_are_words_only_where_there_is_no_code():
    assert schema.entry(RESOLUTION).heading.count("nq") == 1
    assert schema.entry(paper("x", number="7", symbol="KH")).heading == ["7", "kh"]


def test_plain_words_find_every_field_that_can_be_edited(desk):
    desk.hold(paper("x", "trang", **RECORD), paper("y", "khác"))
    for field in {*EDITABLE, "folder", "reference", "box"} - schema.UNSPOKEN_FIELDS:
        value = schema.as_printed(field, RECORD[field])
        assert (field, desk.ask(*value.split())) == (field, ["x"])


def test_plain_words_find_neither_the_language_nor_the_state(desk):
    desk.hold(paper("x", "trang", language="Tiếng Việt", status="review"))
    assert desk.ask("tiếng", "việt") == desk.ask("review") == []
    assert desk.ask("language:tiếng-việt", "in:review") == ["x"]


def test_a_word_of_the_heading_comes_before_one_elsewhere_in_the_record(desk):
    desk.hold(paper("process", process="đã quét"), paper("note", note="đã quét"))
    assert desk.ask("quet") == ["note", "process"]


def test_every_line_of_a_value_is_a_value_of_its_own():
    facts = schema.entry(paper("x", folder="A29-01\nA30-02")).facts
    assert facts == (["folder:a29", "folder:1"], ["folder:a30", "folder:2"])


def test_what_is_stored_comes_back():
    stored = schema.unpack(schema.entry(RESOLUTION).stored)
    assert stored.id == RESOLUTION.id
    assert stored.fields == RESOLUTION.fields
    assert stored.pages == RESOLUTION.pages
