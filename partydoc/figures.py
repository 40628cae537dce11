"""Figures: how many of how many, each with the words that say what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partydoc.language import _


@dataclass(frozen=True)
class Figure:
    """So many (`numerator`) of so many (`denominator`); `name` is a stable word."""

    name: str
    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """The part of the whole, 0 to 1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def label(self) -> str:
        """What is counted, of what, for people."""
        return _words()[self.name][0]

    @property
    def definition(self) -> str:
        """What counts, in one sentence."""
        return _words()[self.name][1]

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in the form of `report --json`."""
        return {
            "figure": self.name,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "share": None if self.share is None else round(self.share, 4),
            "definition": self.definition,
        }


def _words() -> dict[str, tuple[str, str]]:
    return {
        "arrivals": (
            _("registered arrivals with a scan, of all registered arrivals"),
            _(
                "Rows of the register of arrivals that are not void, without those whose scan was"
                " destroyed by a disposal."
            ),
        ),
        "finding-aids": (
            _("folders with a finding aid, of all folders"),
            _(
                "Each entry of the folder, and there is one, has a type or a subject, a code, a"
                " date and an issuer that are accepted or were typed: that is what a list of"
                " documents prints."
            ),
        ),
        "scanned": (
            _("entries of folders with a scan, of all entries"),
            _("A document is filed there; a document in two folders fills two entries."),
        ),
        "read": (
            _("documents that were read, of all documents"),
            _(
                "Their text can be searched. The others wait for OCR, or only their original is"
                " kept."
            ),
        ),
        "described": (
            _("documents that are described, of all documents"),
            _(
                "Type, code, date, issuer and subject are accepted, whether the machine is sure or"
                " a person has said so."
            ),
        ),
        "reviewed": (
            _("documents that a person has reviewed, of all documents"),
            _(
                "Described, and a person has typed or confirmed at least one of these five, or has"
                " checked the whole record."
            ),
        ),
        "text-pages": (
            _("pages with text, of all pages that are not blank"),
            _("Pages of documents that were read, empty paper left out."),
        ),
        "numbers": (
            _("document numbers that are here, of all in their runs"),
            _(
                "A run is the numbers of one issuer, symbol and year (or term of a Party committee)"
                " from the lowest to the highest that is here, if at least half of them are."
            ),
        ),
        "inspections": (
            _("documents on inspections (kiểm tra), of all documents"),
            _(
                "The words stand in subject, type or issuer. These are documents, not inspections:"
                " one inspection leaves several."
            ),
        ),
        "supervisions": (
            _("documents on supervision (giám sát), of all documents"),
            _(
                "The words stand in subject, type or issuer. These are documents, not supervisions:"
                " one supervision leaves several."
            ),
        ),
        "verified": (
            _("parts of the archive that were checked, of thirty"),
            _("A nightly run of the last thirty days has read every byte of them again."),
        ),
    }
