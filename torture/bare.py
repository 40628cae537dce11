"""Where an operation is struck so that the next run finds a name that no folder has made durable.

To whoever looks it is there, or gone; a power cut later may still undo it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from torture.tree import Recording, Tree

_SEED = 20260302
#: Names of what cannot be made anew: objects, and the files of the audit log.
_MATTERS = ("urn%3a", ".jsonl")
#: What stands there is synced as a whole, or removed.
_JOBS = (("archive", "staging"), ("archive", "hold", "staging"))


def steps(recording: Recording, many: int) -> list[int]:
    """Return so many of the steps at which the last that was done is such a name; first those of
    objects and of the log, any of them by chance.
    """
    found = list(_bare(recording))
    random.Random(_SEED).shuffle(found)
    found.sort(key=lambda one: not any(part in one[1] for part in _MATTERS))
    return [step for step, _what in found[:many]]


def _bare(recording: Recording) -> Iterator[tuple[int, str]]:
    """Yield each such step, with the name."""
    before = 0
    for step, event in enumerate(recording.steps, 1):
        since = [number for number in recording.pending(event) if number >= before]
        before = event
        if since and since[-1] == max(number for number in recording.changes if number < event):
            change = recording.changes[since[-1]]
            now = recording.state(number for number in recording.changes if number < event)
            if change.what not in ("write", "cut") and not change.on <= _jobs(now):
                yield step, change.what


def _jobs(tree: Tree) -> set[int]:
    """Return the numbers of the folders of jobs."""
    places = [tree.find(parts) for parts in _JOBS]
    found = {place for place in places if place is not None}
    new = set(found)
    while new:
        nodes = [tree.nodes[one] for one in new]
        new = {one for node in nodes if isinstance(node, dict) for one in node.values()} - found
        found |= new
    return found
