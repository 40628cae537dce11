"""What the steps of a disposal owe when they are done, as in `owed`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from torture import oracle
from torture.owed import log_of
from torture.stock import Stock, ident

#: By which a proposal is approved, without its scan.
DECISION = ("--decision", "12-QĐ/ĐU", "--date", "2026-01-05")


def approve(now: Stock) -> None:
    """Let somebody else approve the first proposal."""
    another = replace(now, person="another")
    another.must("dispose", "approve", "1", *DECISION, "--scan", ident("two"))


def proposed(now: Stock) -> Iterator[str]:
    """The folder is proposed, once, and nothing is destroyed."""
    yield from _disposals(now, "proposed")
    yield from _still_there(now)


def approved(now: Stock) -> Iterator[str]:
    """The decision is noted, and nothing is destroyed."""
    yield from _disposals(now, "approved")
    yield from _still_there(now)


def taken_back(now: Stock) -> Iterator[str]:
    """The proposal is withdrawn, and nothing is destroyed."""
    yield from _disposals(now, "withdrawn")
    yield from _still_there(now)


def destroyed(now: Stock) -> Iterator[str]:
    """The document is gone with all that it said; its row, its reference and the log tell of it."""
    yield from _disposals(now, "executed")
    if ident("one") in oracle.documents(now.root):
        yield "what was destroyed is there"
    for path in now.root.rglob("*"):
        if path.is_file() and "nước sạch".encode() in path.read_bytes():
            yield f"what it said stands in {path.relative_to(now.root)}"
    if f'"destroyed", "ids": ["{ident("one")}"]' not in "".join(log_of(now)):
        yield "nobody wrote down that it was destroyed"
    for words in (("register", "show", "in", "1"), ("catalogue", "show", "A29-01-0004-001")):
        if "by decision 12-QĐ/ĐU" not in now.run(*words).out:
            yield f"{' '.join(words)} does not tell of it"


def _disposals(now: Stock, state: str) -> Iterator[str]:
    ran = now.run("dispose", "list", "--proposals", "--json")
    found = [json.loads(line)["state"] for line in ran.out.splitlines()]
    if found != [state]:
        yield f"the proposals are {found}: {ran.err[-200:]}"


def _still_there(now: Stock) -> Iterator[str]:
    if ident("one") not in oracle.documents(now.root):
        yield "what was only proposed is gone"
