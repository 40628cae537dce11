"""What stands in an archive and what the commands print has the form that docs/ promises."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any, get_args

import desk
import pytest
from conftest import Run
from every_state import bring
from forms import DOCS, SCHEMAS, contents, judge, listed, properties, validator, word, written
from jsonschema import Draft202012Validator

from partydoc import operations, reasons, registerfields
from partydoc.archive import lineage, registerrow, tally
from partydoc.archive.references import KINDS, ORGANISATION
from partydoc.archive.root import Archive
from partydoc.document import FIELDS
from partydoc.errors import Exit
from partydoc.night import Report
from partydoc.ocr import media
from partydoc.repairing import MENDED

Made = tuple[Archive, list[dict[str, Any]]]
ROOT = DOCS.parent
#: What only a document that was divided or merged can be: see test_dividing and test_merging.
PASSED_ON = set(lineage.PASSED_ON)


# the schemas


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_is_one_and_says_what_it_is_for(path: Path) -> None:
    Draft202012Validator.check_schema(contents(path))
    assert contents(path)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert contents(path)["title"] and contents(path)["description"]


def test_the_page_of_the_documentation_names_every_schema_and_every_property() -> None:
    page = (DOCS / "README.md").read_text("utf-8")
    assert not [path for path in SCHEMAS if f"({path.relative_to(DOCS)})" not in page]
    names = {name for path in SCHEMAS for name in properties(contents(path))}
    assert len(names) > 60
    assert not [name for name in sorted(names) if f"`{name}`" not in page]


def test_what_the_contract_forbids_is_refused() -> None:
    sure = {"confidence": 1, "page": None, "box": None, "source": "person", "accepted": True}
    fields = validator("fields")
    assert fields.is_valid({"date": {"value": "2010-06", **sure}, "note": {"value": None, **sure}})
    for name, value in (
        ("subject", ""), ("subject", "V/v sáp nhập"), ("issuer", "ĐẢNG UỶ\nXÃ"), ("number", 12),
        ("date", "2010-6"), ("secrecy", "MẬT"), ("recipients", ["- Lưu;"]), ("type", ["Báo cáo"]),
    ):  # fmt: skip
        assert not fields.is_valid({name: {"value": value, **sure}}), (name, value)
    assert not fields.is_valid({"note": {"value": None, **sure, "source": "machine"}})
    told = {"version": 1, "outcome": "held", "id": "0" * 64, "reason": "secrecy-mark", "seconds": 1}
    assert validator("json/scan").is_valid(told)
    for name, value in (("source", "mật.pdf"), ("pages", 1), ("message", "?"), ("reason", None)):
        assert not validator("json/scan").is_valid({**told, name: value}), name


# the words


def test_the_words_of_the_schemas_are_those_of_the_code() -> None:
    assert word("reason") == reasons.known()
    assert listed("unit", "kind") == {*KINDS, ORGANISATION}
    assert listed("register", "kind") == set(registerrow.KINDS)
    forms = contents(DOCS / "register.schema.json")["$defs"]
    assert set(forms["line"]["enum"]) == set(registerrow.LINES)
    assert set(forms["known"]["properties"]) == set(registerfields.FIELDS) - {"answers"}
    kinds = {media.PDF, *media.IMAGES.values()}
    assert listed("record", "media_type") == {kind.media_type for kind in kinds}
    assert listed("record", "extension") == {kind.extensions[0] for kind in kinds}
    errors = {code.word for code in Exit} - {"done", "incomplete"}
    assert listed("json/error", "error") == errors
    assert set(contents(DOCS / "fields.schema.json")["properties"]) >= set(FIELDS)


def first_arguments(pattern: str, *callees: str) -> set[str]:
    """Return the words with which some functions are called in the files of a pattern."""
    found = set()
    for path in (ROOT / "partydoc").glob(pattern):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(callees):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_the_log_and_the_findings_use_no_other_words() -> None:
    whats = first_arguments("**/*.py", "audit.add", "Audit(archive.audit).add", "self._note")
    whats |= first_arguments("archive/audit.py", "self.add") | set(get_args(operations.What))
    assert listed("audit", "what") == whats
    assert listed("events", "type") == first_arguments("*.py", "event")
    assert listed("json/verify", "finding") == {MENDED} | first_arguments("archive/*.py", "Finding")
    checks = contents(DOCS / "json" / "index.schema.json")["oneOf"][1]["properties"]["finding"]
    found = first_arguments("index/*.py", "Finding")
    assert set(checks["enum"]) == found | first_arguments("indexing.py", "Finding")


# an archive with a document in every state


@pytest.fixture
def made(fast_disk: Path) -> Made:
    """An archive, and the lines that `scan --json` prints of what was brought."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        lines = [outcome.to_dict() for outcome in bring(opened)]
    (archive.inbox / "rỗng.pdf").touch()
    return archive, lines


