"""An operation is struck where a name outside the folders of jobs is not durable yet."""

from __future__ import annotations

from torture import bare
from torture.tree import NEVER, Change, Recording, Tree

#: archive/, staging/, hold/, staging/ in it, store/, audit/.
_NODES = {0: {"archive": 1}, 1: {"staging": 2, "hold": 3, "store": 5, "audit": 6}, 2: {},
          3: {"staging": 4}, 4: {}, 5: {}, 6: {}}  # fmt: skip


def _recording(*changes: tuple[str, int, int]) -> Recording:
    """Return one of changes (what, folder, durable from which event on), a step before each."""
    recording = Recording(None, Tree({**_NODES}))  # type: ignore[arg-type]
    for number, (what, folder, until) in enumerate(changes):
        recording.changes[number] = Change(what, lambda tree: None, frozenset([folder]), until)
        recording.steps.append(number)
    recording.steps.append(len(changes))
    recording.events = len(changes)
    return recording


def test_names_of_jobs_and_what_is_written_or_synced_at_once_are_passed_over() -> None:
    found = _recording(
        ("make job", 2, NEVER), ("make job", 4, NEVER), ("write", 5, NEVER),
        ("rename object to urn%3a1", 5, NEVER), ("make durable", 5, 4), ("make 1", 5, NEVER),
    )  # fmt: skip
    assert sorted(bare.steps(found, 9)) == [5, 7]


def test_names_of_objects_and_of_the_log_come_first() -> None:
    found = _recording(
        ("make data", 5, NEVER), ("swap object and urn%3a1", 5, NEVER), ("make x", 5, NEVER),
        ("make 2026-11.jsonl", 6, NEVER),
    )  # fmt: skip
    assert sorted(bare.steps(found, 2)) == [3, 5]
    assert len(bare.steps(found, 9)) == 4
