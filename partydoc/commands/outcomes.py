"""Printing what became of inputs, and counting it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import print_json
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.language import _, ngettext

if TYPE_CHECKING:
    from partydoc.outcome import Outcome


def _words() -> dict[str, str]:
    return {
        "archived": _("archived"),
        "duplicate": _("already there"),
        "original-only": _("original only"),
        "held": _("put into hold"),
        "awaiting-class": _("waiting for classification"),
        "quarantined": _("refused"),
        "waiting": _("still being written"),
        "failed": _("failed"),
    }


class Tally:
    """Prints outcomes as they come, quietly only what went wrong, and counts them."""

    def __init__(self, as_json: bool, quiet: bool) -> None:
        self._as_json = as_json
        self._quiet = quiet
        self._counts: Counter[str] = Counter()
        self.exit_code = Exit.DONE

    def tell(self, outcome: Outcome) -> None:
        """Print one outcome."""
        self._counts[outcome.outcome] += 1
        if outcome.incomplete:
            self.exit_code = max(self.exit_code, Exit.INCOMPLETE)
        if outcome.damaged:
            self.exit_code = Exit.DAMAGED
        if self._as_json:
            print_json(outcome.to_dict())
        elif outcome.incomplete or outcome.damaged or not self._quiet:
            click.echo(self._line(outcome))

    def _line(self, outcome: Outcome) -> str:
        word = _words()[outcome.outcome]
        if outcome.outcome in ("archived", "duplicate"):
            return "{word}: {name} ({pages}) {id}".format(
                word=word,
                name=printable(outcome.source or outcome.name or "?"),
                pages=ngettext("{n} page", "{n} pages", outcome.pages or 0).format(n=outcome.pages),
                id=(outcome.id or "")[:12],
            ) + (f" {outcome.message}" if outcome.message else "")
        id_ = f" [{outcome.id[:12]}]" if outcome.id else ""
        return f"{word}: {self._which(outcome)}{printable(outcome.message or '')}{id_}"

    @staticmethod
    def _which(outcome: Outcome) -> str:
        """Tell which paper of the stack it is where no name may be told."""
        if not outcome.secret or outcome.position is None:
            return ""
        return _("input {n}").format(n=outcome.position) + ": "

    def summary(self) -> str:
        """Return one line: how many of each."""
        if not self._counts:
            return _("There was nothing to take in.")
        part = _("{n} {outcome}")
        return ", ".join(
            part.format(n=self._counts[key], outcome=word)
            for key, word in _words().items()
            if self._counts[key]
        )
