"""The tables: complete, without doubles, each with its instrument, chosen by date."""

from __future__ import annotations

from collections import Counter

import pytest
from sheet import body, page, state

from partydoc.metadata.describe import describe
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import Body, Local, TypeName, keys, rules_with, table, types
from partydoc.text import clean


def test_the_party_has_25_types_and_8_papers() -> None:
    assert len(types("party", "2026-06-01")) == 33


def test_the_decree_of_2020_has_29_types() -> None:
    assert len(types("state", "2021")) == 29


def test_the_date_chooses_the_instrument() -> None:
    names = {each.name for each in types("state", "2015-05")}
    assert "Giấy đi đường" in names
    assert "Giấy đi đường" not in {each.name for each in types("state", "2022-05")}


def test_a_date_before_all_instruments_takes_the_oldest() -> None:
    assert types("party", "1925") == types("party", "2000")


@pytest.mark.parametrize("family", ["party", "state", "normative"])
def test_no_type_stands_twice_in_a_set(family: str) -> None:
    for each in table("types")["set"]:
        if each["family"] == family:
            assert each["instrument"]
            assert max(Counter(entry[0] for entry in each["types"]).values()) == 1


def test_types_of_all_eras_are_joined_without_a_date() -> None:
    assert {"Giấy đi đường", "Phiếu báo"} <= {each.name for each in types("state")}


@pytest.mark.parametrize("name", ["types", "letterhead", "symbols", "signing", "secrecy", "copies"])
def test_tables_are_in_nfc(name: str) -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for each in value.values() for text in texts(each)]
        if isinstance(value, list):
            return [text for each in value for text in texts(each)]
        return [value] if isinstance(value, str) else []

    assert texts(table(name))
    assert [text for text in texts(table(name)) if clean(text) != text] == []


@pytest.mark.parametrize(
    ("name", "row"),
    [("types", "set"), ("letterhead", "header"), ("signing", "authority"), ("copies", "copy")],
)
def test_every_row_that_an_instrument_settles_names_it(name: str, row: str) -> None:
    assert table(name)[row]
    assert all(each["instrument"] for each in table(name)[row])


OWN = Local((TypeName("Phiếu trình", "PT"),), (Body("Hạt Rừng phòng hộ", "RPH"),), ("Khe Ví Dụ",))
PAPER = page(
    *state(
        "Số: 15/PT-RPH", "KHE Ví Dụ, ngày 24 tháng 11 năm 2021", "PHIẾU TRÌNH",
        issuer=("UBND TỈNH ĐỒNG NAI", "HẠT RỪNG PHÒNG HỘ"),
    ),
    *body(),
)  # fmt: skip


def test_what_an_archive_adds_is_read() -> None:
    found = {name: each for name, each in describe([PAPER], local=OWN).items() if each}
    values = {name: each.value for name, each in found.items() if each.accepted}
    assert (values["type"], values["code"]) == ("Phiếu trình", "15/PT-RPH")
    assert (values["issuer"], values["superior"]) == ("HẠT RỪNG PHÒNG HỘ", "UBND TỈNH ĐỒNG NAI")
    assert values["place"] == "Khe Ví Dụ"


def test_what_one_archive_adds_is_not_read_for_another() -> None:
    assert describe([PAPER], local=OWN)["type"] is not None
    without = describe([PAPER])["type"]
    assert without is None or not without.accepted


def test_a_type_of_the_archive_stands_before_that_of_the_law() -> None:
    rules = rules_with(Local((TypeName("Giấy mời", "GMoi"),)))
    assert next(each for each in rules.types("state", "2021") if each.name == "Giấy mời") == (
        TypeName("Giấy mời", "GMoi")
    )


def test_keys_are_folded_and_longest_first() -> None:
    found = keys("letterhead", "bodies", "starts")
    assert key("Đảng ủy") in found
    assert list(map(len, found)) == sorted(map(len, found), reverse=True)
