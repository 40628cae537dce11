"""Who has whose pages."""

from __future__ import annotations

import desk

from partydoc.archive import lineage
from partydoc.archive.kept import Kept
from partydoc.archive.lineage import Heir


def kept(name: str, status: str = "review", *sources: str, heir: str = "") -> Kept:
    heirs = (Heir(heir, 1, 1),) if heir else ()
    return Kept(name, desk.NOW, "application/pdf", "pdf", 1, ("a.pdf",), status=status,
                sources=sources, heirs=heirs)  # fmt: skip


def before(*documents: Kept) -> list[str]:
    known = {one.id: one for one in documents}
    return [one.id for one in lineage.before(documents[0], known.get)]


def test_what_a_document_was_cut_from_is_found_through_all_hands() -> None:
    part, whole = kept("part", "review", "merged"), kept("scan", "divided", heir="merged")
    merged = kept("merged", "divided", "scan", "other", heir="part")
    other = kept("other", "merged", heir="merged")
    assert before(part, merged, whole, other) == ["merged", "scan", "other"]


def test_neither_what_is_gone_nor_what_lives_nor_a_circle_is_followed() -> None:
    scan = kept("scan", "review", "part", "gone", "living")
    part = kept("part", "merged", "scan", heir="scan")
    assert before(scan, part, kept("living")) == ["part"]


def test_a_record_says_it_and_older_ones_say_nothing() -> None:
    one = kept("a" * 64, "divided", "b" * 64, heir="c" * 64)
    assert Kept.from_json(one.to_json()) == one and one.passed_on and not one.secret
    said = one.to_dict() | {"status": "review"}
    for name in ("heirs", "sources", "sha256"):
        del said[name]
    import json

    old = Kept.from_json(json.dumps(said))
    assert (old.heirs, old.sources, old.sha256, old.digest_of(1)) == ((), (), None, "a" * 64)
