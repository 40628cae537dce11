"""One word in all the ways in which people, keyboards and converters write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from unicodedata import normalize

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_SHAPES = "\u0302\u0306\u031b"
#: The small ones of the 134 letters of Vietnamese that English does not have.
LETTERS = "ăâđêôơư" + "".join(
    normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES
)
#: Open syllables in which people write the tone in two places: hoà, hòa.
_OPEN = ("oa", "oe", "uy")
_I_OR_Y = (
    ("kĩ", "kỹ"), ("kì", "kỳ"), ("kí", "ký"), ("lí", "lý"), ("mĩ", "mỹ"), ("tỉ", "tỷ"),
    ("tì", "tỳ"), ("sĩ", "sỹ"), ("hi", "hy"), ("li", "ly"), ("quí", "quý"), ("quĩ", "quỹ"),
    ("quỉ", "quỷ"), ("quì", "quỳ"),
)  # fmt: skip
#: Each code as it is printed, and as it is typed.
_CODES: Mapping[str, Callable[[str], str]] = {
    "code as printed": str,
    "code in small letters": str.lower,
    "code with other signs": lambda code: code.translate({45: "/", 47: "-"}),
    "code with spaces": lambda code: code.replace("/", " ").replace("-", " "),
    "code without marks": lambda code: _without_marks(code),
    "code without its leading zero": lambda code: code.lstrip("0"),
}
_PRINTED = ("12-NQ/ĐU", "05-QĐ/HU", "15/QĐ-UBND", "07-KH/ĐU", "103-CV/BTCTU")


@dataclass(frozen=True)
class Case:
    """What is asked has to find what is written; if not `wanted`, it must not."""

    group: str
    asked: str
    written: str
    wanted: bool = True


def _tone_first(word: str) -> str:
    return _in_pieces(word, last=_SHAPES)


def _shape_first(word: str) -> str:
    return _in_pieces(word, last=_TONES)


def _in_pieces(word: str, last: str) -> str:
    """Return a word whose letters are taken apart: ộ as o, dot below, circumflex, or otherwise."""
    pieces = []
    for letter in word:
        base, *marks = list(normalize("NFD", letter))
        pieces += [base, *sorted(marks, key=lambda mark: mark in last)]
    return "".join(pieces)


def _without_marks(word: str) -> str:
    bare = "".join(normalize("NFD", letter)[0] for letter in word)
    return bare.replace("đ", "d").replace("Đ", "D")


Form = Callable[[str], str]
FORMS: Mapping[str, Form] = {
    "NFC": str,
    "tone first": _tone_first,
    "shape first": _shape_first,
    "no marks": _without_marks,
}
_SIZES: Mapping[str, Form] = {"small": str.lower, "capital": str.upper}


def cases() -> Iterator[Case]:
    """Yield every way of asking with every way of writing, group by group."""
    words = [f"b{letter}n" for letter in LETTERS]
    yield from _by_form(words)
    yield from _by_size(words)
    yield from _apart()
    yield from _by_variant("tone in the {} place", ("old", "new"), _two_places())
    yield from _by_variant("{} written", ("i", "y"), _I_OR_Y)
    for group, typed in _CODES.items():
        for code in _PRINTED:
            yield Case(group, typed(code), code)


def _by_form(words: Sequence[str]) -> Iterator[Case]:
    for (asked, ask), (written, write) in product(FORMS.items(), repeat=2):
        for word, one, other in product(words, _SIZES.values(), _SIZES.values()):
            yield Case(f"letter: {asked} → {written}", ask(one(word)), write(other(word)))


def _by_size(words: Sequence[str]) -> Iterator[Case]:
    for (asked, ask), (written, write) in permutations(_SIZES.items(), 2):
        for word in words:
            yield Case(f"letter: {asked} → {written}", ask(word), write(word))


def _apart() -> Iterator[Case]:
    for letter, other in product(LETTERS, "adeiouy"):
        if _without_marks(letter) != other:
            for asked, written in ((letter, other), (other, letter)):
                yield Case("letter: another is not found", f"b{asked}n", f"b{written}n", False)


def _by_variant(
    group: str, names: tuple[str, str], pairs: Sequence[tuple[str, str]]
) -> Iterator[Case]:
    for asked, written in ((0, 1), (1, 0)):
        name = f"{group.format(names[asked])} → {names[written]}"
        for pair, ask, write in product(pairs, FORMS.values(), FORMS.values()):
            for one, other in product(_SIZES.values(), repeat=2):
                yield Case(name, ask(one(pair[asked])), write(other(pair[written])))


def _two_places() -> list[tuple[str, str]]:
    return [
        ("h" + pair[0] + normalize("NFC", pair[1] + tone),
         "h" + normalize("NFC", pair[0] + tone) + pair[1])
        for pair, tone in product(_OPEN, _TONES)
    ]  # fmt: skip
