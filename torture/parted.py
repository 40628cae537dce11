"""What dividing a scan and merging documents owe when they are done, as in `owed`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from torture import objects, oracle, owed
from torture.owed import SHEAVES, record_of
from torture.stock import FOLDER, Stock, ident


def divided(now: Stock) -> Iterator[str]:
    """Each part stands in its entry and is found; the whole scan stays."""
    yield from _parts(now, "sheaf", ((1, 1), (2, 3)), ())
    for words in ("cây xanh", "bể bơi"):
        if len(now.run("search", "--json", f'"{words}"').out.splitlines()) != 1:
            yield f"{words} is not found once"


def divided_with_mark(now: Stock) -> Iterator[str]:
    """What is secret stands in hold, and the scan with it."""
    yield from _parts(now, "veiled", ((1, 1), (2, 2)), ("veiled", (2, 2)))


def _parts(
    now: Stock, name: str, spans: tuple[tuple[int, int], ...], held: tuple[object, ...]
) -> Iterator[str]:
    scan = oracle.sha256(SHEAVES[name])
    ids = {span: oracle.sha256(f"{scan}#{span[0]}-{span[1]}".encode()) for span in spans}
    wanted = {scan: name in held} | {ids[span]: span in held for span in spans}
    there = oracle.documents(now.root)
    for one, hidden in wanted.items():
        folders = there.get(one, [])
        if [_held(now, folder) for folder in folders] != [hidden]:
            yield f"{one[:12]} stands where it should not, or nowhere: {folders}"
    if scan in there and record_of(there[scan][0])["status"] != "divided":
        yield "the scan is not divided"
    entries = [None if span in held else ids[span] for span in spans]
    if _entries(now)[-len(spans) :] != entries:
        yield "the entries are not those of the parts"
    yield from owed.entered_once(now)


def whole_again(now: Stock) -> Iterator[str]:
    """The scan is a document again, and its entry is its own."""
    scan = oracle.sha256(SHEAVES["sheaf"])
    (folder,) = oracle.documents(now.root)[scan]
    if record_of(folder)["status"] != "review" or _entries(now)[-1] != scan:
        yield "the scan is not what it was"
    shown = now.run("show", f"{FOLDER}-007a", "--json")
    if scan not in shown.out:
        yield f"the reference of a part does not lead to it: {shown.err[-200:]}"


def merged(now: Stock) -> Iterator[str]:
    """The first has all pages, and the other leads to it."""
    (first,), (other,) = (oracle.documents(now.root)[ident(name)] for name in ("one", "two"))
    texts = [objects.head(first).get(f"text/000{page}.txt", Path()) for page in (1, 2)]
    said = "".join(path.read_text("utf-8") for path in texts if path.is_file())
    if "nước sạch" not in said or "trường học" not in said:
        yield "the first has not the pages of both"
    if record_of(other)["status"] != "merged" or ident("two") in _entries(now):
        yield "the other is a document still"
    if ident("one") not in now.run("show", ident("two"), "--json").out:
        yield "the other does not lead to the first"


def apart(now: Stock) -> Iterator[str]:
    """Each is a document again, and nothing of the other stands in the first."""
    yield from owed.stands(now, "two", "review")
    (first,) = oracle.documents(now.root)[ident("one")]
    files = (path for path in first.rglob("*") if path.is_file())
    if any("trường học".encode() in path.read_bytes() for path in files):
        yield "the first has bytes of the other"


def _held(now: Stock, folder: Path) -> bool:
    return folder.relative_to(now.root).parts[0] == "hold"


def _entries(now: Stock) -> list[str | None]:
    for record in map(record_of, owed.units(now)):
        if record["reference"] == FOLDER:
            return [one["document"] for one in record["entries"]]
    return []
