"""A document on its way through the readers, a few pages at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partydoc.document import Bound, Look

#: What a child read, by the number of the first page.
PART = "part-{:06}.json"
#: So many pages are asked for at once: few enough that nobody waits long for the last ones.
_STEP = 2
#: From so many pages left on it pays that another process opens the document too.
_WORTH_HELP = 4


@dataclass(frozen=True)
class Binding:
    """Of what a document is put together: its pages, and (file, media type) of each original that
    they name, by its number. `cut`: it becomes a document of its own, and that is an original.
    """

    pages: tuple[Bound, ...]
    originals: Mapping[int, tuple[Path, str]]
    cut: bool = False


@dataclass(frozen=True)
class Order:
    """What is to be read, and where its results go."""

    ticket: str
    original: Path
    look: Look
    into: Path
    binding: Binding | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.binding.pages) if self.binding else self.look.pages

    @property
    def cut(self) -> bool:
        """Whether what is put together is wanted as well."""
        return bool(self.binding and self.binding.cut)


@dataclass
class Job:
    """An order in work: which pages nobody has begun yet, and which are being read."""

    order: Order
    begun: float
    deadline: float
    left: deque[tuple[int, int]] = field(init=False)
    reading: int = 0
    #: Nobody else can help: there was no room for another copy.
    alone: bool = False

    def __post_init__(self) -> None:
        pages = self.order.pages
        self.left = deque((n, min(n + _STEP - 1, pages)) for n in range(1, pages + 1, _STEP))

    @property
    def spare(self) -> int:
        """How many pages another process could take; 0 where opening it would cost more.

        Who helps with a TIFF binds it once more, while the first still does: no one waits for it.
        """
        left = sum(last - first + 1 for first, last in self.left)
        return left if left >= _WORTH_HELP and not self.alone else 0

    @property
    def all_read(self) -> bool:
        """Whether every page has been read."""
        return not self.left and not self.reading

    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.begun

    def request(self, folder: str, lent: str) -> dict[str, Any] | None:
        """Return what to ask a child next: read on, or finish; None while others still read.

        It works in `folder`, and finds the originals in `lent`.
        """
        asked: dict[str, Any] = {
            "folder": folder,
            "lent": lent,
            "media_type": self.order.look.media_type,
            "pages": self.order.pages,
        }
        if binding := self.order.binding:
            asked["bound"] = [[one.original, one.page, one.turn] for one in binding.pages]
            asked["cut"] = binding.cut
            asked["media_types"] = [[n, kind] for n, (_, kind) in binding.originals.items()]
        if self.left:
            first, last = self.left.popleft()
            self.reading += 1
            return {**asked, "first": first, "last": last}
        return None if self.reading else asked
