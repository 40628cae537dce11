"""Documents on inspections and supervision, by their words."""

from __future__ import annotations

import pytest

from partydoc.metadata.oversight import kinds, kinds_of
from partydoc.metadata.rules import table
from partydoc.text import clean


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"subject": "về việc kiểm tra Chi bộ thôn Mẫu"}, ["inspections"]),
        (
            {"subject": "về chương trình kiểm tra, giám sát năm 2024"},
            ["inspections", "supervisions"],
        ),
        ({"subject": "KẾT QUẢ GIÁM SÁT CHUYÊN ĐỀ"}, ["supervisions"]),
        ({"type": "Kết luận kiểm tra"}, ["inspections"]),
        ({"issuer": "ĐOÀN KIỂM TRA SỐ 3", "subject": "về lịch làm việc"}, ["inspections"]),
        ({"subject": "về kiện toàn Uỷ ban Kiểm tra Đảng uỷ"}, []),
        ({"subject": "về việc Ủy ban Kiểm tra kiểm tra Chi bộ thôn Mẫu"}, ["inspections"]),
        ({"issuer": "ỦY BAN KIỂM TRA ĐẢNG ỦY XÃ ĐỒNG MẪU", "subject": "về nghỉ Tết"}, []),
        ({"subject": "về lắp đặt camera giám sát"}, []),
        ({"subject": "về tổ chức bài kiểm tra cuối khóa"}, []),
        ({"subject": None, "type": None}, []),
        ({}, []),
    ],
)
def test_words_tell_the_kind_and_names_of_bodies_and_things_do_not(
    fields: dict[str, str | None], found: list[str]
) -> None:
    assert kinds_of(fields) == set(found)


def test_the_table_is_clean_and_each_kind_stands_once() -> None:
    assert kinds() == ("inspections", "supervisions")
    for row in table("oversight")["kind"]:
        for name in ("subject", "type", "issuer", "except"):
            assert row[name] and all(text == clean(text).lower() for text in row[name])
