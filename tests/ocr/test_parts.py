"""What was read lies in files of a few pages, and comes back in the order of the pages."""

from __future__ import annotations

import json

from partydoc.box import Box
from partydoc.ocr.leaf import Leaf
from partydoc.ocr.parts import Parts
from partydoc.page import Line, Page, Reading, Word


def leaf(number: int) -> Leaf:
    word = Word(f"từ{number}", Box(0.1, 0.1, 0.2, 0.12), 0.9)
    return Leaf(Page(number, 210.0, 297.0, (Line((word,), 1),)), strip=number == 2)


def test_leaves_come_back_in_order_whoever_brought_them(tmp_path):
    parts = Parts(tmp_path)
    parts.add(11, [leaf(11)])
    parts.add(3, [leaf(n) for n in range(3, 11)])
    parts.add(1, [leaf(1), leaf(2)])
    assert list(parts) == [leaf(n) for n in range(1, 12)] == list(Parts(tmp_path))


def test_a_leaf_can_be_changed(tmp_path):
    parts = Parts(tmp_path)
    parts.add(1, [leaf(1), leaf(2)])
    parts.change(lambda each: each.as_picture() if each.page.number == 2 else each)
    assert [each.page.redrawn for each in parts] == [False, True]


def test_pages_are_written_as_a_reading(tmp_path):
    parts = Parts(tmp_path)
    for pages in ([], [leaf(1), leaf(2)]):
        parts.add(1, pages)
        parts.write_pages(tmp_path / "pages.json", "engine 1", ("vie",))
        wanted = Reading("engine 1", ("vie",), tuple(each.page for each in pages))
        assert Reading.from_dict(json.loads((tmp_path / "pages.json").read_bytes())) == wanted
