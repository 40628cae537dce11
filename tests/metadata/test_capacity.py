"""Authority and position: as printed, each on one line, one without the other where it is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet import body, line, page, party, signature

from partydoc.document import Field
from partydoc.metadata import capacity
from partydoc.metadata.describe import describe
from partydoc.page import Line

HEAD = (*party(), *body())


def read(*block: str) -> tuple[str | None, str | None]:
    found = describe([page(*HEAD, *signature(block=block))])
    values = (found[name] for name in ("authority", "position"))
    authority, position = (str(each.value) if each and each.accepted else None for each in values)
    return authority, position


@pytest.mark.parametrize(
    ("block", "authority", "position"),
    [
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        (("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        (("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        (("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"),
        (("TM. BAN CHẤP HÀNH", "ĐẢNG BỘ XÃ", "BÍ THƯ"), "TM. BAN CHẤP HÀNH ĐẢNG BỘ XÃ", "BÍ THƯ"),
        (("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "THƯỜNG TRỰC"), "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
        (("CHỦ NHIỆM",), None, "CHỦ NHIỆM"),
        (("Q. CỤC TRƯỞNG",), "Q.", "CỤC TRƯỞNG"),
    ],
)  # fmt: skip
def test_authority_and_position_are_told_apart(
    block: tuple[str, ...], authority: str | None, position: str
) -> None:
    assert read(*block) == (authority, position)


def test_a_page_without_a_block_has_neither() -> None:
    found = describe([page(*HEAD, line("Nguyễn Văn Mẫu", 238, 155))])
    assert (found["authority"], found["position"]) == (None, None)


@pytest.mark.parametrize(
    ("printed", "offered"), [("HÓ CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"), ("BẠT TRƯỞNG", "HẠT TRƯỞNG")]
)
def test_a_position_that_nobody_holds_is_offered_as_the_one_it_nearly_is(
    printed: str, offered: str
) -> None:
    field = describe([page(*HEAD, *signature(block=("T/M ĐẢNG ỦY", printed)))])["position"]
    assert field is not None and (field.value, field.accepted) == (offered, False)


def test_strokes_behind_a_position_are_dropped() -> None:
    assert read("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ NI@0.3") == ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ")


def test_an_authority_that_names_nobody_is_not_accepted() -> None:
    assert read("T/M RỪNG LÝ", "BÍ THƯ") == (None, "BÍ THƯ")


def test_an_authority_is_borne_out_by_the_issuer_that_it_names() -> None:
    assert read("T/M ĐẢNG@0.5 ỦY@0.5", "BÍ THƯ")[0] == "T/M ĐẢNG ỦY"
    found = describe([page(*HEAD, *signature(block=("T/M ĐẢNG LÝ", "BÍ THƯ")))])["authority"]
    assert found is not None and found.value == "T/M ĐẢNG ỦY"


def test_a_position_that_lost_its_beginning_is_not_accepted() -> None:
    assert read("T/M ĐẢNG ỦY", "BÍ THƯ THƯỜNG TRỰC") == ("T/M ĐẢNG ỦY", None)


def test_a_block_at_the_top_of_a_later_page_is_found() -> None:
    found = describe([page(*HEAD), page(*signature(40), number=2)])
    assert found["position"] is not None and found["position"].value == "BÍ THƯ"
    assert found["position"].page == 2


def test_strokes_under_a_position_are_dropped() -> None:
    assert read("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "NV") == ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ")


@pytest.mark.parametrize("block", [("PH@0.6 TRƯỞNG BAN",), ("TRƯỞNG BAN",)])
def test_who_signs_for_another_is_his_deputy(block: tuple[str, ...]) -> None:
    assert read("K/T TRƯỞNG BAN", *block) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")


@pytest.mark.parametrize(
    ("printed", "position"), [("BÍ TEƯ", "BÍ THƯ"), ("PHỔ BI THỦ", "PHÓ BÍ THƯ")]
)
def test_a_damaged_position_is_that_of_who_heads_the_issuer(printed: str, position: str) -> None:
    assert read("T/M ĐẢNG ỦY", printed) == ("T/M ĐẢNG ỦY", position)


def test_whether_a_deputy_signs_is_told_by_the_width_of_what_was_covered() -> None:
    whole = line("PHÓ BÍ THƯ", 206.5, 155).words
    covered = Line((replace(whole[0], text="Ó", confidence=0.5), *whole[1:]))
    *lines, _position, name = signature(block=("T/M ĐẢNG ỦY", "BÍ THƯ"))
    field = describe([page(*HEAD, *lines, covered, name)])["position"]
    assert field is not None and field.value == "PHÓ BÍ THƯ"
    bare = line("Ô@0.5 BÍ THƯ", 206.5, 155)
    moved = tuple(replace(word, box=each.box) for word, each in zip(bare.words, whole, strict=True))
    left = moved[1].box.left - 0.01
    stroke = replace(moved[0], box=moved[0].box._replace(left=left - 0.01, right=left))
    shift = (155 / 210) - (moved[1].box.left + moved[2].box.right) / 2
    words = [replace(word, box=word.box._replace(left=word.box.left + shift,
                                                 right=word.box.right + shift))
             for word in (stroke, *moved[1:])]  # fmt: skip
    field = describe([page(*HEAD, *lines, Line(tuple(words)), name)])["position"]
    assert field is not None and field.value == "BÍ THƯ"


def test_another_position_than_that_of_the_head_stays() -> None:
    assert read("T/M ĐẢNG ỦY", "TRƯỞNG BAN")[1] == "TRƯỞNG BAN"
    assert read("T/L ĐẢNG ỦY", "BÍ TEƯ")[1] is None


@pytest.mark.parametrize("printed", ["BHÓ@0.6 TRƯỞNG BAN", "HÓ@0.5 TRƯỞNG BẠN@0.8"])
def test_a_deputy_is_borne_out_by_whom_he_signs_for(printed: str) -> None:
    assert read("K/T TRƯỞNG BAN", printed) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")


def test_another_position_than_the_deputy_stays() -> None:
    assert read("K/T BÍ THƯ", "PHÓ BÍ THƯ THƯỜNG TRỰC")[1] == "PHÓ BÍ THƯ THƯỜNG TRỰC"


@pytest.mark.parametrize(
    ("printed", "authority"),
    [("T/MCHI BỘ", "T/M CHI BỘ"), ("TM.ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN")],
)
def test_a_space_that_was_lost_behind_the_prefix_is_put_back(printed: str, authority: str) -> None:
    assert read(printed, "BÍ THƯ")[0] == authority


def test_a_position_that_may_be_two_is_offered_as_it_was_read() -> None:
    field = describe([page(*HEAD, *signature(block=("ÊU TRƯỞNG",)))])["position"]
    assert field is None or (field.value, field.accepted) == ("ÊU TRƯỞNG", False)


def test_a_position_under_a_stamp_is_offered_from_its_ink() -> None:
    lines = signature(block=("TM. ỦY BAN NHÂN DÂN",))
    stamps = [line("CHỦ TỊCH", 206.5, 155)]
    field = describe([page(*HEAD, *lines, stamps=stamps)])["position"]
    assert field is not None and (field.value, field.accepted) == ("CHỦ TỊCH", False)


def test_a_deputy_minister_is_no_head_of_an_office() -> None:
    assert read("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG") == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")
    assert read("THỦ TRƯỞNG CƠ QUAN")[1] == "THỦ TRƯỞNG CƠ QUAN"


@pytest.mark.parametrize(
    ("form", "family", "day", "holds"),
    [
        ("T/M ĐẢNG ỦY", "party", "2023-06-05", True), ("TM. ĐẢNG ỦY", "party", "2023-06-05", True),
        ("TM. ỦY BAN NHÂN DÂN", "state", "2023", True), ("T/M ỦY BAN", "state", "1998-03", True),
        ("T/M ỦY BAN", "state", "2021-03", False), ("T/M ỦY BAN", "state", None, True),
        ("TUQ. BÍ THƯ", "party", "2020-03-01", True), ("TUQ. BÍ THƯ", "party", "2026-06-01", False),
        ("T/M ỦY BAN", None, "2021", True),
    ],
)  # fmt: skip
def test_a_form_of_authority_is_doubted_in_another_family_or_time(
    form: str, family: str | None, day: str | None, holds: bool
) -> None:
    field = capacity.in_force(Field(form, 0.95), family, day)
    assert field is not None and (field.confidence == 0.95) == holds
