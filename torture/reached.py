"""A strike that may miss: new objects have names by chance, and one for which a folder is there
already takes a step less than was counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")
#: By chance one in twenty misses, where an operation makes a new object and it strikes at the end.
_TRIES = 5


class Missed(OSError):
    """The step to be struck was never reached."""


def reached(strike: Callable[[], _Found]) -> _Found:
    """Strike until it hits, each time at a copy of its own; raises Missed where it never does."""
    for _once_more in range(_TRIES - 1):
        try:
            return strike()
        except Missed:
            pass
    return strike()
