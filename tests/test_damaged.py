"""What stands in damaged files is told as damage, in a sentence; nothing falls over it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import inhold
import pytest
from conftest import Run

from partydoc.archive import jobs
from partydoc.archive.root import Archive

DEEP = b"[" * 100_000


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a document that can be shown."""
    made = inhold.new_archive(fast_disk / "a")
    inhold.some(made)
    return made


def write(path: Path, data: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(data)


def changed(path: Path, change: Callable[[dict], object]) -> None:
    said = json.loads(path.read_bytes())
    change(said)
    write(path, json.dumps(said).encode())


REF = f"{inhold.FOLDER}-001"


@pytest.mark.parametrize(
    "data", [b"[]", b"{}\n[5]\n", DEEP, b"\xff", b'{"type": "x"}\n', b"null\n"]
)
def test_a_damaged_history_is_told(archive: Archive, run: Run, data: bytes) -> None:
    for path in archive.store.rglob("events.jsonl"):
        write(path, data)
    said = run("-a", archive.root, "show", REF, "--history", code=8).err
    assert "damaged" in said and "verify" in said


def test_a_separator_of_unicode_in_a_reason_ends_no_line(archive: Archive, run: Run) -> None:
    for path in archive.store.rglob("events.jsonl"):
        lines = path.read_text("utf-8").replace('"ingestion"', '"ingestion", "reason": "a\u2028b"')
        write(path, lines.encode())
    assert run("-a", archive.root, "show", REF, "--history").out


@pytest.mark.parametrize("lead", ["../../../../x", "/etc/hostname", "", 5, "v1/../../x", "x" * 300])
def test_no_inventory_leads_out_of_its_object(archive: Archive, run: Run, lead: object) -> None:
    def change(said: dict) -> None:
        for paths in said["manifest"].values():
            paths[0] = lead

    for path in archive.store.rglob("*/inventory.json"):
        changed(path, change)
    said = run("-a", archive.root, "show", REF, "--original", code=8)
    assert said.out == "" and "cannot be read" in said.err


@pytest.mark.parametrize("strange", [[], 5, None])
def test_a_place_that_is_none_is_told(archive: Archive, run: Run, strange: object) -> None:
    for path in archive.store.rglob("record.json"):
        changed(path, lambda said: said.update(places=[{"folder": strange, "ordinal": "001"}]))
    said = run("-a", archive.root, "edit", REF, "--forget", "place", code=8).err
    assert "cannot be read" in said


@pytest.mark.parametrize("strange", [{"operation": []}, {"when": [1]}, {"operation": {}}])
def test_a_change_without_a_number_belongs_to_no_operation(
    archive: Archive, run: Run, strange: dict
) -> None:
    run("-a", archive.root, "edit", REF, "place=An Mẫu")
    for path in archive.store.rglob("events.jsonl"):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        told = [json.dumps(line | strange if "fields" in line else line) for line in lines]
        write(path, ("\n".join(told) + "\n").encode())
    said = run("-a", archive.root, "log", REF).out
    assert "scan" in said and "edit" not in said


@pytest.mark.parametrize(
    "strange", [{"number": None}, {"number": "1"}, {"number": [1]}, {"width_mm": False},
                {"height_mm": -1}, {"height_mm": "x"}]
)  # fmt: skip
def test_words_that_are_none_are_told(archive: Archive, run: Run, strange: dict) -> None:
    def change(said: dict) -> None:
        for page in said["pages"]:
            page.update(strange)

    for path in archive.store.rglob("pages.json"):
        changed(path, change)
    said = run("-a", archive.root, "edit", REF, "--forget", "place", code=8).err
    assert "cannot be read" in said


@pytest.mark.parametrize(
    "line",
    [
        {}, {"what": "edit"}, {"what": "edit", "who": 5, "when": "2026-03-02T08:30:00Z", "ids": []},
        {"what": "edit", "who": "x", "when": "soon", "ids": []},
        {"what": "edit", "who": "x", "when": "2026-03-02T08:30:00Z", "ids": 5},
        {"what": "edit", "who": "x", "when": "2026-03-02T08:30:00Z", "ids": [], "fields": [[]]},
        {"what": "x", "who": "x",
         "when": "2026-03-02T08:30:00Z", "ids": [], "operation": "9" * 500},
    ],
)  # fmt: skip
def test_a_strange_line_in_the_log_stops_neither_log_nor_work(
    archive: Archive, run: Run, line: dict
) -> None:
    (path,) = archive.audit.glob("*.jsonl")
    write(path, path.read_bytes() + json.dumps(line).encode() + b"\n")
    assert run("-a", archive.root, "log").out
    run("-a", archive.root, "edit", REF, "place=Hà Mẫu")
    run("-a", archive.root, "verify", code=4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        DEEP,
        b'{"urn": "x", "place": 5, "pages": 1}',
        b'{"urn": null, "place": null, "pages": 1}',
    ],
)
def test_a_job_whose_note_is_damaged_has_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "job-1").mkdir()
    (tmp_path / "job-1" / "intent.json").write_bytes(data)
    assert [intent for _job, intent in jobs.left_over(tmp_path)] == [None]
