"""The files of a document beside its first original, as record.json names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from partydoc.document import Look

#: What a file is to the document that it is attached to.
ROLES = ("annex", "signed-copy")


@dataclass(frozen=True)
class Original:
    """A file that came to a document later: a page scanned again, a better scan.

    `sha256`: that of its bytes; `name`: the file's own, NFC; all else as it was found to be.
    """

    sha256: str
    media_type: str
    extension: str
    pages: int
    name: str
    flags: tuple[str, ...] = ()

    @classmethod
    def of(cls, look: Look, sha256: str, name: str) -> Original:
        """Return what is known of a file that was looked at."""
        return cls(sha256, look.media_type, look.extension, look.pages, name, look.flags)

    def to_dict(self) -> dict[str, Any]:
        """Return what record.json holds of it."""
        return {
            "sha256": self.sha256,
            "media_type": self.media_type,
            "extension": self.extension,
            "pages": self.pages,
            "name": self.name,
            "flags": list(self.flags),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read it back; raises ValueError or TypeError for what is none."""
        read = cls(**{**data, "flags": tuple(data["flags"])})
        texts = (read.sha256, read.media_type, read.extension, read.name, *read.flags)
        if not all(isinstance(one, str) for one in texts) or not isinstance(read.pages, int):
            raise ValueError(f"no file: {data}")
        return read


@dataclass(frozen=True)
class Attached(Original):
    """A file that is attached to a document; `role` is one of ROLES."""

    number: int = 1
    role: str = ROLES[0]

    @property
    def path(self) -> str:
        """Its logical path."""
        return f"attached/{self.number:04d}.{self.extension}"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read it back; raises ValueError or TypeError for what is none."""
        read = super().from_dict(data)
        if not isinstance(read.number, int) or read.role not in ROLES:
            raise ValueError(f"nothing attached: {data}")
        return read

    def to_dict(self) -> dict[str, Any]:
        """Return what record.json holds of it."""
        return {**super().to_dict(), "number": self.number, "role": self.role}


def logical(number: int, extension: str) -> str:
    """Return the logical path of an original, counted from 1."""
    return f"original/{number:04d}.{extension}"
