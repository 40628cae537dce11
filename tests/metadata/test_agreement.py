"""Agreement: neighbours, appendices and signatures make a value surer or doubtful, no other."""

from __future__ import annotations

from sheet import body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.agreement import Neighbour, Neighbours
from partydoc.metadata.describe import describe, evidence
from partydoc.page import Page


def near(number: str, symbol: str = "QĐ-SNV", date: str = "2021-11-20") -> Neighbour:
    return Neighbour(number, symbol, date)


def number(printed: str, before: str | None = None, after: str | None = None) -> float:
    folder = Neighbours(
        (near(before),) if before else (), (near(after, date="2021-11-26"),) if after else ()
    )
    field = evidence([page(*state(printed), *body())], folder=folder)["number"]
    assert field is not None and field.value == "207"
    return field.confidence


def test_the_one_number_that_fits_between_its_neighbours_is_surer() -> None:
    alone = number("Số: 207@0.65 /QĐ-SNV")
    assert number("Số: 207@0.65 /QĐ-SNV", "206", "208") > alone
    assert number("Số: 207@0.65 /QĐ-SNV", "205", "208") == alone  # 206 would fit as well


def test_a_number_beyond_both_neighbours_is_doubted() -> None:
    sure = number("Số: 207/QĐ-SNV")
    assert number("Số: 207/QĐ-SNV", "305", "308") < sure
    assert number("Số: 207/QĐ-SNV", "105", "108") < sure


def test_the_number_of_a_neighbour_is_doubted() -> None:
    assert number("Số: 207/QĐ-SNV", "207") < number("Số: 207/QĐ-SNV")


def test_neighbours_of_another_series_or_year_say_nothing() -> None:
    others = (near("900", symbol="TB-SNV"), near("900", date="2020-11-20"), Neighbour("900"))
    with_, without = (
        evidence([page(*state("Số: 207/QĐ-SNV"), *body())], folder=folder)["number"]
        for folder in (Neighbours(others), Neighbours())
    )
    assert with_ == without


def test_noise_is_not_borne_out_by_its_neighbours() -> None:
    assert number("Số: 207@0.3 /QĐ-SNV", "205", "208") < 0.5


def annexed(cited: str) -> tuple[Field | None, Field | None]:
    annex = page(line("PHỤ LỤC I", 20), line(f"(Kèm theo {cited})", 27), *body(40), number=2)
    found = evidence([page(*state("Số: 207@0.75 /QĐ-SNV"), *body()), annex])
    return found["number"], found["date"]


def test_an_appendix_bears_number_and_date_out() -> None:
    number, date = annexed("Quyết định số 207/QĐ-SNV ngày 24/11/2021 của Sở Nội vụ")
    assert number is not None and number.confidence >= 0.9
    assert date is not None and date.value == "2021-11-24" and date.confidence >= 0.9


def test_an_appendix_that_says_otherwise_raises_a_doubt() -> None:
    number, date = annexed("Quyết định số 201/QĐ-SNV ngày 23 tháng 11 năm 2021 của Sở Nội vụ")
    assert number is not None and number.confidence <= 0.7
    assert date is not None and date.confidence <= 0.7


def signed(day: str) -> Field | None:
    sign = line(f"Thời gian ký: {day} 10:56:22 +07:00", 10, left=125)
    sheet: Page = page(sign, *party(), *body())
    return describe([sheet])["date"]


def test_a_document_is_not_dated_after_it_was_signed() -> None:
    early, same = signed("04/06/2023"), signed("05/06/2023")
    assert early is not None and not early.accepted
    assert same is not None and same.accepted


def test_an_appendix_that_says_the_day_bears_a_month_out() -> None:
    said = line("(Kèm theo Nghị quyết số 12-NQ/ĐU ngày 05/6/2023 của Đảng ủy)", 20)
    first = page(*party(date="Mẫu Sơn, ngày ..... tháng 6 năm 2023"), *body())
    alone = evidence([first])["date"]
    beside = evidence([first, page(said, *body(), number=2)])["date"]
    assert alone is not None and beside is not None
    assert (beside.value, beside.confidence) == (alone.value, alone.confidence)
