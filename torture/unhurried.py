"""The command line with ready readings that take their time, so that others come in between.

python -m torture.unhurried ARGUMENTS      as partydoc itself
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Any

from torture import ready

#: A page is read in so many seconds.
_SECONDS = (0.02, 0.3)


class Readers(ready.Readers):
    """Reads one page after the other."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._due: list[float] = []

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        """See partydoc.ocr.Readers."""
        super().submit(ticket, original, look, into, binding)
        last = max([time.monotonic(), *self._due])
        self._due.append(last + random.uniform(*_SECONDS))

    def finished(self, wait: float | None = None) -> list[Any]:
        """See partydoc.ocr.Readers."""
        if not self._due:
            return []
        left = self._due[0] - time.monotonic()
        time.sleep(max(0.0, left if wait is None else min(wait, left)))
        ready_ = [due for due in self._due if due <= time.monotonic()]
        done, self._done = self._done[: len(ready_)], self._done[len(ready_) :]
        self._due = self._due[len(ready_) :]
        return done


def install() -> None:
    """Put the stand-ins in place."""
    from partydoc import ocr

    ready.install()
    ocr.Readers = Readers  # type: ignore[misc,assignment]


def main() -> None:
    """Run one command line."""
    from partydoc import cli

    install()
    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
