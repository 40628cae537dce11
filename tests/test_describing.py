"""A document is described in its surroundings: its folder, and what the archive adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import desk
import pytest
from sheet import body, page, state

from partydoc.archive.kept import Kept, Place
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.shelving import new_unit
from partydoc.describing import as_read, with_said
from partydoc.document import Field, Record
from partydoc.page import Reading

FOLDER = "A29-01-0003"
COMMIT = Commit("added", "test", desk.NOW)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with desk.at_work(desk.new_archive(tmp_path / "archive")) as opened:
        for kind, reference in (("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER)):
            opened.shelves.add(new_unit(kind, reference, "Quyết định", None), COMMIT)
        yield opened


def reading(number: str) -> Reading:
    return Reading("test", ("vie",), (page(*state(f"Số: {number} /QĐ-SNV"), *body()),))


def describe(opened: Opened, kept: Kept, reading: Reading) -> Record:
    parts = opened.archive.settings, opened.shelves, opened.catalogue
    return with_said(kept, as_read(*parts, kept, reading))


def place(opened: Opened, document: str | None) -> Place:
    free = opened.shelves.free(opened.shelves.folder(FOLDER).urn)
    opened.shelves.enter(free, document, 1)
    return free


def filed(opened: Opened, name: str, number: str) -> Kept:
    """Return a document whose accepted number, symbol and date stand in the catalogue."""
    values = {"number": number, "symbol": "QĐ-SNV", "date": "2021-11-24"}
    fields = {key: Field(value, accepted=True) for key, value in values.items()}
    kept = Kept(name * 64, desk.NOW, "application/pdf", "pdf", 1, ("a.pdf",), fields=fields)
    opened.catalogue.note(kept, held=False)
    place(opened, kept.id)
    return kept


def sure(opened: Opened, before: str, after: str) -> float:
    """Return how sure the number 207 is between two others in a folder."""
    filed(opened, "a", before)
    kept = Kept("b" * 64, desk.NOW, "application/pdf", "pdf", 1, ("b.pdf",))
    kept = replace(kept, places=(place(opened, None),))
    filed(opened, "c", after)
    number = describe(opened, kept, reading("207@0.7"))["number"]
    assert number is not None and number.value == "207"
    return number.confidence


def test_a_number_between_its_neighbours_in_the_folder_is_surer(opened: Opened) -> None:
    alone = Kept("d" * 64, desk.NOW, "application/pdf", "pdf", 1, ("d.pdf",))
    number = describe(opened, alone, reading("207@0.7"))["number"]
    assert number is not None and number.confidence < sure(opened, "206", "208")


def test_a_number_beyond_its_neighbours_is_doubted(opened: Opened) -> None:
    assert sure(opened, "306", "308") < 0.9


def test_what_a_person_said_stands(opened: Opened) -> None:
    said = Field("270", source="person", accepted=True)
    kept = Kept(
        "e" * 64, desk.NOW, "application/pdf", "pdf", 1, ("e.pdf",), fields={"number": said}
    )
    assert describe(opened, kept, reading("207"))["number"] == said


def test_bodies_of_the_settings_are_known(tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "archive")
    path = archive.root / "partydoc.toml"
    added = '[[types]]\nname = "Phiếu trình"\nabbreviation = "PT"\n'
    path.write_text(path.read_text("utf-8") + added)
    sheet = page(*state("Số: 15/PT-SNV", title="PHIẾU TRÌNH"), *body())
    kept = Kept("f" * 64, desk.NOW, "application/pdf", "pdf", 1, ("f.pdf",))
    with desk.at_work(desk.open_archive(archive.root)) as opened:
        found = describe(opened, kept, Reading("test", ("vie",), (sheet,)))
    assert found["type"] is not None and found["type"].value == "Phiếu trình"
