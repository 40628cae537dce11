from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.index import dates

days = st.dates(date(1940, 1, 1), date(2060, 12, 31))


def found(value, first, last):
    return bool(set(dates.periods(value)) & set(dates.cover(first, last)))


@given(days, days, days)
def test_a_day_is_covered_exactly_if_it_is_in_the_range(day, one, other):
    first, last = sorted((one, other))
    inside = first <= day <= last
    assert found(day.isoformat(), first.isoformat(), last.isoformat()) == inside
    assert found(day.isoformat(), first.isoformat(), None) == (first <= day)
    assert found(day.isoformat(), None, last.isoformat()) == (day <= last)


@given(days, days, days)
def test_a_month_or_year_is_covered_if_it_overlaps_the_range(day, one, other):
    first, last = sorted((one, other))
    for part in (day.isoformat()[:7], day.isoformat()[:4]):
        start, end = dates.parse(part)
        overlaps = start <= last.isoformat() and end >= first.isoformat()
        assert found(part, first.isoformat(), last.isoformat()) == overlaps


@given(days)
def test_a_range_is_covered_by_few_periods(day):
    assert len(dates.cover(day.isoformat(), (day + timedelta(days=9000)).isoformat())) < 120


@pytest.mark.parametrize(
    "value", ["", "20", "2021-13", "2021-02-30", "30/2/2021", "0999", "5/9/26"]
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError):
        dates.parse(value)


def test_dates_sort_by_what_is_known():
    assert dates.sort_key("2021-05-09") == 20210509
    assert dates.sort_key("2021-05") == 20210500
    assert dates.sort_key("2021") == 20210000
    assert dates.sort_key(None) == dates.sort_key("hôm qua") == 0
