"""The short forms of the campaigns that strike a run: kills, power cuts, crash states, full disks.

TORTURE_WITHOUT=cuts,full,… leaves out what a machine cannot do: no root, no loop device, no strace;
nothing is left out by itself: what cannot run fails.
"""

from __future__ import annotations

import os

import pytest

from torture.__main__ import main

_WITHOUT = os.environ.get("TORTURE_WITHOUT", "").split(",")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kills", "cuts", "states", "full", "trace"])
def test_the_short_campaign_keeps_its_promise(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    if name in _WITHOUT:
        pytest.skip(f"left out by TORTURE_WITHOUT: {name}")
    assert main([name, "--short"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_index_kills_with_the_other_engine(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "kills",
        "--short",
        "--engine",
        "tantivy",
        "--only",
        "index --rebuild",
        "--stride",
        "4",
    ]
    assert main(words) == 0, capsys.readouterr().out
