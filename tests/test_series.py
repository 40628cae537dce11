"""Numbers of documents in a folder."""

from __future__ import annotations

from collections.abc import Iterator

from partydoc import series
from partydoc.archive.order import Filed

FOLDER = "A29-01-0003"
ISSUER = "ĐẢNG UỶ XÃ ĐỒNG MẪU"


def filed(*papers: tuple[str, str], **known: str) -> Iterator[Filed]:
    """Yield entries with documents of a code and a date each."""
    for at, (code, date) in enumerate(papers, 1):
        fields = {"code": code, "date": date, "issuer": ISSUER, "type": "Nghị quyết", **known}
        fields = {name: value for name, value in fields.items() if value}
        yield Filed(f"{FOLDER}-{at:03}", f"{at:03}", at, at, f"{at:064x}", "described", 1, fields)


def found(entries: Iterator[Filed], term: str | None = None) -> list[tuple[str, str | None]]:
    return [(one.kind, one.what) for one in series.findings(FOLDER, entries, term)]


def test_gaps_between_the_numbers_of_a_term_are_found_across_its_years() -> None:
    papers = ("07-NQ/ĐU", "2021-05-01"), ("9-NQ/ĐU", "2021-06"), ("12-NQ/ĐU", "2023")
    assert found(filed(*papers), "2020 - 2025") == [("missing-numbers", "8, 10-11")]
    assert found(filed(*papers, term="2020-2025")) == [("missing-numbers", "8, 10-11")]


def test_without_a_term_only_what_is_missing_within_a_year_is_missing() -> None:
    papers = ("07-NQ/ĐU", "2021-05-01"), ("9-NQ/ĐU", "2021-06"), ("14-NQ/ĐU", "2023")
    assert found(filed(*papers)) == [("missing-numbers", "8")]


def test_numbers_of_the_state_begin_anew_each_year() -> None:
    papers = ("15/QĐ-UBND", "2021-11-02"), ("2/QĐ-UBND", "2022-01-04"), ("4/QĐ-UBND", "2022-02-01")
    assert found(filed(*papers), "2020-2025") == [("missing-numbers", "3")]


def test_types_symbols_and_issuers_number_by_themselves() -> None:
    one = filed(("01-NQ/ĐU", "2021"), ("05-NQ/BTV", "2021"), ("09-KH/ĐU", "2021"))
    other = filed(("04-NQ/ĐU", "2021"), issuer="HUYỆN UỶ MẪU SƠN")
    assert found(iter([*one, *other])) == []


def test_a_number_that_stands_twice_names_both_entries() -> None:
    papers = ("12-NQ/ĐU", "2021"), ("12a-NQ/ĐU", "2021"), ("012-NQ/ĐU", "2021-03-04")
    (one,) = series.findings(FOLDER, filed(*papers), None)
    assert (one.kind, one.entry, one.what, one.of) == (
        "number-twice", f"{FOLDER}-003", "012-NQ/ĐU", f"{FOLDER}-001",
    )  # fmt: skip


def test_what_is_not_known_is_not_counted() -> None:
    papers = ("12-NQ/ĐU", "2021"), ("15-NQ/ĐU", "2021")
    for unknown in ("code", "issuer", "date"):
        assert found(filed(*papers, **{unknown: ""})) == []
    assert found(filed(("12", "2021"), ("15", "2021"), ("NQ", "2021"))) == []


def test_a_number_far_from_the_others_does_not_make_all_between_missing() -> None:
    papers = ("1/BC-UBND", "2021"), ("202100000000/BC-UBND", "2021")
    assert found(filed(*papers)) == []
    assert found(filed(("5-BC/ĐU", "2021"), ("400-BC/ĐU", "2021"))) == []


def test_normative_documents_of_the_state_have_numbers_of_their_own() -> None:
    papers = ("15/QĐ-UBND", "2021"), ("15/2021/QĐ-UBND", "2021"), ("17/2021/QĐ-UBND", "2021")
    assert found(filed(*papers)) == [("missing-numbers", "16")]
