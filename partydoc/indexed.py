"""What a run over the index did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partydoc.language import _, ngettext


@dataclass(frozen=True)
class Indexed:
    """What a run over the index did: how many documents it wrote, and how many there are now.

    `anew`: why all of it was made anew, if so: `asked`, `missing`, `damaged`, `outdated` (made by
    another engine or version, or from another catalogue), `crowded` (by deleted documents).
    """

    documents: int
    total: int
    seconds: float
    anew: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `index --json`."""
        return {
            "version": 1,
            "documents": self.documents,
            "total": self.total,
            "anew": self.anew,
            "seconds": round(self.seconds, 1),
        }

    def sentence(self) -> str:
        """Return it for people."""
        if self.anew is None:
            said = ngettext("{n} document indexed.", "{n} documents indexed.", self.documents)
            return said.format(n=self.documents)
        what = {
            "asked": _("The search index has been made anew"),
            "missing": _("The search index was missing and has been made anew"),
            "damaged": _("The search index was damaged and has been made anew"),
            "outdated": _("The search index was out of date and has been made anew"),
            "crowded": _("The search index had grown too large and has been made anew"),
        }[self.anew]
        count = ngettext("{n} document", "{n} documents", self.total).format(n=self.total)
        return f"{what} ({count}, {max(1, round(self.seconds))} s)."
