"""bubblewrap is used where it works, and nothing breaks where it does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partydoc.ocr import bubble
from partydoc.ocr.process import Confined


@pytest.fixture(autouse=True)
def forgotten():
    bubble.missing.cache_clear()
    yield
    bubble.missing.cache_clear()


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put another bwrap before the real one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "bwrap").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_it_is_missing_where_it_is_not_installed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubble.missing() == "not-installed"


@pytest.mark.parametrize(("switch", "reason"), [("1\n", "apparmor"), ("0\n", "failed")])
def test_a_trial_that_fails_says_why(tmp_path, monkeypatch, switch, reason):
    program(tmp_path, monkeypatch, "echo 'setting up uid map: Permission denied' >&2; exit 1")
    (tmp_path / "switch").write_text(switch)
    monkeypatch.setattr(bubble, "_APPARMOR", tmp_path / "switch")
    assert bubble.missing() == reason


def test_it_is_tried_once_a_run(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, f"echo tried >> {tmp_path}/tries; exit 1")
    assert bubble.missing() == bubble.missing() == "failed"
    assert (tmp_path / "tries").read_text() == "tried\n"


def test_a_process_is_started_without_it_where_it_fails(tmp_path, monkeypatch):
    program(tmp_path, monkeypatch, "exit 1")
    child = Confined("inspect", tmp_path / "desk", {})
    child.start()
    try:
        assert "refusal" in child.ask({"name": "none", "file_name": ""}, 20)
    finally:
        child.kill()


def test_a_folder_that_it_cannot_show_is_found_out(tmp_path):
    assert bubble.missing(tmp_path / "not-there") is not None


def test_folders_in_folders_are_shown_once():
    command = bubble.around(["true"], Path("/x"), [Path("/x/tmp")], [Path("/usr/share/tessdata")])
    assert "/usr/share/tessdata" not in command
    assert command.count("/x/tmp") == 2 and command[-2:] == ["--", "true"]
