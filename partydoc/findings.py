"""What `catalogue check` finds: values, and the one place where they become sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partydoc.fieldvalues import written
from partydoc.language import _

#: Those in which dates are told.
_DATED = ("dates-out-of-order", "outside-span")


@dataclass(frozen=True)
class Finding:
    """One thing that an archivist should look at.

    `kind` is a stable word; `folder` and `entry` are references, `document` an id, each None where
    it does not apply. `what` is the heart of it (numbers, sheets, pages, a date), and `of` what it
    is held against: a series, a span, the reference or id of another document.
    """

    kind: str
    folder: str | None = None
    entry: str | None = None
    document: str | None = None
    what: str | None = None
    of: str | None = None

    @property
    def reference(self) -> str:
        """What people call the place: the entry, else the folder, else the start of an id."""
        return self.entry or self.folder or (self.document or "")[:12]

    @property
    def message(self) -> str:
        """A sentence in the language of the messages."""
        what, of = (_shown(self.kind, one) for one in (self.what, self.of))
        return _sentences()[self.kind].format(reference=self.reference, what=what, of=of)

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `catalogue check --json`."""
        return {
            "version": 1,
            "finding": self.kind,
            "folder": self.folder,
            "entry": self.entry,
            "id": self.document,
            "what": self.what,
            "of": self.of,
            "message": self.message,
        }


def _shown(kind: str, value: str | None) -> str:
    """Return a value as people write it: dates as 05/9/2021, a span of them with .. between."""
    if value and kind in _DATED:
        return "..".join(written("date", one) for one in value.split(".."))
    return value or ""


def _sentences() -> dict[str, str]:
    return {
        "missing-numbers": _(
            "{reference}: of the series of {of} these numbers are missing: {what}."
        ),
        "number-twice": _("{reference}: {what} is the number of {of} as well."),
        "missing-sheets": _("{reference}: these sheets are missing: {what}."),
        "sheets-twice": _("{reference}: these sheets stand in more than one entry: {what}."),
        "sheets-backwards": _("{reference}: its sheets run backwards: {what}."),
        "totals-differ": _("{reference}: {what} sheets are stated, its entries have {of}."),
        "dates-out-of-order": _("{reference}: {what} is before the date of the entry above, {of}."),
        "outside-span": _("{reference}: {what} lies outside the span of the folder, {of}."),
        "no-text": _("{reference}: no text was found on its pages: {what}."),
        "no-document": _("{reference}: no document is filed at these entries: {what}."),
        "same-paper": _("{reference}: it seems to be another scan of the same paper as {of}."),
    }
