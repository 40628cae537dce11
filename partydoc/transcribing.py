"""What was read of a document: as files of a version, as a record, as a line of its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc import sketch
from partydoc.archive import building
from partydoc.archive.audit import actor
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Files, Source
from partydoc.archive.store import Store
from partydoc.document import Field, Record, Verdict
from partydoc.page import Reading

#: What an original has and its access copy has not: that is a derivative and never replaces it.
_LEFT_OUT = frozenset({"signed", "owner-password", "active-content", "attachments", "acroform"})


def files_of(reading: Reading, job: Path) -> dict[str, Source]:
    """Make the files of a reading ready to be moved in; words and access copy lie in the job."""
    files: dict[str, Source] = {
        f"text/{page.number:04d}.txt": building.staged(
            job / f"{page.number:04d}.txt", page.text.encode()
        )
        for page in reading.pages
    }
    return files | {name: building.staged(job / name) for name in ("access.pdf", "pages.json")}


def read_of(store: Store, urn: str, version: int | None = None) -> dict[str, Source]:
    """Return the files of what was read of a document, as it stands or stood in a version."""
    return {path: file for path, file in store.state(urn, version).items() if _is_read(path)}


def _is_read(path: str) -> bool:
    return path in ("access.pdf", "pages.json") or path.startswith("text/")


def instead(store: Store, urn: str, files: Files) -> dict[str, Source | None]:
    """Return files to take the place of all that was read of a document before."""
    return dict.fromkeys(read_of(store, urn)) | dict(files)


def described(kept: Kept, reading: Reading, fields: Record) -> Kept:
    """Return a document with what was read of it."""
    ocr = {
        "engine": reading.engine,
        "languages": list(reading.languages),
        "confidence": reading.confidence,
        "blank_pages": list(reading.blank_pages),
        "redrawn_pages": list(reading.redrawn_pages),
        "silent_pages": list(reading.silent_pages),
        "sketch": sketch.of(page.text for page in reading.pages),
    }
    status = status_of(fields)
    return replace(kept, status=status, reason=None, attempts=0, ocr=ocr, fields=fields)


def with_mark(fields: Record, verdict: Verdict) -> dict[str, Field | None]:
    """Return fields with the mark that was seen, on an independent LAN; a person stands over it."""
    said = fields.get("secrecy")
    if verdict.kind != "marked" or said and said.source == "person":
        return dict(fields)
    return {**fields, "secrecy": Field(verdict.level, page=verdict.page, accepted=True)}


def event_of(kept: Kept, reading: Reading, now: datetime) -> bytes:
    """Return what its events say of a reading."""
    said: dict[str, Any] = {"outcome": "success", "engine": reading.engine}
    if left_out := [flag for flag in kept.particulars if flag in _LEFT_OUT]:
        said["left_out"] = left_out
    if redrawn := reading.redrawn_pages:
        said["redrawn_pages"] = list(redrawn)
    return event("transcription", now, actor(), **said)
