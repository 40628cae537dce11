"""What record.json says of the files and pages of a document."""

from __future__ import annotations

import json

import desk
import pytest

from partydoc.archive.kept import Kept
from partydoc.archive.originals import Attached, Original
from partydoc.document import Bound

LATER = Original("b" * 64, "image/png", "png", 2, "mới.png", ("extension-mismatch",))
SIGNED = Attached("c" * 64, "application/pdf", "pdf", 1, "ký.pdf", ("signed",), 3, "signed-copy")
KEPT = Kept(
    "a" * 64, desk.NOW, "application/pdf", "pdf", 2, names=("1.pdf",), originals=(LATER,),
    bound=(Bound(2, 2), Bound(1, 1, 90)), attached=(SIGNED,),
)  # fmt: skip


def test_a_record_is_read_back_as_it_was_written() -> None:
    assert Kept.from_json(KEPT.to_json()) == KEPT
    assert SIGNED.path == "attached/0003.pdf"


def test_a_record_of_an_earlier_release_has_the_pages_that_came() -> None:
    said = json.loads(KEPT.to_json())
    for name in ("originals", "bound", "attached"):
        del said[name]
    kept = Kept.from_json(json.dumps(said))
    assert kept.leaves == (Bound(1, 1), Bound(1, 2)) and not kept.attached


@pytest.mark.parametrize(
    "bound",
    [
        [[3, 1, None]],
        [[0, 1, None]],
        [[1, 0, None]],
        [[1, 1, 45]],
        [[1]],
        [["1", 1, None]],
        [[1, 1.5, None]],
    ],
)
def test_a_list_of_pages_that_makes_no_sense_is_damage(bound: object) -> None:
    said = json.loads(KEPT.to_json()) | {"bound": bound}
    with pytest.raises((ValueError, TypeError)):
        Kept.from_json(json.dumps(said))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("originals", {"extension": 7}), ("originals", {"flags": [1]}), ("originals", {"more": 1}),
        ("attached", {"number": "1"}), ("attached", {"role": ["annex"]}),
        ("attached", {"role": "cover"}),
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_damage(name: str, change: dict[str, object]) -> None:
    said = json.loads(KEPT.to_json())
    said[name][0] |= change
    with pytest.raises((ValueError, TypeError)):
        Kept.from_json(json.dumps(said))
