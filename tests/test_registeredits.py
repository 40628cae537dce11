"""Corrections of rows: visible, taken back, and never another number."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import desk
import judge
import pytest
import rows

from partydoc import registeredits, registering, registerrefs
from partydoc.archive import rowlist
from partydoc.archive.audit import actor
from partydoc.archive.registerrow import Series
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem
from partydoc.operations import Operation

LATER, LAST = (desk.NOW + timedelta(seconds=seconds) for seconds in (5, 10))


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return rows.new_archive(fast_disk / "a")


def test_a_correction_is_a_new_version_and_stays_visible(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        rows.edit(opened, row, LATER, subject="về việc khác", deadline="2026-03-20")
        now = rows.now_of(opened, row)
        assert now.corrected == ("subject",)  # a deadline that was not known is no correction
        first, second = registeredits.history(opened.store, row)
        assert first.first and second.commit.when == LATER
        assert second.changed == {
            "subject": (rows.LETTER["subject"], "về việc khác"), "deadline": (None, "2026-03-20"),
        }  # fmt: skip
    judge.objects_are_valid(archive.root)


def test_undo_puts_back_what_stood_and_leaves_what_was_changed_since(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        first = rows.edit(opened, row, LATER, subject="về việc khác", forward="Văn phòng")
        rows.edit(opened, rows.now_of(opened, row), LATER, subject="về việc thứ ba")
        back = rows.undo(opened, first.number, LAST)
        assert back.edited[0].changed == ("forward",) and back.edited[0].stale == ("subject",)
        now = rows.now_of(opened, row)
        assert now.fields["subject"] == "về việc thứ ba" and "forward" not in now.fields
        rows.undo(opened, back.number, LAST)
        assert rows.now_of(opened, row).fields["forward"] == "Văn phòng"


def test_a_registration_that_is_undone_is_void_and_may_come_back(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        done = rows.arrive(opened)
        back = rows.undo(opened, done.operation, LATER)
        assert rows.now_of(opened, done.row).void
        assert rows.undo(opened, done.operation, LATER).number is None
        rows.undo(opened, back.number, LAST)
        assert rows.now_of(opened, done.row).void is None


def test_what_would_be_another_number_is_refused(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        arrival, departure = rows.arrive(opened).row, rows.depart(opened).row
        for row, values in (
            (arrival, {"arrival_date": "2025-12-31"}), (arrival, {"issuer": None}),
            (departure, {"type": "Báo cáo"}), (departure, {"date": "2025-01-01"}),
            (arrival, {"deadline": "2026-01-01"}),
            (arrival, {"secrecy": "Mật", "subject": None}),
        ):  # fmt: skip
            with pytest.raises(UsageProblem):
                rows.edit(opened, row, LATER, **values)
        assert rows.now_of(opened, arrival) == arrival


def test_a_departure_keeps_its_number_and_gets_the_code_of_its_symbol(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.depart(opened).row
        done = rows.edit(opened, row, LATER, symbol="NQ/BCH")
        assert rows.now_of(opened, row).fields["code"] == "01-NQ/BCH"
        rows.undo(opened, done.number, LAST)
        assert rows.now_of(opened, row).fields["code"] == "01-NQ/ĐU"


def test_a_void_row_is_not_changed(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        done = rows.arrive(opened)
        draft = registeredits.voided(done.row, "vào sổ hai lần")
        operation = Operation(None, LATER, actor(), "register-edit")
        registeredits.carry_out(opened, [draft], operation)
        now = rows.now_of(opened, done.row)
        with pytest.raises(UsageProblem):
            rows.edit(opened, now, LAST, note="x")
        with pytest.raises(UsageProblem):
            registeredits.voided(now, "hai lần")


def test_a_gap_that_is_void_frees_its_numbers(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        gap = registering.reserve(opened, "arrival", Series("2026"), (1, 4), "nhầm", desk.NOW)
        draft = registeredits.voided(gap, "không dùng")
        operation = Operation(None, LATER, actor(), "register-edit")
        registeredits.carry_out(opened, [draft], operation)
        assert rows.arrive(opened).row.number == 1
        with pytest.raises(UsageProblem):
            registeredits.voided(rows.now_of(opened, gap), "hai lần")


def test_an_answer_settles_its_arrivals_and_an_answer_that_is_void_does_not(
    archive: Archive,
) -> None:
    with desk.at_work(archive) as opened:
        first = rows.arrive(opened, deadline="2026-03-05").row
        rows.arrive(opened, code="46-CV/HU")
        answer = rows.depart(opened, type="Công văn", symbol="CV/ĐU", answers="1/2026; 2")

        def opens(day: str | None = None) -> list[str]:
            wanted = rowlist.Wanted(open=True, overdue=day)
            found = rowlist.rows(opened.catalogue, "arrival", wanted)
            return [one.row.figure for one in found]

        assert opens() == []
        rows.undo(opened, answer.operation, LATER)
        assert opens() == ["1", "2"] and opens("2026-03-05") == [] and opens("2026-03-06") == ["1"]
        rows.edit(opened, first, LAST, settled="2026-03-03")
        assert opens() == ["2"]


@pytest.mark.parametrize(
    "name", ["1", "1/2026", "01-NQ/ĐU", "1/nghi-quyet-2025-2030", "1 / x", "7"]
)
def test_rows_are_named_by_number_series_and_code(archive: Archive, name: str) -> None:
    with desk.at_work(archive) as opened:
        arrival, departure = rows.arrive(opened).row, rows.depart(opened).row
        kind = "arrival" if name in ("1", "1/2026", "7") else "departure"
        expected = {"arrival": arrival, "departure": departure}[kind]
        if name in ("1 / x", "7"):
            with pytest.raises(UsageProblem):
                registerrefs.resolve(opened.catalogue, kind, name, "2026")
        else:
            assert registerrefs.resolve(opened.catalogue, kind, name, "2026") == expected


def test_a_code_of_two_departures_is_not_guessed(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        for type_ in ("Quyết định", "Quy định"):
            rows.depart(opened, type=type_, symbol="QĐ/ĐU")
        with pytest.raises(UsageProblem) as caught:
            registerrefs.resolve(opened.catalogue, "departure", "01-QĐ/ĐU", "2026")
    assert "out 1/quy-dinh-2025-2030" in caught.value.hint
