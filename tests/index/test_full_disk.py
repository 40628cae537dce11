"""The disk is full while an index is written: the old index answers, and later all goes on."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import paper

from partydoc.index import FULL, Index, parse

SIZE = 30_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of thirty megabytes."""
    if "full" in os.environ.get("TORTURE_WITHOUT", "").split(","):
        pytest.skip("left out by TORTURE_WITHOUT: full")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.fail("NOT CHECKED: only root can mount a file system, and not on every machine")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave fifty kilobytes of a file system; return what fills the rest."""
    ballast = folder / "ballast"
    room = os.statvfs(folder)
    ballast.write_bytes(bytes(room.f_bavail * room.f_bsize - 50_000))
    return ballast


def papers(first: int, last: int):
    return [paper(f"d{n}", *many_words(n), change=n) for n in range(first, last + 1)]


def many_words(number: int) -> tuple[str, ...]:
    return ("thủy lợi " + " ".join(f"từ{number}x{n}" for n in range(300)),)


def total(index: Index) -> int:
    return index.search(parse(["thuy loi"]), 1).total


@pytest.mark.slow
def test_an_update_on_a_full_disk_fails_and_the_next_one_finishes(small_disk, engine):
    with Index(small_disk / "index", engine) as index:
        index.rebuild(papers(1, 20), "one", 20)
        ballast = fill(small_disk)
        with pytest.raises(OSError) as caught:
            index.update(papers(21, 120), [], "one", 120)
        assert caught.value.errno == errno.ENOSPC
        assert total(index) == 20
        ballast.unlink()
        now = index.state()
        assert now is not None
        assert now.mark == 20
        index.update(papers(21, 120), [], "one", 120)
        assert total(index) == 120
        assert index.check(deep=True) == ()


@pytest.mark.slow
def test_a_rebuild_on_a_full_disk_leaves_the_old_index(small_disk, engine):
    with Index(small_disk / "index", engine) as index:
        index.rebuild(papers(1, 20), "one", 20)
        ballast = fill(small_disk)
        with pytest.raises(OSError) as caught:
            index.rebuild(papers(1, 120), "two", 120)
        assert caught.value.errno == errno.ENOSPC
        assert total(index) == 20
        assert index.check(deep=True) == ()
        index.forget_begun()
        ballast.unlink()
        assert index.rebuild(papers(1, 120), "two", 120) == 120
        assert total(index) == 120


#: Rebuilds where no file may grow over a limit: what stands for a full disk everywhere.
LIMITED = """
import errno, resource, sys
from pathlib import Path
from partydoc.document import Searchable
from partydoc.index import Index

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
words = [" ".join(f"từ{n}x{m}" for m in range(300)) for n in range(100)]
documents = [Searchable(f"d{n}", n, {}, ("thủy lợi " + words[n],)) for n in range(100)]
index = Index(Path(sys.argv[1]), sys.argv[2])
try:
    index.rebuild(documents, "two", 100) if sys.argv[4] == "rebuild" else index.update(
        documents, [], "one", 100)
except OSError as trouble:
    sys.exit(trouble.errno)
sys.exit("written all the same")
"""


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["update", "rebuild"])
@pytest.mark.parametrize("limit", [1_000, 20_000, 60_000])
def test_files_that_may_not_grow_stop_the_writer_in_order(fast_disk, engine, verb, limit):
    with Index(fast_disk / "index", engine) as index:
        index.rebuild(papers(1, 20), "one", 0)
        command = [sys.executable, "-c", LIMITED, str(index.folder), engine, str(limit), verb]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in FULL, done.stderr
        assert total(index) == 20
        index.update(papers(21, 30), [], "one", 30)
        assert total(index) == 30
        assert index.check(deep=True) == ()
