"""How files leave the inbox: removed when they are safe, or moved to quarantine, with a reason."""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count, takewhile
from pathlib import Path

from partydoc.archive import disk, lease
from partydoc.archive.inbox import LEAVING, Brought, Source, State, is_there, state_now, state_of
from partydoc.archive.kept import stamp
from partydoc.document import Refusal

#: Under this name stands for a moment what is on its way into quarantine.
ARRIVING = ".partydoc-arriving-"


def dismiss(source: Source, brought: Brought) -> None:
    """Take a file out of the inbox, if it is still the file that was copied."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if is_there(source):
            _take_away(source.path, brought.state)


def _take_away(path: Path, state: State) -> bool:
    """Remove a file if nobody has changed or replaced it, or is about to; tell whether it went.

    It gets another name first: what comes under its own name meanwhile is another file.
    """
    if state_now(path) != state:
        return False
    aside = path.with_name(LEAVING + secrets.token_hex(8))
    disk.place(path, aside)
    if _is_still(aside, state):
        disk.remove(aside)
        return True
    _put_back(aside, path)
    return False


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
    now, or gone, is left, and None returned. The same bytes under the same name are kept once.
    """
    if not (is_there(source) and _is_still(source.path, state)):
        return None
    if state and (there := _kept_before(source.path, folder)):
        disk.sync_file(there)
        disk.sync_file(folder)
        return there if _take_away(source.path, state) else None
    name = _free_name(folder, source.path.name)
    note, draft = folder / f"{name}.json", _arriving(folder)
    disk.write(draft, _note(source, refusal, when))
    disk.supersede(draft, note)
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
    """Move a file of that state; any other is left or put back.

    It is copied to another disk, and where it has another name: what stands there must neither
    change with what quarantine keeps, nor be closed with it.
    """
    if path.lstat().st_nlink > 1:
        return _copied(path, target, state)
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
    draft = _arriving(target.parent)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        now = state_of(os.fstat(descriptor))
        if state and now != state:
            return False
        disk.copy(opened, draft)
    if state_now(path) != now:
        disk.remove(draft)
        return False
    disk.move(draft, target)
    _take_away(path, now)
    return True


def _kept_before(path: Path, folder: Path) -> Path | None:
    """Return where the bytes of a file stand in quarantine already, under its name: a crash may
    have come before it was taken away, or before what stands under `LEAVING` was removed.
    """
    taken = takewhile(lambda name: not _is_free(folder, name), _names(path.name))
    places = [*folder.iterdir()] if path.name.startswith(LEAVING) else map(folder.joinpath, taken)
    return next((one for one in places if _is_kept(one) and _same_bytes(one, path)), None)


def _same_bytes(one: Path, other: Path) -> bool:
    with suppress(OSError):
        same_size = one.lstat().st_size == other.lstat().st_size
        return same_size and disk.digests(one) == disk.digests(other)
    return False


def _arriving(folder: Path) -> Path:
    return folder / f"{ARRIVING}{secrets.token_hex(8)}"


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
    return next(free for free in _names(name) if _is_free(folder, free))


def _names(name: str) -> Iterator[str]:
    """Yield the names that a file may have in quarantine, the best first."""
    raw = os.fsencode(name)[:200]
    for number in count(name.startswith(ARRIVING)):
        yield os.fsdecode(raw if not number else b"%d-%b" % (number, raw))


def _is_free(folder: Path, name: str) -> bool:
    return not os.path.lexists(folder / name) and not _is_kept(folder / f"{name}.json")


def _is_kept(path: Path) -> bool:
    """Whether it is a file with a note of its own; a note alone is left from a crash."""
    return os.path.lexists(path) and os.path.lexists(f"{path}.json")
