"""Who heads a body, and who may have signed for it."""

from __future__ import annotations

import pytest

from partydoc.metadata import heads
from partydoc.metadata.heads import NOBODY, Signatory


@pytest.mark.parametrize(
    ("issuer", "position"),
    [
        ("ĐẢNG UỶ XÃ VÍ DỤ", "BÍ THƯ"), ("BAN TỔ CHỨC", "TRƯỞNG BAN"), ("SỞ NỘI VỤ", "GIÁM ĐỐC"),
        ("CHI CỤC THỦY LỢI", "CHI CỤC TRƯỞNG"), ("CỤC THUẾ", "CỤC TRƯỞNG"),
        ("ỦY BANNHÂN DÂN XÃ THỬ", "CHỦ TỊCH"), ("TRƯỜNG TIỂU HỌC THỬ", "HIỆU TRƯỞNG"),
    ],
)  # fmt: skip
def test_a_body_is_headed_as_its_name_begins(issuer: str, position: str) -> None:
    assert heads.of(issuer) == (position,)


@pytest.mark.parametrize("issuer", ["VIỄN THÔNG THỬ", "SÔNG MẪU", "NÔNG TRƯỜNG VÍ DỤ", "", None])
def test_of_a_body_that_no_table_has_nothing_is_known(issuer: str | None) -> None:
    assert heads.of(issuer) == ()


def test_minutes_are_signed_by_their_chair() -> None:
    assert "CHỦ TRÌ HỘI NGHỊ" in heads.of("SỞ NỘI VỤ", "Biên bản")


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("bithl", ["BÍ THƯ"]), ("phobithu", ["PHÓ BÍ THƯ"]), ("bithucapuy", []),
        ("giamdoc", []), ("phobithuphutrach", []), ("obithu", ["BÍ THƯ", "PHÓ BÍ THƯ"]),
    ],
)  # fmt: skip
def test_a_damaged_position_is_the_nearest_one(text: str, positions: list[str]) -> None:
    assert list(heads.nearest(text, ("BÍ THƯ",))) == positions


def test_who_signs_stands_for_the_body_that_he_heads_or_names() -> None:
    assert Signatory("truongban").signs_for("BAN TỔ CHỨC")
    assert not Signatory("truongban").signs_for("TỈNH ỦY MẪU")
    assert Signatory(None, "danguy").signs_for("ĐẢNG ỦY XÃ VÍ DỤ")
    assert not NOBODY.signs_for("ĐẢNG ỦY XÃ VÍ DỤ")
