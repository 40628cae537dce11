"""Calls that no reader of documents needs are refused, in the process and in its children."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partydoc.ocr import syscalls

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not syscalls.known(), reason="another kind of processor")


def refused(code: str, *, signals: bool = False) -> subprocess.CompletedProcess[str]:
    """Run code behind the filter."""
    start = (
        "import ctypes, os, subprocess, sys; from partydoc.ocr import syscalls;"
        "ctypes.CDLL(None).prctl(38, 1, 0, 0, 0);"
        f"print(syscalls.refuse(signals={signals}));"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", start + code],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_UNIX)",
        "os.setpgid(0, 0)",
        "os.truncate('/dev/null', 0)",
        "os.chmod('/dev/null', 0o666)",
        "os.utime('/dev/null')",
        "os.fchmod(os.open('/dev/null', os.O_RDONLY), 0o666)",
        "os.fchown(os.open('/dev/null', os.O_RDONLY), -1, -1)",
        "os.setxattr(os.open('/dev/null', os.O_RDONLY), 'user.x', b'')",
        "os.mkfifo('pipe')",
        "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
        "os.setpriority(os.PRIO_PROCESS, 0, 19)",
        "os.sched_setaffinity(0, {0})",
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)",
    ],
)
def test_a_call_is_refused(code):
    run = refused(code)
    assert run.stdout == "True\n"
    assert "PermissionError" in run.stderr or "Operation not permitted" in run.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import threading; one = threading.Thread(target=print); one.start(); one.join()",
        "subprocess.run(['true'], check=True)",
        "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
        "import socket; socket.socketpair()",
        "one = subprocess.Popen(['sleep', '9']); one.kill(); assert one.wait() == -9",
    ],
)
def test_what_reading_needs_is_allowed(code):
    run = refused(code)
    assert run.returncode == 0, run.stderr


def test_signals_to_others_are_refused_where_nothing_else_stops_them():
    assert "PermissionError" in refused("os.kill(os.getppid(), 0)", signals=True).stderr
    assert refused("os.abort()", signals=True).returncode == -6


def test_namespaces_are_refused_by_either_call():
    assert "-1" in refused("print(ctypes.CDLL(None).unshare(0x10000000))").stdout
    clone = "print(ctypes.CDLL(None).syscall({}, 0x10000011, 0, 0, 0, 0))"
    number = 56 if os.uname().machine == "x86_64" else 220
    assert "-1" in refused(clone.format(number)).stdout
