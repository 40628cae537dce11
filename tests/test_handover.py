"""Copies for the officer in charge: whole, listed, outside the archive."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import inhold
import judge
import pytest
from conftest import Run
from forms import judge as has_form

from partydoc.archive import disk
from partydoc.archive.root import Archive
from partydoc.handover import MANIFEST


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


@pytest.fixture
def stick(fast_disk: Path) -> Path:
    return fast_disk / "stick" / "hold"


def export(run: Run, archive: Archive, stick: Path, *arguments: str) -> list[dict]:
    lines = run("-a", archive.root, "hold", "export", "--to", stick, "--json", *arguments).lines
    for line in lines:
        has_form("json/hold", line)
    return lines


def test_all_that_stands_in_hold_is_copied_under_its_id_with_its_digest(
    archive: Archive, run: Run, stick: Path
) -> None:
    ids = inhold.some(archive)
    held = {ids[name] for name in ("held", "unsure", "unread")}
    assert {line["id"] for line in export(run, archive, stick, "--all")} == held
    names = {path.name for path in stick.iterdir()}
    assert names == {MANIFEST} | {f"{one}.pdf" for one in held}
    assert (stick / f"{ids['held']}.pdf").read_bytes() == b"%PDF-1.7 held"
    done = subprocess.run(["sha256sum", "-c", MANIFEST], cwd=stick, capture_output=True)
    assert done.returncode == 0
    assert stick.stat().st_mode & 0o777 == 0o700
    assert set(judge.originals(archive.root)) == set(ids.values())  # they stay until purged
    log = "".join(path.read_text("utf-8") for path in archive.audit.iterdir())
    assert '"what": "exported"' in log and str(stick) not in log


def test_a_second_export_adds_to_the_list(archive: Archive, run: Run, stick: Path) -> None:
    ids = inhold.some(archive)
    export(run, archive, stick, ids["held"][:12])
    export(run, archive, stick, ids["held"][:12], ids["unread"][:12])
    assert len((stick / MANIFEST).read_text().splitlines()) == 2
    assert len(list(stick.iterdir())) == 3


@pytest.mark.parametrize("inside", ["", "store", "inbox/out", "hold/../hold"])
def test_nothing_is_copied_into_the_archive(archive: Archive, run: Run, inside: str) -> None:
    inhold.some(archive)
    before = outside_staging(archive)
    at = ("-a", archive.root, "hold", "export", "--all", "--to", archive.root / inside)
    assert "inside the archive" in run(*at, code=2).err
    assert outside_staging(archive) == before


def outside_staging(archive: Archive) -> set[Path]:
    return {path for path in archive.root.rglob("*") if "staging" not in path.parts}


def test_a_link_into_the_archive_is_seen_through(
    archive: Archive, run: Run, fast_disk: Path
) -> None:
    inhold.some(archive)
    (fast_disk / "link").symlink_to(archive.quarantine)
    run("-a", archive.root, "hold", "export", "--all", "--to", fast_disk / "link", code=2)
    assert not list(archive.quarantine.iterdir())


def test_other_bytes_under_the_same_name_are_never_overwritten(
    archive: Archive, run: Run, stick: Path
) -> None:
    held = inhold.some(archive)["held"]
    stick.mkdir(parents=True)
    (stick / f"{held}.pdf").write_bytes(b"something else")
    (stick / f"{held}.pdf.part").write_bytes(b"left by a power cut")
    at = ("-a", archive.root, "hold", "export", "--to", stick, held)
    assert "there already" in run(*at, code=2).err
    assert (stick / f"{held}.pdf").read_bytes() == b"something else"
    (stick / f"{held}.pdf").unlink()
    run(*at)
    assert {path.suffix for path in stick.iterdir()} == {".pdf", ".txt"}


def test_a_damaged_original_is_not_handed_over(archive: Archive, run: Run, stick: Path) -> None:
    held = inhold.some(archive)["held"]
    original = next(archive.hold.glob(f"??/??/*{held}/v1/content/original/*"))
    original.chmod(0o600)
    original.write_bytes(b"%PDF-1.7 helD")
    at = ("-a", archive.root, "hold", "export", "--to", stick, held)
    assert "verify --deep" in run(*at, code=4).err
    assert not list(stick.iterdir())
    run("-a", archive.root, "hold", "export", "--to", stick, "--all", code=4)
    assert len(list(stick.glob("*.pdf"))) == 2  # the others are copied


def test_documents_are_named_or_all_of_them(archive: Archive, run: Run, stick: Path) -> None:
    held = inhold.some(archive)["held"]
    run("-a", archive.root, "hold", "export", "--to", stick, code=2)
    run("-a", archive.root, "hold", "export", "--to", stick, "--all", held, code=2)
    assert not stick.exists()


def test_what_is_copied_is_nobody_elses_to_read_from_the_first_byte_on(
    archive: Archive, run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inhold.some(archive)
    modes: dict[str, int] = {}
    step = disk.step

    def look(*half: Callable[[], object]) -> None:
        found = stick.iterdir() if stick.is_dir() else ()
        modes.update({path.name: path.stat().st_mode & 0o777 for path in found})
        step(*half)

    monkeypatch.setattr(disk, "step", look)
    export(run, archive, stick, "--all")
    assert any(name.endswith(".part") for name in modes)
    assert any(name.startswith(f"{MANIFEST}.new") for name in modes) and MANIFEST in modes
    assert set(modes.values()) == {0o400}
