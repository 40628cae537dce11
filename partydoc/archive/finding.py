"""What a check of the archive finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc.language import _


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written: a stable word, where, and a sentence."""

    kind: str
    path: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `verify --json`."""
        return {"version": 1, "finding": self.kind, "path": self.path, "message": self.message}


def shown(urn: str) -> str:
    """Return the id of an object as commands take it."""
    kind, _colon, name = urn.rpartition(":")
    return name[:12] if kind == "urn:sha256" else urn


def missing(path: Path) -> Finding:
    """Return the finding of a file that is gone."""
    return Finding("missing-file", str(path), _("{path} is missing.").format(path=path))


def unexpected(path: Path) -> Finding:
    """Return the finding of something that nobody here has written."""
    message = _("{path} does not belong there.").format(path=path)
    return Finding("unexpected-file", str(path), message)


def altered(path: Path) -> Finding:
    """Return the finding of a file whose bytes are others."""
    message = _("{path} has been altered.").format(path=path)
    return Finding("altered-file", str(path), message)


def unreadable(path: Path, trouble: OSError) -> Finding:
    """Return the finding of a file that the disk, or its rights, do not let us read."""
    message = _("{path} cannot be read ({trouble}).")
    text = message.format(path=path, trouble=trouble.strerror)
    return Finding("unreadable-file", str(path), text)


def untrusted(path: Path, trouble: object) -> Finding:
    """Return the finding of an inventory that cannot be true; the rule it breaks is named."""
    message = _("{path}: the inventory cannot be trusted ({trouble}).")
    return Finding("damaged-inventory", str(path), message.format(path=path, trouble=trouble))
