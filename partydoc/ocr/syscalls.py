"""What a process that opens other people's files may not ask the kernel for, whatever it becomes.

A filter (seccomp, Linux 3.17 and later) needs no privilege and holds for all children. It closes
what Landlock leaves open, much of it in older kernels only: UDP and Unix sockets, a session of its
own that outlives the group, looking into other processes and setting their limits, emptying files
by name and changing the modes of those that it may only read, and ways into the kernel that no
reader of documents needs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)

_SET_FILTER, _NO_SLOWER = 1, 4  # SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _IS, _FROM, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # in struct seccomp_data, little endian
#: CLONE_NEW*: namespaces, in which an ordinary process has rights that it has nowhere else.
_NAMESPACES = 0x7E020000
#: From here on x86-64 has a second table of the same calls (x32).
_X32 = 0x40000000

#: call: its number on x86-64, and on the architectures with the common table (aarch64).
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # talking to anybody: networks, other programs, queues and memory that outlive a process
    "socket": (41, 198), "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180), "io_uring_setup": (425, 425),
    # changing files that it cannot open, or only read
    "truncate": (76, 45), "chmod": (90, None), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchownat": (260, 54), "setxattr": (188, 5),
    "lsetxattr": (189, 6), "removexattr": (197, 14), "lremovexattr": (198, 15),
    "fchmod": (91, 52), "fchown": (93, 55), "fsetxattr": (190, 7), "fremovexattr": (199, 16),
    "setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "mknod": (133, None), "mknodat": (259, 33),
    # watching what others do with files
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    # programs that stand in no file
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # leaving the group that is killed as a whole
    "setsid": (112, 157), "setpgid": (109, 154),
    # looking into other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "kcmp": (312, 272), "process_madvise": (440, 440),
    # holding other processes up
    "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "move_pages": (279, 239), "migrate_pages": (256, 238),
    # another view of the system
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    # the kernel itself
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162), "personality": (135, 92), "iopl": (172, None),
    "ioperm": (173, None), "modify_ldt": (154, None),
}  # fmt: skip
#: Signals to any process; `tgkill` to oneself is how a program aborts.
_SIGNALS: dict[str, tuple[int | None, int | None]] = {
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424),
}  # fmt: skip
_TGKILL, _PRLIMIT, _CLONE, _CLONE3 = (234, 131), (302, 261), (56, 220), (435, 435)
_SECCOMP = 317, 277
#: Machine: AUDIT_ARCH_* and the column above.
_MACHINES: dict[str, tuple[int, int]] = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

_Rule = tuple[int, int, int, int]
_EPERM: _Rule = (_RETURN, 0, 0, _ERROR | errno.EPERM)


def known() -> bool:
    """Tell whether the calls of this machine's processor are known here."""
    return os.uname().machine in _MACHINES


def refuse(*, signals: bool) -> bool:
    """Refuse the calls for this process and its children, for good; False where it cannot be.

    `signals`: also those to others, its own children among them, where nothing else stops them.
    PR_SET_NO_NEW_PRIVS must be set already.
    """
    if not known():
        return False
    architecture, column = _MACHINES[os.uname().machine]
    rules = b"".join(struct.pack("=HBBI", *rule) for rule in _rules(architecture, column, signals))
    buffer = ctypes.create_string_buffer(rules, len(rules))
    program = struct.pack("=H6xQ", len(rules) // 8, ctypes.addressof(buffer))
    return bool(_libc.syscall(_SECCOMP[column], _SET_FILTER, _NO_SLOWER, program) == 0)


def _rules(architecture: int, column: int, signals: bool) -> list[_Rule]:
    """Return the filter in the kernel's language (classic BPF); all that is not named may pass."""
    rules = [
        (_LOAD, 0, 0, _ARCHITECTURE), (_IS, 1, 0, architecture), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]  # fmt: skip
    if column == 0:
        rules += [(_FROM, 0, 1, _X32), _EPERM]
    for numbers in [*_REFUSED.values(), *(_SIGNALS.values() if signals else ())]:
        if (number := numbers[column]) is not None:
            rules += [(_IS, 0, 1, number), _EPERM]
    rules += _refused_unless(_PRLIMIT[column], (_IS, 1, 0, 0))  # 0: the caller itself
    rules += _refused_unless(_CLONE[column], (_ANY_BIT, 0, 1, _NAMESPACES))
    if signals:
        rules += _refused_unless(_TGKILL[column], (_IS, 1, 0, os.getpid()))
    # Its flags lie in memory, where a filter cannot look; libraries fall back on `clone`.
    rules += [(_IS, 0, 1, _CLONE3[column]), (_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    return [*rules, (_RETURN, 0, 0, _ALLOW)]


def _refused_unless(number: int, passes: _Rule) -> list[_Rule]:
    """Refuse a call unless a test of its first argument jumps over the refusal."""
    first_argument, again = (_LOAD, 0, 0, _FIRST_ARGUMENT), (_LOAD, 0, 0, _NUMBER)
    return [(_IS, 0, 4, number), first_argument, passes, _EPERM, again]
