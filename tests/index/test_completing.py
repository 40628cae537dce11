import pytest
from corpus import PAPERS


@pytest.mark.parametrize(
    ("prefix", "field", "expected"),
    [
        ("chu", None, ["chuyen"]),
        ("chuyể", None, ["chuyển"]),
        ("ngh", "type", ["nghi-quyet"]),
        ("Nghị", "type", ["nghị-quyết"]),
        ("", "type", ["bao-cao", "nghi-quyet", "quyet-dinh"]),
        ("20", "date", ["2010", "2021"]),
        ("bai", "issuer", ["bai"]),
        ("re", "status", ["review"]),
        ("cần-k", "status", ["cần-kiểm-tra"]),
        ("", "status", ["described", "original-only", "review"]),
        ("c", None, []),
        ("vangmat", None, []),
        ("q", "issuer", []),
    ],
)
def test_what_is_begun_is_completed_from_the_documents(desk, prefix, field, expected):
    desk.hold(*PAPERS)
    assert desk.index.words(prefix, field) == expected


def test_a_completed_type_finds_its_documents(desk):
    desk.hold(*PAPERS)
    (name,) = desk.index.words("nghi", "type")
    assert desk.ask(f"type:{name}") == ["resolution"]
