"""Recipients: one an item, without dash and stop, also where an item has two lines."""

from __future__ import annotations

import pytest
from sheet import body, line, page, party, signature

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.page import Line

HEAD = (*party(), *body())


def read(*items: str, lines: tuple[Line, ...] = ()) -> Field | None:
    block = [each for each in signature() if each.box.left > 0.5]
    listed = [line(each, 206 + 5.5 * i, left=30) for i, each in enumerate(items)]
    return describe([page(*HEAD, line("Nơi nhận:", 200, left=30), *listed, *block, *lines)])[
        "recipients"
    ]


def test_each_item_is_a_recipient() -> None:
    field = read("- Như trên;", "- Các chi bộ,", "- Lưu Văn phòng Đảng ủy.")
    assert field is not None and field.accepted
    assert field.value == ["Như trên", "Các chi bộ", "Lưu Văn phòng Đảng ủy"]


def test_an_item_of_two_lines_is_one() -> None:
    field = read("- Ban Thường vụ", "Huyện ủy (báo cáo);", "- Lưu: VT, NV.")
    assert field is not None
    assert field.value == ["Ban Thường vụ Huyện ủy (báo cáo)", "Lưu: VT, NV"]


@pytest.mark.parametrize(("stop", "accepted"), [(";", True), (",", False), (".", False)])
def test_a_dash_that_was_lost_behind_no_semicolon_leaves_it_to_a_person(
    stop: str, accepted: bool
) -> None:
    field = read(f"- Như trên{stop}", "Các chi bộ;", "- Lưu Văn phòng.")
    assert field is not None and field.accepted is accepted
    assert field.value == ["Như trên", "Các chi bộ", "Lưu Văn phòng"]


def test_where_half_of_the_dashes_were_lost_a_person_looks() -> None:
    field = read("- Như trên;", "Các chi bộ;", "- Các tổ đảng;", "Lưu Văn phòng.")
    assert field is not None and not field.accepted


@pytest.mark.parametrize("left", ["l@0.7", "ñ@0.6"])
def test_a_letter_alone_is_what_is_left_of_a_dash(left: str) -> None:
    field = read(left, "- Như trên;", "- Lưu Văn phòng.")
    assert field is not None and field.value == ["Như trên", "Lưu Văn phòng"]


@pytest.mark.parametrize("garbled", ["- Các chi bộ tổ quôe;", "- Các chi bộ; VT. Lưu: VT;"])
def test_what_is_no_text_of_a_recipient_leaves_it_to_a_person(garbled: str) -> None:
    field = read("- Như trên;", garbled, "- Lưu: VT.")
    assert field is not None and not field.accepted


def test_strokes_behind_the_stop_of_an_item_are_none_of_it() -> None:
    field = read("- Như trên; XS@0.4 _@0.2", "- Các chi bộ;", "- Lưu: VT. Ẵ@0.5")
    assert field is not None and field.value == ["Như trên", "Các chi bộ", "Lưu: VT"]


def test_sure_letters_behind_the_stop_of_an_item_stay() -> None:
    field = read("- Như trên;", "- Lưu: VT; TH.")
    assert field is not None and field.value == ["Như trên", "Lưu: VT; TH"]


def test_usual_items_do_not_bear_out_one_that_was_read_badly() -> None:
    field = read("- Như trên;", "- Các chỉ@0.6 bộ;@0.65", "- Như Điều 3;", "- Lưu: VT.")
    assert field is not None and not field.accepted


def test_a_list_of_usual_items_is_accepted() -> None:
    field = read("- Như trên;@0.6", "- Lưu: VT.")
    assert field is not None and field.accepted


def test_a_short_note_in_brackets_casts_no_doubt() -> None:
    field = read("- Thường trực Huyện ủy (b/c);@0.3", "- Lưu: VT.")
    assert field is not None and field.accepted
    assert field.value == ["Thường trực Huyện ủy (b/c)", "Lưu: VT"]


def test_the_list_ends_with_the_copy_that_is_kept() -> None:
    field = read("- Như trên;", "- Lưu Văn phòng.", "ToànKiên-12")
    assert field is not None and field.value == ["Như trên", "Lưu Văn phòng"]


def test_the_block_of_the_signer_is_no_recipient() -> None:
    field = read("- Như trên;", "- Lưu Văn phòng.")
    assert field is not None and "BÍ THƯ" not in " ".join(field.value or [])


def test_without_a_list_there_are_none() -> None:
    block = [each for each in signature() if each.box.left > 0.5]
    assert describe([page(*HEAD, *block)])["recipients"] is None
