"""People search in processes of their own while another writes: nothing fails or is torn."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from corpus import paper

from partydoc.index import Index

BATCH = 20

#: Searches until it is told to stop; tells how often, and ends at once where it saw half a batch.
READER = """
import sys
from pathlib import Path
from partydoc.index import Index, parse

folder, engine, allowed = Path(sys.argv[1]), sys.argv[2], set(map(int, sys.argv[3].split(",")))
query, seen, last = parse(["thuy loi"]), 0, 0
while not folder.with_name("stop").exists():
    with Index(folder, engine) as index:
        total = index.search(query, 3).total
    if total not in allowed or total < last:
        sys.exit(f"{total} documents after {last}")
    last = total
    seen += 1
    if seen == 1:
        print("ready", flush=True)
print(seen)
"""


def papers(first: int, last: int):
    return [paper(f"d{n}", f"thủy lợi số {n} " * 20, change=n) for n in range(first, last + 1)]


@contextmanager
def readers(index: Index, allowed: range | list[int]) -> Iterator[None]:
    """Let several search, from before what is done until after it, and see to what they tell."""
    stop = index.folder.with_name("stop")
    stop.unlink(missing_ok=True)
    numbers = ",".join(map(str, allowed))
    command = [sys.executable, "-c", READER, str(index.folder), index.engine, numbers]
    working = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for reader in working:
        assert reader.stdout.readline() == "ready\n"
    try:
        yield
    finally:
        stop.touch()
        told = [reader.communicate() for reader in working]
    for reader, (out, err) in zip(working, told, strict=True):
        assert reader.returncode == 0, err
        assert int(out) > 1


@pytest.mark.slow
def test_readers_see_whole_batches_while_a_writer_commits(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", BATCH)
    desk.hold(*papers(1, 100))
    with readers(desk.index, range(100, 301, BATCH)):
        desk.index.update(papers(101, 240), [], "one", 240)
        for first in range(241, 300, BATCH):
            desk.index.update(papers(first, first + BATCH - 1), [], "one", first + BATCH - 1)
        changed = [one.but(change=400, pages=(one.pages[0] + "mới",)) for one in papers(1, 60)]
        desk.index.update(changed, [], "one", 400)
    assert len(desk.ask("thuy loi", limit=400)) == 300


@pytest.mark.slow
def test_readers_see_the_old_or_the_new_index_while_it_is_made_anew(desk):
    desk.hold(*papers(1, 60))
    with readers(desk.index, [60]):
        for mark in range(8):
            desk.index.rebuild(papers(1, 60), "one", mark)


@pytest.mark.slow
def test_a_reader_that_stays_open_follows_all_of_it(desk):
    desk.hold(*papers(1, 10))
    with Index(desk.index.folder, desk.index.engine) as other:
        for n in range(11, 40, 10):
            other.update(papers(n, n + 9), [], "one", n + 9)
            assert len(desk.ask("thuy loi", limit=100)) == n + 9
        other.rebuild(papers(1, 5), "two", 5)
        assert len(desk.ask("thuy loi", limit=100)) == 5


def test_what_readers_do_leaves_no_trace_in_the_index(desk):
    desk.hold(*papers(1, 10))
    desk.ask("thuy loi")
    desk.index.close()
    before = _tree(desk.index)
    desk.ask("thuy loi")
    desk.index.check(deep=True)
    desk.index.close()
    assert _tree(desk.index) == before


def _tree(index: Index) -> str:
    found = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns, path.stat().st_ino)
        for path in sorted(index.folder.rglob("*"))
    ]
    return json.dumps(found)
