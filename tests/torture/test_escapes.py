"""The short form of the campaign against ways out of a reader that was taken over."""

from __future__ import annotations

import os

import pytest
from campaign import keeps_every_promise

from partydoc.ocr import bubble
from torture import escapes
from torture.attempt import Attempt
from torture.attempts import ATTEMPTS
from torture.escapes import WITHOUT, Wall


@pytest.mark.slow
def test_nobody_escapes() -> None:
    keeps_every_promise("escapes", "--short")


def test_bubblewrap_works_here_or_was_left_out_on_purpose() -> None:
    assert bubble.missing() is None or os.environ.get(WITHOUT)


def test_there_are_more_than_twenty_attempts_and_each_is_described() -> None:
    assert len({attempt.what for attempt in ATTEMPTS}) == len(ATTEMPTS) > 20


@pytest.mark.parametrize("name", ["document", "udp", "daemon"])
def test_a_wall_with_a_hole_is_noticed(tmp_path, monkeypatch, name: str) -> None:
    """A wall that is none: what succeeds behind it is a finding."""
    one = [attempt for attempt in ATTEMPTS if attempt.run.__name__ == name]
    monkeypatch.setattr(escapes, "ATTEMPTS", one)
    monkeypatch.setattr(escapes, "_escapes", lambda base, attempt, wall: _open(base, attempt))
    result = escapes._behind(Wall("nothing", bubbled=False), tmp_path, [])
    assert not result.passed and result.figure == "succeeded 1"


def _open(base, attempt: Attempt) -> bool:
    with escapes.Stage(base, bubbled=False, kernel=None, naked=True) as stage:
        return stage.escapes(attempt)
