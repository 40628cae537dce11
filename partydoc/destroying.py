"""Destroy what stands in hold: one person asks for it, another confirms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partydoc import operations
from partydoc.archive import purging
from partydoc.archive.audit import account, owner
from partydoc.archive.purging import Request
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.errors import PartydocError
from partydoc.language import _


@dataclass(frozen=True)
class Step:
    """What became of one document: `asked`, `waits` for a second person, `purged`, `withdrawn`."""

    id: str
    outcome: str
    request: Request | None = None

    @property
    def message(self) -> str:
        """A sentence for people, with the next step."""
        again = f"partydoc hold purge {self.id[:12]}"
        if self.outcome == "asked":
            text = _("Nothing is destroyed yet. Somebody else has to confirm it: {command}")
            return text.format(command=again)
        if self.outcome == "waits":
            who = self.request.who if self.request else "?"
            text = _("{who} has asked for this already; somebody else has to confirm it,"
                     " from another account: {command}")  # fmt: skip
            return text.format(who=who, command=again)
        if self.outcome == "withdrawn":
            return _("It is not to be destroyed any more.")
        return _("It has been destroyed, with all its versions.")

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `hold purge --json`."""
        return {"version": 1, "id": self.id, "outcome": self.outcome, "message": self.message}


def destroy(opened: Opened, documents: Sequence[str], now: datetime) -> Iterator[Step]:
    """Destroy the documents that another person has asked to destroy, and ask for the others.

    Raises PartydocError where nobody knows which person is at work.
    """
    names = " ".join(one[:12] for one in documents)
    require_person(opened.archive, f"partydoc hold purge {names}")
    asked = {one: purging.request_of(opened.archive, one) for one in documents}
    ours = {one for one, request in asked.items() if request and request.account == account()}
    new = [one for one, request in asked.items() if not request]
    if new:
        opened.audit.add("purge-asked", now, new)
    for document in new:
        yield Step(document, "asked", purging.ask(opened.archive, document, now))
    for document in sorted(ours):
        yield Step(document, "waits", asked[document])
    confirmed = [one for one, request in asked.items() if request and one not in ours]
    if not confirmed:
        return
    with operations.begun(opened, "purge", now, confirmed):
        for document in confirmed:
            purging.purge(opened, document, now)
            yield Step(document, "purged", asked[document])


def require_person(archive: Archive, command: str) -> None:
    """Raise PartydocError where nobody knows which person is at work; `command`: what to type then.

    The archive's own account is nobody: whoever may work as it would be two persons at once.
    """
    if account() != owner(archive.root / "hold"):
        return
    message = _("{account} is the archive's own account and tells of no person; nothing was done.")
    hint = _("Log in with an account of your own, then type: {command}")
    typed = f"sudo -u {account()} {command}"
    raise PartydocError(message.format(account=account()), hint.format(command=typed))


def withdraw(opened: Opened, documents: Sequence[str], now: datetime) -> Iterator[Step]:
    """Take back what was asked for; whoever may ask may do that."""
    opened.audit.add("purge-withdrawn", now, documents)
    for document in documents:
        purging.withdraw(opened.archive, document)
        yield Step(document, "withdrawn")
