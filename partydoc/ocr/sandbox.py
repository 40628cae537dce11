"""What a process that opens other people's files may do: read programs, write its own folder.

Landlock (Linux 5.13 and later) needs no privilege and holds for all children. Where the kernel
lacks it the process runs with its limits only, and `partydoc doctor` says so.
"""

from __future__ import annotations

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

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38

# linux/landlock.h: LANDLOCK_ACCESS_FS_*
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_ALL_OF_ABI_1 = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_READ_AND_RUN = _EXECUTE | _READ_FILE | _READ_DIR

_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc")
_DEVICES_AND_FACTS = ("/dev/zero", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo")

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
    """Set the limits of this process and its children, in bytes; no core files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor(seconds: int) -> None:
    """Let this process use so many seconds more; then the kernel ends it with SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(usage.ru_utime + usage.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def confine(folder: Path, readable: Iterable[Path] = ()) -> bool:
    """Lock this process in for good; return False where the kernel has no Landlock.

    `folder` stays readable and writable, programs, libraries and `readable` can be read and
    run; nothing else can be opened, and no TCP connection be made.
    """
    version = landlock_version()
    if not version:
        return False
    rights = _ALL_OF_ABI_1
    rights |= _REFER if version >= 2 else 0
    rights |= _TRUNCATE if version >= 3 else 0
    rights |= _IOCTL_DEV if version >= 5 else 0
    ruleset = _create_ruleset(version, rights)
    _allow(ruleset, folder, rights)
    _allow(ruleset, Path("/dev/null"), rights & (_READ_FILE | _WRITE_FILE | _TRUNCATE))
    for path in [*map(Path, _SYSTEM), *_python_folders(), *readable]:
        _allow(ruleset, path, _READ_AND_RUN)
    for name in _DEVICES_AND_FACTS:
        _allow(ruleset, Path(name), _READ_FILE)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _check(_libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)
    return True


def _create_ruleset(version: int, rights: int) -> int:
    network = 3 if version >= 4 else 0  # bind and connect
    scope = 3 if version >= 6 else 0  # abstract sockets and signals outside
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


def _python_folders() -> list[Path]:
    here = Path(__file__).resolve().parent.parent
    packages = [Path(p) for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    return [here, Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix), *packages]


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
