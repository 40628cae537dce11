"""A place in the pool gives its process nothing but a new file, and trusts no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from partydoc.document import Look
from partydoc.ocr import Readers, slot
from partydoc.ocr.job import Job, Order
from partydoc.ocr.process import Confined
from partydoc.ocr.slot import Slot

LOOK = Look("application/pdf", "pdf", 4)
_TAKEN_OVER = """
from partydoc.ocr import worker
def handle(request):
    {code}
worker._handler = lambda role, options: handle
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
        if folder == place.folder and place.child.running and not planted:
            planted.append((folder / "original").symlink_to(outside))

    monkeypatch.setattr(slot.sweep, "empty", empty_and_plant)
    job = Job(Order("t", original, LOOK, tmp_path), 0, 0)
    place.begin(job)
    assert planted and outside.read_text() == "kept"
    assert (place.folder / "original").read_bytes() == original.read_bytes()
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
