"""Looking for what is missing or wrong on the machine and in the archive."""

from __future__ import annotations

import importlib.metadata
import itertools
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc import ocr
from partydoc.archive import apart, audit, inbox, lease
from partydoc.archive.root import Archive
from partydoc.indexing import has_engine
from partydoc.language import _
from partydoc.prints import fonts

_INSTALL = "sudo apt install bubblewrap"
#: So many files of the inbox are looked at.
_FILES = 1000
_SHOW = "bwrap --unshare-all --ro-bind / / true"
#: Ubuntu 24.04 has the profile in a package of its own, Ubuntu 25.04 and later in apparmor.
_PROFILE = "bwrap-userns-restrict"
_ALLOW = (
    "sudo apt install apparmor-profiles && sudo install -m 644 -t /etc/apparmor.d"
    f" /usr/share/apparmor/extra-profiles/{_PROFILE}"
    f" && sudo apparmor_parser -r /etc/apparmor.d/{_PROFILE}"
)


@dataclass(frozen=True)
class Symptom:
    """One thing that was looked at: what, how it is, whether that is wrong, and how to mend it."""

    name: str
    state: str
    wrong: bool = False
    needed: bool = False
    mend: str = ""

    def line(self) -> str:
        """Return it for people."""
        mark = ("✗" if self.needed else "!") if self.wrong else "✓"
        return f"{mark} {self.name}: {self.state}" + (f". {self.mend}" if self.mend else "")

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `doctor --json`."""
        return {
            "version": 1,
            "name": self.name,
            "state": self.state,
            "ok": not self.wrong,
            "needed": self.needed,
            "mend": self.mend or None,
        }


def examine(archive: Archive | None) -> list[Symptom]:
    """Look at everything; the archive's part only where there is one."""
    symptoms = [*_tools(archive), *_python(), _font(), *_sandbox(archive)]
    if archive:
        symptoms += [*_archive(archive), *_inbox(archive), *_modes(archive)]
    return symptoms


def _tools(archive: Archive | None) -> Iterator[Symptom]:
    languages = archive.settings.languages if archive else ("vie",)
    for tool in ocr.survey(languages):
        if tool.version is not None:
            yield Symptom(tool.name, tool.version or _("installed"), needed=tool.needed)
        else:
            mend = _("Install it: {command}").format(command=tool.install)
            yield Symptom(tool.name, _("missing"), True, tool.needed, mend)


def _python() -> Iterator[Symptom]:
    yield Symptom("python", sys.version.split()[0])
    yield Symptom("sqlite", sqlite3.sqlite_version)
    if has_engine("tantivy"):
        yield Symptom("tantivy", importlib.metadata.version("tantivy"))
    else:
        mend = _("Install it: {command}").format(command='pip install "partydoc[fast]"')
        yield Symptom("tantivy", _("missing"), True, False, mend)


def _font() -> Symptom:
    if fonts.installed():
        return Symptom(fonts.FAMILY, _("installed"))
    mend = _("Install it: {command}").format(command=fonts.INSTALL)
    mend += " " + _("Without it finding aids cannot be printed as PDF.")
    return Symptom(fonts.FAMILY, _("missing"), True, False, mend)


def _sandbox(archive: Archive | None) -> Iterator[Symptom]:
    ours = archive and os.access(archive.desk, os.W_OK | os.X_OK)  # else it is tried elsewhere
    found = ocr.protection(archive.desk if archive and ours else None)
    if found.landlock:
        yield Symptom("sandbox", _("documents are read behind Landlock"))
    else:
        mend = _("Use Linux 5.13 or newer with Landlock switched on.")
        yield Symptom("sandbox", _("the kernel has no Landlock"), True, False, mend)
    yield _bubblewrap(found)
    if not found.filtered:
        state = _("no system calls are refused on this kind of processor")
        mend = _("Use a machine with an x86-64 or a 64-bit ARM processor.")
        yield Symptom("seccomp", state, True, False, mend)
    if found.root:
        state = _("root: the number of processes that a document starts is not limited")
        mend = _("Run it as an account of its own, not as root.")
        yield Symptom("account", state, True, False, mend)


