"""What became of one input: the line that `scan` and `ocr` print for it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from partydoc import reasons
from partydoc.archive.kept import Kept
from partydoc.language import _

_DAMAGED = "damaged-in-hold"


@dataclass(frozen=True)
class Outcome:
    """`outcome` is archived, duplicate, original-only, held, awaiting-class, quarantined, waiting
    or failed; every one but the first two has a reason. Of a document in hold neither source nor
    pages are told, only its `position` in the batch, so that the paper can be found in its stack.
    `seconds` since the input was first touched; `entered` is the reference of the entry that a
    document which was there already has got.
    """

    outcome: str
    id: str | None = None
    source: str | None = None
    name: str | None = None
    reason: str | None = None
    pages: int | None = None
    seconds: float = 0.0
    position: int | None = None
    entered: str | None = None

    @classmethod
    def of(
        cls, outcome: str, kept: Kept | None, source: str | None, started: float,
        reason: str | None = None, name: str | None = None,
    ) -> Outcome:  # fmt: skip
        """Return the outcome of an input; `started` is when it was touched (time.monotonic)."""
        if name is None and kept and kept.names:
            name = kept.names[0]
        return cls(
            outcome=outcome,
            id=kept.id if kept else None,
            source=source,
            name=name,
            reason=reason,
            pages=kept.pages if kept else None,
            seconds=time.monotonic() - started,
        )

    @property
    def secret(self) -> bool:
        """Whether the document stands in hold."""
        return self.outcome in ("held", "awaiting-class")

    @property
    def incomplete(self) -> bool:
        """Whether the input could not be taken in."""
        return self.outcome in ("quarantined", "waiting", "failed")

    @property
    def damaged(self) -> bool:
        """Whether what stands in hold is damaged."""
        return self.reason == _DAMAGED

    @property
    def message(self) -> str | None:
        """A sentence for people, with the next step; None where there is nothing to say."""
        if self.entered:
            return _("It was in the archive already and is now entered as {reference}.").format(
                reference=self.entered
            )
        name = _("A document in hold") if self.secret or not self.name else self.name
        return reasons.sentence(self.reason, name) if self.reason else None

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `scan --json`."""
        data: dict[str, Any] = {"version": 1, "outcome": self.outcome, "id": self.id}
        data |= {"reason": self.reason, "seconds": round(self.seconds, 2)}
        if not self.secret:
            data |= {"source": self.source, "message": self.message, "pages": self.pages}
        return data


def in_hold(kept: Kept, started: float, position: int | None = None) -> Outcome:
    """Return the outcome of a document that stands in hold."""
    seconds = time.monotonic() - started
    if kept.secret:
        reason = kept.reason or "secrecy-mark"
        return Outcome("held", kept.id, reason=reason, seconds=seconds, position=position)
    reason = kept.reason or "not-read"
    return Outcome("awaiting-class", kept.id, reason=reason, seconds=seconds, position=position)


def left_in_inbox(kept: Kept, started: float, position: int) -> Outcome:
    """Return the outcome of a file that may not be taken away although it stands in hold."""
    seconds = time.monotonic() - started
    return Outcome("failed", kept.id, reason="not-removed", seconds=seconds, position=position)


def damaged_in_hold(outcome: str, document: str, started: float) -> Outcome:
    """Return the outcome of a document in hold that cannot be read: `held`, or `failed`."""
    seconds = time.monotonic() - started
    return Outcome(outcome, document, reason=_DAMAGED, seconds=seconds)
