"""What is done with a document that was read, or was not."""

from __future__ import annotations

import desk
import pytest

from partydoc.document import Refusal
from partydoc.filing import Filer


@pytest.mark.parametrize(
    ("text", "outcome"), [("TUYỆT MẬT\nBáo cáo", "held"), ("Báo cáo", "original-only")]
)
def test_a_mark_that_was_seen_holds_a_paper_of_which_no_copy_can_be_made(tmp_path, text, outcome):
    archive = desk.new_archive(tmp_path / "archive")
    (archive.inbox / "paper.pdf").write_bytes(b"%PDF paper")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "paper.pdf", unclassified=True)
        refusal = Refusal("text-differs", "pages [1]")
        said = Filer(opened, desk.clock).not_read(work, refusal, desk.reading_of(text))
        assert said.outcome == outcome
        assert opened.store.in_hold(work.kept.urn) is (outcome == "held")
