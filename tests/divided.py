"""A scan of several papers, and what its parts are after it was divided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import desk
import inhold
import pytest
from conftest import Run
from forms import judge as form

from partydoc import ocr
from partydoc.archive.kept import Kept
from partydoc.archive.lineage import part_id
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Entry
from torture import oracle, ready
from torture.ready import paper

ONE, TWO, THREE, FOUR = "về nước sạch", "về trường học", "về chợ xã", "về đường liên xã"
SCAN = paper("\f".join((ONE, TWO, THREE, FOUR)))
ID = oracle.sha256(SCAN)
REF = f"{inhold.FOLDER}-001"
PARTS = [part_id(ID, 1, 1), part_id(ID, 2, 3), part_id(ID, 4, 4)]
SECRET = "bạchyếnkín"


@pytest.fixture
def archive(fast_disk: Path, run: Run) -> Archive:
    """An archive with one scan of four pages in a folder, of which somebody has said something."""
    return filled(fast_disk, run)


def filled(
    root: Path, run: Run, network: str = "connected", data: bytes = SCAN, *more: object
) -> Archive:
    archive = inhold.new_archive(root / "a", network)
    (archive.inbox / "1.pdf").write_bytes(data)
    run("-a", archive.root, "scan", "--folder", inhold.FOLDER, *more)
    return archive


def kept(archive: Archive, document: str = ID) -> Kept:
    return Store(archive, hold=True).known(document)


def split(run: Run, archive: Archive, *words: object, code: int = 0) -> dict[str, Any]:
    """Run `partydoc split`; return its line."""
    (line,) = run("-a", archive.root, "split", *words, "--json", code=code).lines
    form("json/split", line)
    return line


def texts(archive: Archive, document: str) -> list[str]:
    """Return the line of each page that is its own."""
    found = Store(archive, hold=True).texts(document)
    return [list(filter(None, text.splitlines()))[-2] for text in found]


def found(run: Run, archive: Archive, words: str) -> list[str]:
    lines = run("-a", archive.root, "search", "--json", f'"{words}"').lines
    return [line["id"] for line in lines]


def entries(archive: Archive) -> list[Entry]:
    with desk.at_work(archive) as opened:
        return list(opened.shelves.folder(inhold.FOLDER).entries)


def lines(archive: Archive) -> list[tuple[str, int | None, int | None, str | None]]:
    return [
        (one.ordinal, one.first_sheet, one.last_sheet, one.document) for one in entries(archive)
    ]


def original(archive: Archive, document: str) -> bytes:
    path = Store(archive, hold=True).file(f"urn:sha256:{document}", "original/0001.pdf")
    assert path
    return path.read_bytes()


class Sharper(ready.Readers):
    """Sees a mark that was overlooked while the pages were those of one scan."""

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        if not binding:
            blind = original.with_name("blind")
            blind.write_bytes(original.read_bytes().replace(b"M\xe1\xba\xacT\n", b"--\n"))
            original = blind
        super().submit(ticket, original, look, into, binding)


@pytest.fixture
def secret(fast_disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive with a scan of three papers, the second of them secret, taken for open."""
    monkeypatch.setattr(ocr, "Readers", Sharper)
    archive = filled(fast_disk, run, data=MIXED)
    assert kept(archive, MIXED_ID).status == "review"
    return archive


MIXED = paper(f"{ONE}\fMẬT\nvề {SECRET}\f{THREE}")
MIXED_ID = oracle.sha256(MIXED)
FIRST, SECOND, THIRD = (part_id(MIXED_ID, page, page) for page in (1, 2, 3))


def arrival(run: Run, archive: Archive, *words: object) -> None:
    said = ("issuer=Huyện uỷ", "subject=về Mới", *words)
    run("-a", archive.root, "register", "in", *said, "--quiet")
    run("-a", archive.root, "register", "link", "in", 1, REF)
