"""A campaign that did not do what it says is red; a fault is caught by what it must bring alone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import test_crash as crash

from torture import faults, full, kills, stock, together
from torture.kills import Point, Struck
from torture.report import Stopwatch
from torture.scenes import SCENES


@pytest.mark.parametrize(("twice", "green"), [(0, False), (20, True)])
def test_kills_whose_recovery_was_never_killed_are_no_proof(twice: int, green: bool) -> None:
    points = [Point(SCENES[0], None, step) for step in range(20)]  # type: ignore[arg-type]
    struck = [Struck(number < twice, ()) for number in range(20)]
    assert kills._summed(points, struck, Stopwatch(), []).passed == green


@pytest.mark.parametrize(("killed", "edits", "green"), [(0, 1, False), (1, 0, False), (1, 1, True)])
def test_a_crowd_in_which_nobody_died_or_wrote_is_no_proof(
    killed: int, edits: int, green: bool
) -> None:
    assert together._summed(together._Sum(killed=killed, edits=edits), Stopwatch()).passed == green


@pytest.mark.parametrize(
    ("finding", "counts"),
    [
        ("scan, step 9: lost: 970f64f9ec4f", True),
        ("scan, step 9: was never reached: exit 3", False),
        ("NOT RUN: scan: no strace", False),
    ],
)
def test_a_fault_is_caught_only_by_what_it_must_bring(
    monkeypatch: pytest.MonkeyPatch, finding: str, counts: bool
) -> None:
    found = SimpleNamespace(run=lambda options: SimpleNamespace(findings=(finding,)))
    monkeypatch.setitem(faults._CAMPAIGNS, "kills", found)  # type: ignore[arg-type]
    look = faults.WITH["the inbox is emptied first"]["kills"]
    assert bool(faults._caught("the inbox is emptied first", "kills", look)) == counts


def test_a_control_that_is_red_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(run=lambda options: SimpleNamespace(findings=("scan: lost: 1",)))
    monkeypatch.setitem(faults._CAMPAIGNS, "kills", found)  # type: ignore[arg-type]
    options = SimpleNamespace(fault="the inbox is emptied first", short=False)
    result = faults.run(options)  # type: ignore[arg-type]
    assert result.findings == ("kills without a fault: scan: lost: 1",)


@pytest.mark.slow
def test_a_step_that_was_to_fail_and_was_never_reached_is_a_finding(fast_disk: Path) -> None:
    scene = next(scene for scene in SCENES if scene.name == "catalogue add")

    def struck() -> None:
        template = scene.prepared(stock.make(fast_disk), fast_disk / "template")
        for step, reached in ((1, True), (100_000, False)):
            now = template.at(fast_disk / f"archive-{step}")
            found = full._at_step(template, step, f"{step}:enospc", scene, now)
            assert [one.startswith("was never reached") for one in found] == [True] * (not reached)

    assert crash.in_child(struck) == 0  # its ready readings must not stay in ours
