"""What a child says and leaves behind: checked as one checks a stranger's parcel, then copied.

A child may have become anything by what it read. So nothing of it is used but plain values of the
form that was asked for, and its files are copied: it may still hold them open. As much as has been
copied is cut off at once, so the disk holds a long document once only.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from partydoc.document import Look, Refusal
from partydoc.ocr import media, shape
from partydoc.page import Reading

ACCESS, PAGES, CUT = "access.pdf", "pages.json", "cut.pdf"
_PDF_MARK = b"%PDF-"
#: Bytes of `pages.json`, and for each page; pages full of small print have a hundredth of it.
_MOST, _MOST_A_PAGE = 16 << 20, 16 << 20
_MOST_OF_ALL = 1 << 30
_DETAIL = 200
#: Bytes that are copied at a time.
_BLOCK = 1 << 20

#: Flags are words, few of them; whoever shows one has to know it.
_FLAG = re.compile(r"[a-z]+(-[a-z]+){0,3}")
_MOST_FLAGS = 20
_EXTENSIONS = {kind.media_type: kind.extensions[0] for kind in (media.PDF, *media.IMAGES.values())}
_REASONS = frozenset(
    {
        "empty", "not-a-document", "damaged-pdf", "damaged-image", "truncated", "needs-password",
        "too-large", "resource-limit", "xfa-form", "ocr-failed", "text-differs",
        "access-copy-failed",
    }
)  # fmt: skip


def look(answer: Mapping[str, Any]) -> Look | None:
    """Return what a child says it saw; None where that is nothing it can have seen."""
    match answer.get("look"):
        case [str(media_type), str(extension), int(pages), [*flags]]:
            words = len(flags) <= _MOST_FLAGS and all(map(_is_flag, flags))
            if words and _EXTENSIONS.get(media_type) == extension and 0 < pages <= media.MAX_PAGES:
                return Look(media_type, extension, int(pages), tuple(sorted({*flags})))
    return None


def _is_flag(flag: object) -> bool:
    return isinstance(flag, str) and len(flag) < _DETAIL and bool(_FLAG.fullmatch(flag))


def refusal(answer: Mapping[str, Any], otherwise: str) -> Refusal:
    """Return why a child says it could not do it; `otherwise` where that is no known reason."""
    reason, detail = answer.get("refusal"), answer.get("detail")
    known = isinstance(reason, str) and reason in _REASONS
    shown = detail if isinstance(detail, str) else ""
    plain = "".join(char if char.isprintable() else " " for char in shown[:_DETAIL])
    return Refusal(str(reason) if known else otherwise, plain)


def handed_on(folder: Path, into: Path, name: str) -> Refusal | None:
    """Move a file of one child to another, which trusts it no more; tell what is wrong with it."""
    opened = _open(folder, name)
    if isinstance(opened, Refusal):
        return opened
    with opened:
        try:
            (folder / name).rename(into / name)
        except OSError as trouble:
            return Refusal("ocr-failed", f"{name}: {trouble.strerror}")
    return None


def take(folder: Path, into: Path, pages: int, cut: bool = False) -> Reading | Refusal:
    """Move access copy and words, and what was `cut`, to new files in another folder; return what
    was read.

    Raises OSError where there is no room for them; nothing of them stays.
    """
    found = _words(folder, pages)
    if isinstance(found, Refusal):
        return found
    reading, data = found
    names = (ACCESS, CUT) if cut else (ACCESS,)
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        for name in names:
            opened = _open_pdf(folder, name)
            if isinstance(opened, Refusal):
                return opened
            files[name] = stack.enter_context(opened)
        try:
            for name, file in files.items():
                _move(file, into / name)
            (into / PAGES).write_bytes(data)
        except OSError:
            for name in (*names, PAGES):
                (into / name).unlink(missing_ok=True)
            raise
    return reading


def _open_pdf(folder: Path, name: str) -> BinaryIO | Refusal:
    opened = _open(folder, name, os.O_RDWR)
    if isinstance(opened, Refusal) or opened.read(len(_PDF_MARK)) == _PDF_MARK:
        return opened
    opened.close()
    return Refusal("ocr-failed", f"{name} is no PDF")


def _move(made: BinaryIO, into: Path) -> None:
    """Copy a file from its end to its beginning, and cut off what has been copied."""
    with into.open("wb") as new:
        for at in reversed(range(0, os.fstat(made.fileno()).st_size, _BLOCK)):
            made.seek(at)
            new.seek(at)
            new.write(made.read(_BLOCK))
            os.ftruncate(made.fileno(), at)


def words(folder: Path, pages: int) -> Reading | None:
    """Return what was read of a document of which there is no access copy; None if nothing."""
    found = _words(folder, pages)
    return None if isinstance(found, Refusal) else found[0]


def _words(folder: Path, pages: int) -> tuple[Reading, bytes] | Refusal:
    """Return the words and the very bytes that were checked."""
    opened = _open(folder, PAGES)
    if isinstance(opened, Refusal):
        return opened
    most = min(_MOST + pages * _MOST_A_PAGE, _MOST_OF_ALL)
    with opened:
        data = opened.read(most + 1)
    reading = _parsed(data) if len(data) <= most else None
    if reading is None or [page.number for page in reading.pages] != list(range(1, pages + 1)):
        return Refusal("ocr-failed", f"{PAGES} does not fit")
    return reading, data


def _open(folder: Path, name: str, how: int = os.O_RDONLY) -> BinaryIO | Refusal:
    """Open a file of a child, if it is a plain file that has no other name."""
    try:
        handle = os.open(folder / name, how | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return Refusal("ocr-failed", f"{name} is missing")
    except OSError:
        return Refusal("ocr-failed", f"{name} is no plain file")
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        os.close(handle)
        return Refusal("ocr-failed", f"{name} is no plain file")
    return os.fdopen(handle, "rb")


def _parsed(data: bytes) -> Reading | None:
    try:
        content: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return Reading.from_dict(content) if shape.is_reading(content) else None
