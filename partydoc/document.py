"""The nouns that travel between the steps. Frozen; they know nothing of disks or engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partydoc.box import Box
from partydoc.value import Value


class Look(Value):
    """What a file turned out to be, by its content: media type, extension, pages, and flags.

    `flags` are stable words: `signed`, `owner-password`, what that withholds (`no-printing`, …),
    `active-content`, `attachments`, `extension-mismatch`, `acroform`, `xfa-form`.
    """

    media_type: str
    extension: str
    pages: int
    flags: tuple[str, ...] = ()


class Refusal(Value):
    """Why a file was not taken in, or could not be read: a stable reason and a detail for logs."""

    reason: str
    detail: str = ""


class Bound(Value):
    """One page of a document: of which of its originals, and which page there, both from 1.

    `turn`: how far clockwise a person wants it turned, in degrees; None where nobody said.
    """

    original: int
    page: int
    turn: int | None = None


@dataclass(frozen=True)
class Field:
    """One value with where it came from and how sure it is.

    `value` is text, a list of texts for `recipients`, or None for "has none, says a person";
    `source` is `machine`, `file-name` or `person`.
    """

    value: str | list[str] | None
    confidence: float = 1.0
    page: int | None = None
    box: Box | None = None
    source: Literal["machine", "file-name", "person"] = "machine"
    accepted: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the field in the form of `show --json`."""
        return {
            "value": self.value,
            "confidence": round(self.confidence, 3),
            "page": self.page,
            "box": [round(side, 4) for side in self.box] if self.box else None,
            "source": self.source,
            "accepted": self.accepted,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Field:
        """Read a field back from a record."""
        box = Box(*data["box"]) if data["box"] else None
        return cls(
            data["value"], data["confidence"], data["page"], box, data["source"], data["accepted"]
        )


#: What is known of a document: field name -> Field, or None where nothing was found.
Record = Mapping[str, Field | None]

#: The fields that are read from a page, in the order in which they are shown.
FIELDS = (
    "type", "number", "symbol", "code", "date", "place", "superior", "issuer", "subject", "signer",
)  # fmt: skip

#: The further fields of the contract that a reader or a person may fill.
FURTHER_FIELDS = (
    "position", "authority", "recipients", "secrecy", "urgency", "copy_type", "language", "term",
    "arrival_number", "arrival_date", "sheets",
)  # fmt: skip

#: Without these five, accepted, a document waits for a person (status `review`).
REQUIRED_FIELDS = ("type", "code", "date", "issuer", "subject")


class Verdict(Value):
    """What the secrecy gate says of a document after all its pages were read.

    `clear`: no mark anywhere; `marked`: a mark was seen (`level` is `Mật`, `Tối mật` or
    `Tuyệt mật`, `page` where); `unsure`: not read well enough to say (`page` where).
    """

    kind: Literal["clear", "marked", "unsure"]
    level: str | None = None
    page: int | None = None


class Hit(Value):
    """One found document. `marks` are (start, end) code points of `snippet`.

    `near`: only damaged spellings of the words that were asked for stand in it.
    """

    id: str
    score: float
    page: int | None
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    near: bool = False


class Searchable(Value):
    """What the index holds of one document.

    `fields`: accepted values only, by field name, plus `folder`, `reference`, `box` and `status`;
    several values are lines. `pages`: the text of each page, NFC. `change`: the catalogue's counter
    for this state.
    """

    id: str
    change: int
    fields: Mapping[str, str]
    pages: tuple[str, ...]
