from hypothesis import given
from hypothesis import strategies as st

from partydoc.index import sorting

DATES = st.sampled_from([0, 19_980_000, 20_100_600, 20_100_612, 20_211_231])
IDS = st.text("0123456789abcdef", min_size=4, max_size=8)
PAIRS = st.tuples(DATES, IDS)


@given(PAIRS, PAIRS)
def test_the_latest_come_first_and_the_undated_last(one, other):
    (first, _), (second, _) = sorted((one, other), key=lambda pair: -sorting.latest(*pair))
    assert first >= second


@given(PAIRS, PAIRS)
def test_the_oldest_come_first_and_the_undated_last(one, other):
    (first, _), (second, _) = sorted((one, other), key=lambda pair: sorting.oldest(*pair))
    assert second == 0 or 0 < first <= second


@given(DATES, IDS, IDS)
def test_of_one_day_the_smaller_id_comes_first(date, one, other):
    smaller, larger = sorted((one, other))
    assert sorting.latest(date, smaller) >= sorting.latest(date, larger)
    assert sorting.oldest(date, smaller) <= sorting.oldest(date, larger)


def test_papers_stand_on_the_shelf_by_their_numbers():
    on_shelf = ["A2-01-0003-001", "A2-01-0003-002", "A2-01-0003-010", "A2-01-0003-010a",
                "A2-01-0012-001", "A2-02-0001-001", "A10-01-0001-001"]  # fmt: skip
    assert sorted(on_shelf[::-1], key=lambda one: sorting.shelf(one, 0, "id")) == on_shelf


def test_what_is_filed_nowhere_stands_behind_the_latest_first():
    keys = [
        sorting.shelf("Đ99-99-9999-999", 0, "a"),
        sorting.shelf("", 20_200_101, "b"),
        sorting.shelf("", 20_190_101, "a"),
        sorting.shelf("", 0, "a"),
        sorting.shelf("", 0, "b"),
    ]
    assert keys == sorted(keys)


def test_a_paper_of_two_folders_stands_where_it_stands_first():
    assert sorting.shelf("A29-02-0001-001\nA29-01-0003-002", 0, "x") == sorting.shelf(
        "A29-01-0003-002", 0, "x"
    )
