"""The whole line with real scans drawn for the purpose and the real engine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bad_inputs
import judge
import pytest
from conftest import Run

from partydoc.archive.root import open_archive
from partydoc.archive.store import Store
from partydoc.text import fold

pytestmark = pytest.mark.slow
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SCANS = SAMPLES / "scans"
TRUTH: dict[str, Any] = json.loads((SAMPLES / "samples.json").read_text("utf-8"))["documents"]
SECRET = sorted(name for name, truth in TRUTH.items() if truth["secrecy"])


def partydoc(archive: Path, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    """Run the program as a user does and return the JSON that it prints."""
    command = [sys.executable, "-m", "partydoc", "-a", str(archive), *map(str, arguments)]
    env = os.environ | {"XDG_STATE_HOME": str(archive.parent / "state"), "PARTYDOC_LANG": "en"}
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, env=env)
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def new(root: Path, network: str = "connected") -> Path:
    command = [sys.executable, "-m", "partydoc", "init", str(root), "--network", network, "-q"]
    subprocess.run(command, check=True)
    return root


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A connected archive that has taken all samples in, and what was said of each."""
    archive = new(tmp_path_factory.mktemp("scanned") / "a")
    return archive, partydoc(archive, "scan", SCANS)


def ids() -> dict[str, str]:
    return {hashlib.sha256((SCANS / name).read_bytes()).hexdigest(): name for name in TRUTH}


def test_every_sample_is_accounted_for(scanned: tuple[Path, list[dict[str, Any]]]) -> None:
    _, outcomes = scanned
    found = {ids()[line["id"]]: line["outcome"] for line in outcomes}
    assert set(found) == set(TRUTH)
    held = {name for name, outcome in found.items() if outcome == "held"}
    assert held == set(SECRET)
    open_ = {name for name, outcome in found.items() if outcome == "archived"}
    waiting = {name for name, outcome in found.items() if outcome == "awaiting-class"}
    assert open_ | waiting == set(TRUTH) - held
    assert not waiting


def test_of_a_held_document_nothing_is_told_but_its_id(
    scanned: tuple[Path, list[dict[str, Any]]],
) -> None:
    _, outcomes = scanned
    for line in outcomes:
        if line["outcome"] == "held":
            assert set(line) == {"version", "outcome", "id", "reason", "seconds"}


def test_no_word_and_no_name_of_a_held_document_stands_outside_hold(
    scanned: tuple[Path, list[dict[str, Any]]],
) -> None:
    archive, _ = scanned
    words = [name.rpartition(".")[0] for name in SECRET]
    words += [TRUTH[name]["fields"]["subject"] for name in SECRET]
    judge.no_trace(archive, [word for word in words if word])
    assert judge.objects_are_valid(archive) == len(TRUTH)


def test_each_access_copy_is_pdf_a_with_as_many_pages_as_the_original(
    scanned: tuple[Path, list[dict[str, Any]]],
) -> None:
    import pikepdf
    from pikepdf import pdfa

    archive, _ = scanned
    store = Store(open_archive(archive))
    for line in scanned[1]:
        if line["outcome"] == "held":
            continue
        copy = store.file(f"urn:sha256:{line['id']}", "access.pdf")
        assert copy
        name = ids()[line["id"]]
        assert pdfa.validate_written(copy, "2b").passed, name
        with pikepdf.open(copy) as pdf:
            assert len(pdf.pages) == TRUTH[name]["pages"] == line["pages"]


def test_the_text_is_read_on_every_page(scanned: tuple[Path, list[dict[str, Any]]]) -> None:
    store = Store(open_archive(scanned[0]))
    for document, name in ids().items():
        if name in SECRET:
            continue
        for page, text in zip(TRUTH[name]["text"], store.texts(document), strict=True):
            wanted = {word for line in page for word in fold(line).split() if len(word) > 2}
            found = set(fold(text).split())
            assert len(wanted & found) / len(wanted) > 0.85, f"{name}: {wanted - found}"


def test_accepted_fields_are_right(scanned: tuple[Path, list[dict[str, Any]]]) -> None:
    right, accepted, wrong = 0, 0, []
    for document, name in ids().items():
        if name in SECRET:
            continue
        record = partydoc(scanned[0], "show", document)[0]["record"]
        for field, true in TRUTH[name]["fields"].items():
            value = record[field]
            if value is None or not value["accepted"]:
                continue
            accepted += 1
            if same(field, value["value"], true, field in TRUTH[name]["handwritten"]):
                right += 1
            else:
                wrong.append((name, field, value["value"], true))
    total = sum(
        1 for name in TRUTH if name not in SECRET for v in TRUTH[name]["fields"].values() if v
    )
    assert not wrong
    assert right > 0.8 * total


def same(field: str, found: str | None, true: str | None, by_hand: bool) -> bool:
    if found is None or true is None:
        return found == true
    if field == "date":  # a day written by hand may be left out, never guessed
        return true.startswith(found)
    return fold(found) == fold(true)


@pytest.mark.parametrize(
    ("query", "name", "page"),
    [
        (["chinh", "ly", "tai", "lieu", "symbol:NQ"], "party-2018-resolution.pdf", 1),
        (["code:15/QĐ-UBND"], "state-2020-decision.pdf", 1),
        (["so hoa", "date:2026..", "symbol:KH"], "party-2026-plan.pdf", 1),
    ],
)
def test_a_clerk_finds_the_page_without_diacritics(
    scanned: tuple[Path, list[dict[str, Any]]], query: list[str], name: str, page: int
) -> None:
    hits = partydoc(scanned[0], "search", *query)
    assert ids()[hits[0]["id"]] == name
    assert hits[0]["page"] == page
    assert hits[0]["snippet"]


