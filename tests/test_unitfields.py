"""Fields of fonds, inventories and folders as people name and write them."""

from __future__ import annotations

import pytest
from forms import DOCS, contents

from partydoc import unitfields
from partydoc.archive.references import KINDS, ORGANISATION
from partydoc.errors import UsageProblem
from partydoc.fieldtable import key


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [
        ("folder", "thời hạn bảo quản", "retention"), ("folder", "thoi han", "retention"),
        ("folder", "HOP", "box"), ("folder", "physical_state", "physical_state"),
        ("folder", "ngày kết thúc", "end"), ("fonds", "lịch sử", "history"),
        ("inventory", "nhiệm kỳ", "term"), ("inventory", "nhiem ki", "term"),
    ],
)  # fmt: skip
def test_a_field_is_found_by_any_of_its_names(kind: str, name: str, field: str) -> None:
    assert unitfields.find([kind], name) == field


def test_a_fonds_has_no_box_and_what_it_has_is_named() -> None:
    with pytest.raises(UsageProblem) as said:
        unitfields.find(["fonds"], "hộp")
    assert "history (lịch sử đơn vị hình thành phông)" in (said.value.hint or "")
    with pytest.raises(UsageProblem):
        unitfields.find(["folder", "fonds"], "box")
    assert unitfields.find(["folder", "fonds"], "ghi chú") == "note"


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("start", "02/9/2021", "2021-09-02"), ("end", "9/2021", "2021-09"), ("end", "2021", "2021"),
        ("retention", "20", "20 năm"), ("access", "1", "Hạn chế"), ("sheets", "0120", "120"),
        ("physical_state", "o vang; 6", "Ố vàng; Rách"), ("title", " Nghị  quyết ", "Nghị quyết"),
        ("box", "-", None), ("term", "2020 - 2025", "2020 - 2025"), ("creator", "HUMS", "HUMS"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_the_value(field: str, typed: str, value: str | None) -> None:
    assert unitfields.parse(field, typed) == value
    if value:
        assert unitfields.parse(field, unitfields.shown(field, value)) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("start", "31/02/2021"), ("retention", "lâu"), ("access", "mở"), ("sheets", "mười"),
        ("sheets", "0"), ("title", "-"), ("title", ""), ("note", "\x1b[2J"), ("note", "x" * 5000),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_a_sentence_with_a_next_step(field: str, typed: str) -> None:
    with pytest.raises(UsageProblem) as said:
        unitfields.parse(field, typed)
    assert str(said.value).endswith(".") and said.value.hint


def test_no_two_fields_of_a_kind_share_a_name() -> None:
    rows = unitfields.TABLE._rows
    assert set(rows) == set(unitfields.FIELDS)
    for kind in (*KINDS, ORGANISATION):
        names = [key(name) for field in unitfields.of(kind) for name in rows[field]["names"]]
        assert len(names) == len(set(names))


def test_the_schema_has_every_field_and_each_has_a_label() -> None:
    known = set(contents(DOCS / "unit.schema.json")["$defs"]["known"]["properties"])
    assert known == set(unitfields.FIELDS) - {"title", "box"}
    assert set(unitfields._labels()) == set(unitfields.FIELDS)
