"""A disposal, from the proposal to the tombstone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from forms import judge as form

from partydoc.archive.disposal import STATES, Act, Decision, Disposal, Paper, Sheaf

ACT = Act("an as archive@kho", "an", "2026-03-02T08:30:00Z")
PAPERS = (
    Paper("001", 1, 2, "1" * 64), Paper("002", 3, 3, "2" * 64, stays=True),
    Paper("003", None, None, None),
)  # fmt: skip
URN = "urn:uuid:00000000-0000-4000-8000-00000000000"
SHEAF = Sheaf(
    f"{URN}1", "A29-01-0003", "Tập lưu", "7", "5 năm", "2012-06", "end", "2017-12-31", "0" * 128,
    PAPERS,
)  # fmt: skip
PROPOSED = Disposal(f"{URN}2", 1, (SHEAF,), ACT)
APPROVED = replace(PROPOSED, decision=Decision("12-QĐ/ĐU", "2026-02-27", "3" * 64), approved=ACT)


@pytest.mark.parametrize(
    ("disposal", "state"),
    [
        (PROPOSED, "proposed"), (APPROVED, "approved"),
        (replace(APPROVED, executed=ACT), "executed"),
        (replace(PROPOSED, withdrawn=ACT), "withdrawn"),
        (replace(APPROVED, withdrawn=ACT), "withdrawn"),
    ],
)  # fmt: skip
def test_it_is_read_back_as_it_was_written_and_knows_how_far_it_is(
    disposal: Disposal, state: str
) -> None:
    data = disposal.to_json()
    form("disposal", json.loads(data))
    assert Disposal.from_json(data) == disposal
    assert disposal.state == state and state in STATES
    assert disposal.stands == (state in ("proposed", "approved"))


def test_what_stays_elsewhere_is_not_destroyed() -> None:
    assert PROPOSED.documents == ("1" * 64,)


@pytest.mark.parametrize("damage", [{}, {"urn": 1}, {"version": 1, "kind": "disposal"}])
def test_what_is_no_disposal_is_not_read_as_one(damage: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Disposal.from_json(json.dumps(damage))
