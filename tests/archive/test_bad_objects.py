"""For each error code of the specification a bad object: it is judged as ocfl-py judges it."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_store import described

from partydoc.archive import ocfl as layout
from partydoc.archive import verify
from torture import bad_objects, spoil

#: What the list of codes has: five numbers were never given, or taken back.
CODES = {f"E{number:03d}" for number in range(1, 113)} - {"E065", "E068", "E086", "E091", "E109"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The storage root of an archive with one document of two versions."""
    return described(tmp_path_factory.mktemp("good") / "a").store


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """ocfl-py logs what it finds."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def ours(root: Path) -> list[str]:
    """Return what we find in a storage root."""
    found = [
        one for folder in layout.object_folders(root) for one in verify.verify_object(folder, True)
    ]
    return [one.message for one in (*found, *verify.verify_root(root, ()))]


def test_the_good_object_is_good(good: Path) -> None:
    (folder,) = layout.object_folders(good)
    assert bad_objects.second_opinion(good, folder) and not ours(good)


@pytest.mark.parametrize("code", sorted(bad_objects.MAKERS))
def test_a_bad_object_is_bad(good: Path, fast_disk: Path, code: str) -> None:
    root, folder = bad_objects.spoilt(good, fast_disk, code)
    found = ours(root)
    assert found
    assert bad_objects.second_opinion(root, folder) == (code in bad_objects.UNSEEN)
    if "cannot be trusted" in found[0]:
        assert re.findall(r"\(E\d{3} ", found[0]), found


@pytest.mark.parametrize("name", ["x" * 256, "x/" * 2100 + "x"])
@pytest.mark.parametrize("code", ["E052", "E099"])
def test_a_name_that_no_disk_takes_breaks_a_rule(
    good: Path, fast_disk: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    content = spoil.with_content_path("v2/content/" + name)
    maker = {"E052": spoil.with_path(name), "E099": content}[code]
    monkeypatch.setitem(bad_objects.MAKERS, code, maker)
    root, _folder = bad_objects.spoilt(good, fast_disk, code)
    assert f"({code} " in ours(root)[0]


def test_every_code_has_an_object_or_a_reason_why_not() -> None:
    assert set(bad_objects.MAKERS) | set(bad_objects.NOT_SHOWN) == CODES
    assert not set(bad_objects.MAKERS) & set(bad_objects.NOT_SHOWN)


def test_an_object_in_the_place_of_another_is_found(good: Path, fast_disk: Path) -> None:
    root, folder = bad_objects.spoilt(good, fast_disk, "E102")
    other = layout.object_path(root, "urn:sha256:" + "0" * 64)
    shutil.copytree(layout.object_folders(good)[0], other)
    assert "E083" in "".join(ours(root))
