"""Turns of about the same length, whatever the engine."""

from __future__ import annotations

import math

import pytest

from partydoc import pace
from partydoc.document import Searchable


class Clock:
    """A clock that goes on when somebody works."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(pace, "time", self)

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def turn(of: pace.Pace, clock: Clock, each: float, reading: float = 0.0) -> int:
    """Let a turn take documents, and an engine so many seconds for each when all are there."""
    count = 0
    with of.turn():
        for _document in of.counted(iter([Searchable("x", 1, {}, ("x" * 1000,))] * 1000)):
            clock.now += reading
            count += 1
            if not of.room():
                break
        clock.now += count * each
    return count


@pytest.mark.parametrize("each", [0.001, 0.01, 0.1])
def test_turns_soon_last_as_long_as_they_should(clock: Clock, each: float) -> None:
    of = pace.Pace(1.0, "tantivy")
    for _turn in range(10):
        count = turn(of, clock, each)
    assert count * each == pytest.approx(1.0, abs=each + 0.1)


def test_turns_of_an_engine_that_merges_what_is_small_are_longer(clock: Clock) -> None:
    of = pace.Pace(1.0, "whoosh")
    for _turn in range(8):
        count = turn(of, clock, 0.01)
    assert count * 0.01 == pytest.approx(5.0, rel=0.1)


def test_the_first_turn_is_no_larger_than_a_slow_engine_can_bear(clock: Clock) -> None:
    of = pace.Pace(1.0, "tantivy")
    first = turn(of, clock, 0.1)
    assert first < 1000
    assert turn(of, clock, 0.1) == first / 2


def test_one_long_turn_does_not_make_all_others_tiny(clock: Clock) -> None:
    of = pace.Pace(1.0, "tantivy")
    usual = [turn(of, clock, 0.01) for _turn in range(8)][-1]
    with of.turn():
        list(of.counted(iter([Searchable("x", 1, {}, ("x" * 1000,))] * usual)))
        clock.now += 60  # merging
    assert turn(of, clock, 0.01) == pytest.approx(usual / 2, abs=1)


def test_reading_that_is_slow_ends_a_turn_in_time(clock: Clock) -> None:
    assert turn(pace.Pace(1.0, "tantivy"), clock, 0.0, reading=0.5) == 2


def test_a_turn_without_end_takes_everything(clock: Clock) -> None:
    assert turn(pace.Pace(math.inf, "tantivy"), clock, 1.0) == 1000
