"""What a child leaves behind: checked as one checks a stranger's parcel, then taken over."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from partydoc.document import Refusal
from partydoc.page import Reading

RESULTS = ("access.pdf", "pages.json")


def wrong(folder: Path, names: Iterable[str]) -> Refusal | None:
    """Tell what is wrong with the files of a child: missing, or no plain files of its own."""
    for name in names:
        try:
            status = (folder / name).lstat()
        except FileNotFoundError:
            return Refusal("ocr-failed", f"{name} is missing")
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return Refusal("ocr-failed", f"{name} is no plain file")
    return None


def take(folder: Path, into: Path, pages: int) -> Reading | Refusal:
    """Move access copy and words into a folder on the same file system; return what was read."""
    if refusal := wrong(folder, RESULTS):
        return refusal
    reading = _parsed((folder / "pages.json").read_bytes())
    if reading is None or len(reading.pages) != pages:
        return Refusal("ocr-failed", "pages.json does not fit")
    for name in RESULTS:
        (folder / name).rename(into / name)
    return reading


def words(folder: Path, pages: int) -> Reading | None:
    """Return what was read of a document of which there is no access copy; None if nothing."""
    if wrong(folder, ["pages.json"]):
        return None
    reading = _parsed((folder / "pages.json").read_bytes())
    return reading if reading and len(reading.pages) == pages else None


def _parsed(data: bytes) -> Reading | None:
    try:
        content: Any = json.loads(data)
        return Reading.from_dict(content)
    except (ValueError, KeyError, TypeError):
        return None
