"""The picture that a person types from."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import paper
import pytest
from PIL import Image

from partydoc import viewing
from partydoc.box import Box
from partydoc.document import Field
from partydoc.errors import UsageProblem
from partydoc.viewing import HEADER, Picture, on_desktop, zones

HIGH = Box(0.1, 0.1, 0.4, 0.12)


def field(box: Box | None, page: int | None = 1) -> Field:
    return Field("x", 0.5, page, box)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A scan of two pages."""
    path = tmp_path / "two.pdf"
    paper.save_scan_pdf([paper.party_page(dpi=50)] * 2, path, 50)
    return path


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No desktop, and a private folder of the person."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def test_the_picture_is_replaced_for_each_document_and_gone_at_the_end(
    pdf: Path, nowhere: Path, tmp_path: Path
) -> None:
    record = {"number": field(HIGH)}
    with Picture(None, tmp_path / "archive") as picture:
        assert picture.folder.parent == nowhere
        assert stat.S_IMODE(picture.folder.stat().st_mode) == 0o700
        assert picture.show(pdf, zones(record, ("number",), 2), "A29-01-0003-001")
        with Image.open(picture.path) as first:
            width, height = first.size
        assert picture.show(pdf, viewing.whole(2), "A29-01-0003-001")
        with Image.open(picture.path) as second:
            assert second.width == width and second.height > height * 2
        assert "page.png" in (picture.folder / "page.html").read_text()
        (tmp_path / "bad.pdf").write_bytes(b"%PDF nothing")
        assert not picture.show(tmp_path / "bad.pdf", viewing.whole(1), "B")
        assert not picture.path.exists(), "nobody shall type from another document's picture"
    assert list(nowhere.iterdir()) == []


def test_what_is_asked_for_is_framed(pdf: Path, nowhere: Path, tmp_path: Path) -> None:
    def yellow(asked: tuple[str, ...]) -> int:
        with Picture(None, tmp_path / "archive") as picture:
            picture.show(pdf, zones({"number": field(HIGH)}, asked, 1), "")
            with Image.open(picture.path) as shown:
                found = shown.convert("RGB").getcolors(1 << 24) or []
                return sum(count for count, colour in found if colour == (255, 214, 0))

    assert yellow(("number",)) > 100 and yellow(()) == 0


def test_a_folder_of_ones_own_keeps_its_other_files(
    pdf: Path, nowhere: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "other.txt").touch()
    with Picture(shared, tmp_path / "archive") as picture:
        picture.show(pdf, viewing.whole(1), "x")
        assert (shared / "page.png").is_file() and (shared / "page.html").is_file()
    assert [path.name for path in shared.iterdir()] == ["other.txt"]


def test_a_folder_in_the_archive_or_none_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive" / "staging").mkdir(parents=True)
    for folder in (tmp_path / "archive" / "staging", tmp_path / "none"):
        with pytest.raises(UsageProblem):
            Picture(folder, tmp_path / "archive")


def test_without_poppler_there_is_a_sentence_and_no_picture(
    pdf: Path, nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Picture(None, tmp_path / "archive") as picture:
        assert picture.trouble and "poppler-utils" in picture.trouble
        assert not picture.show(pdf, viewing.whole(1), "x")


def test_a_window_is_opened_once_and_only_on_a_desktop(
    pdf: Path, nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(viewing.subprocess, "Popen", lambda command, **_: opened.append(command))
    monkeypatch.setattr("partydoc.ocr.pictures.strips", lambda *_: b"picture")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    assert not on_desktop()
    monkeypatch.setenv("DISPLAY", ":0")
    with Picture(None, tmp_path / "archive") as picture:
        for _time in range(2):
            assert picture.show(pdf, viewing.whole(1), "x")
        assert opened == [["xdg-open", str(picture.path)]]
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    assert not on_desktop()


def test_zones_hold_the_header_and_where_else_the_fields_stand() -> None:
    low, signed = Box(0.5, 0.9, 0.8, 0.92), Box(0.5, 0.4, 0.8, 0.42)
    record = {"number": field(HIGH), "place": field(low), "signer": field(signed, 3)}
    head, foot, last = zones(record, ("number", "place", "signer"), 3)
    assert (head.page, head.top, head.bottom, head.framed) == (1, 0, HEADER, (HIGH,))
    assert foot.page == 1 and foot.top < low.top and foot.bottom > low.bottom
    assert last.page == 3 and last.framed == (signed,)
    assert len(zones(record, ("number",), 3)) == 1


def test_a_signer_that_was_not_found_is_looked_for_on_the_last_page() -> None:
    assert [zone.page for zone in zones({}, ("signer",), 4)] == [1, 4]
    head, foot = zones({}, ("signer",), 1)
    assert head.bottom <= foot.top < foot.bottom == 1.0
