"""Where the superior ends and the issuer begins, for bodies that stand in no table."""

from __future__ import annotations

import pytest
from sheet import body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.describe import describe


def read(code: str, *issuer: str, text: str = "") -> tuple[Field | None, Field | None]:
    lines = state(number=f"Số: 12/{code}", issuer=issuer)
    more = [line(text, 120, left=40)] if text else []
    found = describe([page(*lines, *body(), *more)])
    return found["superior"], found["issuer"]


def value(field: Field | None) -> str | None:
    return str(field.value) if field else None


@pytest.mark.parametrize(
    ("code", "lines", "superior", "issuer"),
    [
        ("QĐ-NTTS", ["SỞ NÔNG NGHIỆP", "TỈNH VÍ DỤ", "NHÀ TRẺ THỬ SƠN"],
         "SỞ NÔNG NGHIỆP TỈNH VÍ DỤ", "NHÀ TRẺ THỬ SƠN"),
        ("QĐ-VHĐT", ["ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "VƯỜN HOA ĐÔ THỊ"],
         "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "VƯỜN HOA ĐÔ THỊ"),
    ],
)  # fmt: skip
def test_the_symbol_tells_where_an_unknown_body_begins(
    code: str, lines: list[str], superior: str, issuer: str
) -> None:
    above, below = read(code, *lines)
    assert (value(above), value(below)) == (superior, issuer)


def test_a_symbol_that_stands_for_no_line_makes_the_issuer_doubtful() -> None:
    _, below = read("QĐ-XYZ", "UBND TỈNH MẪU", "SỞ TÀI CHÍNH")
    assert below is not None and not below.accepted


def test_a_lost_line_is_offered_from_the_text_by_its_symbol() -> None:
    text = "Sở Công thương giao các phòng thực hiện"
    above, below = read("QĐ-SCT", "ỦY BAN NHÂN DÂN", "TỈNH MẪU", text=text)
    assert value(above) == "ỦY BAN NHÂN DÂN TỈNH MẪU"
    assert below is not None and (below.value, below.accepted) == ("SỞ CÔNG THƯƠNG", False)


def test_a_damaged_word_still_begins_a_body() -> None:
    lines = party("Số 12", issuer=("HUYỆN ỦY MẪU SƠN", "ỦỶ BAN KIÊM TRA"))
    found = describe([page(*lines, *body())])
    assert value(found["superior"]) == "HUYỆN ỦY MẪU SƠN"


def test_a_name_broken_within_a_known_phrase_is_one() -> None:
    above, below = read("QĐ-UBND", "ỦY BAN NHÂN", "DÂN XÃ MẪU THỬ")
    assert (above, value(below)) == (None, "ỦY BAN NHÂN DÂN XÃ MẪU THỬ")
