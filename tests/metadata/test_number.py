"""Number, symbol, code: every way of writing them, and never a guess at handwriting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet import HEIGHT, body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.code import parse
from partydoc.metadata.describe import describe
from partydoc.metadata.initials import stands_for
from partydoc.metadata.rules import GENERAL
from partydoc.page import Line


def read(number: str, title: str = "QUYẾT ĐỊNH") -> dict[str, Field | None]:
    found = describe([page(*state(number, title=title), *body())])
    return {name: found[name] for name in ("number", "symbol", "code")}


def read_party(number: str) -> dict[str, Field | None]:
    return describe([page(*party(number, title="CHỈ THỊ"), *body())])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12-NQ/ĐU", "12-NQ/ĐU"), ("1432 - CV/BTCTW", "1432-CV/BTCTW"), ("07–TB/TU", "07-TB/TU"),
        ("5053-CV/VPTW/nb", "5053-CV/VPTW/nb"), ("12-NQ/ĐĐU", "12-NQ/ĐU"),
        ("12-NQ/DU", "12-NQ/ĐU"), ("03-QD/TU", "03-QĐ/TU"), ("15/QĐ-BNV", "15/QĐ-BNV"),
        ("118 /CV-PB12", "118/CV-PB12"), ("1846 /SGDĐT-KTCL", "1846/SGDĐT-KTCL"),
        ("137/T.Tr- CM", "137/T.Tr-CM"), ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("09/BC-MTTQ-BTT", "09/BC-MTTQ-BTT"), ("24 -BS/UBKTTU", "24-BS/UBKTTU"),
        ("396 ~-CT/UBKTHU", "396 ~-CT/UBKTHU"), ("50NQ/TU", "50-NQ/TU"),
        ("69-QĐĐ/ĐU", "69-QĐ/ĐU"), ("82/CT.BQLDA", "82/CT.BQLDA"), ("08/BQLDA.TH", "08/BQLDA.TH"),
        ("402/UBND-VP", "402/UBND-VP"), ("15/ QĐ – UBND", "15/QĐ-UBND"),
    ],
)  # fmt: skip
def test_codes_of_every_form_are_taken_apart(text: str, code: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.whole(found.number.strip()) == code


@pytest.mark.parametrize("text", ["", "12", "ngày 5", "......", "12 NQ ĐU"])
def test_other_texts_are_no_code(text: str) -> None:
    assert parse(text) is None


@given(
    st.integers(1, 99999),
    st.sampled_from(["NQ", "CT", "KL", "QC", "TB", "BC", "KH", "CTr", "PA", "TTr", "CV", "BB"]),
    st.sampled_from(["TW", "TU", "ĐU", "CB", "HU", "VPTW", "UBKTTU", "ĐUQS"]),
    st.sampled_from(["-", " - ", " – ", "- "]),
)
def test_a_party_code_is_read_back(number: int, kind: str, issuer: str, dash: str) -> None:
    found = parse(f"{number:02}{dash}{kind}/{issuer}")
    assert found is not None
    assert found.whole(found.number.strip()) == f"{number:02}-{kind}/{issuer}"


def test_the_printed_type_decides_between_hd_and_hd_with_a_stroke() -> None:
    for title, printed in (("HƯỚNG DẪN", "HD"), ("HỢP ĐỒNG", "HĐ")):
        lines = party("Số 113-HĐ/ĐU" if printed == "HD" else "Số 113-HD/ĐU", title=title)
        symbol = describe([page(*lines, *body())])["symbol"]
        assert symbol is not None and symbol.value == f"{printed}/ĐU"


def test_a_leading_zero_stays() -> None:
    number = read("Số: 07/QĐ-SNV")["number"]
    assert number is not None and (number.value, number.accepted) == ("07", True)


@pytest.mark.parametrize("text", ["Số: ......../QĐ-SNV", "Số: ¦ /QĐ-SNV", "Số:        /QĐ-SNV"])
def test_a_gap_is_no_number(text: str) -> None:
    found = read(text)
    assert found["number"] is None and found["code"] is None
    assert found["symbol"] is not None and found["symbol"].value == "QĐ-SNV"


@pytest.mark.parametrize(
    "text",
    ["Số: 3172@0.55 /QĐ-SNV", "Số: 63@0.7 /QĐ-SNV", "Số:31://QĐ-SNV@0.1", "Số: 1O7@0.9 /QĐ-SNV"],
)
def test_handwriting_is_never_accepted(text: str) -> None:
    found = read(text)
    assert found["number"] is None or not found["number"].accepted
    assert found["code"] is None or not found["code"].accepted


@pytest.mark.parametrize(
    "text", ["Số: £Ê4@0.2 /QĐ-SNV", "Số: z8.@0.3 /QĐ-SNV", "Số: 3/1@0.7 /QĐ-SNV"]
)
def test_letters_for_strokes_are_no_number(text: str) -> None:
    assert read(text)["number"] is None


def raised(millimetres: float, gap: float = 0.0) -> Field | None:
    """Read a number whose digits stand higher, or farther from "Số", than print does."""
    head = [each for each in state() if not each.text.startswith("Số")]
    label, number = (
        line("Số:", 41, left=40).words[0],
        line("207/QĐ-SNV", 41, left=48.1 + gap).words[0],
    )
    up = number.box._replace(top=number.box.top - millimetres / HEIGHT)
    row = Line((label, replace(number, box=up)))
    return describe([page(*head, row, *body())])["number"]


def test_digits_in_line_with_their_label_are_accepted() -> None:
    number = raised(0)
    assert number is not None and (number.value, number.accepted) == ("207", True)


@pytest.mark.parametrize(("millimetres", "gap"), [(0.8, 0.0), (2.0, 0.0), (0.0, 6.0)])
def test_digits_out_of_line_are_not_accepted(millimetres: float, gap: float) -> None:
    number = raised(millimetres, gap)
    assert number is not None and (number.value, number.accepted) == ("207", False)


def test_a_single_digit_is_not_accepted() -> None:
    number = read("Số: 9/QĐ-SNV")["number"]
    assert number is not None and not number.accepted


def test_print_that_was_read_badly_stays_as_a_suggestion() -> None:
    number = read("Số: 107@0.5 /QĐ-SNV")["number"]
    assert number is not None and (number.value, number.accepted) == ("107", False)


def test_a_symbol_against_the_printed_type_is_not_accepted() -> None:
    symbol = read("Số: 15/TB-SNV")["symbol"]
    assert symbol is not None and not symbol.accepted


@pytest.mark.parametrize("read_as", ["QĐ-SMV", "QĐ-S1V", "QĐ-5NV", "Q-SNV"])
def test_one_damaged_letter_is_mended_by_the_letterhead(read_as: str) -> None:
    symbol = read(f"Số: 15/{read_as}")["symbol"]
    assert symbol is not None and symbol.value == "QĐ-SNV"


def test_a_symbol_behind_handwriting_is_read() -> None:
    found = read_party("Số ..........CT/ĐU")
    assert found["number"] is None and found["symbol"] is not None
    assert found["symbol"].value == "CT/ĐU"


def test_a_symbol_that_was_spoilt_is_proposed_by_type_and_issuer() -> None:
    symbol = read("Số: Ó#ý ss")["symbol"]
    assert symbol is not None and (symbol.value, symbol.accepted) == ("QĐ-SNV", False)


@pytest.mark.parametrize("symbol", ["T.Tr-2SNV", "QĐ-S17"])
def test_a_digit_in_a_body_that_nobody_knows_is_not_accepted(symbol: str) -> None:
    found = read(f"Số: 15/{symbol}")["symbol"]
    assert found is not None and not found.accepted


def test_a_body_against_its_issuer_is_not_accepted() -> None:
    found = read("Số: 15/QĐ-SKW")["symbol"]
    assert found is not None and not found.accepted


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("SNV", "SỞ NỘI VỤ"), ("TU", "BAN THƯỜNG VỤ TỈNH ỦY MẪU SƠN"), ("HU", "HUYỆN UỶ MẪU SƠN"),
        ("BTCTU", "BAN TỔ CHỨC TỈNH ỦY"), ("ThU", "THỊ ỦY MẪU SƠN"), ("UBND", "UBND XÃ VÍ DỤ"),
        ("VPTW", "VĂN PHÒNG TRUNG ƯƠNG ĐẢNG"), ("CC", "CHI CỤC THỦY LỢI"),
        ("SGDĐT", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), ("TTg", "THỦ TƯỚNG CHÍNH PHỦ"),
    ],
)  # fmt: skip
def test_symbols_stand_for_names(symbol: str, name: str) -> None:
    assert stands_for(symbol, name, GENERAL)


@pytest.mark.parametrize(
    ("symbol", "name"), [("SXD", "SỞ NỘI VỤ"), ("2CC", "CHI CỤC THỦY LỢI"), ("S", "SỞ NỘI VỤ")]
)
def test_other_symbols_do_not(symbol: str, name: str) -> None:
    assert not stands_for(symbol, name, GENERAL)


def test_a_document_without_a_number_line_has_none() -> None:
    lines = [each for each in state() if not each.text.startswith("Số")]
    found = describe([page(*lines, *body())])
    assert (found["number"], found["symbol"], found["code"]) == (None, None, None)
    assert found["type"] is not None and found["type"].value == "Quyết định"


@pytest.mark.parametrize(("sure", "accepted"), [("0.9", False), ("0.95", True)])
def test_a_number_in_a_blank_must_be_read_surely_at_first_sight(sure: str, accepted: bool) -> None:
    field = read(f"Số: 4635@{sure} /QĐ-SNV")["number"]
    assert field is not None and (field.value, field.accepted) == ("4635", accepted)


def inked(*readings: str) -> Field | None:
    lines = [each for each in state() if not each.text.startswith("Số")]
    stamps = [line(each, 41, 50) for each in readings]
    return describe([page(*lines, *body(), stamps=stamps)])["number"]


def test_a_number_in_ink_is_accepted_where_two_pictures_show_it() -> None:
    once, twice = inked("Số: 15/QĐ-SNV"), inked("Số: 15/QĐ-SNV", "$ố: 15/QĐ-SNV@0.7")
    other = inked("Số: 15/QĐ-SNV", "Số: 15/QĐ-SNV", "Số: 16/QĐ-SNV@0.5")
    assert once is not None and (once.value, once.accepted) == ("15", False)
    assert twice is not None and (twice.value, twice.accepted) == ("15", True)
    assert other is not None and not other.accepted


def overprinted(printed: str, *ink: str) -> Field | None:
    head = [each for each in state() if not each.text.startswith("Số")]
    stamps = [line(each, 41, 50) for each in ink]
    lines = [*head, line(printed, 41, 50), *body()]
    return describe([page(*lines, stamps=stamps)])["number"]


@pytest.mark.parametrize("printed", ["Số: 6G MNIHH@0.4", "Số: 8§1/QĐ-SNV@0.5"])
def test_a_number_that_was_stamped_over_is_proposed_as_the_ink_shows_it(printed: str) -> None:
    number = overprinted(printed, "Số: 81/QĐ-SNV", "ố81/QĐ-SN Ị")
    assert number is not None and (number.value, number.accepted) == ("81", False)


def test_a_number_of_which_the_ink_tells_otherwise_is_not_accepted() -> None:
    same = overprinted("Số: 1623/QĐ-SNV", "Số: 1623/QĐ-SNV")
    other = overprinted("Số: 1623/QĐ-SNV", "Số: 1693/QĐ-SNV", "Số: 1693/QĐ-SNV")
    assert same is not None and (same.value, same.accepted) == ("1623", True)
    assert other is not None and (other.value, other.accepted) == ("1623", False)


@pytest.mark.parametrize(
    ("printed", "number"), [("Số: 176QĐ-SNV@0.7", "176"), ("Số: 10QĐ-SNV@0.7", "10")]
)
def test_a_stroke_may_be_lost_between_number_and_symbol(printed: str, number: str) -> None:
    field = read(printed)["number"]
    assert field is not None and (field.value, field.accepted) == (number, True)


def test_a_last_digit_may_be_the_stroke() -> None:
    field = read("Số: 101QĐ-SNV@0.7")["number"]
    assert field is not None and not field.accepted


@pytest.mark.parametrize(
    ("text", "number", "symbol"),
    [
        ("12/CT/UB", "12", "CT/UB"), ("234/QĐ/UB", "234", "QĐ/UB"),
        ("304-CTr/BDVTU -", "304", "CTr/BDVTU"),
    ],
)  # fmt: skip
def test_old_strokes_and_a_dash_behind_it_are_no_hindrance(
    text: str, number: str, symbol: str
) -> None:
    code = parse(text)
    assert code is not None and (code.number, code.symbol) == (number, symbol)


def test_a_number_that_was_stamped_above_the_line_is_not_the_documents() -> None:
    stamped = line("Số: 318", 30, 60.0)
    found = describe([page(stamped, *party("Số 12-CT/ĐU", title="CHỈ THỊ"), *body())])
    assert found["code"] is not None and found["code"].value == "12-CT/ĐU"


def test_a_label_without_height_gives_no_measure() -> None:
    flat = line("Số: 12/QĐ-SNV", 40, 60)
    words = tuple(replace(w, box=w.box._replace(bottom=w.box.top)) for w in flat.words)
    head = [each for each in state() if not each.text.startswith("Số")]
    found = describe([page(*head, replace(flat, words=words), *body())])
    assert found["number"] is None or found["number"].value == "12"


@pytest.mark.parametrize("label", ["sẽ:", "S8:", "sø", "$6:"])
def test_a_damaged_sign_before_number_and_symbol_is_one(label: str) -> None:
    found = read(f"{label} 15/QĐ-SNV")
    symbol = found["symbol"]
    assert symbol is not None and symbol.value == "QĐ-SNV"


@pytest.mark.parametrize("name", ["SỞ NỘI VỤ - QUẬN 1", "SỞ KH/ĐT"])
def test_the_name_of_an_office_is_no_number(name: str) -> None:
    head = [each for each in state() if "QĐ" not in each.text]
    found = describe([page(*head, line(name, 41, 50), *body())])
    assert found["number"] is None and found["symbol"] is None


def test_what_stands_a_little_lower_is_none_of_the_symbol() -> None:
    stamp = line("NỘI VỤ", 44.4, 82)
    found = describe([page(*state(), stamp, *body())])
    symbol = found["symbol"]
    assert symbol is not None and symbol.value == "QĐ-SNV"


def test_the_ink_tells_a_symbol_though_it_shows_dots_before_it() -> None:
    spoilt = line("Số@0.9 «#@0.1 IO|Q@0.1 rrzr@0.2", 41, 50)
    head = [each for each in state() if "QĐ" not in each.text]
    ink = (line("Số:......", 41, 40), line("..+QĐ-SNV", 41, 62), line("zQĐ-SNV@0.3", 41, 62))
    found = describe([page(*head, spoilt, *body(), stamps=ink)])
    symbol = found["symbol"]
    assert symbol is not None and symbol.value == "QĐ-SNV"
