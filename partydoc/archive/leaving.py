"""How files leave the inbox: removed when they are safe, or moved to quarantine, with a reason."""

from __future__ import annotations

import errno
import json
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from partydoc.archive import disk, lease
from partydoc.archive.inbox import LEAVING, Brought, Source, State, is_there, state_now, state_of
from partydoc.archive.kept import stamp
from partydoc.document import Refusal


def dismiss(source: Source, brought: Brought) -> None:
    """Take a file out of the inbox, if it is still the file that was copied."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if is_there(source):
            _take_away(source.path, brought.state)


def _take_away(path: Path, state: State) -> None:
    """Remove a file if nobody has changed or replaced it, or is about to.

    It gets another name first: what comes under its own name meanwhile is another file.
    """
    if state_now(path) != state:
        return
    aside = path.with_name(LEAVING + secrets.token_hex(8))
    disk.place(path, aside)
    if _is_still(aside, state):
        disk.remove(aside)
    else:
        _put_back(aside, path)


def _is_still(path: Path, state: State | None) -> bool:
    """Whether it is the file of that state (None: an empty one) and nobody writes it.

    Renaming counts as a change, so the time of that is not compared.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        now = os.fstat(descriptor)
        same = state_of(now)[:3] == state[:3] if state else not now.st_size
        return same and not lease.is_being_written(descriptor)
    finally:
        os.close(descriptor)


def _put_back(aside: Path, path: Path) -> None:
    try:
        disk.move(aside, path)
    except FileExistsError:
        disk.move(aside, path.with_name(_free_name(path.parent, path.name)))


def quarantine(
    source: Source, folder: Path, refusal: Refusal, when: datetime, state: State | None = None
) -> Path | None:
    """Move a file from the inbox to quarantine, bit for bit, with a .json that says why.

    `state`: how it stood when it was refused; None for an empty one. One that is another file by
    now, or gone, is left, and None returned.
    """
    name = _free_name(folder, source.path.name)
    note = folder / f"{name}.json"
    if not (is_there(source) and _is_still(source.path, state)):
        return None
    disk.replace(note, _note(source, refusal, when))
    try:
        moved = _moved(source.path, folder / name, state)
    except (FileNotFoundError, NotADirectoryError):
        moved = False
    if not moved:
        disk.remove(note)
        return None
    with suppress(PermissionError):  # who brought it may have let everybody read it
        disk.set_mode(folder / name, 0o440)
    return folder / name


def _moved(path: Path, target: Path, state: State | None) -> bool:
    """Move a file of that state, to another disk by copying it; any other is left or put back."""
    try:
        disk.move(path, target)
    except OSError as trouble:
        if trouble.errno != errno.EXDEV:
            raise
        return _copied(path, target, state)
    if _is_still(target, state):
        return True
    _put_back(target, path)
    return False


def _copied(path: Path, target: Path, state: State | None) -> bool:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        now = state_of(os.fstat(descriptor))
        if state and now != state:
            return False
        disk.copy(opened, target)
    _take_away(path, now)
    return True


def _note(source: Source, refusal: Refusal, when: datetime) -> bytes:
    note = {
        "version": 1,
        "name": source.name,
        "reason": refusal.reason,
        "detail": refusal.detail or None,
        "when": stamp(when),
    }
    return json.dumps(note, ensure_ascii=False, indent=1).encode()


def _free_name(folder: Path, name: str) -> str:
    raw = os.fsencode(name)[:200]
    for count in range(1_000_000):
        free = os.fsdecode(raw if not count else b"%d-%b" % (count, raw))
        if not os.path.lexists(folder / free) and not _is_kept(folder / f"{free}.json"):
            return free
    raise FileExistsError(name)


def _is_kept(path: Path) -> bool:
    """Whether it is a file with a note of its own; a note alone is left from a crash."""
    return os.path.lexists(path) and os.path.lexists(f"{path}.json")
