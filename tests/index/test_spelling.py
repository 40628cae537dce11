from hypothesis import given
from hypothesis import strategies as st

from partydoc.index import spelling

words = st.text("abno", min_size=1, max_size=7)


class Words:
    """An index of words, each in one document."""

    def __init__(self, *known):
        self.known = known

    def frequency(self, field, word):
        return self.known.count(word)

    def vocabulary(self, field, prefix):
        return sorted(word for word in self.known if word.startswith(prefix))


def test_one_edit_is_a_letter_more_fewer_other_or_two_swapped():
    found = spelling.one_edit("ngan")
    assert {"nan", "gan", "nga", "nganh", "angan", "nhan", "ngon", "nagn", "gnan"} <= found
    assert not found & {"ngan", "gnna", "nghanh"}


@given(words, words)
def test_what_one_edit_makes_is_one_edit_away(one, other):
    assert (other in spelling.one_edit(one, "abno")) == (spelling.edits(one, other, 3) == 1)


@given(words, words)
def test_edits_count_the_same_both_ways(one, other):
    assert spelling.edits(one, other, 9) == spelling.edits(other, one, 9)
    assert spelling.edits(one, other, 1) == min(spelling.edits(one, other, 9), 2)


def test_a_short_word_may_differ_in_one_letter_a_long_one_in_two():
    index = Words("sach", "sech", "scah", "seeh", "chuyen", "chuyeen", "chuyeem", "cuhyeen", "chu")
    assert spelling.nearly("sach", index) == ("scah", "sech")
    assert spelling.nearly("chuyen", index) == ("chuyeem", "chuyeen", "cuhyeen")


def test_a_number_is_nothing_but_itself():
    assert spelling.nearly("2021", Words("2020", "202i", "2021")) == ()
