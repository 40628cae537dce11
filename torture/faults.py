"""Faults put into partydoc on purpose: a campaign that stays green with one of them proves nothing.

Each is put in from outside, into the commands that a campaign runs; the product knows nothing of
it. The campaign that turns red is named, with what it said first.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from torture import cuts, full, kills, sabotage, states, trace
from torture.report import Result, Stopwatch

_PROMISE = "the campaigns are honest: a fault put in on purpose turns one red"
_CAMPAIGNS = {"kills": kills, "states": states, "cuts": cuts, "full": full, "trace": trace}
#: How finely each operation is gone through.
_STRIDES, _STATES = {"kills": 4, "full": 1}, 80
_OPEN = "scan declared open"
#: The campaigns that must notice a fault, each with the one operation in which it is looked for.
WITH: dict[str, dict[str, str | None]] = {
    "files are not synced": {"states": _OPEN, "cuts": _OPEN},
    "folders are not synced": {"states": _OPEN},
    "the inbox is emptied first": {"kills": _OPEN},
    "a rename may replace": {"trace": None},
    "what the disk refuses is ignored": {"full": "edit"},
    "jobs stand where no recovery looks": {"kills": _OPEN},
    "nothing is read back": {"full": "scan"},
    "the catalogue is told before the object has its name": {"kills": _OPEN},
    "the audit log is not synced": {"states": "edit"},
    "no job says what it is about to do": {"kills": _OPEN},
    "a version is put in its place by three renames": {"kills": "edit"},
    "the catalogue is not synced": {"states": "edit"},
}


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("faults", help="put faults in on purpose: each must turn one red")
    parser.add_argument("--fault", metavar="NAME", help="one of them")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Put in each fault, and run the short form of each campaign that must notice it."""
    watch, findings, caught = Stopwatch(), list[str](), list[str]()
    names = [options.fault] if options.fault else list(sabotage.FAULTS)
    for name in names:
        said = {campaign: _caught(name, campaign, only) for campaign, only in WITH[name].items()}
        findings += [
            f"{campaign} does not notice that {name}" for campaign in said if not said[campaign]
        ]
        if all(said.values()):
            told = ", ".join(f"{campaign} ({first})" for campaign, first in said.items())
            caught.append(f"{name}: {told}")
    figure = f"{len(caught)} of {len(names)} caught"
    return Result(_PROMISE, "; ".join(caught), figure, watch.seconds, tuple(findings))


def _caught(name: str, campaign: str, only: str | None) -> str | None:
    """Return what the campaign says first; None where it stays green, or could not run.

    Raises RuntimeError where the product does not even work undisturbed: that would be no test.
    """
    said = {"only": only, "stride": _STRIDES.get(campaign), "each": _STATES, "engine": "whoosh"}
    options = argparse.Namespace(short=True, until_red=True, **said)
    with _put_in(name):
        found = _CAMPAIGNS[campaign].run(options).findings
    told = [one for one in found if "NOT RUN" not in one]
    return told[0][:160] if told else None


@contextmanager
def _put_in(name: str) -> Iterator[None]:
    os.environ[sabotage.VARIABLE] = name
    try:
        yield
    finally:
        del os.environ[sabotage.VARIABLE]
