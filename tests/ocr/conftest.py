"""One pool and one inspector for all tests that do not harm them: starting costs a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partydoc.document import Look, Refusal
from partydoc.ocr import Finished, Inspector, Readers, engine, reading, tools
from partydoc.ocr.leaf import Leaf
from partydoc.ocr.parts import Parts


@pytest.fixture(scope="session")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    with Inspector(tmp_path_factory.mktemp("desk")) as inspector:
        yield inspector


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="session")
def readers(desk: Path) -> Iterator[Readers]:
    with Readers(desk, 1, ["vie"]) as readers:
        yield readers


@pytest.fixture(scope="session")
def tessdata() -> Path:
    folder = tools.tessdata_folder()
    assert folder
    return folder


@pytest.fixture(scope="session")
def reader(tessdata: Path) -> engine.Engine:
    return engine.choose("fast" if tools.fast() else "program", ["vie"], tessdata)


@pytest.fixture
def look(inspector: Inspector) -> Callable[..., Look | Refusal]:
    """Copy a file to the inspector and look at it."""

    def look(path: Path, file_name: str | None = None) -> Look | Refusal:
        (inspector.folder / "candidate").write_bytes(path.read_bytes())
        return inspector.look("candidate", file_name or path.name)

    return look


@pytest.fixture(scope="module")
def page_reader(tessdata: Path) -> reading.Reader:
    """What a reading process does, in this process."""
    return reading.Reader(["vie"], tessdata, "fast" if tools.fast() else "program")


@pytest.fixture
def read_leaf(page_reader: reading.Reader, tmp_path: Path) -> Callable[[Path], Leaf]:
    """Read a PDF of one page in this process."""

    def read(path: Path) -> Leaf:
        path.rename(tmp_path / "original")
        where = {"folder": str(tmp_path), "lent": str(tmp_path)}
        asked = {**where, "media_type": "application/pdf", "pages": 1}
        page_reader.handle({**asked, "first": 1, "last": 1})
        (leaf,) = Parts(tmp_path)
        return leaf

    return read


@pytest.fixture
def read(
    readers: Readers, desk: Path, look: Callable[..., Look | Refusal]
) -> Callable[[Path], tuple[Finished, Path]]:
    """Read one file; return what came back and the folder of the results."""

    def read(path: Path) -> tuple[Finished, Path]:
        seen = look(path)
        assert isinstance(seen, Look), seen
        into = desk / f"results-{path.name}"
        into.mkdir(exist_ok=True)
        readers.submit(path.name, path, seen, into)
        (finished,) = readers.finished()
        return finished, into

    return read
