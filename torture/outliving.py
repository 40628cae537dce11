"""Attempts on other processes, on the machine, and to live on when the parent ends it all."""

# ruff: noqa: PTH101, PTH104, PTH108, PTH123, PTH208, PTH211

from __future__ import annotations

from torture.attempt import Known, attempt


@attempt("reading the memory of another process")
def memory(known: Known) -> bool:
    with open(f"/proc/{known['victim']}/mem", "rb"):
        return True


@attempt("reading the environment of another process")
def environment(known: Known) -> bool:
    with open(f"/proc/{known['victim']}/environ", "rb") as file:
        return bool(file.read())


@attempt("reading the command lines of all processes")
def command_lines(known: Known) -> bool:
    with open(f"/proc/{known['victim']}/cmdline", "rb") as file:
        return bool(file.read())


@attempt("ptrace of another process")
def ptrace(known: Known) -> bool:
    import ctypes

    call = ctypes.CDLL(None).ptrace
    seize = 0x4206
    return bool(call(seize, known["victim"], None, None) == 0)


@attempt("killing another process", judged="victim_dead")
def kill(known: Known) -> bool:
    import os

    os.kill(known["victim"], 9)
    return True


@attempt("a signal to all processes of the account, one that most ignore", judged="victim_dead")
def signal_all(known: Known) -> bool:
    import os
    import signal

    os.kill(known["victim"] if known["naked"] else -1, signal.SIGURG)
    return True


@attempt("taking away the limits of another process")
def limits_of_others(known: Known) -> bool:
    import resource

    soft, hard = resource.prlimit(known["victim"], resource.RLIMIT_NOFILE)
    resource.prlimit(known["victim"], resource.RLIMIT_NOFILE, (soft, hard))
    return True


@attempt("descriptors of the parent")
def descriptors(known: Known) -> bool:
    import os

    for number in range(3, 512):
        try:
            if os.fstat(number).st_ino == known["inode"]:
                return True
        except OSError:
            continue
    return False


@attempt("a program of its own")
def program(known: Known) -> bool:
    import os
    import subprocess

    with open("tmp/program", "w") as file:
        file.write("#!/bin/sh\nexit 0\n")
    handle = os.open("tmp/program", os.O_RDONLY)
    os.fchmod(handle, 0o700)
    os.close(handle)
    return subprocess.run(["tmp/program"]).returncode == 0


@attempt("more rights by a setuid program")
def setuid(known: Known) -> bool:
    import ctypes

    no_new_privileges = 39
    return ctypes.CDLL(None).prctl(no_new_privileges, 0, 0, 0, 0) == 0


@attempt("namespaces of its own, with the rights of root in them", proven=False)
def namespaces(known: Known) -> bool:
    import ctypes

    user = 0x10000000
    return bool(ctypes.CDLL(None).unshare(user) == 0)


@attempt("a session of its own")
def session(known: Known) -> bool:
    import os

    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.wait()[1]) == 0


@attempt("a daemon that survives", judged="survived")
def daemon(known: Known) -> bool:
    import contextlib
    import os
    import sys

    if os.fork() == 0:
        with contextlib.suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            os.execv(sys.executable, [sys.executable, "-c", known["sleep"], known["mark"]])
        os._exit(0)
    os.wait()
    return True


@attempt("a timer that outlives the clock of the parent", judged="survived")
def timer(known: Known) -> bool:
    import contextlib
    import os
    import signal
    import sys

    if os.fork() == 0:
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            with contextlib.suppress(OSError, ValueError):
                signal.signal(number, signal.SIG_IGN)
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        os.execv(sys.executable, [sys.executable, "-c", known["sleep"], known["mark"]])
    return True


@attempt("fork bomb", judged="bombed")
def fork_bomb(known: Known) -> bool:
    import os
    import time

    made = 0
    try:
        while made < known["bomb"]:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            made += 1
    finally:
        with open("tmp/made", "w") as file:
            file.write(str(made))
    return True


@attempt("memory bomb")
def memory_bomb(known: Known) -> bool:
    import mmap

    mmap.mmap(-1, known["memory"] * 2).close()
    return True


@attempt("file bomb")
def file_bomb(known: Known) -> bool:
    import os
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("tmp/bomb", "wb") as file:
        os.ftruncate(file.fileno(), 3 << 30)
    return True


@attempt("raising its own limits")
def own_limits(known: Known) -> bool:
    import resource

    endless = resource.RLIM_INFINITY, resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_AS, endless)
    resource.setrlimit(resource.RLIMIT_FSIZE, endless)
    return True


@attempt("core dump")
def core(known: Known) -> bool:
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)[1] not in (0, 1)


@attempt("a file in /dev/shm", judged="in_shared_memory")
def shared_file(known: Known) -> bool:
    with open("/dev/shm/" + known["mark"], "w") as file:
        file.write("secret")
    return True


@attempt("System V memory that outlives the process", judged="system_v_left")
def system_v(known: Known) -> bool:
    import ctypes

    create = 0o1600
    return bool(ctypes.CDLL(None).shmget(known["key"], 4096, create) >= 0)


@attempt("a file in /tmp", judged="in_tmp")
def temporary(known: Known) -> bool:
    with open("/tmp/" + known["mark"], "w") as file:
        file.write("secret")
    return True


@attempt("io_uring, which goes round system calls", proven=False)
def ring(known: Known) -> bool:
    import ctypes

    setup, parameters = 425, ctypes.create_string_buffer(120)
    return bool(ctypes.CDLL(None).syscall(setup, 1, parameters) >= 0)


@attempt("watching the store")
def watching(known: Known) -> bool:
    import ctypes

    library = ctypes.CDLL(None)
    return bool(library.inotify_add_watch(library.inotify_init1(0), known["store"].encode(), 2) > 0)
