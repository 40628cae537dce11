"""Names that are spelled in several ways."""

from __future__ import annotations

from partydoc.spellings import Spellings


def test_case_and_the_place_of_a_tone_make_no_other_name() -> None:
    names = Spellings()
    keys = {names.add(name) for name in ("ĐẢNG UỶ XÃ ĐỒNG MẪU", "Đảng ủy xã Đồng Mẫu")}
    assert len(keys) == 1
    assert names.add("Đảng ủy xã Đông Mẫu") not in keys


def test_the_commonest_spelling_is_shown_and_of_equal_ones_the_first() -> None:
    names = Spellings()
    key = names.add("Báo cáo")
    names.add("BÁO CÁO")
    assert names.usual()[key] == "Báo cáo"
    names.add("BÁO CÁO")
    assert names.usual()[key] == "BÁO CÁO"
