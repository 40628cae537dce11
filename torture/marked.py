"""The program itself, but each call of archive/disk.py stands between two marks in the trace.

The marks are questions to the system that change nothing: `strace` sees them, nobody else.

python -m torture.marked ARGUMENTS      as partydoc itself
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from typing import Any

#: Two ways to name a file that is always there; nothing else ever asks for it like this.
BEGIN, END = "/dev/./null", "/dev/././null"


def install() -> None:
    """Put marks around every public function of the module that changes the disk."""
    from partydoc.archive import disk

    for name, function in vars(disk).copy().items():
        own = inspect.isfunction(function) and function.__module__ == disk.__name__
        if own and not name.startswith("_"):
            setattr(disk, name, _marked(function))


def _marked(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def between_marks(*arguments: Any, **options: Any) -> Any:
        os.access(BEGIN, os.F_OK)
        try:
            return function(*arguments, **options)
        finally:
            os.access(END, os.F_OK)

    return between_marks


def main() -> None:
    """Run one command line."""
    from partydoc import cli
    from torture import sabotage

    sabotage.install()
    install()
    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
