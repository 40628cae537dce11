"""A place in the pool gives its process nothing but a new file, and trusts no answer."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from partydoc.document import Look
from partydoc.ocr import Readers, parcel, sandbox_available, slot, syscalls
from partydoc.ocr.job import Job, Order
from partydoc.ocr.process import Confined
from partydoc.ocr.slot import Slot

LOOK = Look("application/pdf", "pdf", 4)
_TAKEN_OVER = """
from partydoc.ocr import worker
def handle(request):
    {code}
def handler(role, options, sign):
    worker.sign = sign
    return handle
worker._handler = handler
worker.main()
"""


def taken_over(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have all processes answer requests with this code."""
    monkeypatch.setattr(Confined, "program", ("-P", "-c", _TAKEN_OVER.format(code=code)))


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original.pdf"
    path.write_bytes(b"%PDF-1.7 of somebody")
    return path


def test_what_a_process_put_there_is_not_written_to(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "return {}")
    outside = tmp_path / "outside"
    outside.write_text("kept")
    place = Slot(Confined("read", tmp_path / "reader-1", {}))
    empty, planted = slot.sweep.empty, []

    def empty_and_plant(folder: Path) -> None:
        empty(folder)
        if folder == place.lent and place.child.running and not planted:
            planted.append((folder / "original").symlink_to(outside))

    monkeypatch.setattr(slot.sweep, "empty", empty_and_plant)
    job = Job(Order("t", original, LOOK, tmp_path), 0, 0)
    place.begin(job)
    assert planted and outside.read_text() == "kept"
    assert (place.lent / "original").read_bytes() == original.read_bytes()
    place.close()
    assert not place.child.folder.exists()


@pytest.mark.parametrize(
    "code",
    [
        "return {'done': 4}",
        "return {'read': [1, 2]}",
        "return {'refusal': 'archived', 'detail': 7}",
        "return {'refusal': ['x'] * 9}",
        "return {'read': 0} if 'first' in request else {'done': 4}",
        "raise SystemExit(1)",
        "raise KeyError(1)",
    ],
)
def test_a_process_that_lies_costs_one_document(tmp_path, original, monkeypatch, code):
    taken_over(monkeypatch, code)
    into = tmp_path / "into"
    into.mkdir()
    with Readers(tmp_path / "desk", 2, ["vie"]) as readers:
        readers.submit("t", original, LOOK, into)
        (finished,) = readers.finished(wait=30)
        assert finished.reading is None and finished.refusal.reason == "ocr-failed"
        assert readers.pending == 0
    assert not list(into.iterdir())


