"""Numbers in Vietnamese words, as certificates have them beside the figures."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: Behind mươi: hai mươi mốt, hai mươi tư.
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_SCALES = ("", "nghìn", "triệu")
_LIMIT = 10**9


def in_words(number: int) -> str:
    """Return a number from 0 to 999,999,999: 105 -> "một trăm linh năm"; raises ValueError."""
    if not 0 <= number < _LIMIT:
        raise ValueError(number)
    if number < 10:
        return _DIGITS[number]
    words: list[str] = []
    for power in range(len(_SCALES) - 1, -1, -1):
        group = number // 1000**power % 1000
        if group:
            words += [*_group(group, whole=bool(words)), _SCALES[power]]
    return " ".join(filter(None, words))


def _group(number: int, whole: bool) -> list[str]:
    """Return the words of 1 to 999; behind other groups its hundreds are said though there are
    none: một nghìn không trăm linh một.
    """
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    tens, ones = divmod(rest, 10)
    if not rest:
        return words
    if not tens:
        return [*words, *(["linh"] if words else []), _DIGITS[ones]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5 or (ones and tens > 1):
        return [*words, _AFTER_TENS.get(ones, _DIGITS[ones])]
    return [*words, _DIGITS[ones]] if ones else words
