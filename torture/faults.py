"""Faults put into partydoc on purpose: a campaign that stays green with one of them proves nothing.

Each is put in from outside, into the commands that a campaign runs; the product knows nothing of
it. The campaign that turns red is named, with what it said first.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from torture import cuts, full, kills, sabotage, states, trace
from torture.report import Result, Stopwatch

_PROMISE = "the campaigns are honest: a fault put in on purpose turns one red"
_CAMPAIGNS = {"kills": kills, "states": states, "cuts": cuts, "full": full, "trace": trace}
#: How finely each operation is gone through; with no fault in it so many times as coarsely.
_STRIDES, _STATES = {"kills": 4, "full": 1}, 80
_COARSE = 8
_OPEN = "scan declared open"
_BROKEN = ("broken", "lost")


@dataclass(frozen=True)
class Look:
    """How a fault is looked for: in one operation (None: in those of the campaign's short form),
    and with what the finding begins that it must bring; any other proves nothing.
    """

    only: str | None
    says: tuple[str, ...]


#: The campaigns that must notice a fault.
WITH: dict[str, dict[str, Look]] = {
    "files are not synced": {"states": Look(_OPEN, _BROKEN), "cuts": Look(_OPEN, _BROKEN)},
    "folders are not synced": {"states": Look(_OPEN, (*_BROKEN, "catalogue"))},
    "the inbox is emptied first": {"kills": Look(_OPEN, ("lost",))},
    "a rename may replace": {"trace": Look(None, ("rename store/", "rename hold/"))},
    "what the disk refuses is ignored": {
        "full": Look("edit", (*_BROKEN, "forgotten", "catalogue", "a run ended with 1"))
    },
    "jobs stand where no recovery looks": {"kills": Look(_OPEN, ("unlogged", "catalogue"))},
    "nothing is read back": {"full": Look("scan", (*_BROKEN, "audit", "catalogue"))},
    "a job that goes wrong is thrown away": {
        "full": Look(_OPEN, ("catalogue", "unlogged", "marked is not held"))
    },
    "the catalogue is told before the object has its name": {"kills": Look(_OPEN, ("catalogue",))},
    "the audit log is not synced": {"states": Look("edit", ("unlogged", "audit"))},
    "what recovery finishes is not written down": {"kills": Look(_OPEN, ("unlogged",))},
    "recovery trusts the names that it finds": {"states": Look("edit", _BROKEN)},
    "the name of a log is not synced": {"states": Look("edit in a new month", ("unlogged",))},
    "no job says what it is about to do": {
        "kills": Look(_OPEN, ("left over", "unlogged", "catalogue"))
    },
    "a version is put in its place by three renames": {"kills": Look("edit", _BROKEN)},
    "the catalogue is not synced": {"states": Look("edit", ("catalogue",))},
}


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("faults", help="put faults in on purpose: each must turn one red")
    parser.add_argument("--fault", metavar="NAME", help="one of them")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Put in each fault, and run the short form of each campaign that must notice it; without
    --short each as well with no fault in it: then it must be green.
    """
    watch, findings, caught = Stopwatch(), list[str](), list[str]()
    names = [options.fault] if options.fault else list(sabotage.FAULTS)
    for name in names:
        said = {campaign: _caught(name, campaign, look) for campaign, look in WITH[name].items()}
        findings += [
            f"{campaign} does not notice that {name}" for campaign in said if not said[campaign]
        ]
        if all(said.values()):
            told = ", ".join(f"{campaign} ({first})" for campaign, first in said.items())
            caught.append(f"{name}: {told}")
    looks = {(campaign, look.only) for name in names for campaign, look in WITH[name].items()}
    for campaign, only in sorted(looks, key=str) if not options.short else ():
        found = _found(campaign, only, _COARSE)
        findings += [f"{campaign} without a fault: {one}" for one in found]
    figure = f"{len(caught)} of {len(names)} caught"
    return Result(_PROMISE, "; ".join(caught), figure, watch.seconds, tuple(findings))


def _caught(name: str, campaign: str, look: Look) -> str | None:
    """Return the first finding that it must bring; None where there is none."""
    with _put_in(name):
        found = _found(campaign, look.only)
    told = [one for one in found if any(f": {word}" in one for word in look.says)]
    return told[0][:160] if told else None


def _found(campaign: str, only: str | None, coarse: int = 1) -> tuple[str, ...]:
    """Return what a campaign finds first in one operation.

    Raises RuntimeError where the product does not even work undisturbed: that would be no test.
    """
    stride = coarse * _STRIDES[campaign] if campaign in _STRIDES else None
    said = {"only": only, "stride": stride, "each": _STATES // coarse, "engine": "whoosh"}
    options = argparse.Namespace(short=True, until_red=True, **said)
    return _CAMPAIGNS[campaign].run(options).findings


@contextmanager
def _put_in(name: str) -> Iterator[None]:
    os.environ[sabotage.VARIABLE] = name
    try:
        yield
    finally:
        del os.environ[sabotage.VARIABLE]
