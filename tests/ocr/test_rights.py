"""What the owner of a PDF withholds is known, right by right."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partydoc.ocr import rights

SETS = {
    "print_lowres": "no-printing", "extract": "no-copying", "modify_other": "no-changing",
    "modify_annotation": "no-annotating", "modify_form": "no-filling-in",
    "modify_assembly": "no-assembling",
}  # fmt: skip


def flags(revision: int, **said: bool) -> set[str]:
    """Return what is found in a PDF that is encrypted so."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = BytesIO()
        allowed = pikepdf.Permissions(**{"modify_assembly": True, **said})
        newer = revision >= 4
        lock = pikepdf.Encryption(
            owner="owner", user="", R=revision, allow=allowed, aes=newer, metadata=newer
        )
        pdf.save(out, encryption=lock)
    with pikepdf.open(out) as again:
        return set(rights.withheld(again))


@pytest.mark.parametrize("revision", [3, 4, 6])
@pytest.mark.parametrize("right", SETS)
def test_a_right_that_is_withheld_is_named(revision: int, right: str) -> None:
    said = {right: False}
    if right == "print_lowres":
        said["print_highres"] = False
    assert flags(revision, **said) == {SETS[right]}


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_printing_may_be_allowed_in_low_quality_alone(revision: int) -> None:
    assert flags(revision, print_highres=False) == {"no-fine-printing"}


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(SETS, st.booleans())))
def test_any_set_of_rights_is_named_in_full(said: dict[str, bool]) -> None:
    wanted = {flag for name, flag in SETS.items() if not said[name]}
    assert flags(6, print_highres=said["print_lowres"], **said) == wanted


def test_a_pdf_without_a_lock_withholds_nothing() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        assert not [*rights.withheld(pdf)]
