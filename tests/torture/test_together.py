"""Many at once, in short: the campaign itself is `python -m torture together`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from campaign import keeps_every_promise

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_overwritten_by_many_at_once(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    keeps_every_promise("together", "--short", "--json", str(told))
    for result in json.loads(told.read_text("utf-8"))["results"]:
        assert result["passed"] and not result["findings"]
        assert not result["done"].startswith("0 ")


def test_the_campaign_sees_what_people_said_overwritten(tmp_path: Path) -> None:
    """A fault put in on purpose must be caught, or the rest proves nothing."""
    program = (
        "import sys; from pathlib import Path\n"
        "from torture import oracle, stock\n"
        "from torture.crowd import Member\n"
        "from torture.ready import paper\n"
        "now = stock.empty(Path(sys.argv[1])).bring({'one': paper('BÁO CÁO')})\n"
        "now.must('scan', '--unclassified')\n"
        "crowd, one = Member(now, 0, ''), now.inputs[0]\n"
        "crowd.edit(one, 'place', 'Hà Mẫu')\n"
        "assert not oracle.judge(now.root, now.inputs, crowd.said)\n"
        "now.must('edit', one, 'place=Đồng Mẫu')\n"
        "(found,) = oracle.judge(now.root, now.inputs, crowd.said)\n"
        "assert found.startswith('forgotten: place'), found\n"
        "assert crowd.commands == 1 and not crowd.findings\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
