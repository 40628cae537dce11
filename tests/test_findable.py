"""What a line of a list of documents needs."""

from __future__ import annotations

import pytest

from partydoc.findable import is_complete

WHOLE = {"type", "subject", "code", "date", "issuer"}


@pytest.mark.parametrize("missing", ["code", "date", "issuer"])
def test_a_line_without_one_of_its_columns_is_not_complete(missing: str) -> None:
    assert is_complete(WHOLE)
    assert not is_complete(WHOLE - {missing})


def test_type_or_subject_is_enough() -> None:
    assert is_complete(WHOLE - {"type"}) and is_complete(WHOLE - {"subject"})
    assert not is_complete(WHOLE - {"type", "subject"})
