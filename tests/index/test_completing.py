import pytest
from corpus import PAPERS, RESOLUTION, paper


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


@pytest.mark.parametrize(
    ("prefix", "field"),
    [("ngaa", None), ("ngaâ", None), ("", "type"), ("", "date"), ("ong", "issuer")],
)
def test_what_only_a_replaced_document_had_is_not_offered(desk, prefix, field):
    misread = {"type": "Nghi quyêl", "date": "2027", "issuer": "Ông Hoà"}
    desk.hold(*PAPERS, paper("one", "ngaân sách", **misread))
    before = desk.index.words(prefix, field)
    desk.index.update([RESOLUTION.but(id="one", change=9)], [], "one", 9)
    assert desk.index.deleted() == 1
    assert len(desk.index.words(prefix, field)) == len(before) - 1


def test_a_completed_type_finds_its_documents(desk):
    desk.hold(*PAPERS)
    (name,) = desk.index.words("nghi", "type")
    assert desk.ask(f"type:{name}") == ["resolution"]
