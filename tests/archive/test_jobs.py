"""Job folders: those of the living are left alone, those of the dead are finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import desk
import judge
import pytest

from partydoc.archive import jobs
from partydoc.archive.jobs import Intent
from partydoc.archive.root import Archive
from partydoc.work import Work


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return desk.new_archive(fast_disk / "a")


def left(archive: Archive) -> list[Path]:
    return [*archive.staging.iterdir(), *archive.hold_staging.iterdir()]


def test_the_jobs_at_a_desk_are_left_alone_while_somebody_sits_there(archive: Archive) -> None:
    with jobs.desk(archive.desk) as mine:
        job = jobs.begin(mine)
        jobs.intend(job, Intent("urn:sha256:" + "0" * 64))
        assert not list(jobs.left_over(archive.desk))
        with desk.at_work(archive):
            pass
        assert job.is_dir()
    assert [path for path, _intent in jobs.left_over(archive.desk)] == [job, mine]
    with desk.at_work(archive):
        pass
    assert not left(archive)


def test_a_desk_without_jobs_leaves_nothing(archive: Archive) -> None:
    with jobs.desk(archive.desk) as mine:
        jobs.end(jobs.begin(mine))
    assert not left(archive)


def test_the_children_of_a_killed_command_do_not_keep_its_desk(archive: Archive) -> None:
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            with jobs.desk(archive.desk) as mine:
                jobs.begin(mine)
                command = [sys.executable, "-c", "import time; time.sleep(60)"]
                child = subprocess.Popen(command, pass_fds=())
                os.write(writer, str(child.pid).encode())
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    os.waitpid(pid, 0)
    child = int(os.read(reader, 20))
    try:
        os.kill(child, 0)
        with desk.at_work(archive):
            pass
        assert not left(archive)
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_job_that_went_wrong_is_finished_by_the_next_turn_though_its_desk_is_taken(
    archive: Archive,
) -> None:
    with jobs.desk(archive.desk) as mine:
        with desk.at_work(archive) as opened:
            (archive.inbox / "1.pdf").write_bytes(b"%PDF 1")
            work = desk.keep(opened, archive.inbox / "1.pdf")
            assert isinstance(work, Work)
            jobs.end(work.job)
            opened.catalogue.forget(work.kept.id)
            with pytest.raises(OSError), jobs.doing(work.kept, mine, archive.desk):
                raise OSError
        assert not list(mine.iterdir())
        with desk.at_work(archive) as opened:
            assert opened.catalogue.row(work.kept.id)
    judge.catalogue_agrees(archive.root)
    assert not left(archive)


def test_another_desk_tells_which_documents_are_being_read(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        (archive.inbox / "1.pdf").write_bytes(b"%PDF 1")
        work = desk.keep(opened, archive.inbox / "1.pdf")
        assert isinstance(work, Work)
        with jobs.desk(archive.desk) as mine, jobs.desk(archive.desk) as theirs:
            job = jobs.begin_for(work.kept, mine)
            assert jobs.elsewhere(work.kept.id, archive.desk, theirs)
            assert not jobs.elsewhere(work.kept.id, archive.desk, mine)
            jobs.end(job)
            assert not jobs.elsewhere(work.kept.id, archive.desk, theirs)
