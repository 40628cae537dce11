"""What was read of a document, in files of a few pages each: one of them in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from partydoc.ocr.job import PART
from partydoc.ocr.leaf import Leaf
from partydoc.page import Reading

_EVERY = "part-*.json"


class Parts:
    """The leaves of a document, in the order of their pages; `on` is called before each."""

    def __init__(self, folder: Path, on: Callable[[], None] = lambda: None) -> None:
        self._folder = folder
        self._on = on

    def add(self, first: int, leaves: Iterable[Leaf]) -> None:
        """Keep the leaves from a page number on."""
        _write(self._folder / PART.format(first), leaves)

    def __iter__(self) -> Iterator[Leaf]:
        for path in self._paths():
            yield from self._read(path)

    def change(self, changed: Callable[[Leaf], Leaf]) -> None:
        """Keep what a function makes of each leaf."""
        for path in self._paths():
            _write(path, map(changed, self._read(path)))

    def write_pages(self, into: Path, engine: str, languages: tuple[str, ...]) -> None:
        """Write `pages.json`."""
        whole = _packed(Reading(engine, languages, ()).to_dict())
        before, after = whole[:-2], whole[-2:]
        assert after == "]}"  # the list of pages stands last
        with into.open("w", encoding="utf-8") as file:
            file.write(before)
            for number, leaf in enumerate(self):
                file.write(("," if number else "") + _packed(leaf.page.to_dict()))
            file.write(after)

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob(_EVERY))

    def _read(self, path: Path) -> Iterator[Leaf]:
        for item in json.loads(path.read_bytes()):
            self._on()
            yield Leaf.from_dict(item)


def _write(path: Path, leaves: Iterable[Leaf]) -> None:
    path.write_text(_packed([leaf.to_dict() for leaf in leaves]), encoding="utf-8")


def _packed(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
