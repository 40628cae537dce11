"""What an archivist says of a document's secrecy."""

from __future__ import annotations

from pathlib import Path

import desk
import inhold
import pytest
from conftest import Run
from forms import judge

from partydoc.archive.root import Archive
from partydoc.classifying import level_of
from partydoc.fieldnames import TABLE
from partydoc.metadata.level import levels


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


@pytest.mark.parametrize(
    ("typed", "level"),
    [("mat", "Mật"), ("MẬT", "Mật"), ("toi-mat", "Tối mật"), ("Tối mật", "Tối mật"),
     ("tuyet mat", "Tuyệt mật"), ("TUYỆT-MẬT", "Tuyệt mật"), ("bi mat", None), ("", None)],
)  # fmt: skip
def test_a_level_may_be_typed_without_diacritics(typed: str, level: str | None) -> None:
    assert level_of(typed) == level


def test_what_a_record_takes_are_the_levels_of_the_law() -> None:
    assert {name for _, name in TABLE.values("secrecy")} == {each.value for each in levels()}


def test_one_that_waits_is_declared_open_with_what_was_read(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    line = run("-a", archive.root, "classify", ids["unsure"], "--open", "--json").lines[0]
    assert line["outcome"] == "archived"
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(ids["unsure"])
        assert kept and kept.open and not kept.cleared and not opened.store.in_hold(kept.urn)


def test_one_that_is_held_needs_a_reason(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    ran = run("-a", archive.root, "classify", ids["unsure"], ids["held"], "--open", code=2)
    assert f"hold release {ids['held'][:12]} --reason" in ran.err
    with desk.at_work(archive) as opened:  # nothing was changed
        assert opened.store.in_hold(f"urn:sha256:{ids['unsure']}")


@pytest.mark.parametrize("said", [(), ("--open", "--secret", "mat"), ("--secret", "bi-mat")])
def test_it_must_be_said_clearly(archive: Archive, run: Run, said: tuple[str, ...]) -> None:
    ids = inhold.some(archive)
    run("-a", archive.root, "classify", ids["open"], *said, code=2)
    with desk.at_work(archive) as opened:
        assert not opened.store.in_hold(f"urn:sha256:{ids['open']}")


def test_one_that_is_open_already_is_not_declared_open(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    assert "hold list" in run("-a", archive.root, "classify", ids["open"], "--open", code=2).err


def test_a_document_is_named_by_its_reference_or_the_number_of_a_hit(
    archive: Archive, run: Run
) -> None:
    ids = inhold.some(archive)
    hit = run("-a", archive.root, "search", "--json", "tu sach xa").lines[0]
    assert hit["id"] == ids["open"]
    run("-a", archive.root, "classify", "1", "A29-01-0003-001", "--secret", "mat")
    with desk.at_work(archive) as opened:
        assert opened.store.in_hold(f"urn:sha256:{ids['open']}")


def test_each_is_one_operation_whose_undoing_is_another_command(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    run("-a", archive.root, "classify", ids["open"], ids["unsure"], "--secret", "mat")
    at = ("-a", archive.root, "hold", "release", "--no-ocr", "--reason", "x")
    run(*at, ids["open"], ids["unsure"])
    newest = run("-a", archive.root, "log", "--json").lines[:2]
    assert [line["what"] for line in newest] == ["release", "classify"]
    assert [line["documents"] for line in newest] == [2, 2]
    for line, step in zip(newest, ("classify REF --secret", "hold release REF"), strict=True):
        assert line["finished"]
        assert step in run("-a", archive.root, "undo", line["operation"], code=2).err


def test_on_an_independent_lan_the_field_is_set_and_can_be_undone(
    fast_disk: Path, run: Run
) -> None:
    archive = inhold.new_archive(fast_disk / "lan", "independent-lan")
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, "open")
        document = inhold.read(opened, work, "MẬT\nSố 01-BC/ĐU")
        inhold.settle(opened, work)

    def secrecy() -> dict | None:
        data = run("-a", archive.root, "show", document, "--json").lines[0]
        return data["record"]["secrecy"]

    at = ("-a", archive.root, "classify", document, "--json")
    assert secrecy()["value"] == "Mật"
    line = run(*at, "--secret", "toi-mat").lines[0]
    judge("json/edit", line)
    assert (secrecy()["value"], secrecy()["source"]) == ("Tối mật", "person")
    line = run(*at, "--open").lines[0]
    assert (secrecy()["value"], secrecy()["source"]) == (None, "person")
    run("-a", archive.root, "undo", line["operation"])
    assert secrecy()["value"] == "Tối mật"
    assert not list(archive.hold.glob("??/??/*"))
