"""A record that is open in an editor: where it stands meanwhile, and that nothing of it stays."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import desk
import papers
import pytest
from conftest import Run
from papers import value
from terminal import ENTER, Terminal

from partydoc.archive import scratch, whereabouts
from partydoc.archive.root import Archive
from torture import canary

REFERENCE = "A29-01-0003-001"
WORD = "khướuđuôidài"


@pytest.fixture
def archive(fast_disk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Archive:
    """An archive; the editor types a word, says so, and waits for a key."""
    script = tmp_path / "editor.sh"
    script.write_text(
        f'#!/bin/sh\nsed -i "s/^place: .*/place: {WORD}/" "$1"\necho typed\nread key\n', "utf-8"
    )
    script.chmod(0o700)
    for name, text in (("EDITOR", script), ("TMPDIR", tmp_path)):
        monkeypatch.setenv(name, str(text))
    monkeypatch.delenv("VISUAL", raising=False)
    return papers.filled(fast_disk, 2)[0]


@pytest.fixture
def terminal(archive: Archive) -> Iterator[Terminal]:
    at = ("-a", archive.root, "edit", REFERENCE)
    with Terminal(at, archive.root.parent) as terminal:
        terminal.until("typed")
        yield terminal


def traces(archive: Archive, tmp_path: Path, hold: bool) -> list[str]:
    but = None if hold else archive.root / "hold"
    own = (tmp_path / "editor.sh",)
    places = [archive.root, *(path for path in tmp_path.iterdir() if path not in own)]
    return canary.traces(places, [WORD], but=but)


def test_while_it_is_open_it_stands_in_hold_only_and_no_recovery_takes_it_away(
    archive: Archive, terminal: Terminal, tmp_path: Path, run: Run
) -> None:
    assert traces(archive, tmp_path, hold=True) and not traces(archive, tmp_path, hold=False)
    (folder,) = archive.hold_staging.glob("open-*")
    assert folder.stat().st_mode & 0o777 == 0o700
    run("-a", archive.root, "edit", "A29-01-0003-002", "signer=Lê Mẫu")
    terminal.type(ENTER)
    assert terminal.end() == 0
    with desk.at_work(archive) as opened:
        row = opened.catalogue.row(whereabouts.at(opened.catalogue, REFERENCE)[1] or "")
    assert row and value(archive, row.id, "place") == WORD
    assert not list(archive.hold_staging.glob("open-*"))


def test_a_document_that_turns_out_secret_meanwhile_is_not_written(
    archive: Archive, terminal: Terminal, tmp_path: Path, run: Run
) -> None:
    run("-a", archive.root, "classify", REFERENCE, "--secret", "mat")
    terminal.type(ENTER)
    assert terminal.end() == 8
    assert not traces(archive, tmp_path, hold=True)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_connection_that_breaks_off_leaves_nothing(
    archive: Archive, terminal: Terminal, tmp_path: Path, number: int
) -> None:
    assert terminal.stop(number) == 130
    assert not traces(archive, tmp_path, hold=True)


def test_ctrl_c_leaves_nothing(archive: Archive, terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.stop(signal.SIGINT) == 130
    assert not traces(archive, tmp_path, hold=True)


def test_what_a_killed_one_leaves_goes_with_the_next_that_writes(
    archive: Archive, terminal: Terminal, tmp_path: Path
) -> None:
    terminal.process.kill()
    terminal.process.wait()
    assert traces(archive, tmp_path, hold=True) and not traces(archive, tmp_path, hold=False)
    with desk.at_work(archive):
        pass
    assert not traces(archive, tmp_path, hold=True)


def test_a_folder_goes_also_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError), scratch.folder(tmp_path) as folder:
        (folder / ".record.txt.swp").touch()  # as editors leave them
        scratch.sweep(tmp_path)
        assert folder.exists()
        raise OSError
    assert not list(tmp_path.iterdir())
