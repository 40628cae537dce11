"""The command line with ready readings in the place of OCR, so that thousands of runs take minutes.

Everything else is the product's own: what stands in a file is what is "read" from its page.

python -m torture.ready ARGUMENTS      as partydoc itself
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

_HEAD = b"%PDF-1.4 ready\n"
_LETTERHEAD = "ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG UỶ XÃ ĐỒNG MẪU\nĐồng Mẫu, ngày 02 tháng 3 năm 2026\n"
VEIL = "~"
#: Stands on every page that is read: what a search is tried with.
WORD = "thuỷ lợi"


def paper(text: str, how: str = "read") -> bytes:
    """Return a file, a form feed between its pages: `how` is `read`, `unsure` (badly), `fails` (not
    at all), `refused`, `signed`, `lying` (turned to be read). A line that begins with VEIL is
    overlooked until its page is cut out.
    """
    return _HEAD + how.encode() + b"\n" + text.encode()


class _Stand:
    """Stands where a confined process stood."""

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:  # fmt: skip
        return None


class Inspector(_Stand):
    """Finds pages in every file that was not made to be refused."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "inspector"
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def look(self, name: str, file_name: str) -> Any:
        """See partydoc.ocr.Inspector."""
        from partydoc.document import Look, Refusal

        how, pages = _parts(self.folder / name)
        flags = ("signed",) if how == "signed" else ()
        look = Look("application/pdf", "pdf", len(pages), flags)
        return Refusal("damaged-pdf") if how == "refused" else look

    def __exit__(self, *_: object) -> None:
        import shutil

        shutil.rmtree(self.folder, ignore_errors=True)


class Readers(_Stand):
    """Has every page read at once."""

    def __init__(self, root: Path, jobs: int, languages: Sequence[str], **_: Any) -> None:
        self._done: list[Any] = []

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        """See partydoc.ocr.Readers."""
        from partydoc.document import Refusal
        from partydoc.ocr import Finished

        if not binding:
            leaves = [(original, page) for page in range(1, look.pages + 1)]
        else:
            leaves = [(binding.originals[one.original][0], one.page) for one in binding.pages]
        read = [(*_parts(path), page) for path, page in leaves]
        if not (binding and binding.cut):
            read = [(how, [_veiled(text) for text in texts], page) for how, texts, page in read]
        if any(how == "fails" for how, _texts, _page in read):
            self._done.append(Finished(ticket, None, Refusal("ocr-failed"), 0.0))
            return
        reading = reading_of(
            *((texts[page - 1], 0.5 if how == "unsure" else 0.96) for how, texts, page in read)
        )
        reading = _turned(reading, [how == "lying" for how, _texts, _page in read], binding)
        copied = b"".join(path.read_bytes() for path in dict.fromkeys(path for path, _ in leaves))
        if binding and binding.cut:
            worst = next((how for how, _texts, _page in read if how == "unsure"), "read")
            copied = paper("\f".join(texts[page - 1] for _how, texts, page in read), worst)
            (into / "cut.pdf").write_bytes(copied)
        (into / "access.pdf").write_bytes(b"%PDF-1.7 copy of " + copied)
        (into / "pages.json").write_text(json.dumps(reading.to_dict()), "utf-8")
        self._done.append(Finished(ticket, reading, None, 0.0))

    def finished(self, wait: float | None = None) -> list[Any]:
        """See partydoc.ocr.Readers."""
        done, self._done = self._done, []
        return done


def _veiled(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(VEIL))


def _parts(path: Path) -> tuple[str, list[str]]:
    how, _, text = path.read_bytes().removeprefix(_HEAD).decode().partition("\n")
    return how, text.split("\f")


def reading_of(*pages: tuple[str, float]) -> Any:
    """Return a reading of pages, each with how sure it is: a letterhead that can be read, and its
    text.
    """
    from partydoc.page import Page, Reading

    made = []
    for number, (text, sure) in enumerate(pages, 1):
        rows = [line for line in f"{_LETTERHEAD}{text}\n{WORD}".split("\n") if line]
        lines = tuple(_line(line, row, sure) for row, line in enumerate(rows))
        made.append(Page(number, 210, 297, lines))
    return Reading("ready", ("vie",), tuple(made))


def _turned(reading: Any, lying: Sequence[bool], binding: Any) -> Any:
    """Return a reading for which lying pages were turned, but those that a person has turned."""
    from dataclasses import replace

    settled = [one.turn is not None for one in binding.pages] if binding else [False] * len(lying)
    turns = [90 if lies and not done else 0 for lies, done in zip(lying, settled, strict=True)]
    pages = zip(reading.pages, turns, strict=True)
    return replace(reading, pages=tuple(replace(page, rotation=turn) for page, turn in pages))


def _line(text: str, row: int, sure: float) -> Any:
    from partydoc.box import Box
    from partydoc.page import Line, Word

    top, words = 0.05 + row * 0.03, text.split()
    places = [Box(0.1 + i * 0.05, top, 0.14 + i * 0.05, top + 0.02) for i in range(len(words))]
    made = (Word(word, box, sure) for word, box in zip(words, places, strict=True))
    return Line(tuple(made), row)


def install() -> None:
    """Put the stand-ins in place of the OCR processes, and TORTURE_PERSON of who is at work."""
    from partydoc import destroying, disposing, ocr
    from partydoc.archive import purging

    stand_ins = {"Inspector": Inspector, "Readers": Readers, "require": lambda *_: None}
    for name, stand_in in stand_ins.items():
        setattr(ocr, name, stand_in)
    for module in (destroying, disposing, purging):
        module.account = _person  # type: ignore[attr-defined]


def _person() -> str:
    return os.environ.get("TORTURE_PERSON", "torture")


def type_in() -> None:
    """Let somebody type what TORTURE_TYPED says, if it says anything."""
    if typed := os.environ.get("TORTURE_TYPED"):
        keys = os.memfd_create("typed")
        os.write(keys, typed.encode())
        os.lseek(keys, 0, os.SEEK_SET)
        os.dup2(keys, 0)
        sys.stdin = os.fdopen(0, encoding="utf-8")


def main() -> None:
    """Run one command line."""
    from partydoc import cli
    from torture import sabotage

    install()
    sabotage.install()
    type_in()
    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
