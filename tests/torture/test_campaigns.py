"""The short forms of the campaigns.

TORTURE_WITHOUT=cuts,full,… leaves out what a machine cannot do: no root, no loop device, no strace;
nothing is left out by itself: what cannot run fails.
"""

from __future__ import annotations

import os

import pytest
from campaign import keeps_every_promise

_WITHOUT = os.environ.get("TORTURE_WITHOUT", "").split(",")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "kills",
        "cuts",
        "states",
        "full",
        "trace",
        "audit",
        "rot",
        "soak",
        "names",
        "modes",
        "signed",
        "rebuild",
        "secrecy",
        "fuzz",
    ],
)
def test_the_short_campaign_keeps_its_promise(name: str) -> None:
    if name in _WITHOUT:
        pytest.skip(f"left out by TORTURE_WITHOUT: {name}")
    keeps_every_promise(name, "--short")


@pytest.mark.slow
def test_index_kills_with_the_other_engine() -> None:
    only = ("--only", "index --rebuild")
    keeps_every_promise("kills", "--short", "--engine", "tantivy", *only, "--stride", 4)
