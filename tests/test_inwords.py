"""Numbers in Vietnamese words."""

from __future__ import annotations

import pytest

from partydoc.inwords import in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"),
        (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"),
        (25, "hai mươi lăm"), (55, "năm mươi lăm"), (99, "chín mươi chín"), (100, "một trăm"),
        (101, "một trăm linh một"), (104, "một trăm linh bốn"), (105, "một trăm linh năm"),
        (110, "một trăm mười"), (111, "một trăm mười một"), (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"), (124, "một trăm hai mươi tư"),
        (1000, "một nghìn"), (1001, "một nghìn không trăm linh một"),
        (1005, "một nghìn không trăm linh năm"), (1010, "một nghìn không trăm mười"),
        (1015, "một nghìn không trăm mười lăm"), (1100, "một nghìn một trăm"),
        (10_000, "mười nghìn"), (21_021, "hai mươi mốt nghìn không trăm hai mươi mốt"),
        (100_000, "một trăm nghìn"), (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (2_405_015, "hai triệu bốn trăm linh năm nghìn không trăm mười lăm"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_people_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


def test_every_number_of_sheets_has_words_of_its_own() -> None:
    said = {in_words(number) for number in range(20_000)}
    assert len(said) == 20_000
    assert not any("mươi năm" in words or "mươi một" in words for words in said)


@pytest.mark.parametrize("number", [-1, 10**9])
def test_what_nobody_counts_is_refused(number: int) -> None:
    with pytest.raises(ValueError):
        in_words(number)
