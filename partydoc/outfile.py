"""Files that a person names with --to: none that is there is touched, none is left half written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partydoc.errors import UsageProblem
from partydoc.language import _


def require_free(path: Path, archive: Path, hint: str) -> None:
    """Raise UsageProblem for a place where no file may be written, or where one is there already:
    somebody may have typed into it. The hint says how to name another.
    """
    require_place(path, archive, hint)
    if path.exists():
        message = _("{path} is there already; it was left alone.").format(path=path)
        raise UsageProblem(message, hint)


def require_place(path: Path, archive: Path, hint: str) -> None:
    """Raise UsageProblem for a place in the archive, or in a folder that is not there."""
    if path.resolve().is_relative_to(archive):
        message = _("{path} lies inside the archive; nothing was written.").format(path=path)
        raise UsageProblem(message, hint)
    if not path.absolute().parent.is_dir():
        message = _("{path} cannot be written: its folder is not there.").format(path=path)
        raise UsageProblem(message, hint)


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """Yield a file beside the place, put there at the end; whatever fails leaves nothing."""
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
