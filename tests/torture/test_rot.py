"""The short form of the campaign against bit rot."""

from __future__ import annotations

import pytest

from torture.__main__ import main


@pytest.mark.slow
def test_the_short_campaign_keeps_its_promises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rot", "--short"]) == 0, capsys.readouterr().out
