"""Reading an index while others write it, swap it or have damaged it."""

from __future__ import annotations

import time
from collections.abc import Callable
from json import JSONDecodeError
from pathlib import Path
from typing import TypeVar

from partydoc.index import files, state
from partydoc.index.engine import Broken, Engine
from partydoc.index.opening import open_engine

#: A swap on a file system without exchange.
_GLIMPSE_SECONDS = 0.2
#: As long as somebody is writing.
_PATIENCE_SECONDS = 2.0

_T = TypeVar("_T")


class Reader:
    """The index in a folder as it stands, opened again whenever it has changed."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._folder, self._name = folder, engine
        self._opened: Engine | None = None
        self._stamp: tuple[int, int] | None = None

    def close(self) -> None:
        """Let go of all files."""
        if self._opened:
            self._opened.close()
            self._opened = None

    def look(self, look: Callable[[Engine], _T], compare: bool = True) -> _T:
        """Read from the engine, and once more where the index changed meanwhile.

        With `compare` a settled index must be what its state says. Raises Broken: at once where
        nobody is at work.
        """
        began = time.monotonic()
        while True:
            stamp = self._stamp_now()
            try:
                return look(self._open(compare))
            except (Broken, JSONDecodeError) as problem:
                self.close()
                if time.monotonic() - began >= self._patience(stamp):
                    raise Broken(str(problem)) from problem
            time.sleep(0.02)

    def _open(self, compare: bool) -> Engine:
        stamp = self._stamp_now()
        if self._opened and stamp != self._stamp:
            self.close()
        if not self._opened:
            self._opened, self._stamp = self._opened_anew(compare), stamp
        return self._opened

    def _opened_anew(self, compare: bool) -> Engine:
        now = state.read(self._folder, self._name)
        if now is None:
            raise Broken(state.NAME)
        compare = compare and now.settled
        data = self._folder / "data"
        if compare and (name := files.altered(data, now.files)):
            raise Broken(name)
        engine = open_engine(self._name, data)
        if compare and engine.count() != now.documents:
            engine.close()
            raise Broken("count")
        return engine

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / state.NAME).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _patience(self, stamp: tuple[int, int] | None) -> float:
        now = state.read(self._folder, self._name)
        if now is None:
            return _GLIMPSE_SECONDS
        return _PATIENCE_SECONDS if not now.settled or self._stamp_now() != stamp else 0.0
