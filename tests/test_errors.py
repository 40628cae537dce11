"""Errors: a code from the table, a sentence, a next step."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Run

from partydoc import errors, reasons
from partydoc.errors import Exit, PartydocError

ROOT = Path(__file__).resolve().parent.parent


def families(kind: type[PartydocError] = PartydocError) -> set[type[PartydocError]]:
    return {kind}.union(*(families(sub) for sub in kind.__subclasses__()))


def test_every_error_has_a_code_of_the_table() -> None:
    assert {kind.exit_code for kind in families()} <= set(Exit)
    assert families() >= {errors.DiskFull, errors.Locked, errors.QueryProblem}


def test_both_readmes_list_every_exit_code() -> None:
    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text("utf-8")
        listed = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
        assert listed == {int(code) for code in Exit}


def test_every_reason_in_the_code_has_a_sentence() -> None:
    used: set[str] = set()
    for path in (ROOT / "partydoc").rglob("*.py"):
        text = path.read_text("utf-8")
        used |= set(re.findall(r'Refusal\(\s*"([a-z-]+)"', text))
        used |= set(re.findall(r'(?:reason|refusal)\w*=\s*"([a-z-]+)"', text))
    used -= {"unclassified"}  # a reason of the audit log, not of a refusal
    assert len(used) > 10
    assert used <= reasons.known()


def test_an_unknown_reason_still_makes_a_sentence(run: Run) -> None:
    sentence = reasons.sentence("something-new", "a.pdf")
    assert "a.pdf" in sentence and "partydoc scan" in sentence


def test_every_sentence_names_the_next_step() -> None:
    for reason in reasons.known():
        sentence = reasons.sentence(reason, "a.pdf")
        what, step = re.split(r"[.] (?=[A-Z])", sentence, maxsplit=1)
        assert len(what) > 10 and len(step) > 10