def test_the_same_folder_again_takes_nothing_in(
    scanned: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    archive = shutil.copytree(scanned[0], tmp_path / "again")
    again = partydoc(archive, "scan", SCANS)
    assert {line["outcome"] for line in again} == {"duplicate", "held"}
    assert judge.objects_are_valid(archive) == len(TRUTH)


def test_catalogue_and_index_both_come_back_from_the_store_alone(
    scanned: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    archive = shutil.copytree(scanned[0], tmp_path / "lost")
    before = partydoc(archive, "search", "tai", "lieu", "--limit", 100)
    (archive / "catalogue.sqlite").unlink()
    shutil.rmtree(archive / "index")
    after = partydoc(archive, "search", "tai", "lieu", "--limit", 100)
    assert after == before and before
    judge.catalogue_agrees(archive)


def test_a_batch_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    archive = new(tmp_path / "a")
    names = [name for name in sorted(TRUTH) if TRUTH[name]["pages"] == 1][:5]
    for name in names:
        shutil.copy(SCANS / name, tmp_path / name)
    paths = [str(tmp_path / name) for name in names]
    command = [sys.executable, "-m", "partydoc", "-a", str(archive), "scan", "--json", *paths]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as batch:
        assert batch.stdout and batch.stdout.readline()
        batch.send_signal(signal.SIGKILL)
    inputs = {name: (tmp_path / name).read_bytes() for name in names}
    time.sleep(0.5)
    assert not workers_of(archive), "a reading process outlived the program"
    partydoc(archive, "scan", *paths)
    partydoc(archive, "scan", *paths)
    for name, data in inputs.items():
        found = judge.originals(archive).get(hashlib.sha256(data).hexdigest(), [])
        assert len(found) == 1, name
    assert judge.objects_are_valid(archive) == len(names)
    judge.staging_is_empty(archive)
    counts = partydoc(archive, "nightly")[0]["documents"]
    assert "pending" not in counts and "awaiting-class" not in counts


def workers_of(archive: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            place = str((process / "cwd").readlink())
        except OSError:
            continue
        if "partydoc.ocr" in command and place.startswith(str(archive)):
            found.append(command)
    return found


@pytest.fixture
def rubbish(tmp_path: Path) -> Iterator[Path]:
    """A folder of everything that can be wrong, with one good document among it."""
    folder = tmp_path / "rubbish"
    folder.mkdir()
    for make in bad_inputs.DAMAGED:
        make(folder)
    (folder / "good.pdf").write_bytes(bad_inputs.good_pdf())
    yield folder


REASONS = {"empty", "not-a-document", "damaged-pdf", "truncated", "needs-password", "too-large",
           "resource-limit", "damaged-image", "symlink-refused", "not-a-file"}  # fmt: skip


def test_bad_input_gets_its_reason_and_stays_and_the_batch_goes_on(
    run: Run, rubbish: Path, tmp_path: Path
) -> None:
    archive = new(tmp_path / "a")
    before = {path.name: path.read_bytes() for path in rubbish.iterdir() if is_plain(path)}
    outcomes = run("-a", archive, "scan", "--unclassified", "--json", rubbish, code=3).lines
    assert len(outcomes) == len(list(rubbish.iterdir()))
    taken = {Path(o["source"]).name for o in outcomes if o["outcome"] in ("archived", "duplicate")}
    assert taken == {"good.pdf", "target.dat"}  # the second is what the link points to
    bad = [outcome for outcome in outcomes if outcome["reason"]]
    assert {outcome["reason"] for outcome in bad} <= REASONS
    assert all(outcome["message"] for outcome in bad)
    assert {path.name: path.read_bytes() for path in rubbish.iterdir() if is_plain(path)} == before


def is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def test_bad_input_goes_from_the_inbox_to_quarantine_bit_for_bit(
    run: Run, rubbish: Path, tmp_path: Path
) -> None:
    archive = new(tmp_path / "a")
    settings = archive / "partydoc.toml"
    settings.write_text(settings.read_text().replace("quiet = 30", "quiet = 0"))
    inbox = archive / "inbox"
    for path in rubbish.iterdir():
        path.rename(inbox / path.name)
    before = {path.read_bytes() for path in inbox.iterdir() if is_plain(path)}
    report = run("-a", archive, "nightly", "--json", code=3).lines[0]
    left = [path for path in inbox.iterdir()]
    assert not [path for path in left if is_plain(path)]  # the link and the pipe are left alone
    kept = {
        path.read_bytes() for path in (archive / "quarantine").iterdir() if path.suffix != ".json"
    }
    assert kept == before - {bad_inputs.good_pdf()}
    assert report["quarantined"] == len(list((archive / "quarantine").glob("*.json")))


def test_an_encrypted_pdf_does_not_stop_the_night(run: Run, tmp_path: Path) -> None:
    archive = new(tmp_path / "a", "independent-lan")
    for make in bad_inputs.UNUSUAL:
        make(tmp_path)
    names = [path for path in tmp_path.iterdir() if path.is_file()]
    outcomes = run("-a", archive, "scan", "--json", *names).lines
    assert {outcome["outcome"] for outcome in outcomes} == {"archived"}
    assert len(outcomes) == len(names)
