"""Asking a person for values at a terminal: a line to edit, arrow up and Tab for what is known.

What people read stands on stderr, so that the results on stdout are a script's alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import TextIO

import click

from partydoc.text import clean, fold

#: The keys that are no values.
STOP, SKIP, UNDO, PAGE, HELP = "q", "s", "u", "p", "?"
_MOST = 50
#: Who takes longer over one answer was away meanwhile.
_PAUSE_SECONDS = 300.0


class Asker:
    """Asks line by line; use it as a context manager.

    `attended`: a person sits at the terminal; `away`: the seconds of all pauses so far, in which
    nobody answered for more than five minutes. `clock` tells seconds from any beginning.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.attended = sys.stdin.isatty()
        self.away = 0.0
        self._readline = _readline() if self.attended else None
        self._completer = Completer(())
        if self._readline:
            self._readline.set_auto_history(False)
            self._readline.set_completer_delims("")
            self._readline.set_completer(lambda text, state: self._completer(text, state))
            libedit = "libedit" in (self._readline.__doc__ or "")
            self._readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        if self._readline:
            self._readline.set_completer(None)
            self._readline.clear_history()

    def ask(self, prompt: str, reading: str = "", known: Callable[[], Sequence[str]] = list) -> str:
        """Return what is typed, NFC, without space around it; the end of input is `q`.

        The arrow up brings the reading into the line, to be mended there; Tab goes through what
        is known and begins with what stands in the line, diacritics or not.
        """
        self._completer = Completer(known)
        began = self._clock()
        try:
            return self._answer(prompt, reading)
        except EOFError:
            return STOP
        finally:
            waited = self._clock() - began
            self.away += waited if waited > _PAUSE_SECONDS else 0.0

    def _answer(self, prompt: str, reading: str) -> str:
        if self._readline is None:
            click.echo(prompt, nl=False, err=True)
            return self._typed(sys.stdin.readline())
        self._readline.clear_history()
        if reading:
            self._readline.add_history(reading)
        return clean(input(prompt)).strip()

    @staticmethod
    def _typed(line: str) -> str:
        if not line:
            raise EOFError
        return clean(line).strip()


class Completer:
    """Completes a line: each Tab brings the next of what is known and begins like it."""

    def __init__(self, known: Callable[[], Sequence[str]] | Sequence[str]) -> None:
        self._known = known
        self._found: list[str] = []
        self._at = -1

    def __call__(self, text: str, state: int) -> str | None:
        """Return the one completion there is to a text, as readline asks for it."""
        if state:
            return None
        if not self._found or self._at < 0 or text != self._found[self._at]:
            begun = fold(clean(text))
            known = self._known() if callable(self._known) else self._known
            fitting = (value for value in known if fold(value).startswith(begun))
            self._found, self._at = list(dict.fromkeys(fitting))[:_MOST], -1
        if not self._found:
            return None
        self._at = (self._at + 1) % len(self._found)
        return self._found[self._at]


def _readline() -> ModuleType | None:
    with suppress(ImportError):
        import readline

        return readline
    return None


@contextmanager
def results_apart() -> Iterator[TextIO]:
    """Give where results go; where that is no terminal, the terminal takes the place of stdout.

    A line can be edited only where stdin and stdout are the terminal.
    """
    if sys.stdout.isatty() or not (sys.stdin.isatty() and sys.stderr.isatty()):
        yield sys.stdout
        return
    sys.stdout.flush()
    terminal = sys.stdout.fileno()
    with os.fdopen(os.dup(terminal), "w", encoding="utf-8", buffering=1) as results:
        os.dup2(sys.stderr.fileno(), terminal)
        try:
            yield results
        finally:
            sys.stdout.flush()
            os.dup2(results.fileno(), terminal)
