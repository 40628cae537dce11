"""A confined process is asked and answers; whatever else it does, its parent goes on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from test_sandbox import gone

from partydoc.ocr import bubble
from partydoc.ocr.process import Confined

bubbles = [False] if bubble.missing() else [False, True]

_TAKEN_OVER = """
import json, os, subprocess, sys, time
from partydoc.ocr import worker
def handle(request):
    exec(request["code"], globals())
    return {"said": globals().get("said")}
worker._handler = lambda *_: handle
worker.main()
"""


class TakenOver(Confined):
    """A process that does what it is sent."""

    program = ("-P", "-c", _TAKEN_OVER)


@pytest.fixture(params=bubbles, ids=["alone", "bubbled"][: len(bubbles)])
def child(request, tmp_path):
    child = TakenOver("read", tmp_path / "desk", {}, memory=1 << 30, bubbled=request.param)
    child.start()
    yield child
    child.kill()


def does(child: Confined, code: str) -> object:
    return child.ask({"code": code}, 20)["said"]


def test_it_is_asked_and_answers(child):
    assert does(child, "said = 1 + 1") == 2
    assert child.running and child.memory() > 0


@pytest.mark.parametrize(
    "line", ["b'[' * 100_000", "b'{'", "b'\\xff'", "b'9' * 5_000", "b'{\"a\":' * 50_000"]
)
def test_an_answer_that_is_none_is_taken_for_death(child, line):
    child.kill()
    child.program = ("-P", "-c", f"print({line}.decode('latin-1')); input(); input()")
    child.start()
    with pytest.raises(EOFError):
        child.ask({}, 20)


def test_an_answer_without_end_is_taken_for_death(child):
    child.kill()
    child.program = ("-P", "-c", "import os\nwhile True: os.write(1, b'x' * 4096)")
    child.start()
    with pytest.raises(EOFError):
        child.ask({}, 20)


def test_the_clock_of_the_parent_counts(child):
    with pytest.raises(TimeoutError):
        child.ask({"code": "time.sleep(60)"}, 0.5)


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_the_signal_that_ended_it_is_told(child, number):
    pid = child.pid if does(child, "said = True") else 0
    os.kill(pid, number)
    with pytest.raises(EOFError):
        child.ask({"code": ""}, 20)
    assert child.kill() == -number
    assert child.kill() is None and not child.running and child.pid == 0


def test_children_of_it_are_killed_with_it(child, tmp_path):
    mark = str(tmp_path)
    does(child, f"said = bool(subprocess.Popen(['sleep', '97'], env={{'MARK': {mark!r}}}))")
    sleeping = [pid for pid in running() if environment(pid) == f"MARK={mark}\0"]
    assert sleeping
    child.kill()
    assert all(gone(pid) for pid in sleeping)


def running() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def environment(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/environ").read_text("utf-8", "replace")
    except OSError:
        return ""


def test_nothing_of_the_environment_is_handed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("PARTYDOC_SECRET", "word")
    child = TakenOver("read", tmp_path / "desk", {})
    child.start()
    said = does(child, "said = dict(os.environ)")
    child.kill()
    assert "PARTYDOC_SECRET" not in said and said["TMPDIR"] == str(tmp_path / "desk" / "tmp")


def test_its_own_folders_stay_where_they_are(child):
    code = "os.rename('job', 'tmp/job'); os.symlink('/etc', 'job')"
    assert "said" not in child.ask({"code": code}, 20)
    assert (child.folder / "job").is_dir() and not (child.folder / "job").is_symlink()


def test_a_process_that_does_not_start_is_dead(tmp_path):
    child = TakenOver("read", tmp_path / "desk", {}, bubbled=False)
    child.program = ("-c", "raise SystemExit(3)")
    child.start()
    time.sleep(0.1)
    with pytest.raises(EOFError):
        child.ask({}, 20)
    assert child.kill() == 3


@pytest.mark.skipif(not bubbles[1:], reason="bubblewrap does not work here")
def test_a_bubble_shows_no_processes_and_no_files_of_others(child, tmp_path):
    (tmp_path / "file").write_text("x")
    if child._first:
        assert does(child, f"said = os.path.exists({str(tmp_path / 'file')!r})") is False
        assert does(child, "said = os.getppid()") == 1
