"""Which documents a person's last search showed, so that `show 3` knows.

Kept for each person and each archive that was searched, for a search of several in all of them,
outside the archives: whoever searches may have no right to write there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from partydoc.errors import UsageProblem
from partydoc.language import _

_LONGEST_NAME = 100


def state_folder() -> Path:
    """Return where things of this person are kept that may be lost."""
    base = os.environ.get("XDG_STATE_HOME")
    return Path(base or Path.home() / ".local" / "state") / "partydoc"


def remember(roots: Sequence[Path], hits: Sequence[tuple[Path, str]], offset: int) -> None:
    """Keep (archive, id) of the hits that were shown from `offset` on; `roots` were searched.

    Where that cannot be written, a search does without.
    """
    shown = [[str(root), document] for root, document in hits]
    with suppress(OSError, RuntimeError):  # RuntimeError: a person without a home
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for root in roots:
            beside = folder / f".{os.getpid()}.new"
            beside.write_text(json.dumps({"archive": str(root), "offset": offset, "hits": shown}))
            beside.replace(folder / _name(root))


def recall(number: int, root: Path | None) -> tuple[Path, str]:
    """Return (archive, id) of a hit of the last search in an archive; None: of the last of all.

    Raises UsageProblem where there is none.
    """
    with suppress(OSError, RuntimeError, ValueError, KeyError, IndexError, TypeError):
        path = state_folder() / _name(root) if root else _newest()
        last = json.loads(path.read_text())
        position = number - 1 - last["offset"]
        if position >= 0 and (root is None or last["archive"] == str(root)):
            archive, document = map(os.fsdecode, last["hits"][position])
            return Path(archive), document
    message = _("The last search had no hit {number}.").format(number=number)
    raise UsageProblem(message, _("Search first: partydoc search WORDS"))


def is_number(reference: str) -> bool:
    """Whether a reference is the number of a hit: at most three digits."""
    return reference.isdecimal() and len(reference) <= 3


def _newest() -> Path:
    return max(state_folder().glob("*.json"), key=lambda path: path.stat().st_mtime_ns)


def _name(root: Path) -> str:
    return re.sub(r"\W+", "-", str(root)).strip("-")[-_LONGEST_NAME:] + ".json"
