"""Number, symbol and code follow each other: 12, NQ/ĐU and 12-NQ/ĐU are one thing said three ways.

Party: number-type/body (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW). State: number/type-body,
normative documents number/year/type-body (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from partydoc.document import Field, Record
from partydoc.errors import UsageProblem
from partydoc.fieldnames import ABSENT, label
from partydoc.language import _

#: The three that follow each other.
PARTS = ("number", "symbol", "code")
_CODE = re.compile(r"(?P<number>\d[\w.]*?)(?:[-/ ](?:(?P<year>\d{4})/)?(?P<symbol>\D.*))?")
Said = Mapping[str, str | list[str] | None]


def split(code: str) -> tuple[str, str | None]:
    """Return (number, symbol) of a code: 12-NQ/ĐU, 15/QĐ-BNV, 30/2020/NĐ-CP, or 12 alone."""
    found = _CODE.fullmatch(code)
    if found is None:
        message = _("{text} is no code.").format(text=code)
        raise UsageProblem(message, _("Write it as printed: 12-NQ/ĐU, 15/QĐ-BNV, 30/2020/NĐ-CP"))
    return found["number"], found["symbol"]


def joined(number: str, symbol: str | None, before: str | None = None) -> str:
    """Return the code of a number and a symbol; the form of the code before, if it had that symbol.

    A symbol with a slash is a Party one: 12-NQ/ĐU; any other stands behind a slash: 15/QĐ-BNV.
    """
    if not symbol:
        return number
    if before and before.endswith(symbol) and (old := _CODE.fullmatch(before)):
        return number + before[len(old["number"]) :]
    return f"{number}{'-' if '/' in symbol else '/'}{symbol}"


def completed(said: Said) -> dict[str, str | list[str] | None]:
    """Return what a person said with the parts that a code brings along; 12 brings no symbol.

    Raises UsageProblem where number or symbol and code contradict each other.
    """
    result = dict(said)
    code = said.get("code")
    if "code" not in said:
        return result
    if code is None:
        brought: dict[str, str | None] = {"number": None}
    else:
        assert isinstance(code, str)
        number, symbol = split(code)
        brought = {"number": number}
        if symbol:
            brought["symbol"] = symbol
    for name, value in brought.items():
        if name in said and said[name] != value:
            message = _("The code {code} and {name} {value} contradict each other.")
            text = message.format(code=code or "-", name=label(name), value=said[name] or "-")
            raise UsageProblem(text, _("Give the code alone: code=12-NQ/ĐU"))
    return result | brought


def followed(fields: Record, before: Record | None = None) -> dict[str, Field | None]:
    """Return the fields with the code that number and symbol make, where a person said one of them.

    `before`: the fields as they stood, for the form of the code. A code that a person said stays.
    A number of a person and a symbol that is sure make a code that counts as the person's.
    """
    result = dict(fields)
    number, symbol, code = (fields.get(name) for name in PARTS)
    if not any(part and part.source == "person" for part in (number, symbol)):
        return result
    if code and code.source == "person" and _agrees(number, symbol, code):
        return result
    if number and number.value is None:
        result["code"] = ABSENT if number.source == "person" else code
        return result
    old = (before or fields).get("code")
    result["code"] = _code_of(number, symbol, old)
    return result


def of_paper(typed: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed of a paper, which is all that is known of it, with the code that number
    and symbol make.

    `before`: what was typed until now, for the form of the code.
    """
    fields, old = ({name: replace(ABSENT, value=one.get(name)) for name in PARTS}
                   for one in (typed, before))  # fmt: skip
    code = followed(fields, old)["code"]
    rest = {name: value for name, value in typed.items() if name != "code"}
    return {**rest, "code": code.value} if code and isinstance(code.value, str) else rest


def _agrees(number: Field | None, symbol: Field | None, code: Field) -> bool:
    if code.value is None:
        return number is None or number.value is None
    found = _CODE.fullmatch(code.value) if isinstance(code.value, str) else None
    there = [part.value if part else None for part in (number, symbol)]
    return found is None or there == [found["number"], found["symbol"]]


def _code_of(number: Field | None, symbol: Field | None, old: Field | None) -> Field | None:
    if number is None or symbol is None:
        return None
    assert isinstance(number.value, str) and not isinstance(symbol.value, list)
    before = old.value if old and isinstance(old.value, str) else None
    value = joined(number.value, symbol.value, before)
    unsure = [part for part in (number, symbol) if not part.accepted]
    if unsure:
        return replace(unsure[0], value=value)
    place = old if old and before == value else Field(value)
    return replace(place, confidence=1.0, source="person", accepted=True)
