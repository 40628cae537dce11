"""Two readings of a page are made one without losing what either knew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partydoc.box import Box
from partydoc.ocr import merge
from partydoc.page import Line, Word

shares = st.floats(0, 0.9)


def word(text: str, left: float, top: float, confidence: float) -> Word:
    return Word(text, Box(left, top, left + 0.1, top + 0.02), confidence)


lines = st.lists(
    st.builds(
        lambda texts, top, confidence: Line(
            tuple(word(text, i * 0.11, top, confidence) for i, text in enumerate(texts))
        ),
        st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=6),
        shares,
        st.floats(0, 1),
    ),
    max_size=6,
)


def test_an_unsure_word_gives_way_to_a_surer_one():
    first = [Line((word("S6", 0.1, 0.1, 0.3), word("12", 0.3, 0.1, 0.9)))]
    second = [Line((word("Số", 0.1, 0.1, 0.8), word("72", 0.3, 0.1, 0.95)))]
    assert merge.mended(first, second)[0].text == "Số 12"


def test_a_line_only_the_second_saw_is_put_where_it_stands():
    first = [Line((word("a", 0.1, 0.1, 1),), 1), Line((word("c", 0.1, 0.5, 1),), 2)]
    second = [Line((word("b", 0.1, 0.3, 1),), 1)]
    assert [line.text for line in merge.mended(first, second)] == ["a", "b", "c"]


def test_a_sure_line_takes_the_place_of_noise():
    noise = Line((word("#~", 0.1, 0.1, 0.1), word("ẫĩ", 0.2, 0.1, 0.3)))
    sure = Line((word("ĐẢNG", 0.11, 0.1, 0.9), word("BỘ", 0.21, 0.1, 0.9)))
    assert [line.text for line in merge.mended([noise], [sure])] == ["ĐẢNG BỘ"]


def test_a_long_line_that_both_read_is_not_doubled():
    first = [Line(tuple(word("chữ", i * 0.11, 0.1, 0.9) for i in range(8)))]
    second = [Line(tuple(word("chư", i * 0.11, 0.104, 0.8) for i in range(8)))]
    assert merge.mended(first, second) == tuple(first)


def test_a_line_that_was_cut_off_gives_way_to_the_whole_one():
    cut = [Line(tuple(word("chữ", i * 0.11, 0.1, 0.95) for i in range(3)))]
    whole = [Line(tuple(word("chư", i * 0.11, 0.104, 0.9) for i in range(8)))]
    assert [line.text for line in merge.mended(cut, whole)] == [" ".join(["chư"] * 8)]


def test_a_name_half_covered_is_added_where_nothing_was_read():
    half = Line(
        (word("Tr#u", 0.1, 0.3, 0.0), word("Ngọc", 0.2, 0.3, 0.9), word("Mẫu", 0.3, 0.3, 0.9))
    )
    noise = Line((word("Tr#u", 0.1, 0.3, 0.0), word("Mẫu", 0.2, 0.3, 0.9)))
    read = Line((word("Trần", 0.1, 0.3, 0.5),))
    assert merge.mended([], [half]) == (Line(half.words, 1),)
    assert merge.mended([], [noise]) == ()
    assert [len(line.words) for line in merge.mended([read], [half])] == [1]


def test_an_unsure_line_is_not_added():
    assert merge.mended([], [Line((word("?", 0.1, 0.3, 0.2),))]) == ()


@given(lines, lines)
def test_nothing_read_is_lost_and_confidence_never_falls(first, second):
    made = merge.mended(first, second)
    assert all(line.words for line in made)
    assert merge.score(made) >= merge.score(first) - 2.5  # a surer word may be shorter


@given(lines)
def test_a_reading_mended_with_itself_stays_as_it_is(first):
    words = [word for line in first for word in line.words]
    assert [w for line in merge.mended(first, []) for w in line.words] == words


def test_lines_are_placed_before_what_stands_below_them_on_their_side():
    typed = [Line((word(text, left, top, 1.0),)) for text, left, top in (
        ("đầu", 0.1, 0.1), ("cuối", 0.1, 0.8), ("bên", 0.6, 0.2))]  # fmt: skip
    inside = [Line((word(text, 0.12, top, 0.9),), 1) for text, top in (("một", 0.4), ("hai", 0.5))]
    placed = merge.placed(typed, inside)
    assert [line.text for line in placed] == ["đầu", "một", "hai", "cuối", "bên"]
    assert len({line.block for line in placed[1:3]} | {typed[0].block}) == 2


@given(lines)
def test_nothing_is_lost_where_nothing_is_placed(first):
    assert merge.placed(first, ()) == tuple(first)
    assert sorted(line.text for line in merge.placed((), first)) == sorted(
        line.text for line in first
    )


def cut_off(first: Word, *known: Word) -> list[str]:
    """Return a name of which the end was read, mended with a reading that has a first word, too."""
    end = [("Hương", 0.31), ("Mẫu", 0.42)]
    name = Line((*known, *(word(text, left, 0.1, 0.97) for text, left in end)))
    whole = Line((first, *(word(text, left, 0.1, 0.9) for text, left in end)))
    return [line.text for line in merge.mended([name], [whole])]


def test_a_word_as_sure_as_print_is_put_before_the_one_it_precedes():
    assert cut_off(word("Vi", 0.2, 0.1, 0.95)) == ["Vi Hương Mẫu"]


def test_an_unsure_word_a_distant_one_and_a_stroke_are_not():
    assert cut_off(word("Vi", 0.2, 0.1, 0.8)) == ["Hương Mẫu"]
    assert cut_off(word("Vi", 0.1, 0.1, 0.95)) == ["Hương Mẫu"]
    assert cut_off(word("—", 0.2, 0.1, 0.95)) == ["Hương Mẫu"]


def test_a_word_in_the_place_of_another_is_not_put_beside_it():
    assert cut_off(word("Vi", 0.2, 0.1, 0.95), word("Vĩ", 0.12, 0.1, 0.9)) == ["Vĩ Hương Mẫu"]


PLACE = Box(0.1, 0.1, 0.5, 0.2)


def test_a_surer_line_takes_its_place_where_the_page_was_seen_bare():
    first = [Line((word("S#12", 0.1, 0.1, 0.3), word("ngày", 0.6, 0.1, 0.9)))]
    bare = [Line((word("12-NQ/ĐU", 0.1, 0.1, 0.8), word("ngay", 0.6, 0.1, 0.7)))]
    assert [line.text for line in merge.uncovered(first, bare, PLACE)] == ["12-NQ/ĐU ngày"]


def test_what_only_the_stamp_says_stays():
    first = [Line((word("ĐẾN", 0.1, 0.1, 0.9),)), Line((word("~", 0.1, 0.15, 0.1),))]
    bare = [Line((word("việc", 0.1, 0.15, 0.9),))]
    assert [line.text for line in merge.uncovered(first, bare, PLACE)] == ["ĐẾN", "việc"]


def test_nothing_changes_outside_the_place_nor_for_unsure_words():
    first = [Line((word("a#", 0.6, 0.1, 0.1),)), Line((word("b#", 0.1, 0.15, 0.1),))]
    bare = [Line((word("an", 0.6, 0.1, 0.9),)), Line((word("bệ", 0.1, 0.15, 0.55),))]
    assert merge.uncovered(first, bare, PLACE) == tuple(first)


@given(lines, lines)
def test_a_page_seen_bare_never_says_less(first, second):
    assert merge.score(merge.uncovered(first, second, PLACE)) >= merge.score(first) - 1e-9
