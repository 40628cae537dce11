"""Small files that ask for endless work are refused, for a true reason, and leave nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import bombs
import drawn
import handmade
import pytest
from PIL import Image

from partydoc.document import Look, Refusal
from partydoc.ocr import Inspector, Readers, slot

_SCAN = Look("application/pdf", "pdf", 1)


def names(writers: object) -> object:
    return getattr(writers, "__name__", None)


@pytest.mark.parametrize(("write", "reason"), bombs.BOMBS.items(), ids=names)
def test_a_bomb_is_refused_before_it_goes_off(look, inspector, tmp_path, write, reason):
    """It takes the inspecting process not even its memory: the same one looks at the next."""
    before = inspector._child.pid
    found = look(write(tmp_path))
    assert isinstance(found, Refusal)
    assert found.reason == reason
    assert inspector._child.pid == before
    assert list(inspector.folder.rglob("*.*")) == []


@pytest.mark.slow
@pytest.mark.parametrize("write", bombs.ENDLESS_TO_DRAW, ids=names)
def test_endless_drawing_ends_with_its_processor_time(tmp_path, write):
    with Inspector(tmp_path / "desk", processor=1) as inspector:
        (inspector.folder / "x").write_bytes(write(tmp_path).read_bytes())
        assert inspector.look("x", "x.pdf") == Refusal("resource-limit", "processor")
        (inspector.folder / "x").write_bytes(handmade.page(handmade.stream(b"")))
        assert isinstance(inspector.look("x", "x.pdf"), Look)


@pytest.mark.slow
@pytest.mark.parametrize("write", bombs.ENDLESS_TO_READ, ids=names)
def test_endless_drawing_on_a_later_page_ends_with_its_processor_time(
    look, tmp_path, monkeypatch, write
):
    """However long the document is; and nobody tries it again."""
    path = write(tmp_path)
    assert look(path).pages == 2
    monkeypatch.setattr(slot, "processor", lambda seconds: 2)
    with Readers(tmp_path / "desk", 1, ["vie"]) as readers:
        readers.submit("t", path, look(path), tmp_path)
        (finished,) = readers.finished()
        assert finished.refusal == Refusal("resource-limit", "processor")
        monkeypatch.undo()
        readers.submit("next", drawn.scan(tmp_path / "x.pdf", drawn.sheet(100)), _SCAN, tmp_path)
        assert readers.finished()[0].reading


@pytest.mark.slow
def test_time_is_counted_for_each_file_anew(tmp_path):
    """Many files that each take a part of the time allowed are all looked at."""
    lines = handmade.page(handmade.stream(b"0 0 m 500 800 l S\n" * 10_000))
    with Inspector(tmp_path / "desk", processor=1) as inspector:
        (inspector.folder / "x").write_bytes(lines)
        before = inspector._child.pid
        assert all(isinstance(inspector.look("x", "x.pdf"), Look) for _ in range(9))
        assert inspector._child.pid == before


def test_memory_that_runs_out_is_named(tmp_path):
    """What is allowed in size can still be more than this process gets."""
    Image.new("L", (12_000, 12_000), 255).save(tmp_path / "big.png", compress_level=1)
    with Inspector(tmp_path / "desk", memory=150 << 20) as inspector:
        (inspector.folder / "x").write_bytes((tmp_path / "big.png").read_bytes())
        assert inspector.look("x", "big.png") == Refusal("resource-limit", "memory")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP])
def test_a_process_that_is_ended_for_memory_is_no_damaged_file(tmp_path, number):
    """The kernel kills, and pdfium traps, what asks for too much; a segment fault is damage."""
    with Inspector(tmp_path / "desk") as inspector:
        (inspector.folder / "x").write_bytes(handmade.page(handmade.stream(b"")))
        os.kill(inspector._child.pid, number)
        assert inspector.look("x", "x.pdf") == Refusal("resource-limit", "memory")
        os.kill(inspector._child.pid, signal.SIGSEGV)
        assert inspector.look("x", "x.pdf").reason == "damaged-pdf"
        assert isinstance(inspector.look("x", "x.pdf"), Look)


@pytest.mark.slow
@pytest.mark.parametrize(("write", "pages"), bombs.HARMLESS.items(), ids=names)
def test_what_only_looks_like_a_bomb_is_read(read, desk, tmp_path: Path, write, pages):
    finished, into = read(write(tmp_path))
    assert finished.reading
    assert len(finished.reading.pages) == pages
    assert {path.name for path in into.iterdir()} == {"access.pdf", "pages.json"}