def test_a_process_that_says_nothing_meets_the_clock(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "import time; time.sleep(60)")
    with Readers(tmp_path / "desk", 1, ["vie"], base_seconds=0.5, page_seconds=0) as readers:
        readers.submit("t", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
    assert finished.refusal.reason == "time-limit"


def test_words_that_no_page_can_bear_are_refused(tmp_path, original, monkeypatch):
    code = """
    from pathlib import Path
    if "first" in request:
        return {"read": 1}
    Path("job/access.pdf").write_bytes(b"%PDF-")
    Path("job/pages.json").write_text("[" * 100_000)
    return {"done": 4}
"""
    taken_over(monkeypatch, code.strip())
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("t", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
    assert finished.refusal.detail == "pages.json does not fit"


def test_no_request_has_the_time_of_the_whole_document(tmp_path, original, monkeypatch):
    """A page of 2,000 that hangs is given up after seconds; the document would have minutes."""
    taken_over(monkeypatch, "worker.sign(9); import time; time.sleep(60)")
    seen = Look("application/pdf", "pdf", 2000)
    with Readers(tmp_path / "desk", 1, ["vie"], base_seconds=1, page_seconds=0.1) as readers:
        readers.submit("t", original, seen, tmp_path)
        (finished,) = readers.finished(wait=30)
        assert finished.refusal.reason == "time-limit" and readers.pending == 0


@pytest.mark.slow
def test_who_gives_signs_of_life_may_go_on(tmp_path, original, monkeypatch):
    code = """
    import time
    for _ in range(5):
        worker.sign(9)
        time.sleep(0.7)
    return {"refusal": "xfa-form"}
"""
    taken_over(monkeypatch, code.strip())
    seen = Look("application/pdf", "pdf", 1000)
    with Readers(tmp_path / "desk", 1, ["vie"], base_seconds=2, page_seconds=0.02) as readers:
        readers.submit("t", original, seen, tmp_path)
        (finished,) = readers.finished(wait=30)
    assert finished.refusal.reason == "xfa-form"


def test_who_does_nothing_but_give_signs_is_ended(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "\n    while True: worker.sign(60)")
    monkeypatch.setattr(slot, "_MOST_SIGNS", 10)
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("t", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
    assert finished.refusal


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def elsewhere(*_: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def lent(place: Slot, original: Path) -> Path:
    """Give a place a document; return where its process finds it."""
    place.begin(Job(Order("t", original, LOOK, original.parent), 0, 0))
    return place.lent / "original"


def test_a_document_is_lent_under_another_name_and_not_copied(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "return {}")
    place = Slot(Confined("read", tmp_path / "reader-1", {}))
    assert lent(place, original).samefile(original) == sandbox_available()
    place.release()
    assert not list(place.lent.iterdir()) and original.read_bytes() == b"%PDF-1.7 of somebody"
    place.close()
    assert original.exists()


def test_a_document_on_another_disk_is_copied(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "return {}")
    monkeypatch.setattr(slot.os, "link", elsewhere)
    place = Slot(Confined("read", tmp_path / "reader-1", {}))
    found = lent(place, original)
    assert not found.samefile(original) and found.read_bytes() == original.read_bytes()
    place.close()


def test_where_nothing_keeps_a_process_from_writing_it_gets_a_copy(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "return {}")
    monkeypatch.setattr(slot.sandbox, "landlock_version", lambda: 0)
    place = Slot(Confined("read", tmp_path / "reader-1", {}))
    assert not lent(place, original).samefile(original)
    place.close()


@pytest.mark.parametrize(("mode", "is_lent"), [(0o440, True), (0o640, False)])
def test_where_it_could_be_emptied_its_mode_decides(tmp_path, original, monkeypatch, mode, is_lent):
    taken_over(monkeypatch, "return {}")
    monkeypatch.setattr(slot.sandbox, "landlock_version", lambda: 2)
    original.chmod(mode)
    place = Slot(Confined("read", tmp_path / "reader-1", {}))
    assert lent(place, original).samefile(original) == (is_lent and syscalls.known())
    place.close()


@pytest.mark.skipif(not sandbox_available(), reason="nothing confines it here")
def test_a_process_cannot_change_what_it_was_lent(tmp_path, original, monkeypatch):
    code = """
    import os
    path, tried = "lent/original", []
    for change in (
        lambda: open(path, "r+b"), lambda: os.truncate(path, 0), lambda: os.unlink(path),
        lambda: os.rename(path, "job/original"), lambda: os.link(path, "job/original"),
        lambda: os.chmod(path, 0o777), lambda: os.utime(path), lambda: open("lent/other", "x"),
        lambda: os.symlink("other", "lent/other"), lambda: os.open(path, os.O_TRUNC),
        lambda: os.fchmod(open(path).fileno(), 0o777), lambda: os.utime(open(path).fileno()),
        lambda: os.setxattr(open(path).fileno(), "user.x", b"x"),
        lambda: open("/proc/self/fd/%d" % os.open(path, os.O_RDONLY), "r+b"),
        lambda: open(path).close(),
    ):
        try:
            change()
            tried.append("done")
        except OSError:
            tried.append("refused")
    return {"refusal": "xfa-form", "detail": " ".join(tried)}
"""
    taken_over(monkeypatch, code.strip())
    original.chmod(0o640)  # nor does its mode decide
    before = original.stat()
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("t", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
    after = original.stat()
    assert finished.refusal.detail == "refused " * 14 + "done"
    assert original.read_bytes() == b"%PDF-1.7 of somebody"
    assert (before.st_mode, before.st_mtime_ns) == (after.st_mode, after.st_mtime_ns)


def test_a_document_for_whose_copy_there_is_no_room_is_done_and_the_next_one_read(
    tmp_path, original, monkeypatch
):
    taken_over(monkeypatch, "return {'refusal': 'xfa-form'}")
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        with monkeypatch.context() as patched:
            patched.setattr(slot.os, "link", elsewhere)
            patched.setattr(slot.shutil, "copyfileobj", full)
            readers.submit("large", original, LOOK, tmp_path)
        assert readers.pending == 1
        (finished,) = readers.finished(wait=0)
        assert (finished.ticket, finished.refusal.reason) == ("large", "no-room-to-read")
        assert readers.pending == 0 and readers.finished() == []
        assert not list(readers._slots[0].lent.iterdir())
        readers.submit("small", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
        assert (finished.ticket, finished.refusal.reason) == ("small", "xfa-form")


def test_a_document_that_cannot_be_read_from_the_disk_is_not_taken_for_a_full_disk(
    tmp_path, monkeypatch
):
    taken_over(monkeypatch, "return {'refusal': 'xfa-form'}")
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("gone", tmp_path / "gone.pdf", LOOK, tmp_path)
        (finished,) = readers.finished(wait=0)
    assert finished.refusal.reason == "ocr-failed"


def test_who_has_no_room_to_help_lets_the_others_go_on(tmp_path, original, monkeypatch):
    code = "import time; time.sleep(0.2); return {'read': 0} if request.get('first') == 1 else {}"
    taken_over(monkeypatch, code)
    tried: list[Path] = []

    def first_only(source: Path, target: Path) -> None:
        tried.append(target)
        if len(tried) > 1:
            full()
        target.write_bytes(b"")

    monkeypatch.setattr(slot, "_lend", first_only)
    with Readers(tmp_path / "desk", 2, ["vie"]) as readers:
        readers.submit("t", original, Look("application/pdf", "pdf", 40), tmp_path)
        (finished,) = readers.finished(wait=30)
        assert finished.refusal.reason == "ocr-failed" and readers.pending == 0
    assert len(tried) == 2  # and it was not tried again with each page


def test_a_copy_that_does_not_fit_leaves_no_job_behind(tmp_path, original, monkeypatch):
    taken_over(monkeypatch, "return {'read': 0} if 'first' in request else {'done': 4}")
    monkeypatch.setattr(parcel, "take", full)
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("t", original, LOOK, tmp_path)
        (finished,) = readers.finished(wait=30)
        assert finished.refusal.reason == "no-room-to-read" and readers.pending == 0
