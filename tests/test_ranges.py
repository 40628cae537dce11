"""Runs of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc import ranges
from partydoc.ranges import Run

RUNS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 9)).map(lambda one: (one[0], one[0] + one[1]))
)


def numbers(runs: list[Run]) -> list[int]:
    return [number for first, last in runs for number in range(first, last + 1)]


@given(RUNS, st.none() | st.just(1))
def test_what_is_missing_and_what_stands_twice_is_as_one_would_count(
    runs: list[Run], since: int | None
) -> None:
    there = numbers(runs)
    begin = since or min(there, default=0)
    between = [one for one in range(begin, max(there, default=-1)) if one not in there]
    assert numbers(ranges.missing(runs, since)) == between
    twice = sorted({one for one in there if there.count(one) > 1})
    assert numbers(ranges.doubled(runs)) == twice
    assert numbers(ranges.single(there)) == sorted(set(there))


@pytest.mark.parametrize(
    ("runs", "text"),
    [([], ""), ([(3, 3)], "3"), ([(12, 15), (17, 17)], "12-15, 17"), ([(1, 2)], "1-2")],
)
def test_runs_are_written_as_archivists_list_them(runs: list[Run], text: str) -> None:
    assert ranges.written(runs) == text


def test_what_follows_each_other_is_one_run() -> None:
    assert ranges.single([7, 3, 4, 5, 5]) == [(3, 5), (7, 7)]
    assert ranges.doubled([(1, 5), (2, 3), (4, 9), (5, 6)]) == [(2, 6)]


def test_an_enormous_gap_is_two_numbers() -> None:
    assert ranges.missing([(1, 1), (10**12, 10**12)]) == [(2, 10**12 - 1)]
