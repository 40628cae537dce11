"""The line that is typed at the search prompt: history, and Tab for fields, values and words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from partydoc import savedsearches
from partydoc.errors import PartydocError
from partydoc.index import fields
from partydoc.lastsearch import state_folder
from partydoc.searching import words
from partydoc.text import clean, fold

_HISTORY = "history"
_KEPT = 1000
_MOST = 60
#: The fields that are offered before anything is typed.
_FIRST = ("type", "code", "date", "issuer", "signer", "subject", "folder", "status")


class Line:
    """Reads lines from a terminal; use it as a context manager."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots
        self._found: list[str] = []
        self._readline = _readline()

    def __enter__(self) -> Line:
        if self._readline:
            self._readline.set_auto_history(False)
            self._readline.set_completer_delims(' \t\n()"“”')
            self._readline.set_completer(self._complete)
            libedit = "libedit" in (self._readline.__doc__ or "")
            self._readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
            self._readline.set_history_length(_KEPT)
            with suppress(OSError, RuntimeError):
                self._readline.read_history_file(_history())
        return self

    def __exit__(self, *_: object) -> None:
        if self._readline:
            self._readline.set_completer(None)
            self._readline.clear_history()

    def read(self, prompt: str) -> str:
        """Return what is typed; raises EOFError at the end of input."""
        return input(prompt)

    def keep(self, typed: str) -> None:
        """Put a line into the history, which is the person's own and outlives the prompt."""
        if self._readline is None:
            return
        last = self._readline.get_current_history_length()
        if last and self._readline.get_history_item(last) == typed:
            return
        self._readline.add_history(typed)
        with suppress(OSError, RuntimeError, AttributeError):  # libedit cannot append
            self._readline.append_history_file(1, _history())

    def _complete(self, token: str, state: int) -> str | None:
        if not state:
            found = sorted(dict.fromkeys(completions(self._roots, clean(token))))
            # What all have in common is typed for the person: the first and the last tell it.
            self._found = found if len(found) <= _MOST else [*found[: _MOST - 1], found[-1]]
            if len(found) == 1 and not found[0].endswith(":"):
                self._found = [found[0] + " "]
        return self._found[state] if state < len(self._found) else None


def completions(roots: Sequence[Path], token: str) -> Iterator[str]:
    """Yield what a token that was begun can become: a field, a value, a word, a saved search."""
    if token.startswith(savedsearches.SIGN):
        with suppress(PartydocError):
            begun = fold(token.removeprefix(savedsearches.SIGN))
            names = savedsearches.known()
            yield from (savedsearches.SIGN + name for name in names if fold(name).startswith(begun))
        return
    heads, colon, value = token.rpartition(":")
    name = heads.rpartition(":")[2]
    field = fields.named(name) if colon else None
    if field:
        yield from (f"{heads}:{word}" for word in words(roots, value, field))
    elif not colon or fields.sign(name):
        yield from (f"{heads}{colon}{one}" for one in _fields(value))
        yield from (f"{heads}{colon}{word}" for word in words(roots, value, None))


def _fields(begun: str) -> Iterator[str]:
    """Yield the fields and signs whose English or Vietnamese name begins so."""
    names = {**fields.FIELD_NAMES, **fields.SIGN_NAMES}
    vietnamese = os.environ.get("LANGUAGE") == "vi"
    for field, (english, native, *_rest) in names.items():
        native = re.sub(r"\s", "", native)
        if begun.isascii():
            native = fold(native)
        if begun:
            yield from (f"{one}:" for one in (english, native) if one.startswith(begun.lower()))
        elif field in _FIRST:
            yield f"{native if vietnamese else english}:"


def _history() -> Path:
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _HISTORY
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return path


def _readline() -> ModuleType | None:
    with suppress(ImportError):
        import readline

        return readline
    return None
