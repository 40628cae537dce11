"""Runs of numbers, first and last, as sheets and registers count them; they may be very long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: The first and the last number of a run.
Run = tuple[int, int]


def missing(runs: Iterable[Run], since: int | None = None) -> list[Run]:
    """Return the runs of what lies between some runs, or between them and where they begin."""
    found, free = [], since
    for first, last in sorted(runs):
        if free is not None and free < first:
            found.append((free, first - 1))
        free = last + 1 if free is None else max(free, last + 1)
    return found


def doubled(runs: Iterable[Run]) -> list[Run]:
    """Return the runs of what stands in more than one of some runs."""
    shared, reached = [], None
    for first, last in sorted(runs):
        if reached is not None and first <= reached:
            shared.append((first, min(last, reached)))
        reached = last if reached is None else max(reached, last)
    return list(_joined(shared))


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield sorted runs, those that touch each other as one."""
    here: Run | None = None
    for run in runs:
        if here and run[0] <= here[1] + 1:
            here = here[0], max(here[1], run[1])
        else:
            if here:
                yield here
            here = run
    if here:
        yield here


def single(numbers: Iterable[int]) -> list[Run]:
    """Return numbers as runs, those that follow each other as one."""
    return list(_joined((one, one) for one in sorted(set(numbers))))


def written(runs: Iterable[Run]) -> str:
    """Return runs as archivists list them: 12-15, 17."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
