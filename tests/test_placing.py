"""Documents put into folders by rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import desk
import pytest
import shelved
from conftest import Run
from test_catalogue import COMMIT, add

from partydoc import editing, indexing, placing
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.settings import Settings
from partydoc.errors import UsageProblem

FOLDER = "A29-01-0003"
REPORTS = {"folder": FOLDER, "type": "báo cáo", "year": "2026"}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with two empty folders, and two documents that stand nowhere: a report of 2026
    and one whose type is not known.
    """
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER),
            ("folder", "A29-01-0004"),
        ):  # fmt: skip
            add(opened, kind, reference)
        for name in ("1.pdf", "2.pdf"):
            (archive.inbox / name).write_bytes(b"%PDF " + name.encode())
            desk.file(opened, desk.keep(opened, archive.inbox / name, None))  # type: ignore[arg-type]
        indexing.bring_up_to_date(opened)
        (report, _other) = placing.unplaced(opened.catalogue)
        said = {"type": "Báo cáo", "date": "2026-03-02"}
        editing.apply(opened, [editing.Edit(report, said)], desk.NOW)
        opened.shelves.settle(COMMIT)
    return archive


def wanted(archive: Archive, *rules: dict[str, str]) -> list[tuple[str, ...]]:
    settings = replace(Settings("connected", "whoosh"), filing=rules)
    with open_for_reading(archive) as catalogue:
        found = placing.place(catalogue, settings, placing.unplaced(catalogue))
    return [one.folders for one in found]


def test_a_document_goes_where_all_that_a_rule_says_is_true(archive: Archive) -> None:
    assert wanted(archive, REPORTS) == [(FOLDER,), ()]
    assert wanted(archive, {**REPORTS, "year": "2025"}) == [(), ()]
    assert wanted(archive, {**REPORTS, "issuer": "Huyện uỷ"}) == [(), ()]


def test_where_rules_disagree_a_document_stays(archive: Archive) -> None:
    other = {"folder": "A29-01-0004", "type": "Báo cáo"}
    assert wanted(archive, REPORTS, other) == [(FOLDER, "A29-01-0004"), ()]


@pytest.mark.parametrize("rule", [{"folder": FOLDER}, {"folder": "A29-01-0009", "year": "2026"}])
def test_a_rule_that_cannot_be_followed_is_named(archive: Archive, rule: dict[str, str]) -> None:
    with pytest.raises(UsageProblem, match=rule["folder"]):
        wanted(archive, rule)


def test_nothing_is_filed_by_rule_into_an_open_folder_of_a_closed_fonds(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        (report, _other) = placing.unplaced(catalogue)
    shelved.close(archive, "A29")
    with open_for_reading(archive) as catalogue:
        placed = placing.Placed(report, (FOLDER,))
        with pytest.raises(UsageProblem, match="A29 was closed"):
            placing.draft(catalogue, [placed])


def test_the_command_files_by_rule_and_is_taken_back(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root)
    run(*at, "catalogue", "file", code=2)
    settings = archive.root / "partydoc.toml"
    rule = "".join(f'{name} = "{value}"\n' for name, value in REPORTS.items())
    settings.write_text(f"{settings.read_text()}\n[[filing]]\n{rule}")
    assert "would change" in run(*at, "catalogue", "file", "--dry-run").err
    assert run(*at, "catalogue", "list", FOLDER).out == ""
    filed = run(*at, "catalogue", "file")
    assert "1 document fits no rule" in filed.err
    (line,) = run(*at, "catalogue", "list", FOLDER, "--json").lines
    assert (line["type"], line["first_sheet"]) == ("Báo cáo", 1)
    number = run(*at, "log", "--json").lines[0]["operation"]
    run(*at, "undo", number)
    assert run(*at, "catalogue", "list", FOLDER).out == ""
