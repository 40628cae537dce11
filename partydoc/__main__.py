"""`partydoc` and `python -m partydoc`."""

from __future__ import annotations

import gc
import os
import sys

#: Objects between two looks for garbage: of what is loaded for a command none is.
_OBJECTS = 50_000


def main() -> None:
    """Settle the language before any text is made, then run the command."""
    gc.set_threshold(_OBJECTS)
    from partydoc import language
    from partydoc.archive.root import language_of

    os.umask(0o027)  # texts and records are not for everybody on the machine
    language.choose(language_of(sys.argv[1:]))
    from partydoc.cli import run

    code = run(sys.argv[1:])
    sys.stderr.flush()
    # All is closed and written. Python would take everything down piece by piece, which takes as
    # long as many a search.
    os._exit(code)


if __name__ == "__main__":
    main()
