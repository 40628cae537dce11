"""A strike that missed by chance is struck again; one that never hits is told."""

from __future__ import annotations

from itertools import count

import pytest

from torture.reached import Missed, reached


def test_a_strike_that_missed_is_struck_again() -> None:
    tries = count(1)

    def strike() -> list[str]:
        if next(tries) < 3:
            raise Missed("was never reached")
        return ["found"]

    assert reached(strike) == ["found"] and next(tries) == 4


def test_one_that_never_hits_is_told() -> None:
    tries = count()

    def strike() -> list[str]:
        next(tries)
        raise Missed("was never reached")

    with pytest.raises(Missed, match="never reached"):
        reached(strike)
    assert 2 < next(tries) < 10