@pytest.fixture
def archive(made: Made) -> Archive:
    """That archive alone."""
    return made[0]


def test_every_file_of_an_archive_has_the_form_of_its_schema(archive: Archive, run: Run) -> None:
    run("-a", archive.root, "scan", "--no-ocr", "--quiet", code=3)
    found = list(written(archive))
    for name, data in found:
        judge(name, data)
    assert {name for name, _ in found} == {
        "record", "unit", "pages", "events", "audit", "quarantine",
    }  # fmt: skip
    records = [data for name, data in found if name == "record"]
    assert {record["status"] for record in records} == word("status") - PASSED_ON


# what the commands print


def test_scan_says_of_each_input_what_became_of_it(
    made: Made, archive: Archive, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "Mật.zip").write_bytes(b"PK\x03\x04")
    growing = archive.inbox / "còn ghi.pdf"
    growing.write_bytes(b"%PDF")
    settings = archive.root / "partydoc.toml"
    settings.write_text(settings.read_text("utf-8").replace("quiet = 0", "quiet = 30"), "utf-8")
    lines = run("-a", archive.root, "scan", "--json", "--no-ocr", code=3).lines
    lines += run("-a", archive.root, "scan", "--json", tmp_path / "Mật.zip", code=3).lines
    lines += made[1]
    for line in lines:
        judge("json/scan", line)
    assert {line["outcome"] for line in lines} == word("outcome")


def test_show_and_search_print_what_they_promise(archive: Archive, run: Run) -> None:
    judge("json/index", run("-a", archive.root, "index", "--json").lines[0])
    with desk.at_work(archive) as opened:
        ids = [row.id for row in opened.catalogue.changed_since(0)]
    shown = [run("-a", archive.root, "show", "--json", document).lines[0] for document in ids]
    for line in shown:
        judge("json/show", line)
    assert {line["status"] for line in shown} == word("status") - PASSED_ON
    hits = run("-a", archive.root, "search", "--json", "dong mau").lines
    assert {hit["reference"] for hit in hits} == {"A29-01-0003-001", "A29-01-0003-002"}
    for hit in hits:
        judge("json/search", hit)
        assert all(hit["snippet"][start:end] for start, end in hit["marks"])


def test_verify_names_each_kind_of_damage(archive: Archive, run: Run) -> None:
    run("-a", archive.root, "index", "--quiet")  # what was begun is finished
    records = sorted(archive.store.rglob("v1/content/record.json"))
    assert len(records) > 5
    records[0].write_bytes(records[0].read_bytes() + b" ")
    records[1].unlink()
    (records[2].parent / "lạ.txt").touch()
    (records[3].parent.parent.parent / "inventory.json.sha512").write_text("")
    (archive.store / "ocfl_layout.json").unlink()
    shutil.rmtree(records[4].parents[2])
    twin = records[5].parents[2]
    shutil.copytree(twin, archive.hold / twin.relative_to(archive.store))
    with sqlite3.connect(archive.catalogue) as db:
        db.execute("UPDATE documents SET pages = 7")
    log = sorted(archive.audit.iterdir())[0]
    log.write_bytes(log.read_bytes().replace(b'"held": true', b'"held": false', 1))
    lines = run("-a", archive.root, "verify", "--deep", "--head", "1" * 64, "--json", code=4).lines
    for line in lines:
        judge("json/verify", line)
    others = {MENDED, "unreadable-file"}  # a disk that fails is tried in tests/archive
    assert {line["finding"] for line in lines} == listed("json/verify", "finding") - others


