"""What changes of the pages of a document owe when they are done, as in `owed`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from torture import objects, oracle
from torture.owed import record_of
from torture.ready import paper
from torture.stock import Stock, ident

#: Scans of two and of three pages, and what only each page says.
PAIR = {"pair": paper("TỜ TRÌNH\nvề cầu treo\fvề bến đò")}
TRIO = {"trio": paper("TỜ TRÌNH\nvề cầu treo\fvề bến đò\fvề bãi bồi")}
_BRIDGE, _FERRY, _BANK = "về cầu treo", "về bến đò", "về bãi bồi"


def replaced(now: Stock) -> Iterator[str]:
    """A page scanned again stands where the old one stood, which is kept."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    if "về y tế" not in objects.head(folder)["text/0001.txt"].read_text("utf-8"):
        yield "the new page is not what is searched"
    if record_of(folder)["bound"][0][0] < 2 or "original/0001.pdf" not in objects.head(folder):
        yield "the pages are not those of the new file, or the old one is gone"


def bound_again(now: Stock) -> Iterator[str]:
    """A page that was turned stands as it came."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    if record_of(folder)["bound"]:
        yield "the page still is turned"


def inserted(now: Stock) -> Iterator[str]:
    """The pages of the file stand behind the old one, once, and both files are kept."""
    folder = _object(now, ident("one"))
    yield from _says(folder, ["về nước sạch", "về y tế"])
    yield from _found(now, "y tế")
    if not {"original/0001.pdf", "original/0002.pdf"} <= objects.head(folder).keys():
        yield "a file is gone"


def taken_out(now: Stock) -> Iterator[str]:
    """What was inserted is no page any more, and is not found; its file is kept."""
    folder = _object(now, ident("one"))
    yield from _says(folder, ["về nước sạch"])
    yield from _found(now, "y tế", times=0)
    if record_of(folder)["bound"]:
        yield "the pages are not those that it came with"


def removed(now: Stock) -> Iterator[str]:
    """The first of two pages is left out, and not found; the file is kept as it came."""
    document = oracle.sha256(PAIR["pair"])
    folder = _object(now, document)
    yield from _says(folder, [_FERRY])
    yield from _found(now, "cầu treo", times=0)
    if oracle.sha256(objects.head(folder)["original/0001.pdf"].read_bytes()) != document:
        yield "the file is not what came"


def rolled(now: Stock) -> Iterator[str]:
    """The first of three pages stands last, as often as its history tells of it.

    A run that died behind its version has moved it; the same command then moves the next.
    """
    folder = _object(now, oracle.sha256(TRIO["trio"]))
    events = map(json.loads, objects.head(folder)["events.jsonl"].open("rb"))
    times = sum(event.get("what") == "move" for event in events)
    if not times:
        yield "its history tells of no move"
    pages = [_BRIDGE, _FERRY, _BANK]
    yield from _says(folder, [*pages[times % 3 :], *pages[: times % 3]])


def _object(now: Stock, document: str) -> Path:
    (folder,) = oracle.documents(now.root)[document]
    return folder


def _says(folder: Path, wanted: list[str]) -> Iterator[str]:
    """Tell where the pages of a document are others, or stand otherwise, than wanted."""
    files = objects.head(folder)
    texts = [files[name].read_text("utf-8") for name in sorted(files) if name.startswith("text/")]
    if len(texts) != len(wanted) or any(
        one not in text for one, text in zip(wanted, texts, strict=True)
    ):
        yield f"the pages are not {', '.join(wanted)}"
    if record_of(folder)["pages"] != len(wanted):
        yield f"the record counts {record_of(folder)['pages']} pages"


def _found(now: Stock, words: str, times: int = 1) -> Iterator[str]:
    found = now.run("search", "--json", f'"{words}"').out.splitlines()
    if len(found) != times:
        yield f"{words} is found {len(found)} times"
