"""What a process that opens other people's files may do: read programs, write its own folder.

Landlock (Linux 5.13 and later) needs no privilege and holds for all children, and so does the
filter of `syscalls`. Where the kernel lacks them the process runs with its limits only, and
`partydoc doctor` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from partydoc.ocr import syscalls

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38

#: In a bubble this process, bubblewrap's own, has started all others.
FIRST_PROCESS = 1
_SIGNALS_FROM = 6  # this version keeps signals and abstract sockets inside

_CAPABILITY_VERSION, _CAP_DAC_READ_SEARCH = 0x20080522, 1 << 2

# linux/landlock.h: LANDLOCK_ACCESS_FS_*
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_REMOVE_FOLDER, _REMOVE_FILE, _MAKE_FOLDER, _MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_ALL_OF_ABI_1 = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_READ = _READ_FILE | _READ_DIR
_READ_AND_RUN = _EXECUTE | _READ
#: Plain files and folders only: neither programs nor links, pipes, sockets or devices.
_OWN = (
    _READ | _WRITE_FILE | _TRUNCATE | _REFER
    | _REMOVE_FOLDER | _REMOVE_FILE | _MAKE_FOLDER | _MAKE_FILE
)  # fmt: skip

_SYSTEM = (
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives",
    "/etc/fonts", "/etc/localtime",
)  # fmt: skip
_DEVICES_AND_FACTS = ("/dev/zero", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo")

#: Tasks that the machine may have more than at the start: so many has no reader, but a fork bomb.
_MORE_TASKS = 256
#: Of file systems and of pipes to programs that collect cores, only this limit stops both.
_NO_CORE = 1

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]

_libc = ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """Return the kernel's Landlock ABI, 0 where there is none."""
    return max(0, _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG))


def sandbox_available() -> bool:
    """Tell whether readers are confined to their own folder on this machine."""
    return landlock_version() > 0


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit(memory: int, file_size: int = 2 << 30) -> None:
    """Set the limits of this process and its children, in bytes; no core files, no fork bombs.

    The number of processes is not limited for root, whatever is set. Where the memory of the
    machine runs out this process is the first to go.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (_NO_CORE, _NO_CORE))
    _limit_tasks()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _limit_tasks() -> None:
    """Count all tasks of the machine: those of one account are no more."""
    tasks = int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])
    most = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    allowed = tasks + _MORE_TASKS
    if most != resource.RLIM_INFINITY:
        allowed = min(allowed, most)
    resource.setrlimit(resource.RLIMIT_NPROC, (allowed, allowed))


def limit_processor(seconds: int) -> None:
    """Let this process use so many seconds more; then the kernel ends it with SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(usage.ru_utime + usage.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def confine(
    writable: Iterable[Path], readable: Iterable[Path] = (), *, bubbled: bool = False
) -> bool:
    """Lock this process in for good; return False where the kernel has no Landlock.

    The folders `writable` can be read and written, programs and libraries be read and run,
    `readable` be read; nothing else can be opened, no connection be made, no session be left.
    `bubbled`: it sees no other processes anyway.
    """
    version = landlock_version()
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _renounce()
    if version:
        _restrict(version, writable, readable)
    syscalls.refuse(signals=version < _SIGNALS_FROM and not bubbled)
    return bool(version)


def _renounce() -> None:
    """Give up what root may do beyond others, such as raising its limits, but for reading."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    held = ctypes.create_string_buffer(24)
    _check(_libc.capget(header, held))
    kept = struct.unpack("=6I", held.raw)[1] & _CAP_DAC_READ_SEARCH
    _check(_libc.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0)))


def _restrict(version: int, writable: Iterable[Path], readable: Iterable[Path]) -> None:
    rights = _ALL_OF_ABI_1
    rights |= _REFER if version >= 2 else 0
    rights |= _TRUNCATE if version >= 3 else 0
    rights |= _IOCTL_DEV if version >= 5 else 0
    ruleset = _create_ruleset(version, rights)
    for path in writable:
        _allow(ruleset, path, rights & _OWN)
    _allow(ruleset, Path("/dev/null"), rights & (_READ_FILE | _WRITE_FILE | _TRUNCATE))
    for path in programs():
        _allow(ruleset, path, _READ_AND_RUN)
    for path in [*map(Path, _DEVICES_AND_FACTS), *readable]:
        _allow(ruleset, path, _READ)
    _check(_libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _create_ruleset(version: int, rights: int) -> int:
    network = 3 if version >= 4 else 0  # bind and connect
    scope = 3 if version >= _SIGNALS_FROM else 0  # abstract sockets and signals outside
    attributes = struct.pack("=QQQ", rights, network, scope)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    return _check(_libc.syscall(_CREATE_RULESET, attributes[:size], ctypes.c_size_t(size), 0))


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        if not path.is_dir():
            rights &= _FILE_RIGHTS
        rule = struct.pack("=Qi", rights, handle)
        _check(_libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0))
    finally:
        os.close(handle)


def programs() -> list[Path]:
    """Return what has to be there to run Python and other programs: code, none of it secret."""
    here = Path(__file__).resolve().parent.parent
    packages = [Path(p) for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    python = [here, Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix), *packages]
    return [*map(Path, _SYSTEM), *python]


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process of this folder; nothing else is handed on."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **kept,
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(_PACKAGE_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "HOME": str(folder / "tmp"),
        "TMPDIR": str(folder / "tmp"),
        "OMP_THREAD_LIMIT": "1",  # two threads on a busy core are five times slower than one
    }


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def children_die_too() -> None:
    """Have every program that this process starts die with it, whoever starts it."""

    class Mortal(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **options: Any) -> None:
            options.setdefault("preexec_fn", die_with_parent)
            super().__init__(*args, **options)

    subprocess.Popen = Mortal  # type: ignore[misc]
