"""Registering: numbers, series, what is refused, and what is odd."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import desk
import pytest
import rows

from partydoc import registering, registerrules
from partydoc.archive import registers
from partydoc.archive.registerrow import Series
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem

SECRET = {"issuer": "Huyện uỷ Mẫu Sơn", "arrival_date": "2026-03-02", "secrecy": "Mật"}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return rows.new_archive(fast_disk / "a")


def test_arrivals_are_counted_by_the_year_of_their_arrival(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        found = [rows.arrive(opened, arrival_date=day).row.reference
                 for day in ("2025-12-31", "2026-03-02", "2025-12-31")]  # fmt: skip
    assert found == ["1/2025", "1/2026", "2/2025"]


def test_departures_of_the_party_are_counted_by_type_and_term(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        done = [
            rows.depart(opened), rows.depart(opened), rows.depart(opened, type="Báo cáo"),
            rows.depart(opened, date="2025-08-14"), rows.depart(opened, term="2020-2025"),
            rows.depart(opened, issuer="Văn phòng Đảng uỷ"),
            rows.depart(opened, issuer="ĐẢNG UỶ XÃ ĐỒNG MẪU"),
            rows.depart(opened, symbol="NQ/ĐH"),
            rows.depart(opened, type="Báo cáo", symbol="BC/ĐH"),
        ]  # fmt: skip
    assert [one.row.reference for one in done] == [
        "1/nghi-quyet-2025-2030", "2/nghi-quyet-2025-2030", "1/bao-cao-2025-2030",
        "1/nghi-quyet-2020-2025", "2/nghi-quyet-2020-2025",
        "1/nghi-quyet-van-phong-dang-uy-2025-2030", "3/nghi-quyet-2025-2030", "1/dh-2025-2030",
        "2/dh-2025-2030",
    ]  # fmt: skip
    assert done[1].row.fields["code"] == "02-NQ/ĐU"


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [("year", ["1/2026", "2/2026"]), ("type-year", ["1/nghi-quyet-2026", "1/bao-cao-2026"])],
)
def test_departures_of_the_state_are_counted_by_year(
    fast_disk: Path, numbering: str, expected: list[str]
) -> None:
    with desk.at_work(rows.new_archive(fast_disk / "b", numbering=numbering)) as opened:
        done = [rows.depart(opened, symbol="QĐ-UBND"), rows.depart(opened, type="Báo cáo")]
    assert [one.row.reference for one in done] == expected
    assert done[0].row.fields["code"] == "01/QĐ-UBND"


def test_a_day_before_all_terms_is_named_with_what_is_missing(archive: Archive) -> None:
    with desk.at_work(archive) as opened, pytest.raises(UsageProblem) as caught:
        rows.depart(opened, date="2019-05-05")
    assert "05/05/2019" in caught.value.message and "[[terms]]" in caught.value.hint


def test_secret_documents_have_numbers_of_their_own(fast_disk: Path) -> None:
    with desk.at_work(rows.new_archive(fast_disk / "lan", "independent-lan")) as opened:
        found = [rows.arrive(opened), rows.arrive(opened, SECRET), rows.depart(opened),
                 rows.depart(opened, secrecy="Tối mật")]  # fmt: skip
    assert [one.row.reference for one in found] == [
        "1/2026", "1/mat-2026", "1/nghi-quyet-2025-2030", "1/nghi-quyet-mat-2025-2030",
    ]  # fmt: skip


def test_the_subject_of_a_secret_document_stays_off_a_connected_machine(
    archive: Archive, fast_disk: Path
) -> None:
    with desk.at_work(archive) as opened, pytest.raises(UsageProblem):
        rows.arrive(opened, SECRET, subject="về việc khác")
    with desk.at_work(rows.new_archive(fast_disk / "lan", "independent-lan")) as opened:
        row = rows.arrive(opened, SECRET, subject="về việc khác").row
    assert row.fields["subject"] == "về việc khác"


@pytest.mark.parametrize(
    "values",
    [
        {"arrival_date": "2026-03-03"}, {"deadline": "2026-03-01"}, {"settled": "2026-02-28"},
        {"arrival_date": "2026-02"}, {"answers": "9/2026"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_no_number_is_given(
    archive: Archive, values: dict[str, str]
) -> None:
    with desk.at_work(archive) as opened:
        with pytest.raises(UsageProblem):
            rows.arrive(opened, **values)
        assert registers.next_number(opened.catalogue, "arrival", Series("2026")) == 1


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("date", "27/2", "27/02/2026"), ("date", "31-12", "31/12/2025"),
        ("date", "2/3", "02/03/2026"),
        ("deadline", "31.12", "31/12/2026"), ("date", "2/2026", "2/2026"), ("note", "1/2", "1/2"),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_nearest_that_can_be(
    field: str, typed: str, expected: str
) -> None:
    assert registerrules.with_year(field, typed, desk.NOW) == expected


def test_what_is_needed_to_find_a_paper_again_is_asked_for(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        with pytest.raises(UsageProblem):
            rows.arrive(opened, {"code": "45-CV/HU"})
        without = {name: one for name, one in rows.DECISION.items() if name != "type"}
        wish = registering.Wish("departure", without)
        with pytest.raises(UsageProblem):
            registering.register(opened, wish, desk.NOW)


def test_a_number_is_given_once(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened, number=813)
        assert rows.arrive(opened).row.number == 814
        with pytest.raises(UsageProblem) as caught:
            rows.arrive(opened, number=813)
        assert "813/2026" in caught.value.message
        with pytest.raises(UsageProblem):
            rows.arrive(opened, after=500)


def odd(archive: Archive, **values: str) -> list[str]:
    with desk.at_work(archive) as opened:
        return [one.kind for one in rows.arrive(opened, **values).doubts]


def test_what_arrived_before_is_told(archive: Archive) -> None:
    assert odd(archive) == []
    assert odd(archive) == ["arrived-before"]
    assert odd(archive, code=" 45 - cv/hu ", issuer="HUYỆN UỶ MẪU SƠN") == ["arrived-before"]
    assert odd(archive, date="2026-02-26") == [] == odd(archive, issuer="Huyện uỷ Mẫu Hạ")


def test_what_is_registered_late_or_out_of_order_is_told(archive: Archive) -> None:
    assert odd(archive, arrival_date="2026-02-27") == []  # a Friday, for desk.NOW is a Monday
    assert odd(archive, code="1-CV/HU", arrival_date="2026-02-26", date="2026-02-25") == [
        "out-of-order", "late",
    ]  # fmt: skip
    assert odd(archive, code="2-CV/HU", date="2026-03-05") == ["dated-later"]


def test_skipped_numbers_are_told_with_what_to_type(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        (doubt,) = rows.arrive(opened, number=5).doubts
        assert doubt.kind == "numbers-missing" and "gap in 1-4/2026" in doubt.message
        registering.reserve(opened, "arrival", Series("2026"), (1, 4), "sổ giấy", desk.NOW)
        assert registers.missing(opened.catalogue, "arrival", "2026") == []


@pytest.mark.parametrize("span", [(5, 3), (0, 2), (1, 1_000_000), (2, 4), (4, 9)])
def test_a_gap_backwards_or_over_what_was_given_is_refused(
    archive: Archive, span: tuple[int, int]
) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened, number=3)
        registering.reserve(opened, "arrival", Series("2026"), (8, 9), "giữ chỗ", desk.NOW)
        with pytest.raises(UsageProblem):
            registering.reserve(opened, "arrival", Series("2026"), span, "giữ chỗ", desk.NOW)


def test_a_gap_that_was_undone_frees_its_numbers_and_a_row_does_not(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        gap = registering.reserve(opened, "arrival", Series("2026"), (1, 4), "nhầm", desk.NOW)
        rows.undo(opened, gap.operation, desk.NOW)
        first = rows.arrive(opened)
        rows.undo(opened, first.operation, desk.NOW)
        assert (first.row.number, rows.arrive(opened).row.number) == (1, 2)


def test_in_a_year_that_is_closed_numbers_are_inserted_only(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened, arrival_date="2025-12-30", date="2025-12-29")
        closing = registering.close(opened, "arrival", "2025", False, desk.NOW)
        with pytest.raises(UsageProblem):
            rows.arrive(opened, arrival_date="2025-12-31")
        with pytest.raises(UsageProblem):
            registering.close(opened, "arrival", "2025", False, desk.NOW)
        late = rows.arrive(opened, arrival_date="2025-12-30", after=1)
        assert late.row.reference == "1a/2025"
        assert rows.arrive(opened).row.reference == "1/2026"
        rows.undo(opened, closing.operation, desk.NOW + timedelta(seconds=1))
        assert rows.arrive(opened, arrival_date="2025-12-31").row.reference == "2/2025"


def test_in_a_year_that_is_closed_what_is_missing_still_gets_its_reason(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened, arrival_date="2025-12-30", date="2025-12-29", number=5)
        registering.close(opened, "arrival", "2025", False, desk.NOW)
        year = Series("2025")
        for span in ((4, 6), (6, 7)):
            with pytest.raises(UsageProblem):
                registering.reserve(opened, "arrival", year, span, "sổ giấy", desk.NOW)
        registering.reserve(opened, "arrival", year, (1, 4), "sổ giấy", desk.NOW)
        assert registers.missing(opened.catalogue, "arrival", "2025") == []


def test_a_year_is_closed_on_its_last_day_or_later(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened)
        for day in (2, 30):
            now = desk.NOW.replace(month=12, day=day)
            with pytest.raises(UsageProblem):
                registering.close(opened, "arrival", "2026", False, now)
        last = desk.NOW.replace(month=12, day=31)
        registering.close(opened, "arrival", "2026", False, last)


def test_a_term_is_closed_like_a_year(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        rows.depart(opened, date="2025-07-01")
        registering.close(opened, "departure", "2020-2025", False, desk.NOW)
        with pytest.raises(UsageProblem):
            rows.depart(opened, type="Báo cáo", date="2025-07-02")
        rows.depart(opened)
        with pytest.raises(UsageProblem):
            registering.close(opened, "departure", "1999", False, desk.NOW)


@pytest.mark.slow
def test_two_clerks_at_once_get_different_numbers(archive: Archive) -> None:
    at = [sys.executable, "-m", "partydoc", "-a", archive.root, "register", "in"]
    words = ["tác giả=Huyện uỷ Mẫu Sơn", "ngày đến=02/3/2026", "--quiet"]
    clerks = [
        subprocess.Popen(
            ["sh", "-c", 'for i in 1 2 3 4; do "$@" "số, ký hiệu=$i$$-CV/HU" || exit 1; done', "sh",
             *map(str, at), *words],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for _clerk in range(2)
    ]  # fmt: skip
    said = [clerk.communicate()[0].splitlines() for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0, 0]
    numbers = sorted(line.split()[2] for lines in said for line in lines)
    assert numbers == [str(number) for number in range(1, 9)]
