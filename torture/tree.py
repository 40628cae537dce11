"""A file system as a power cut may leave it: what was not yet made durable may be there or not.

The rules are those of POSIX, not of one file system: bytes are durable once their file is synced,
a name once its folder is, each without the other. A rename is atomic, as it is everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

NEVER = 1 << 60
Entries = dict[str, int]


class Tree:
    """Files and folders under one folder, each known by a number as an inode is."""

    def __init__(self, nodes: dict[int, bytes | Entries]) -> None:
        self.nodes = nodes

    @classmethod
    def of(cls, folder: Path) -> Tree:
        """Read what stands in a folder."""
        tree = cls({})
        tree._read(folder)
        return tree

    def _read(self, path: Path) -> int:
        number = len(self.nodes)
        self.nodes[number] = {}
        if path.is_dir():
            self.nodes[number] = {one.name: self._read(one) for one in sorted(path.iterdir())}
        else:
            self.nodes[number] = path.read_bytes()
        return number

    def graft(self, name: str, other: Tree) -> None:
        """Put another tree into this one, under a name at its top."""
        start = len(self.nodes)
        for number, node in other.nodes.items():
            moved = node if isinstance(node, bytes) else {k: v + start for k, v in node.items()}
            self.nodes[number + start] = moved
        self.entries(0)[name] = start

    def copy(self) -> Tree:
        """Return a copy; bytes are shared, for they never change."""
        return Tree({k: v if isinstance(v, bytes) else dict(v) for k, v in self.nodes.items()})

    def find(self, parts: Iterable[str]) -> int | None:
        """Return the number of what stands at a path."""
        now: int | None = 0
        for part in parts:
            entries = self.nodes.get(now) if now is not None else None
            now = entries.get(part) if isinstance(entries, dict) else None
        return now

    def entries(self, folder: int) -> Entries:
        """Return the entries of a folder."""
        found = self.nodes[folder]
        assert isinstance(found, dict)
        return found

    def bytes_of(self, file: int) -> bytes:
        """Return the bytes of a file."""
        found = self.nodes[file]
        assert isinstance(found, bytes)
        return found

    def put(self, file: int, offset: int, data: bytes) -> None:
        """Write into a file; what was skipped is zeros."""
        old = self.bytes_of(file)
        self.nodes[file] = old[:offset].ljust(offset, b"\0") + data + old[offset + len(data) :]

    def cut(self, file: int, size: int) -> None:
        """Give a file another length."""
        self.nodes[file] = self.bytes_of(file)[:size].ljust(size, b"\0")

    def write(self, target: Path, number: int = 0) -> None:
        """Write everything into a new folder."""
        found = self.nodes[number]
        if isinstance(found, bytes):
            target.write_bytes(found)
            return
        target.mkdir()
        for name, one in found.items():
            self.write(target / name, one)

    def differs(self, folder: Path) -> list[str]:
        """Return the paths at which a folder on disk is anything else."""
        wanted, there = self._flat(), Tree.of(folder)._flat()
        names = sorted(wanted.keys() | there.keys())
        return [name for name in names if wanted.get(name) != there.get(name)]

    def _flat(self, number: int = 0, path: str = "") -> dict[str, bytes | None]:
        found = self.nodes[number]
        if isinstance(found, bytes):
            return {path: found}
        flat: dict[str, bytes | None] = {path: None}
        for name, one in found.items():
            flat |= self._flat(one, f"{path}/{name}")
        return flat


@dataclass(frozen=True)
class Change:
    """One change: what it does to a tree, the nodes of which any, synced, makes it durable, and
    the number of the event from which on it is; `half` does half of it, where it can be torn.
    """

    what: str
    do: Callable[[Tree], object]
    on: frozenset[int]
    until: int = NEVER
    half: Callable[[Tree], object] | None = None


@dataclass
class Recording:
    """What a program did under a folder: changes and syncs in their order, numbered as events.

    `steps`: the events before which the numbered steps of the product came, where they were told.
    """

    folder: Path
    before: Tree
    changes: dict[int, Change] = field(default_factory=dict)
    events: int = 0
    steps: list[int] = field(default_factory=list)

    def pending(self, event: int) -> list[int]:
        """Return the changes before an event that nothing has made durable by then."""
        found = self.changes.items()
        return [number for number, one in found if number < event and one.until >= event]

    def state(self, kept: Iterable[int], torn: int | None = None) -> Tree:
        """Return the tree in which only some changes have reached the disk; one of them by half."""
        tree = self.before.copy()
        for number in sorted(kept):
            change = self.changes[number]
            (change.half if number == torn and change.half else change.do)(tree)
        return tree
