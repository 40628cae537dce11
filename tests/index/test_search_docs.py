"""docs/search.md is executed: each query on the papers that stand in it."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from corpus import paper

from partydoc import language
from partydoc.commands import caret
from partydoc.errors import QueryProblem
from partydoc.index import fields, parse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text("utf-8")


def tables(*header):
    """Return the rows of all tables of the page that have this header."""
    line = re.escape(f"| {' | '.join(header)} |")
    found = re.findall(rf"^{line}\n[|-]+\n((?:\|.*\n)+)", PAGE, re.M)
    return [
        tuple(cell.strip() for cell in row.strip("|").split(" | "))
        for table in found
        for row in table.splitlines()
    ]


COLUMNS = (
    "code", "type", "date", "issuer", "signer", "folder", "box", "status", "copy_type",
    "subject", "text",
)  # fmt: skip
EXAMPLES = [
    (typed.strip("`"), finds.split())
    for header in (("typed", "means", "finds"), ("gõ", "nghĩa là", "tìm được"))
    for typed, _means, finds in tables(*header)
]


def papers():
    for row in tables(*COLUMNS):
        values = dict(zip(COLUMNS, row, strict=True))
        number, symbol = re.fullmatch(r"(\d+)[-/](.+)", values["code"]).groups()
        yield paper(values["code"], values.pop("text"), **values, number=number, symbol=symbol)


def test_the_page_has_its_examples():
    assert len(list(papers())) == 5
    assert len(EXAMPLES) > 50


def test_every_query_finds_what_the_page_says(desk):
    desk.hold(*papers())
    found = {typed: sorted(desk.ask(*shlex.split(typed))) for typed, _finds in EXAMPLES}
    assert found == {typed: sorted(finds) for typed, finds in EXAMPLES}


@pytest.mark.parametrize("shell", ["bash", "dash"])
def test_every_query_is_safe_in_a_shell(shell, tmp_path):
    script = "".join(f"printf '%s\\0' {typed}; echo;" for typed, _finds in EXAMPLES)
    told = subprocess.run([shell, "-c", script], cwd=tmp_path, capture_output=True, check=True)
    arguments = [line.split("\0")[:-1] for line in told.stdout.decode().split("\n")[:-1]]
    assert arguments == [shlex.split(typed) for typed, _finds in EXAMPLES]


def test_errors_look_as_the_page_shows_them(monkeypatch):
    monkeypatch.setenv("PARTYDOC_LANG", "en")
    language.choose()
    block = re.search(r"^```console\n(.*?)^```", PAGE, re.S | re.M)[1]
    steps = re.findall(r"^\$ partydoc search (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)
    assert len(steps) > 3
    for typed, shown in steps:
        with pytest.raises(QueryProblem) as caught:
            parse(shlex.split(typed))
        problem = caught.value
        drawn = caret.under(problem.query, problem.position)
        assert shown == f"partydoc: {problem.message}\n{drawn}\n  {problem.hint}\n"


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("field", fields.FIELD_NAMES),
        ("state", fields.STATUS_NAMES),
        ("sign", fields.SIGN_NAMES),
    ],
)
def test_every_name_stands_on_the_page(header, names):
    told = {one: tuple(listed.split(", ")) for one, listed in tables(header, "names")}
    assert told == dict(names)
