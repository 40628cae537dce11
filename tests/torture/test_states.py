"""Crash states: none is tried twice, and none is taken for another."""

from __future__ import annotations

from itertools import combinations

from torture.states import State
from torture.tree import Change, Recording, Tree

#: Changes numbered as they are among syncs.
_NUMBERS = (0, 1, 4, 5)


def test_states_are_the_same_where_the_same_changes_reached_the_disk() -> None:
    recording = Recording(None, Tree({0: {}}))  # type: ignore[arg-type]
    recording.changes = {n: Change("make", lambda tree: None, frozenset([0])) for n in _NUMBERS}
    states = [
        State(event, frozenset(dropped))
        for event in range(7)
        for many in range(len(_NUMBERS) + 1)
        for dropped in combinations([n for n in _NUMBERS if n < event], many)
    ]
    for one, other in combinations(states, 2):
        same = one.kept(recording) == other.kept(recording)
        assert (one.missing(_NUMBERS) == other.missing(_NUMBERS)) == same
