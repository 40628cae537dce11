"""Numbers as people write them, in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from partydoc import language
from partydoc.numerals import duration, grouped, percent

Speak = Callable[[str], None]


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Choose the language of the messages, until the end of the test."""

    def choose(name: str) -> None:
        monkeypatch.setenv("PARTYDOC_LANG", name)
        language.choose()

    yield choose
    choose("en")


def test_vietnamese_has_points_between_thousands_and_a_comma_before_the_rest(speak: Speak) -> None:
    speak("vi")
    assert grouped(1234567) == "1.234.567" and grouped(1234.56, 1) == "1.234,6"
    assert percent(0.125) == "12,5 %" and percent(0.1) == "10,0 %"


def test_english_has_it_the_other_way_round(speak: Speak) -> None:
    speak("en")
    assert grouped(1234567) == "1,234,567" and percent(0.125) == "12.5 %"


def test_only_all_is_a_hundred_and_only_none_is_nothing(speak: Speak) -> None:
    speak("en")
    assert [percent(share) for share in (0, 0.00001, 0.99999, 1, None)] == [
        "0 %", "0.1 %", "99.9 %", "100 %", "–",
    ]  # fmt: skip


def test_seconds_are_minutes_and_hours() -> None:
    assert [duration(seconds) for seconds in (0.2, 41.6, 725, 3723)] == [
        "0:00", "0:42", "12:05", "1:02:03",
    ]  # fmt: skip
