"""Hold is its owner's alone, nothing is for everybody, and readers need no right to write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import desk
import pytest
from every_state import bring

from partydoc import indexing
from torture import modes


def test_no_path_of_an_archive_with_documents_in_every_state_is_for_everybody(
    fast_disk: Path,
) -> None:
    with modes.umask(0o027):  # that of the program, see below
        archive = desk.new_archive(fast_disk / "a")
        with desk.at_work(archive) as opened:
            states = {outcome.outcome for outcome in bring(opened)}
            indexing.bring_up_to_date(opened)
    assert {"archived", "held", "awaiting-class", "original-only"} <= states
    assert modes.wrong(archive.root) == []


@pytest.mark.parametrize("mask", ["000", "022", "077"])
def test_the_umask_of_whoever_types_does_not_matter(tmp_path: Path, mask: str) -> None:
    command = [sys.executable, "-m", "partydoc", "init", str(tmp_path / "a"), "-q"]
    with modes.umask(int(mask, 8)):
        subprocess.run([*command, "--network", "connected"], check=True)
    assert modes.wrong(tmp_path / "a") == []


@pytest.mark.parametrize(
    ("path", "mode", "said"),
    [
        ("partydoc.toml", 0o644, "everybody"),
        ("hold", 0o750, "its owner's alone"),
        ("quarantine", 0o750, "its owner's alone"),
        ("store", 0o770, "others may write"),
        ("catalogue.sqlite", 0o600, "whoever may read cannot"),
        ("store/ocfl_layout.json", 0o640, "by mistake"),
    ],
)
def test_a_wrong_mode_is_seen(fast_disk: Path, path: str, mode: int, said: str) -> None:
    with modes.umask(0o027):
        archive = desk.new_archive(fast_disk / "a")
    (archive.root / path).chmod(mode)
    assert any(said in one for one in modes.wrong(archive.root))
