"""The command line: exit codes, languages, and what is not loaded."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Run

from partydoc.archive.root import open_archive
from partydoc.cli import COMMANDS

HEAVY = (
    "ocrmypdf", "PIL", "rich", "pikepdf", "pytesseract", "pdf2image", "pypdfium2", "tesserocr",
    "openpyxl",
)  # fmt: skip


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Path:
    """An empty archive."""
    run("init", tmp_path / "a", "--network", "connected", "--engine", "whoosh")
    return tmp_path / "a"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_text_ends_with_an_example_and_its_exit_status(run: Run, command: str) -> None:
    out = run(command, "--help").out
    assert "Example: partydoc" in out or "Example: 0 2" in out
    assert out.rstrip().split("\n\n")[-1].strip().startswith("Exit status: 0")


def loaded(code: str, **environment: str) -> set[str]:
    """Return which heavy packages a piece of code loads."""
    script = f"import sys\ntry:\n {code}\nexcept SystemExit: pass\nprint(*sys.modules)"
    env = os.environ | environment
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.split()} & {*HEAVY, "whoosh", "tantivy"}


def test_help_loads_nothing_heavy() -> None:
    assert loaded("from partydoc.cli import run; run(['--help'])") == set()


def test_search_loads_its_engine_and_nothing_else_that_is_heavy(archive: Path) -> None:
    found = loaded(f"from partydoc.cli import run; run(['-a', {str(archive)!r}, 'search', 'x'])")
    assert found == {"whoosh"}


def test_correcting_loads_nothing_that_reads_pages() -> None:
    script = "import sys, partydoc.commands.edit, partydoc.editing; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "partydoc.editing" in done.stdout.split()
    assert not {"partydoc.metadata.describe", "partydoc.ocr"} & {*done.stdout.split()}


def test_a_folder_without_archive_is_exit_5_with_the_next_step(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "partydoc init" in run("search", "x", code=5).err
    assert "partydoc init" in run("-a", tmp_path / "none", "search", "x", code=5).err


def test_an_archive_of_a_newer_format_is_refused(run: Run, archive: Path) -> None:
    settings = archive / "partydoc.toml"
    settings.write_text(settings.read_text().replace("format = 1", "format = 2"))
    assert "newer partydoc" in run("-a", archive, "search", "x", code=5).err


def test_the_archive_is_found_from_a_folder_below_it(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive / "inbox")
    run("search", "x")
    monkeypatch.chdir("/")
    monkeypatch.setenv("PARTYDOC_ARCHIVE", str(archive))
    run("search", "x")


def test_init_wants_to_know_the_network_and_an_empty_folder(run: Run, tmp_path: Path) -> None:
    assert "--network" in run("init", tmp_path / "b", code=2).err
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "x").touch()
    run("init", tmp_path / "c", "--network", "connected", code=2)
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["x"]


def test_a_query_that_cannot_be_understood_shows_where(run: Run, archive: Path) -> None:
    err = run("-a", archive, "search", "nghị", "loại:", code=2).err.splitlines()
    assert err[2].index("^") >= err[1].index("loại")
    error = json.loads(run("-a", archive, "search", "--json", "OR", code=2).err)
    assert error["version"] == 1 and error["error"] == "usage" and "position" in error


def test_errors_are_json_for_scripts(run: Run, tmp_path: Path) -> None:
    error = json.loads(run("-a", tmp_path, "search", "--json", "x", code=5).err)
    assert set(error) == {"version", "error", "message", "hint"}
    assert json.loads(run("scan", "--json", "--nonsense", code=2).err)["error"] == "usage"


def test_a_second_writer_waits_and_then_says_so(run: Run, archive: Path) -> None:
    with open_archive(archive).writing(wait=0):
        started = time.monotonic()
        run("-a", archive, "scan", "--wait", "0.3", code=6)
        assert time.monotonic() - started >= 0.3
        run("-a", archive, "search", "x")  # reading needs no lock


def test_a_second_nightly_says_so_at_once(run: Run, archive: Path) -> None:
    with open_archive(archive).night():
        started = time.monotonic()
        run("-a", archive, "nightly", code=6)
        assert time.monotonic() - started < 30


@contextmanager
def writer(archive: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    code = (
        "import time; from pathlib import Path; from partydoc.archive.root import open_archive\n"
        f"with open_archive(Path({str(archive)!r})).writing(0):\n"
        "    print('in', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()
        try:
            yield other
        finally:
            other.kill()


def test_the_lock_of_a_killed_writer_is_gone(run: Run, archive: Path) -> None:
    with writer(archive) as other:
        run("-a", archive, "index", "--wait", "0", code=6)
        other.kill()
    run("-a", archive, "index", "--wait", "0")


def test_a_full_disk_is_exit_9(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from partydoc import failing

    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr(failing, "taken", 0)
    monkeypatch.setenv("PARTYDOC_FAIL_AT", "1:enospc")
    assert "room" in run("-a", archive, "scan", "--no-ocr", tmp_path / "a.pdf", code=9).err


def test_vietnamese_is_the_language_of_a_new_archive(archive: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PARTYDOC_LANG"}
    command = [sys.executable, "-m", "partydoc", "-a", str(archive), "search", "x"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert "văn bản" in done.stderr
    help_ = subprocess.run(
        [*command[:5], "--help"], env=environment, capture_output=True, text=True
    )
    assert "Ví dụ" in help_.stdout and "Mã thoát" in help_.stdout


def _hear_interrupts() -> None:
    """A job in the background was started deaf to them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_is_exit_130_and_says_so(archive: Path) -> None:
    with writer(archive):
        command = [sys.executable, "-m", "partydoc", "-a", str(archive), "index"]
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts
        ) as waiting:
            time.sleep(1.5)
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(10) == 130
            assert waiting.stderr and "Traceback" not in waiting.stderr.read()


def test_a_reader_that_closes_the_pipe_is_no_error(archive: Path) -> None:
    command = f"{sys.executable} -m partydoc -a {archive} --help | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_a_terminal_sees_progress_and_a_pipe_does_not(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no pdf")
    command = [
        sys.executable,
        "-m",
        "partydoc",
        "-a",
        str(archive),
        "scan",
        str(tmp_path / "x.pdf"),
    ]
    piped = subprocess.run(command, capture_output=True, text=True)
    assert "\x1b" not in piped.stdout + piped.stderr
    leader, follower = pty.openpty()
    env = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower, env=env) as shown:
        shown.wait(60)
    os.close(follower)
    assert b"\x1b" in os.read(leader, 65536)
    os.close(leader)
