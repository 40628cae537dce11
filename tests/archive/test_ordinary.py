"""Only an ordinary file is opened; nothing else keeps us waiting, or leads elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partydoc.archive import disk, ordinary


def test_the_bytes_of_a_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    assert ordinary.content(tmp_path / "file") == b"bytes"


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    (tmp_path / "file").write_bytes(b"bytes")
    {"pipe": os.mkfifo, "link": lambda one: one.symlink_to("file"), "folder": os.mkdir}[kind](path)
    before = len([*Path("/proc/self/fd").iterdir()])
    for read in (ordinary.content, disk.digests):
        with pytest.raises(OSError):
            read(path)
    assert len([*Path("/proc/self/fd").iterdir()]) == before
