"""Asking a person: what is measured of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from partydoc.commands.asking import STOP, Asker


def asker(monkeypatch: pytest.MonkeyPatch, typed: str, *seconds: float) -> Asker:
    """Return one whose clock shows these seconds, one at each look."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    shown: Iterator[float] = iter(seconds)
    return Asker(lambda: next(shown))


def test_only_pauses_of_more_than_five_minutes_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking = asker(monkeypatch, "13\n14\n15\n", 0, 290, 290, 1000, 1000, 1301)
    assert asking.ask("number: ") == "13" and asking.away == 0
    assert asking.ask("number: ") == "14" and asking.away == 710
    assert asking.ask("number: ") == "15" and asking.away == 710 + 301


def test_a_pause_before_the_end_of_input_is_one_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = asker(monkeypatch, "", 0, 400)
    assert asking.ask("number: ") == STOP and asking.away == 400


def test_nobody_sits_at_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not asker(monkeypatch, "").attended
