"""What a campaign does to the disk while an operation is at work, and what a run may make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torture import child
from torture.aftermath import ended
from torture.scene import Scene
from torture.stock import Stock

NO_ROOM = 9
#: How a run may end on a bad disk: unexpectedly, some not taken in, damage, one unreadable.
BAD_DISK = (1, 3, 4, 8, NO_ROOM)


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with a disk while an operation is at work: `meet` lets it happen to
    a copy of the archive, and returns what is wrong then and after it was put right.
    """

    name: str
    scene: Scene
    template: Stock
    meet: Callable[[Scene, Stock], list[str]]


def met(scene: Scene, now: Stock, ran: child.Ran, ends: tuple[int, ...]) -> list[str]:
    """Return what is wrong at the instant at which a run has met a trouble."""
    found = ended(ran, (*scene.codes, *ends)) + scene.instant(now)
    more = len(ran.err.strip().splitlines()) > 2
    if ran.code == NO_ROOM and more and not scene.typed:  # else it is what a person was asked
        found.append(f"more was said than that there is no room: {ran.err}")
    return found
