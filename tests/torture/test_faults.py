"""Each fault that is put in on purpose is caught by a campaign."""

from __future__ import annotations

import os

import pytest
from campaign import keeps_every_promise

from torture import sabotage
from torture.faults import WITH

_WITHOUT = os.environ.get("TORTURE_WITHOUT", "").split(",")


def test_every_fault_is_looked_for() -> None:
    assert WITH.keys() == sabotage.FAULTS.keys()
    assert len(WITH) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("fault", sabotage.FAULTS)
def test_a_fault_is_caught(fault: str) -> None:
    if left_out := WITH[fault].keys() & {*_WITHOUT}:
        pytest.skip(f"left out by TORTURE_WITHOUT: {', '.join(left_out)}")
    keeps_every_promise("faults", "--short", "--fault", fault)
