"""A process that opens other people's files reaches nothing but its own folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partydoc.ocr import sandbox_available
from partydoc.ocr.process import Confined

ROOT = Path(__file__).resolve().parents[2]

needs_landlock = pytest.mark.skipif(
    not sandbox_available(), reason="this kernel has no Landlock (Linux 5.13)"
)


def confined(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a confined process that stands in `folder`."""
    start = (
        "import sys, os; from pathlib import Path; from partydoc.ocr import sandbox;"
        "sandbox.children_die_too(); sandbox.limit(1 << 30); sandbox.confine([Path.cwd()]);"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", start + code],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip


@needs_landlock
def test_own_folder_is_writable_and_nothing_else_readable(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text("mật")
    code = f"open('a', 'w').write('x'); print(open('a').read()); open({str(outside)!r})"
    run = confined(own, code)
    assert run.stdout == "x\n"
    assert "PermissionError" in run.stderr


@needs_landlock
@pytest.mark.parametrize(
    "code",
    [
        "open('{0}/new', 'w')",
        "os.listdir('{0}')",
        "os.link('{0}/outside.txt', 'linked')",
        "os.rename('{0}/outside.txt', 'moved')",
        "os.unlink('{0}/outside.txt')",
        "os.symlink('{0}/outside.txt', 'l'); open('l')",
        "import subprocess; subprocess.run(['cat', '{0}/outside.txt'], check=True)",
        "open('/proc/1/cmdline')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('/etc/passwd')",
        "os.mkfifo('pipe')",
        "open('run', 'w').write('#!/bin/sh'); os.fchmod(os.open('run', 0), 0o755);"
        "os.execv('./run', ['run'])",
    ],
)
def test_ways_out_are_shut(tmp_path, code):
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "outside.txt").write_text("mật")
    run = confined(own, code.format(tmp_path))
    assert run.returncode != 0
    assert "ermission" in run.stderr or "cross-device" in run.stderr or "Called" in run.stderr
    assert (tmp_path / "outside.txt").read_text() == "mật"
    assert {entry.name for entry in tmp_path.iterdir()} == {"outside.txt", "own"}


@needs_landlock
def test_programs_still_run(tmp_path):
    run = confined(tmp_path, "import subprocess; subprocess.run(['pdftoppm', '-v'], check=True)")
    assert run.returncode == 0, run.stderr


def test_memory_is_limited(tmp_path):
    assert "MemoryError" in confined(tmp_path, "bytearray(2 << 30)").stderr


def test_the_number_of_tasks_is_limited(tmp_path):
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_NPROC))"
    soft, hard = map(int, confined(tmp_path, code).stdout.strip("()\n").split(","))
    assert 256 < soft == hard


def test_no_core_is_written_anywhere(tmp_path):
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert confined(tmp_path, code).stdout == "(1, 1)\n"
    assert confined(tmp_path, "os.abort()").returncode == -6
    assert not list(tmp_path.iterdir())


def test_limits_cannot_be_raised_again_not_even_by_root(tmp_path):
    code = "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"
    assert confined(tmp_path, code).returncode != 0


@pytest.fixture
def child(tmp_path):
    child = Confined("inspect", tmp_path / "desk", {})
    child.start()
    yield child
    child.kill()


def test_no_descriptor_of_the_parent_is_inherited(child, tmp_path):
    lock = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    os.set_inheritable(lock, True)
    child.kill()
    child.start()
    child.ask({"name": "none", "file_name": ""}, 20)
    open_files = [str(link.readlink()) for link in Path(f"/proc/{child.pid}/fd").iterdir()]
    os.close(lock)
    assert not [name for name in open_files if name.endswith("/lock")]


def test_folder_is_private(child):
    assert child.folder.stat().st_mode & 0o777 == 0o700


def test_child_dies_with_a_parent_that_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from partydoc.ocr.process import Confined\n"
        f"child = Confined('inspect', Path({str(tmp_path / 'desk')!r}), {{}}); child.start()\n"
        "child.ask({'name': 'none', 'file_name': ''}, 20); print(child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(pid)


def gone(pid: int) -> bool:
    """Wait until a process is dead or only waits to be reaped."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
