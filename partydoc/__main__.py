"""`partydoc` and `python -m partydoc`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Settle the language before any text is made, then run the command."""
    from partydoc import language
    from partydoc.archive.root import language_of

    os.umask(0o027)  # texts and records are not for everybody on the machine
    language.choose(language_of(sys.argv[1:]))
    from partydoc.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
