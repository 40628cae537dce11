"""From the calls of a program to a recording of what it changed and what it made durable."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from torture.syscalls import CHANGES, Call
from torture.tree import NEVER, Change, Entries, Recording, Tree


class Recorder:
    """Makes a recording of the calls of a program; of several, one after the other, if they are
    taken in so.

    `counter`: the file into which the program writes the number of each step.
    """

    def __init__(self, folder: Path, before: Tree, counter: Path | None = None) -> None:
        self.recording = Recording(folder, before)
        self._counter = str(counter)
        self._now = before.copy()
        self._at: dict[int, int] = {}  # open file -> where the next write goes

    def take(self, calls: Iterable[Call]) -> Recording:
        """Take the calls in; return the recording. Raises ValueError for one it does not know."""
        for call in calls:
            known = getattr(self, f"_{call.name}", None)
            if known:
                known(call)
            elif call.name in CHANGES and any(
                self._inside(path) is not None for path in call.touches
            ):
                raise ValueError(f"no recorder knows {call.name}")
        if wrong := self._now.differs(self.recording.folder):
            raise ValueError(f"the recording is not whole: {', '.join(wrong[:5])}")
        return self.recording

    def _inside(self, path: str | None) -> tuple[str, ...] | None:
        """Return a path's parts below the folder; None where it lies elsewhere."""
        root = str(self.recording.folder)
        if path is None or not (path == root or path.startswith(root + os.sep)):
            return None
        return Path(path).relative_to(root).parts

    def _add(
        self, what: str, on: Iterable[int], do: Callable[[Tree], object],
        half: Callable[[Tree], object] | None = None,
    ) -> None:  # fmt: skip
        do(self._now)
        self.recording.changes[self.recording.events] = Change(what, do, frozenset(on), half=half)
        self.recording.events += 1

    def _sync(self, node: int) -> None:
        recording = self.recording
        for number, change in recording.changes.items():
            if node in change.on and change.until == NEVER:
                recording.changes[number] = replace(change, until=recording.events)
        recording.events += 1

    def _place(self, path: str) -> tuple[int, str] | None:
        """Return the folder of a path, and the name in it."""
        parts = self._inside(path)
        folder = self._now.find(parts[:-1]) if parts else None
        return (folder, parts[-1]) if parts and folder is not None else None

    # One method for each call, by its name.

    def _openat(self, call: Call) -> None:
        place = self._place(call.paths[0])
        self._at[call.result] = 0
        if call.paths[0] == self._counter:
            self.recording.steps.append(self.recording.events)
        flags = call.arguments[2] if call.name == "openat" else call.arguments[1]
        if place is None or not ("O_WRONLY" in flags or "O_RDWR" in flags):
            return
        folder, name = place
        node = self._now.entries(folder).get(name)
        if node is None:
            self._make(folder, name, b"")
        elif "O_TRUNC" in flags and self._now.nodes[node]:
            self._add(f"empty {name}", [node], lambda tree: tree.cut(node, 0))
        if "O_APPEND" in flags:
            self._at[call.result] = -1

    _open = _openat

    def _make(self, folder: int, name: str, made: bytes | Entries) -> None:
        node = len(self._now.nodes)
        for tree in (self._now, self.recording.before):  # there, if nothing bears its name
            tree.nodes[node] = made if isinstance(made, bytes) else dict(made)
        self._add(f"make {name}", [folder], lambda tree: tree.entries(folder).update({name: node}))

    def _mkdir(self, call: Call) -> None:
        if place := self._place(call.paths[0]):
            self._make(*place, {})

    _mkdirat = _mkdir

    def _write(self, call: Call) -> None:
        parts = self._inside(call.opened)
        node = self._now.find(parts) if parts else None
        if node is None:
            return
        at = self._at.get(call.descriptor, 0)
        offset = len(self._now.bytes_of(node)) if at < 0 else at
        self._put(node, offset, call.data)
        self._at[call.descriptor] = -1 if at < 0 else offset + call.result

    _writev = _write

    def _pwrite64(self, call: Call) -> None:
        parts = self._inside(call.opened)
        if parts and (node := self._now.find(parts)) is not None:
            self._put(node, int(call.arguments[3]), call.data)

    def _put(self, node: int, offset: int, data: bytes) -> None:
        self._add(
            "write", [node], lambda tree: tree.put(node, offset, data),
            half=lambda tree: tree.put(node, offset, data[: len(data) // 2]),
        )  # fmt: skip

    def _lseek(self, call: Call) -> None:
        if self._at.get(call.descriptor, 0) >= 0:
            self._at[call.descriptor] = call.result

    def _ftruncate(self, call: Call) -> None:
        parts = self._inside(call.opened)
        if parts and (node := self._now.find(parts)) is not None:
            size = int(call.arguments[1])
            self._add("cut", [node], lambda tree: tree.cut(node, size))

    def _truncate(self, call: Call) -> None:
        parts = self._inside(call.paths[0])
        if parts and (node := self._now.find(parts)) is not None:
            size = int(call.arguments[1])
            self._add("cut", [node], lambda tree: tree.cut(node, size))

    def _fsync(self, call: Call) -> None:
        parts = self._inside(call.opened)
        if parts is not None and (node := self._now.find(parts)) is not None:
            self._sync(node)

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        one, other = map(self._place, call.paths)
        if one is None or other is None:
            if one or other:
                raise ValueError(f"renamed over the border: {call.paths}")
            return
        (source, name), (target, new) = one, other
        node = self._now.entries(source)[name]
        if "RENAME_EXCHANGE" in call.arguments[-1]:
            second = self._now.entries(target)[new]

            def swap(tree: Tree) -> None:
                tree.entries(source)[name], tree.entries(target)[new] = second, node

            self._add(f"swap {name} and {new}", [source, target], swap)
            return

        def do(tree: Tree) -> None:
            if tree.entries(source).get(name) == node:
                del tree.entries(source)[name]
            tree.entries(target)[new] = node

        self._add(f"rename {name} to {new}", [target], do)

    _renameat = _renameat2 = _rename

    def _link(self, call: Call) -> None:
        parts, place = self._inside(call.paths[0]), self._place(call.paths[1])
        node = self._now.find(parts) if parts else None
        if place and node is not None:
            folder, name = place
            self._add(
                f"link {name}", [folder], lambda tree: tree.entries(folder).update({name: node})
            )

    _linkat = _link

    def _unlink(self, call: Call) -> None:
        if place := self._place(call.paths[0]):
            folder, name = place
            node = self._now.entries(folder)[name]

            def do(tree: Tree) -> None:
                if tree.entries(folder).get(name) == node:
                    del tree.entries(folder)[name]

            self._add(f"remove {name}", [folder], do)

    _unlinkat = _rmdir = _unlink

    def _chmod(self, call: Call) -> None:
        """Who may read a file is not part of these states."""

    _fchmod = _fchmodat = _chown = _fchown = _lchown = _fchownat = _utimensat = _chmod
