"""The one picture that a person looks at while typing, replaced for each document.

On a desktop it is opened once, and the viewer is left to notice that it changes: a window that
came up for each document would take the keyboard away from the terminal. Over SSH it is a file in
a folder that the person can reach. The page beside it renews itself in any browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.document import Record
from partydoc.errors import UsageProblem
from partydoc.interrupting import hangups_interrupt
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.ocr.pictures import Zone

_DPI = 130
#: The share of the first page that the letterhead and the subject take.
HEADER = 0.42
_LOWEST_HEADER = 0.62
#: What is shown above and below a field that stands elsewhere.
_AROUND = 0.07
_FOOT = 0.5
_AT_THE_END = ("signer", "position", "authority", "recipients")
_PAGE = """\
<!doctype html><meta charset="utf-8"><title>partydoc</title>
<style>body{margin:0;background:#777}img{display:block;margin:auto;max-width:100%}</style>
<img id="page" src="page.png">
<script>
setInterval(() => { document.getElementById("page").src = "page.png?" + Date.now() }, 700)
</script>
"""


class Picture:
    """The picture file; use it as a context manager, which takes the file away at the end.

    `folder`: where it lies; None: a private folder. `trouble` says why there is none, if there is
    none, as when nothing shall be drawn. Raises UsageProblem for a folder that cannot be used.
    """

    def __init__(self, folder: Path | None, archive: Path, draw: bool = True) -> None:
        self.trouble = _missing_tool() if draw else _("No pictures are drawn.")
        self._private = folder is None
        self._opened = False
        if folder is not None:
            _check(folder, archive)
        base = os.environ.get("XDG_RUNTIME_DIR")
        base = base if base and Path(base).is_dir() else None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="partydoc-", dir=base))
        self.path = self.folder / "page.png"

    def __enter__(self) -> Picture:
        # A connection that breaks off must not leave the page of a document behind.
        self._interrupted = hangups_interrupt()
        self._interrupted.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._interrupted.__exit__(None, None, None)
        for name in ("page.png", "page.html", ".page.png"):
            with suppress(OSError):
                (self.folder / name).unlink()
        if self._private:
            with suppress(OSError):
                self.folder.rmdir()

    def show(self, pdf: Path | None, zones: list[Zone], caption: str) -> bool:
        """Put strips of a document in the place of what was shown; return whether that went well.

        Where it does not, no picture is left: nobody shall type from another document's.
        """
        from partydoc.ocr.pictures import strips

        drawn = strips(pdf, zones, _DPI, caption) if pdf and not self.trouble else None
        if drawn is None:
            self.path.unlink(missing_ok=True)
            return False
        beside = self.folder / ".page.png"
        beside.write_bytes(drawn)
        beside.replace(self.path)
        if not self._opened:
            self._open()
        return True

    def _open(self) -> None:
        self._opened = True
        (self.folder / "page.html").write_text(_PAGE, "utf-8")
        if on_desktop():
            open_window(self.path)


def open_window(path: Path) -> None:
    """Open a file with the desktop's own viewer, which outlives the command."""
    nothing = subprocess.DEVNULL
    command = ["xdg-open", str(path)]
    subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


def on_desktop() -> bool:
    """Whether a window can be opened before the person who types."""
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    remote = os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY")
    return bool(display and not remote and shutil.which("xdg-open"))


def _missing_tool() -> str | None:
    if shutil.which("pdftoppm") and shutil.which("pdfinfo"):
        return None
    return _("There are no pictures: poppler is missing. Install it: apt install poppler-utils")


def _check(folder: Path, archive: Path) -> None:
    if folder.resolve().is_relative_to(archive.resolve()):
        message = _("{folder} lies in the archive, where no pictures are put.")
        hint = _("Name a folder outside it: --picture-dir DIR")
        raise UsageProblem(message.format(folder=folder), hint)
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        message = _("{folder} is not a folder that can be written to.").format(folder=folder)
        raise UsageProblem(message, _("Make it first, or name another: --picture-dir DIR"))


def zones(record: Record, asked: tuple[str, ...], pages: int) -> list[Zone]:
    """Return what is to be seen: the head of the first page, and where else the fields stand."""
    from partydoc.ocr.pictures import Zone

    fields = [field for name in asked if (field := record.get(name))]
    boxes = [(field.page, field.box) for field in fields if field.page and field.box]
    head = [box for page, box in boxes if page == 1 and box.bottom <= _LOWEST_HEADER]
    bottom = max([HEADER, *(box.bottom + _AROUND for box in head)])
    found = [Zone(1, 0.0, bottom, tuple(head))]
    below = [(page, box) for page, box in boxes if page > 1 or box.bottom > _LOWEST_HEADER]
    for page in sorted({page for page, _box in below}):
        there = tuple(box for each, box in below if each == page)
        top = max(min(box.top for box in there) - _AROUND, bottom if page == 1 else 0.0)
        found.append(Zone(page, top, min(1.0, max(b.bottom for b in there) + _AROUND), there))
    if any(name in _AT_THE_END and record.get(name) is None for name in asked):
        found.append(Zone(pages, max(_FOOT, bottom if pages == 1 else 0.0), 1.0))
    return found


def whole(page: int) -> list[Zone]:
    """Return a whole page."""
    from partydoc.ocr.pictures import Zone

    return [Zone(page, 0.0, 1.0)]
