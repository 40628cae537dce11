"""What of a document can be searched."""

from __future__ import annotations

from dataclasses import replace

import desk
import pytest

from partydoc.document import Field
from partydoc.searchable import documents_since, gone_since


def test_every_value_of_a_list_can_be_searched(tmp_path):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        said = {
            "recipients": Field(["Như trên", "Lưu VT"], 1.0, source="person", accepted=True),
            "keywords": Field(["lưu trữ"], 0.4, source="machine", accepted=False),
            "signer": Field(None, 1.0, source="person", accepted=True),
        }
        desk.file(opened, desk.say(opened, work, said), "Báo cáo")
        [found] = documents_since(opened.catalogue, 0, opened.store)
    assert found.fields["recipients"] == "Như trên\nLưu VT"
    assert not {"keywords", "signer"} & set(found.fields)
    assert found.pages[0].endswith("Báo cáo")


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(
    ("status", "searched"),
    [("described", True), ("review", True), ("original-only", True)]
    + [(status, False) for status in ("pending", "held", "awaiting-class")],
)
def test_what_changes_is_either_written_to_the_index_or_taken_out(tmp_path, status, searched, held):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        kept = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True).kept
        in_hold = held or status in ("held", "awaiting-class")
        opened.catalogue.note(replace(kept, status=status), held=in_hold)
        written = [one.id for one in documents_since(opened.catalogue, 0, opened.store)]
        gone = gone_since(opened.catalogue, 0)
    assert (written, gone) == (([kept.id], []) if searched and not held else ([], [kept.id]))
