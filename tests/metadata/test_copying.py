"""Copies: their kind is told, their own number, date and signer are not the document's."""

from __future__ import annotations

import pytest
from sheet import body, copied, line, page, party, signature, state

from partydoc.metadata.copying import is_copy_number
from partydoc.metadata.describe import describe
from partydoc.page import Page


def values(*pages: Page) -> dict[str, str]:
    return {name: str(each.value) for name, each in describe(pages).items() if each}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Sao y", "Sao y"), ("SAO LỤC", "Sao lục"), ("TRÍCH SAO", "Trích sao"),
        ("SAO Y BẢN CHÍNH", "Sao y"), ("Sao lục", "Sao lục"),
    ],
)  # fmt: skip
def test_the_kind_is_told(said: str, kind: str) -> None:
    assert values(page(*party(), *body(), *signature(), *copied(said=said)))["copy_type"] == kind


def test_the_block_of_the_copier_is_left_out() -> None:
    found = values(page(*party(), *body(), *signature(), *copied()))
    assert (found["code"], found["date"]) == ("12-NQ/ĐU", "2023-06-05")
    assert (found["signer"], found["position"]) == ("Nguyễn Văn Mẫu", "BÍ THƯ")


def test_a_block_on_the_last_page_is_left_out() -> None:
    first = page(*party(), *body())
    found = values(first, page(*body(20), *signature(100), *copied(170), number=2))
    assert (found["code"], found["signer"]) == ("12-NQ/ĐU", "Nguyễn Văn Mẫu")
    assert found["copy_type"] == "Sao lục"


def test_an_electronic_copy_says_so_at_the_top_right() -> None:
    said = (
        line("SAO Y", 8, left=150),
        line("Văn phòng Mẫu Sơn", 12, left=150),
        line("Thời gian ký: 25/11/2021 10:56:22 +07:00", 15, left=130),
    )
    found = values(page(*said, *state(), *body(), *signature(block=("GIÁM ĐỐC",))))
    assert (found["copy_type"], found["code"]) == ("Sao y", "15/QĐ-SNV")
    assert found["signer"] == "Nguyễn Văn Mẫu"


def test_a_red_stamp_says_so() -> None:
    stamps = (line("SAO Y BẢN CHÍNH", 260, 60),)
    assert values(page(*party(), *body(), *signature(), stamps=stamps))["copy_type"] == "Sao y"


def test_a_paper_about_copies_is_none() -> None:
    told = line("Văn phòng thực hiện sao y, sao lục và trích sao theo quy định.", 180, left=30)
    assert "copy_type" not in values(page(*party(), *body(), told, *signature()))


@pytest.mark.parametrize("text", ["Số 24-BS/UBKTTU", "Số: 07/SY-UBND", "Số 03 - BS/HU"])
def test_numbers_of_copies_are_known(text: str) -> None:
    assert is_copy_number(text)


@pytest.mark.parametrize("text", ["Số 24-NQ/TU", "Số: 07/QĐ-SYT", "Số: 15/BC-BS"])
def test_numbers_of_documents_are_none(text: str) -> None:
    assert not is_copy_number(text)
