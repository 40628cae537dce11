"""The doctor says how well documents are kept apart from the machine, and how to do better."""

from __future__ import annotations

import os

import desk
import pytest
import test_crash as crash
from conftest import Run

from partydoc import doctor, ocr
from partydoc.ocr import Protection

NOBODY = 65534
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


@pytest.mark.parametrize("whose", ["its own", "another's", "opened to others"])
def test_files_of_which_nobody_can_say_who_writes_them_are_told(run: Run, fast_disk, whose) -> None:
    if os.geteuid() != 0:
        pytest.fail("NOT CHECKED: only root can become somebody else")
    archive = desk.new_archive(fast_disk / "a")
    (archive.inbox / "x.pdf").write_bytes(b"half")
    (archive.inbox / "x.pdf").chmod(0o664)
    fast_disk.chmod(0o755)
    assert "inbox" not in names(run("-a", archive.root, "doctor", "--json").lines)
    for path in (archive.root, *archive.root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    if whose == "another's":
        os.chown(archive.inbox / "x.pdf", 0, NOBODY)
    elif whose == "opened to others":
        (archive.inbox / "x.pdf").unlink()
        archive.inbox.chmod(0o2770)

    def look() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        told = [symptom for symptom in doctor._inbox(archive) if symptom.wrong]
        assert [symptom.name for symptom in told] == ([] if whose == "its own" else ["inbox"])
        assert all("10 minutes" in one.mend and "force user" in one.mend for one in told)
        assert not any(symptom.needed for symptom in told)

    assert crash.in_child(look) == 0


def names(lines: list[dict[str, object]]) -> list[object]:
    return [line["name"] for line in lines]
