"""Fields as people name and write them."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc import fieldnames
from partydoc.document import FIELDS, FURTHER_FIELDS, Field
from partydoc.errors import UsageProblem
from partydoc.fieldnames import ABSENT, EDITABLE, find, label, parse, shown
from partydoc.index.fields import FIELD_NAMES
from partydoc.metadata.rules import Local, TypeName, table

PO = Path(fieldnames.__file__).parent / "locale" / "vi" / "LC_MESSAGES" / "partydoc.po"


def test_every_field_of_the_contract_can_be_named() -> None:
    assert {*FIELDS, *FURTHER_FIELDS} < set(EDITABLE)
    assert len(EDITABLE) == len(set(EDITABLE))
    assert {row["name"] for row in table("fields")["field"]} == set(EDITABLE)


def test_no_name_means_two_fields() -> None:
    for field in EDITABLE:
        names = [row["names"] for row in table("fields")["field"] if row["name"] == field]
        assert [find(name) for name in (field, *names[0])] == [field] * (1 + len(names[0]))


def test_a_list_of_values_names_its_source() -> None:
    for row in table("fields")["field"]:
        assert ("values" in row) == ("source" in row), row["name"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("so", "number"), ("Số", "number"), ("trích yếu", "subject"), ("trich-yeu", "subject"),
        ("TRÍCH YẾU", "subject"), ("coquan", "issuer"), ("kí hiệu", "symbol"),
        ("nguoi ky", "signer"), ("người kí", "signer"), ("copy type", "copy_type"),
        ("Số, ký hiệu", "code"), ("từ khoá", "keywords"), ("tinh trang vat li", "physical_state"),
        ("tri\u0301ch ye\u0302\u0301u", "subject"), ("ngay den", "arrival_date"),
    ],
)  # fmt: skip
def test_a_field_is_found_as_people_write_it(typed: str, field: str) -> None:
    assert find(typed) == field


def test_search_and_edit_know_the_same_names() -> None:
    for field in set(FIELD_NAMES) & set(EDITABLE):
        assert [find(name) for name in FIELD_NAMES[field]] == [field] * len(FIELD_NAMES[field])


def test_what_people_are_shown_they_can_type() -> None:
    shown_words = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"', PO.read_text("utf-8"), re.M)
    vietnamese = dict(shown_words)
    for field in EDITABLE:
        assert find(label(field)) == field
        assert find(vietnamese.get(label(field), field)) == field


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(UsageProblem) as told:
        find("trich yu")
    assert "subject (trích yếu)" in told.value.hint


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("date", "02/9/2026", "2026-09-02"), ("date", "2-9-2026", "2026-09-02"),
        ("date", "2.9.2026", "2026-09-02"), ("date", "9/2026", "2026-09"), ("date", "2026", "2026"),
        ("date", "2026-09-02", "2026-09-02"), ("date", "2026-9", "2026-09"),
        ("arrival_date", "29/02/2024", "2024-02-29"),
        ("number", " 07 ", "07"), ("number", "12a", "12a"), ("number", "K/số", None),
        ("code", "k/so", None), ("signer", "-", None),
        ("code", "12 - NQ / ĐU", "12-NQ/ĐU"), ("code", "12–NQ/ĐU", "12-NQ/ĐU"),
        ("symbol", "QĐ - BNV", "QĐ-BNV"),
        ("type", "nghi quyet", "Nghị quyết"), ("type", "NGHỊ QUYẾT", "Nghị quyết"),
        ("type", "NQ", "Nghị quyết"), ("type", "quyết định", "Quyết định"),
        ("type", "SƠ YẾU LÝ LỊCH", "Sơ yếu lý lịch"),
        ("subject", "V/v sáp nhập chi bộ", "sáp nhập chi bộ"),
        ("subject", "về  công tác\nlưu trữ", "về công tác lưu trữ"),
        ("issuer", "ĐA\u0309NG UY\u0309", "ĐẢNG UỶ"),
        ("recipients", "- Văn phòng;\n- Lưu VT.", ["Văn phòng", "Lưu VT"]),
        ("secrecy", "toi mat", "Tối mật"), ("urgency", "hoả tốc", "Hỏa tốc"),
        ("access", "1", "Hạn chế"), ("access", "khong han che", "Không hạn chế"),
        ("physical_state", "05; rách", "Ố vàng; Rách"),
        ("language", "tiếng Lào", "tiếng Lào"), ("language", "01", "Tiếng Việt"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_people_write_it(
    field: str, typed: str, value: str | list[str] | None
) -> None:
    assert parse(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("date", "31/02/2026", "31/02/2026"), ("date", "02/09/26", "02/09/26"),
        ("date", "hôm qua", "hôm qua"), ("date", "1/1/0900", "1/1/0900"),
        ("number", "12-NQ/ĐU", "code=12-NQ/ĐU"), ("number", "mười hai", "number=-"),
        ("code", "NQ/ĐU", "number=- symbol=NQ/ĐU"), ("type", "QĐ", "Quyết định, Quy định"),
        ("access", "03", "01 Hạn chế, 02 Không hạn chế"), ("secrecy", "kín", "Tuyệt mật"),
        ("issuer", "", "issuer=-"), ("issuer", " \u200b ", "--forget issuer"),
        ("issuer", "ĐẢNG\x00UỶ", "issuer"), ("recipients", ";;", "recipients=-"),
        ("subject", "v" * 5000, "subject"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_a_sentence(field: str, typed: str, told: str) -> None:
    with pytest.raises(UsageProblem) as trouble:
        parse(field, typed)
    assert told in f"{trouble.value.message} {trouble.value.hint}"


def test_the_archives_own_types_are_known_by_name_and_abbreviation() -> None:
    local = Local((TypeName("Phiếu trình", "PTr"), TypeName("Sổ giao ban")))
    for typed, value in (("ptr", "Phiếu trình"), ("PHIẾU TRÌNH", "Phiếu trình"),
                         ("so giao ban", "Sổ giao ban"), ("NQ", "Nghị quyết")):  # fmt: skip
        assert parse("type", typed, local) == value
    assert parse("type", "PTR") == "Ptr"


def test_what_is_absent_and_what_is_unknown_are_shown_apart() -> None:
    assert shown("number", ABSENT) == shown("code", ABSENT) == "K/số"
    assert shown("signer", ABSENT) == "-"
    assert shown("signer", None) == ""


@given(
    st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from([4, 7, 10])
)
def test_a_date_comes_back_as_it_was_shown(day: datetime.date, length: int) -> None:
    value = day.isoformat()[:length]
    assert parse("date", shown("date", Field(value))) == value


@given(st.sampled_from(EDITABLE), st.text(min_size=1, max_size=40))
def test_whatever_is_taken_is_shown_so_that_it_is_taken_again(field: str, typed: str) -> None:
    try:
        value = parse(field, typed)
    except UsageProblem:
        return
    field_value = ABSENT if value is None else Field(value, source="person", accepted=True)
    assert parse(field, shown(field, field_value)) == value


@pytest.mark.parametrize("dash", ["-", "–", "—", "−"])
def test_a_dash_of_any_length_says_that_there_is_none(dash: str) -> None:
    assert parse("signer", dash) is None and parse("symbol", dash) is None
