"""On pages that are not in Vietnamese only a mark written to the letter is one."""

from __future__ import annotations

from sheet import LEFT, body, line, page, party, signature

from partydoc.metadata.secrecy import judge
from partydoc.metadata.tongue import is_foreign

ENGLISH = tuple(
    line("Nobody could say where the money would come from yet", 40 + 8 * row) for row in range(5)
)


def test_vietnamese_pages_are_not_foreign() -> None:
    assert not is_foreign([page(*party(), *body(), *signature())])


def test_english_pages_are_foreign_and_a_few_words_tell_nothing() -> None:
    assert is_foreign([page(*ENGLISH)])
    assert not is_foreign([page(ENGLISH[0])])


def test_a_foreign_word_is_no_mark_and_no_doubt() -> None:
    for text in ("MAT", "TOI MAI", "MÂTT", "MAI"):
        read = page(*ENGLISH, line(text, 90, LEFT), stamps=(line(text, 90, LEFT),))
        assert judge([read]).kind == "clear"


def test_a_mark_to_the_letter_is_held_on_a_foreign_page() -> None:
    assert judge([page(*ENGLISH, stamps=(line("TỐI MẬT", 20, LEFT),))]).level == "Tối mật"
