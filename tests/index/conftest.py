from collections.abc import Iterator
from pathlib import Path

import pytest

from partydoc.document import Searchable
from partydoc.index import ENGINES, Index, parse


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the extra `fast` is not installed")
    return request.param


@pytest.fixture
def index(fast_disk: Path, engine: str) -> Iterator[Index]:
    with Index(fast_disk / "index", engine) as opened:
        yield opened


class Desk:
    """An index and the few verbs with which the tests speak of it."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def hold(self, *documents: Searchable) -> None:
        self.index.rebuild(documents, "one", len(documents))

    def ask(self, *arguments: str, limit: int = 50) -> list[str]:
        found = self.index.search(parse(arguments), limit)
        assert found.total >= len(found.hits)
        return [hit.id for hit in found.hits]

    def hits(self, *arguments: str):
        return self.index.search(parse(arguments), 50).hits


@pytest.fixture
def desk(index: Index) -> Desk:
    return Desk(index)
