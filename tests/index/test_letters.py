"""A word is one word however it is written: every letter, every form, every place of a tone."""

import unicodedata
from itertools import product

import pytest
from corpus import paper

TONES = "\u0300\u0301\u0309\u0303\u0323"
LETTERS = [
    *(unicodedata.normalize("NFC", v + t) for v, t in product("aăâeêioôơuưy", TONES)),
    *"ăâđêôơư",
]


def spellings(letter):
    """Every way in which a letter can be typed: composed, decomposed in two orders, bare."""
    parts = unicodedata.normalize("NFD", letter)
    marks = sorted(parts[1:], key=lambda mark: mark in TONES)
    bare = "d" if letter == "đ" else parts[0]
    return letter, parts[0] + "".join(marks), parts[0] + "".join(reversed(marks)), bare


def test_there_are_134_letters_with_marks():
    assert len({*LETTERS, *map(str.upper, LETTERS)}) == 134


def test_every_letter_is_found_in_every_spelling(desk):
    desk.hold(
        *(paper(f"lower{n}", f"b{letter}n{n}") for n, letter in enumerate(LETTERS)),
        *(paper(f"upper{n}", f"B{letter.upper()}N{n}") for n, letter in enumerate(LETTERS)),
    )
    missed = []
    for n, letter in enumerate(LETTERS):
        for spelling in spellings(letter):
            for typed in (f"b{spelling}n{n}", f"B{spelling.upper()}N{n}"):
                if sorted(desk.ask(typed)) != [f"lower{n}", f"upper{n}"]:
                    missed.append(typed)
    assert missed == []


def test_every_letter_is_found_however_it_was_written(desk):
    written = [(n, form) for n, letter in enumerate(LETTERS) for form in spellings(letter)[:3]]
    from partydoc import text

    desk.hold(*(paper(f"{i}", text.clean(f"b{form}n{n}")) for i, (n, form) in enumerate(written)))
    for n, letter in enumerate(LETTERS):
        expected = [str(i) for i, (number, _) in enumerate(written) if number == n]
        assert sorted(desk.ask(f"b{letter}n{n}")) == sorted(expected)


@pytest.mark.parametrize("pair", ["oa", "oe", "uy"])
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_both_places_of_a_tone_are_one_word(desk, pair, tone, change):
    new, old = (unicodedata.normalize("NFC", change(f"h{one}"))
                for one in (pair[0] + tone + pair[1], pair + tone))  # fmt: skip
    desk.hold(paper("new", f"xã {new} này"), paper("old", f"xã {old} này"))
    for typed in (new, old, unicodedata.normalize("NFD", new), unicodedata.normalize("NFD", old)):
        hits = desk.hits(typed)
        assert {hit.id for hit in hits} == {"new", "old"}
        assert len({hit.score for hit in hits}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kĩ", "kỹ"), ("lí", "lý"), ("mĩ", "mỹ"), ("sĩ", "sỹ"), ("tỉ", "tỷ"), ("hi", "hy"),
        ("vĩ", "vỹ"), ("quí", "quý"), ("qui", "quy"), ("quít", "quýt"), ("í", "ý"), ("Kì", "Kỳ"),
        ("KĨ", "KỸ"),
    ],
)  # fmt: skip
def test_i_and_y_are_one_letter_where_people_write_both(desk, one, other):
    desk.hold(paper("one", f"về {one} này"), paper("other", f"về {other} này"))
    for typed in (one, other):
        hits = desk.hits(typed)
        assert {hit.id for hit in hits} == {"one", "other"}
        assert len({hit.score for hit in hits}) == 1
        for hit in hits:
            shown = [hit.snippet[start:end] for start, end in hit.marks]
            assert shown == [one if hit.id == "one" else other]


@pytest.mark.parametrize(
    ("one", "other"), [("thúi", "thúy"), ("tai", "tay"), ("hui", "huy"), ("kiên", "kyên")]
)
def test_i_and_y_are_two_letters_elsewhere(desk, one, other):
    desk.hold(paper("one", f"tên {one} đây"), paper("other", f"tên {other} đây"))
    assert (desk.ask(one), desk.ask(other)) == (["one"], ["other"])


@pytest.mark.parametrize("typed", ["ky*", "ki*", "kỹ*"])
def test_a_beginning_finds_i_and_y_and_longer_words(desk, typed):
    desk.hold(paper("ki", "tạp kĩ"), paper("ky", "kỹ thuật"), paper("kyoto", "kyoto"),
              paper("kien", "kiến nghị"))  # fmt: skip
    longer = {"ki*": "kien"}.get(typed, "kyoto")
    hits = desk.hits(typed)
    assert {hit.id for hit in hits} == {"ki", "ky", longer}
    assert all(len(hit.marks) == 1 for hit in hits)


def test_a_field_finds_i_and_y(desk):
    desk.hold(paper("one", "x", signer="Lí Thị Mẫu"), paper("other", "x", signer="Lý Thị Thử"))
    assert set(desk.ask("signer:lý")) == set(desk.ask("signer:lí")) == {"one", "other"}
    assert set(desk.ask("signer:li*")) == {"one", "other"}
