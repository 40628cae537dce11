"""The power goes at each step in turn; nothing may be lost, doubled, or left to a person."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import desk
import judge
import pytest

from partydoc import indexing
from partydoc.archive import disk, jobs
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.shelving import new_unit
from partydoc.document import Refusal
from partydoc.filing import Filer
from partydoc.work import Work

#: Every step of the whole campaign with PARTYDOC_CRASH_STRIDE=1 (make crash).
STRIDE = int(os.environ.get("PARTYDOC_CRASH_STRIDE", "17"))
SECRET = "canary-bi-mat"
INPUTS = {
    "nghi-quyet.pdf": b"%PDF-1.4 one",
    "thong-bao.pdf": b"%PDF-1.4 two",
    f"{SECRET}.pdf": b"%PDF-1.4 three",
    "khong-doc-duoc.pdf": b"%PDF-1.4 four",
}


def fill_inbox(archive: Archive) -> None:
    for name, data in INPUTS.items():
        (archive.inbox / name).write_bytes(data)


def night(archive: Archive, folder: str | None = None) -> None:
    """One run over the inbox: two documents are described, one held, one cannot be read."""
    with desk.at_work(archive) as opened:
        done = []
        for path in sorted(archive.inbox.iterdir()):
            work = desk.keep(opened, path, folder)
            if isinstance(work, Work):
                finish(opened, work)
                done.append(work.job)
        for row in opened.catalogue.unread():
            kept = opened.store.kept(row.id)
            assert kept is not None
            work = Work(kept, jobs.begin_for(kept, archive.desk), 0.0)
            finish(opened, work)
            done.append(work.job)
        opened.shelves.settle(Commit("entries", "test", desk.NOW))
        for job in done:
            jobs.end(job)
        indexing.bring_up_to_date(archive, opened.store, opened.catalogue)


def finish(opened: Opened, work: Work) -> None:
    name = work.kept.names[0]
    if name.startswith("khong"):
        Filer(opened, desk.clock).not_read(work, Refusal("ocr-failed"))
    elif name.startswith(SECRET):
        desk.file(opened, work, "MẬT\nNội dung canary-trong-van-ban")
    else:
        desk.file(opened, work)


def in_child(work: Callable[[], None], fail_at: str = "", count_to: str = "") -> int:
    """Run work in a forked child with its own step counter; return its wait status."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    code = 1
    try:
        disk._steps = 0
        os.environ["PARTYDOC_FAIL_AT"], os.environ["PARTYDOC_COUNT_TO"] = fail_at, count_to
        work()
        code = 0
    finally:
        os._exit(code)


def steps_of(work: Callable[[], None], fast_disk: Path) -> int:
    counter = fast_disk / "steps"
    assert in_child(work, count_to=str(counter)) == 0
    return int(counter.read_text())


def assert_sound(archive: Archive) -> None:
    judge.nothing_lost_nothing_doubled(archive.root, INPUTS)
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)
    judge.no_trace(archive.root, [SECRET, "canary-trong-van-ban"])


def fresh(folder: Path) -> Archive:
    archive = desk.new_archive(folder)
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", "A29-01-0003"),
        ):  # fmt: skip
            unit = new_unit(kind, reference, "Nghị quyết", "7")
            opened.shelves.add(unit, Commit("added", "test", desk.NOW))
    fill_inbox(archive)
    return archive


@pytest.mark.slow
def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(fast_disk: Path) -> None:
    total = steps_of(lambda: night(fresh(fast_disk / "count"), "A29-01-0003"), fast_disk)
    assert total > 150
    begin = steps_of(lambda: fresh(fast_disk / "count-begin") and None, fast_disk)
    for n in range(begin + 1, total + 1, STRIDE):
        archive = fresh(fast_disk / str(n))
        kill_at = f"{n - begin}:kill"
        status = in_child(lambda a=archive: night(a, "A29-01-0003"), kill_at)
        assert os.WIFSIGNALED(status), f"step {n - begin} was never reached"
        judge.nothing_lost_nothing_doubled(archive.root, INPUTS)
        # once more, in the middle of the recovery
        in_child(lambda a=archive: night(a, "A29-01-0003"), f"{1 + n % 13}:kill")
        judge.nothing_lost_nothing_doubled(archive.root, INPUTS)
        assert in_child(lambda a=archive: night(a, "A29-01-0003")) == 0
        assert_sound(archive)
        assert_complete(archive)


def assert_complete(archive: Archive) -> None:
    assert not list(archive.inbox.iterdir())
    with desk.at_work(open_archive(archive.root)) as opened:
        counts = opened.catalogue.counts()
        entries = opened.shelves.folder("A29-01-0003").entries
    assert sum(counts.values()) == len(INPUTS)
    assert counts["held"] == 1
    described = counts.get("review", 0) + counts.get("described", 0)
    assert described == 2
    ordinals = [entry.ordinal for entry in entries]
    assert len(ordinals) == len(set(ordinals))
    filed = [entry.document for entry in entries if entry.document]
    assert len(filed) == len(set(filed)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["enospc", "eio"])
def test_a_failing_disk_loses_nothing(fast_disk: Path, trouble: str) -> None:
    for n in range(1, 120, STRIDE):
        archive = fresh(fast_disk / str(n))
        in_child(lambda a=archive: night(a), f"{n}:{trouble}")
        judge.nothing_lost_nothing_doubled(archive.root, INPUTS)
        assert in_child(lambda a=archive: night(a)) == 0
        assert in_child(lambda a=archive: night(a)) == 0
        assert_sound(archive)
        assert not list(archive.inbox.iterdir())


def test_the_campaign_sees_an_inbox_that_is_emptied_too_early(fast_disk: Path) -> None:
    """A fault put in on purpose must be caught, or the rest proves nothing."""
    archive = fresh(fast_disk / "a")

    def careless() -> None:
        (archive.inbox / "thong-bao.pdf").unlink()
        os.kill(os.getpid(), signal.SIGKILL)

    in_child(careless)
    with pytest.raises(AssertionError, match="is lost"):
        judge.nothing_lost_nothing_doubled(archive.root, INPUTS)