def test_a_damaged_index_is_reported_in_words(archive: Archive, run: Run) -> None:
    run("-a", archive.root, "index", "--quiet")
    assert run("-a", archive.root, "index", "--check", "--json").out == ""
    shutil.rmtree(archive.index)
    line = run("-a", archive.root, "index", "--check", "--json", code=4).lines[0]
    judge("json/index", line)
    assert run("-a", archive.root, "index", "--check", code=4).out == line["message"] + "\n"


def test_the_report_of_a_night_has_its_form(archive: Archive, run: Run, tmp_path: Path) -> None:
    other = desk.new_archive(tmp_path / "other")
    (other.inbox / "rỗng.pdf").touch()
    report = run("-a", other.root, "nightly", "--json", code=3).lines[0]
    judge("json/nightly", report)
    assert report["outcomes"] == {"quarantined": 1} and report["quarantined"] == 1
    with desk.at_work(archive) as opened:
        full = Report({"archived": 2}, tally.counts(opened.catalogue), 0, opened.audit.head, 1.25)
    judge("json/nightly", full.to_dict())
    assert set(full.to_dict()["documents"]) == word("status") - PASSED_ON


def test_the_doctor_finds_every_tool_that_reading_needs(archive: Archive, run: Run) -> None:
    lines = run("-a", archive.root, "doctor", "--json").lines
    for line in lines:
        judge("json/doctor", line)
    ok = {line["name"] for line in lines if line["ok"] and line["needed"]}
    assert ok >= {"tesseract", "tesseract vie", "tesseract osd", "pdftoppm", "ocrmypdf"}


def test_every_error_is_one_line_with_the_next_step(
    archive: Archive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*arguments: object, code: int) -> dict[str, Any]:
        ran = run(*arguments, "--json", code=code)
        judge("json/error", json.loads(ran.err))
        return json.loads(ran.err)

    assert told("-a", tmp_path, "search", "x", code=5)["error"] == "no-archive"
    assert told("-a", archive.root, "search", "OR", code=2)["position"] == 0
    assert told("-a", archive.root, "show", "A29-01-0003-900", code=2)["error"] == "usage"
    assert told("-a", archive.root, "scan", "--nonsense", code=2)["error"] == "usage"
    with archive.night():
        assert told("-a", archive.root, "nightly", code=6)["error"] == "locked"

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("partydoc.searching.search_all", interrupt)
    assert told("-a", archive.root, "search", "x", code=130)["error"] == "interrupted"


@pytest.mark.slow
def test_real_pages_have_the_form_too(run: Run, tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "a")
    names = ("party-invitation.png", "born-digital.pdf")
    scans = [ROOT / "samples" / "scans" / name for name in names]
    lines = run("-a", archive.root, "scan", "--json", "--jobs", 2, *scans).lines
    lines += run("-a", archive.root, "ocr", "--json", lines[0]["id"]).lines
    for line in lines:
        judge("json/scan", line)
        judge("json/show", run("-a", archive.root, "show", "--json", line["id"]).lines[0])
    found = list(written(archive))
    for name, data in found:
        judge(name, data)
    pages = [page for name, data in found if name == "pages" for page in data["pages"]]
    assert {page["origin"] for page in pages} == {"recognised", "text-layer"}
