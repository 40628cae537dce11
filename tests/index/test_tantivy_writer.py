"""What tantivy writes for its owner alone can be read by whoever may read the index."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus import paper

from partydoc.index import Index, opening, schema, writing

pytest.importorskip("tantivy", reason="the extra `fast` is not installed")

NOBODY = 65534
#: More than anybody has to wait.
PATIENCE = 20.0
READER = """
import os, sys, tantivy
from pathlib import Path
from partydoc.index import Index, parse
from partydoc.index import foreign, tantivy_engine
folder, user = sys.argv[1:]
os.setgroups([os.stat(folder).st_gid])
os.setgid(int(user))
os.setuid(int(user))
with Index(Path(folder), "tantivy") as index:
    print(index.search(parse(["giong"]), 1).total)
"""


def papers(first: int, last: int):
    return [paper(f"d{n}", f"giống {n}", change=n) for n in range(first, last)]


def wait(happened) -> bool:
    until = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    return happened()


def open_to_others(path: Path) -> bool:
    return path.stat().st_mode & 0o044 == path.parent.stat().st_mode & 0o044


@pytest.fixture
def crowded(fast_disk, monkeypatch):
    """An index of so many segments that the next commit lets them be merged."""
    monkeypatch.setattr(writing, "BATCH", 10)
    fast_disk.chmod(0o711)
    with Index(fast_disk / "index", "tantivy") as index:
        index.rebuild(papers(0, 10), "one", 10)
        for first in range(10, 70, 10):
            index.update(papers(first, first + 10), [], "one", first + 10)
        yield index


def test_somebody_who_may_only_read_is_answered_while_segments_are_merged(crowded, fast_disk):
    if os.geteuid() != 0:
        pytest.skip("NOT CHECKED: only root can become somebody else")
    meta = crowded.folder / "data" / "meta.json"
    home = fast_disk / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    answers = []

    def segments() -> int:
        return len(json.loads(meta.read_text("utf-8"))["segments"])

    def slowly():
        """Come to the second batch, of which nothing is ready until others have searched."""
        yield from papers(70, 81)
        assert wait(lambda: segments() == 1), "nothing was merged"
        command = [sys.executable, "-c", READER, str(crowded.folder), str(NOBODY)]
        answers.append(
            subprocess.run(
                command,
                env=os.environ | {"TMPDIR": str(home)},
                timeout=60,
                check=False,
                capture_output=True,
                text=True,
            )  # fmt: skip
        )
        yield from papers(81, 90)

    before = os.umask(0o022)
    try:
        crowded.update(slowly(), [], "one", 90)
    finally:
        os.umask(before)
    (answer,) = answers
    assert (answer.returncode, answer.stdout) == (0, "80\n"), answer.stderr


def test_what_was_closed_to_others_is_opened_while_the_last_merges_are_awaited(crowded):
    class Merging:
        def wait_merging_threads(self):
            for path in closed:
                path.chmod(0o600)
            opened.append(wait(lambda: all(map(open_to_others, closed))))

    data = crowded.folder / "data"
    closed, opened = [data / "meta.json", data / ".managed.json"], []
    writer = opening.open_engine("tantivy", data).writer()
    writer.commit([], map(schema.entry, papers(70, 71)))
    writer._writer, real = Merging(), writer._writer
    writer.close()
    real.wait_merging_threads()
    assert opened == [True]
