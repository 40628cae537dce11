"""The process that writes is killed, at every step it takes and at any moment in between.

The steps are what Python does to files of the index; `make torture` takes them one by one.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from corpus import PAPERS, paper

from partydoc.index import Index, writing

STRIDE = int(os.environ.get("PARTYDOC_CRASH_STRIDE", "61"))
BATCH, LAST = 10, 60

#: Writes documents 1 to LAST; is killed at its step number STEP, or tells how many it took.
WRITER = f"""
import os, signal, sys
from pathlib import Path
from partydoc.document import Searchable
from partydoc.index import Index, writing

writing.BATCH, steps = {BATCH}, 0
folder, engine, verb, step = sys.argv[1:]
EVENTS = "open os.rename os.remove os.mkdir os.rmdir os.chmod ctypes.call_function".split()

def watch(event, arguments):
    global steps
    if event in EVENTS and (event[0] == "c" or str(arguments[0]).startswith(folder)):
        steps += 1
        if steps == int(step):
            os.kill(os.getpid(), signal.SIGKILL)

def documents(mark):
    for n in range(mark + 1, {LAST} + 1):
        yield Searchable(f"d{{n}}", n, {{}}, (f"thủy lợi số {{n}} " * 20,))

print("begun", flush=True)
with Index(Path(folder), engine) as index:
    sys.addaudithook(watch)
    if verb == "update":
        index.update(documents(index.state().mark), ["letter"], "one", {LAST})
    else:
        begun = index.begun("two")
        index.rebuild(documents(begun.mark if begun else 0), "two", {LAST}, (), begun)
print(steps, flush=True)
"""


def _write(index: Index, verb: str, step: int = 0) -> subprocess.Popen[bytes]:
    folder = str(index.folder)
    command = [sys.executable, "-c", WRITER, folder, index.engine, verb, str(step)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == b"begun\n"
    return child


def _steps(index: Index, verb: str) -> int:
    child = _write(index, verb)
    return int(child.communicate()[0])


def _found(desk) -> int:
    return len(desk.ask("thuy loi", limit=400))


def _assert_sound(desk, verb: str) -> None:
    """What is there now can be searched, and the next run finishes it."""
    now = desk.index.state()
    if verb == "update":
        found = set(desk.ask("thuy loi", limit=400))
        assert found == {f"d{n}" for n in range(1, len(found) + 1)}
        assert len(found) >= now.mark
        assert len(found) % BATCH in (0, 9, 8)  # the next run begins with the last one of a batch
    elif now.generation == "one":
        assert desk.ask("chuyen", "in:described") == ["resolution"]
    else:
        assert _found(desk) == LAST
    assert _write(desk.index, verb).wait() == 0
    assert _found(desk) == LAST
    assert desk.ask("dong chi") == []
    assert desk.index.check(deep=True) == ()
    assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["update", "rebuild"])
def test_a_writer_killed_at_any_step_is_followed_by_one_that_finishes(desk, verb):
    desk.index.rebuild(PAPERS, "one", 0)
    total = _steps(desk.index, verb)
    assert total > 20
    for step in range(1 + STRIDE // 2, total, STRIDE):
        desk.index.rebuild(PAPERS, "one", 0)
        child = _write(desk.index, verb, step)
        assert child.wait() == -signal.SIGKILL, f"step {step} was never reached"
        child.communicate()
        _assert_sound(desk, verb)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["update", "rebuild"])
def test_a_writer_killed_at_any_moment_is_followed_by_one_that_finishes(desk, verb):
    chance = random.Random(f"{desk.index.engine} {verb}")
    for _ in range(4 if STRIDE > 1 else 100):
        desk.index.rebuild(PAPERS, "one", 0)
        for _twice in range(2):  # the second finds what the first has left
            child = _write(desk.index, verb)
            time.sleep(chance.random() * 0.3)
            child.send_signal(signal.SIGKILL)
            child.communicate()
        _assert_sound(desk, verb)


@pytest.mark.slow
def test_an_interrupted_rebuild_does_not_begin_again_from_zero(desk, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", BATCH)
    desk.index.rebuild(PAPERS, "one", 0)
    step = _steps(desk.index, "rebuild") * 2 // 3
    desk.index.rebuild(PAPERS, "one", 0)
    _write(desk.index, "rebuild", step).communicate()
    begun = desk.index.begun("two")
    assert begun is not None
    assert begun.documents >= BATCH
    rest = [paper(f"d{n}", "thủy lợi", change=n) for n in range(begun.mark + 1, LAST + 1)]
    assert desk.index.rebuild(rest, "two", LAST, (), begun) == LAST
    assert len(rest) < LAST
