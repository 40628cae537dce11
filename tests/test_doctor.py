"""The doctor says how well documents are kept apart from the machine, and how to do better."""

from __future__ import annotations

import pytest
from conftest import Run

from partydoc import ocr
from partydoc.ocr import Protection

ALL = Protection(None, landlock=7, filtered=True, root=False)


@pytest.fixture
def said(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def said(found: Protection) -> dict[str, dict[str, object]]:
        monkeypatch.setattr(ocr, "protection", lambda desk=None: found)
        return {line["name"]: line for line in run("doctor", "--json").lines}

    return said


def test_all_is_well_where_all_walls_stand(said):
    rows = said(ALL)
    assert rows["sandbox"]["ok"] and rows["bubblewrap"]["ok"]
    assert not rows.keys() & {"seccomp", "account"}


@pytest.mark.parametrize(
    ("why", "command"),
    [("not-installed", "apt install bubblewrap"), ("apparmor", "apparmor_parser"),
     ("failed", "bwrap --unshare-all")],
)  # fmt: skip
def test_a_missing_wall_is_named_with_the_way_to_mend_it(said, why, command):
    row = said(Protection(why, 7, filtered=True, root=False))["bubblewrap"]
    assert not row["ok"] and not row["needed"] and command in row["mend"]
    assert "which files there are" in row["mend"]


def test_root_and_old_kernels_and_strange_processors_are_warned_of(said):
    rows = said(Protection(None, 0, filtered=False, root=True))
    assert [name for name in ("sandbox", "seccomp", "account") if rows[name]["ok"]] == []
    assert all(rows[name]["mend"] for name in ("sandbox", "seccomp", "account"))
