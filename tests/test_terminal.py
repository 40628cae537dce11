"""Nothing that comes from outside can command a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import inhold
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from partydoc.commands import terminal
from torture import naming

#: What a person's terminal would obey, or what turns the reading around.
HOSTILE = "\x1b]0;tên\x07 \x1b[2J \x9b31m \u202ekín\r\x08"


def obeyed(text: str) -> list[str]:
    """Return what a terminal would not just show."""
    return [char for char in text if not char.isprintable() and char not in "\n\t\f\xa0"]


@pytest.mark.parametrize("text", naming.TERMINAL)
def test_what_a_terminal_obeys_is_shown_as_an_escape(text: str) -> None:
    assert obeyed(text) and not obeyed(terminal.printable(text))
    assert not obeyed(terminal.lines(text))


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Nghị quyết số 12-NQ/ĐU\tngày 2\u00a0tháng 3\n“về”… 📜"
    assert terminal.lines(text) == text
    assert terminal.printable("Đảng uỷ xã Đồng Mẫu") == "Đảng uỷ xã Đồng Mẫu"


@given(st.text(st.characters()))
def test_json_says_the_same_without_anything_to_obey(text: str) -> None:
    line = terminal.as_json({"name": text})
    assert json.loads(line) == {"name": text}
    assert "\n" not in line and not set(obeyed(line)) & set(obeyed(HOSTILE))


def test_errors_notices_and_records_are_safe(fast_disk: Path, run: Run) -> None:
    archive = inhold.new_archive(fast_disk / "a", "independent-lan")
    inhold.some(archive)
    run("-a", archive.root, "catalogue", "add", "folder", "A29-01-0009", "--title", HOSTILE)
    shown = [
        run("-a", archive.root, "show", HOSTILE, code=2),
        run("-a", archive.root, "show", HOSTILE, "--json", code=2),
        run("-a", archive.root, "search", HOSTILE, code=2),
        run("-a", archive.root, "search", f"type:{HOSTILE}", code=2),
        run("-a", archive.root, HOSTILE, code=2),
        run("-a", fast_disk / HOSTILE, "search", "kín", code=5),
        run("-a", archive.root, "scan", "--folder", HOSTILE, code=2),
        run("-a", archive.root, "log"),
    ]
    for ran in shown:
        assert not obeyed(ran.out) and not obeyed(ran.err), ran


def test_an_archive_needs_a_folder_whose_name_is_text(run: Run, tmp_path: Path) -> None:
    """The engine written in Rust cannot open files anywhere else."""
    said = run("init", tmp_path / "kho\udcff", "--network", "connected", code=2).err
    assert "no text" in said and not [*tmp_path.glob("kho*")]
