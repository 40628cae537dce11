"""Sketches of texts."""

from __future__ import annotations

import random

from partydoc import sketch

CHANCE = random.Random("sketch")
ONSETS = ("b", "ch", "đ", "gi", "h", "kh", "l", "m", "ng", "nh", "ph", "t", "th", "tr", "v", "x")
RHYMES = ("ã", "ình", "ượng", "uyển", "ấp", "ơi", "ông", "ưu")
SYLLABLES = [onset + rhyme for onset in ONSETS for rhyme in RHYMES]


def text(words: int = 400) -> str:
    return " ".join(CHANCE.choice(SYLLABLES) for _ in range(words))


def misread(words: str, share: float) -> str:
    letters = [CHANCE.choice("aeilnotu") if CHANCE.random() < share else one for one in words]
    return "".join(letters)


def shared(one: str, other: str) -> int:
    marks = [set(sketch.marks(sketch.of([page]) or "")) for page in (one, other)]
    return len(marks[0] & marks[1])


def test_marks_capitals_spaces_and_pages_make_no_difference() -> None:
    assert sketch.of(["Nghị quyết, số 12", "của Đảng uỷ"]) == sketch.of(
        ["NGHI QUYETSO 12 CUA DANG UY"]
    )


def test_a_text_misread_shares_marks_and_another_none() -> None:
    one = text()
    assert shared(one, one) == sketch.SIZE
    assert shared(one, misread(one, 0.02)) >= 12
    assert shared(one, misread(one, 0.05)) >= 4
    assert shared(one, text()) == 0


def test_likeness_falls_with_what_was_misread() -> None:
    one = text()
    two, five = (sketch.likeness([one], [misread(one, share)]) for share in (0.02, 0.05))
    assert 1 > two > 0.7 > five > 0.4 > sketch.likeness([one], [text()])


def test_next_to_nothing_has_no_sketch() -> None:
    assert sketch.of([]) is None
    assert sketch.of(["Số 12"]) is None
    assert sketch.likeness([], []) == 0


def test_a_sketch_is_the_same_everywhere() -> None:
    made = sketch.of(["Đảng uỷ xã Đồng Mẫu"])
    assert made == "Kc24hTfzhYi4vjra7yKGKg=="
    assert sketch.marks(made) == tuple(sorted(sketch.marks(made)))


def test_a_table_gives_the_documents_of_a_mark_but_not_of_one_that_too_many_have() -> None:
    table = sketch.Table([(1, 2, 17), (2, 2**32 - 1), *[(3,)] * 100])
    assert table.places(2) == [0, 1] and table.places(17) == [0]
    assert table.places(2**32 - 1) == [1]
    assert table.places(3) == table.places(5) == []
