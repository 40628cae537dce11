"""What the audit log tells of people's work and of the nights."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import desk
import pytest

from partydoc import worklog
from partydoc.archive.audit import Audit

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def audit(fast_disk: Path) -> Audit:
    """An empty log."""
    return Audit(fast_disk)


def did(audit: Audit, what: str, *ids: str, **detail: Any) -> int:
    """Write one operation; return its number."""
    number = audit.begin()
    audit.add(what, desk.NOW, ids, **detail)
    audit.add("finished", desk.NOW)
    audit.end()
    return number


def test_an_empty_log_tells_nothing(audit: Audit) -> None:
    found = worklog.read(audit)
    assert (found.seconds, found.checked, found.nights) == ({}, frozenset(), ())


def test_the_seconds_of_a_document_are_those_of_all_its_turns(audit: Audit) -> None:
    did(audit, "review", ONE, fields=["date"], seconds=20.5)
    number = did(audit, "check", ONE, seconds=10)
    did(audit, "undo", ONE, undoes=number)
    did(audit, "review", TWO, fields=["date"])  # of a version that did not measure it
    did(audit, "edit", TWO, fields=["date"], seconds=99)
    assert worklog.read(audit).seconds == {ONE: 30.5}


def test_a_check_counts_until_it_is_taken_back_and_again_when_that_is(audit: Audit) -> None:
    first = did(audit, "check", ONE)
    did(audit, "check", TWO)
    assert worklog.read(audit).checked == {ONE, TWO}
    second = did(audit, "undo", ONE, undoes=first)
    assert worklog.read(audit).checked == {TWO}
    did(audit, "undo", ONE, undoes=second)
    assert worklog.read(audit).checked == {ONE, TWO}


def test_nights_stand_in_their_order_with_the_slice_they_read(audit: Audit) -> None:
    audit.add("nightly", desk.NOW, outcomes={}, slice=7)
    audit.add("nightly", desk.NOW + timedelta(days=40), outcomes={})
    assert [night.slice for night in worklog.read(audit).nights] == [7, None]
    assert worklog.read(audit).nights[0].when == desk.NOW


def test_a_line_that_was_tampered_with_is_passed_over(audit: Audit, fast_disk: Path) -> None:
    did(audit, "check", ONE, seconds=4)
    with next(fast_disk.glob("*.jsonl")).open("a") as log:
        log.write('{"what": "check"}\n{"what": "check", "ids": 7}\nno JSON "what": "check"\n')
    assert worklog.read(audit).checked == {ONE}
