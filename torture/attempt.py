"""What a reader that a document has taken over may try; each in the words of the attacker.

`attempt` marks a function whose source is carried into a confined process and run there: it returns
True where it got what it wanted. It knows what `escapes.Stage.known` tells it and imports what it
needs itself. `judged` names a check of the stage where only the outside can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Known = dict[str, Any]


@dataclass(frozen=True)
class Attempt:
    """`what` for people; `judged`: the check outside, else the function's own word counts.

    `proven`: it must succeed where nothing confines it, or else it proves nothing; not every kernel
    has what the others ask for.
    """

    what: str
    run: Callable[[Known], bool]
    judged: str = ""
    proven: bool = True


ATTEMPTS: list[Attempt] = []


def attempt(
    what: str, judged: str = "", proven: bool = True
) -> Callable[[Callable[[Known], bool]], Callable[[Known], bool]]:
    """Add a function to the attempts."""

    def add(run: Callable[[Known], bool]) -> Callable[[Known], bool]:
        ATTEMPTS.append(Attempt(what, run, judged, proven))
        return run

    return add