def _bubblewrap(found: ocr.Protection) -> Symptom:
    if found.no_bubble is None:
        return Symptom("bubblewrap", _("documents are read in namespaces of their own"))
    if found.no_bubble == "not-installed":
        state, mend = _("missing"), _("Install it: {command}").format(command=_INSTALL)
    elif found.no_bubble == "apparmor":
        state = _("installed, but AppArmor does not let it work")
        mend = _("Allow it: {command}").format(command=_ALLOW)
    else:
        state = _("installed, but it does not work on this machine")
        mend = _("See why: {command}").format(command=_SHOW)
    mend += " " + _("Without it a harmful document could learn which files there are.")
    return Symptom("bubblewrap", state, True, False, mend)


def _archive(archive: Archive) -> Iterator[Symptom]:
    settings = archive.settings
    yield Symptom("archive", f"{archive.root} ({settings.network}, {settings.engine})")
    if not has_engine(settings.engine):
        mend = _('Install it: pip install "partydoc[fast]"; or: partydoc index --engine whoosh')
        yield Symptom(settings.engine, _("missing"), True, True, mend)
    if folder := apart.apart(archive):
        yield Symptom("file system", apart.state(folder), True, True, apart.mend())
    free = shutil.disk_usage(archive.root).free
    mend = _("Make room before the next batch.") if free < 2 << 30 else ""
    yield Symptom(
        "disk", _("{gib:.1f} GiB free").format(gib=free / (1 << 30)), bool(mend), mend=mend
    )


def _inbox(archive: Archive) -> Iterator[Symptom]:
    """The kernel tells only the owner of a file, and root, who still writes it."""
    if os.access(archive.inbox, os.R_OK | os.W_OK | os.X_OK) and _is_of_others(archive.inbox):
        minutes = round(lease.patience(archive.settings.quiet) / 60)
        state = _("who still writes files of other accounts or machines there cannot be seen")
        mend = _(
            "Such files wait {n} minutes. Let the share write as {account} (Samba: force user), or"
            " run partydoc as the owner of the files."
        )
        mend = mend.format(n=minutes, account=audit.owner(archive.root / "hold"))
        yield Symptom("inbox", state, True, mend=mend)


def _is_of_others(folder: Path) -> bool:
    """Whether files lie in the inbox of which the kernel does not say who writes them, or will:
    it is somebody else's, or was opened to others.
    """
    status = folder.stat()
    others = status.st_uid != os.geteuid() or bool(status.st_mode & (stat.S_ISGID | 0o002))
    if os.geteuid() and others:
        return True
    walked = itertools.islice(inbox.walk(folder, inbox=True), _FILES)
    return any(_is_unasked(source) for source, refusal in walked if refusal is None)


def _is_unasked(source: inbox.Source) -> bool:
    try:
        descriptor = inbox.opened_alone(source)
    except OSError:
        return False  # what may not be read has its own reason
    try:
        return lease.is_being_written(descriptor) is None
    finally:
        os.close(descriptor)


def _modes(archive: Archive) -> Iterator[Symptom]:
    hold = archive.root / "hold"
    expected = {
        hold: 0o077,
        archive.store: 0o002,
        archive.quarantine: 0o077 if archive.settings.connected else 0o007,
        archive.audit: 0o002,
        archive.catalogue: 0o006,
    }
    for path, forbidden in expected.items():
        if path.exists() and (mode := _mode(path)) & forbidden:
            allowed = oct(mode & ~forbidden)[2:]
            mend = _("Close it: {command}").format(command=f"chmod {allowed} {path}")
            state = _("open to others (mode {mode})").format(mode=oct(mode)[2:])
            yield Symptom(path.name, state, True, path == hold, mend)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
