"""From a wish to a new list of pages; and with the real engine, from a page to its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import desk
import paper
import pytest
from conftest import Run

from partydoc import paging
from partydoc.archive.kept import Kept
from partydoc.archive.originals import Original
from partydoc.archive.root import create
from partydoc.archive.settings import Settings
from partydoc.box import Box
from partydoc.document import Bound, Field
from partydoc.errors import UsageProblem
from partydoc.paging import Wish

KEPT = Kept("a" * 64, desk.NOW, "application/pdf", "pdf", 4)
NEW = Original("b" * 64, "image/png", "png", 2, "mới.png")


def leaves(kept: Kept) -> list[tuple[int, int]]:
    return [(leaf.original, leaf.page) for leaf in kept.leaves]


def test_a_document_has_the_pages_of_its_first_original_until_somebody_says_otherwise() -> None:
    assert leaves(KEPT) == [(1, 1), (1, 2), (1, 3), (1, 4)] and KEPT.in_use == (1,)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("replace", 2), [(1, 1), (2, 1), (2, 2), (1, 3), (1, 4)]),
        (Wish("insert", 5), [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]),
        (Wish("rescan"), [(2, 1), (2, 2)]),
    ],
)
def test_all_pages_of_a_file_come_in(wish: Wish, expected: list[tuple[int, int]]) -> None:
    after = paging.fulfilled(KEPT, wish, NEW)
    assert leaves(after) == expected and after.pages == len(expected)
    assert after.path_of(2) == "original/0002.png" and after.type_of(2) == "image/png"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("remove", 1), [2, 3, 4]), (Wish("move", 4, to=1), [4, 1, 2, 3]),
        (Wish("move", 1, to=4), [2, 3, 4, 1]),
    ],
)  # fmt: skip
def test_pages_go_and_change_places(wish: Wish, expected: list[int]) -> None:
    assert [leaf.page for leaf in paging.fulfilled(KEPT, wish).leaves] == expected


def test_a_turn_begins_at_what_is_shown() -> None:
    once = paging.fulfilled(KEPT, Wish("rotate", 2, by=90), shown=270)
    assert once.leaves[1] == Bound(1, 2, 0)
    again = paging.fulfilled(once, Wish("rotate", 2, by=180))
    assert again.leaves[1] == Bound(1, 2, 180)


def test_files_keep_their_numbers_when_others_come() -> None:
    one = paging.fulfilled(KEPT, Wish("rescan"), NEW)
    two = paging.fulfilled(one, Wish("replace", 1), replace(NEW, extension="pdf"))
    assert leaves(two) == [(3, 1), (3, 2), (2, 2)] and two.in_use == (2, 3)
    assert two.path_of(3) == "original/0003.pdf" and two.path_of(1) == "original/0001.pdf"


def test_the_record_is_read_back_as_it_was_written() -> None:
    after = paging.fulfilled(KEPT, Wish("replace", 2), NEW)
    after = paging.fulfilled(after, Wish("rotate", 1, by=90))
    assert Kept.from_json(after.to_json()) == after


def test_what_is_particular_of_an_original_out_of_use_does_not_count() -> None:
    locked = replace(KEPT, flags=("owner-password",))
    assert locked.particulars == ("owner-password",)
    assert paging.fulfilled(locked, Wish("rescan"), NEW).particulars == ()


def test_a_person_s_field_keeps_its_place_only_where_its_page_is_there() -> None:
    field = Field("x", 1.0, 2, Box(0, 0, 1, 1), "person", accepted=True)
    after = paging.fulfilled(KEPT, Wish("remove", 1))
    assert paging.placed({"a": field}, KEPT, after)["a"] == replace(field, page=1)
    gone = paging.fulfilled(KEPT, Wish("remove", 2))
    assert paging.placed({"a": field}, KEPT, gone)["a"] == replace(field, page=None, box=None)
    machine = replace(field, source="machine")
    assert paging.placed({"a": machine, "b": None}, KEPT, after) == {"a": machine, "b": None}


def test_what_cannot_be_is_named() -> None:
    for wish in (Wish("remove", 5), Wish("insert", 6), Wish("move", 1, to=5)):
        with pytest.raises(UsageProblem, match="has 4 pages"):
            paging.check(KEPT, wish)
    paging.check(KEPT, Wish("insert", 5))
    with pytest.raises(UsageProblem, match="one page"):
        paging.check(replace(KEPT, pages=1), Wish("remove", 1))
    with pytest.raises(UsageProblem, match="signed"):
        paging.check(replace(KEPT, flags=("signed",)), Wish("rotate", 1, by=90))
    with pytest.raises(UsageProblem, match="signed"):
        paging.check_new(KEPT, replace(NEW, flags=("signed",)))
    with pytest.raises(UsageProblem, match="already"):
        paging.check(KEPT, Wish("move", 2, to=2))


@pytest.mark.slow
def test_the_words_of_the_new_page_are_found_and_those_of_the_old_are_not(
    run: Run, tmp_path: Path
) -> None:
    def sheet(subject: str) -> object:
        return paper.party_page(type="Báo cáo", symbol="BC/ĐU", subject=subject)

    archive = tmp_path / "a"
    create(archive, Settings("connected", "whoosh", quiet=0))
    run("-a", archive, "index")
    one, new = tmp_path / "1.pdf", tmp_path / "new.pdf"
    paper.save_scan_pdf([sheet("về nước sạch"), sheet("về trồng rừng")], one)
    paper.save_scan_pdf([sheet("về trường học")], new)
    (document,) = run("-a", archive, "scan", "--unclassified", one, "--json").lines
    ref = document["id"][:12]

    def hits(words: str) -> int:
        found = run("-a", archive, "search", words, "--json").lines
        return sum("id" in one for one in found)

    assert hits('"trồng rừng"') == 1
    run("-a", archive, "page", "replace", ref, 2, new)
    assert hits('"trường học"') == 1 and hits('"trồng rừng"') == 0 and hits('"nước sạch"') == 1
    run("-a", archive, "page", "rotate", ref, 1, "--by", 180)
    assert hits('"nước sạch"') == 0
    run("-a", archive, "page", "rotate", ref, 1, "--by", 180)
    assert hits('"nước sạch"') == 1
    run("-a", archive, "verify", "--deep")


def test_a_file_comes_in_once_and_again_only_when_it_is_out_of_use() -> None:
    once = paging.fulfilled(KEPT, Wish("replace", 2), NEW)
    with pytest.raises(UsageProblem, match="already"):
        paging.check_new(once, NEW)
    with pytest.raises(UsageProblem, match="already"):
        paging.check_new(KEPT, replace(NEW, sha256=KEPT.id))
    out = paging.fulfilled(paging.fulfilled(once, Wish("remove", 2)), Wish("remove", 2))
    paging.check_new(out, NEW)
