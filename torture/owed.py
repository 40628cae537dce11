"""What the operations of `scenes` owe when they are done; each yields what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from torture import objects, oracle, stock
from torture.ready import VEIL, WORD, paper
from torture.stock import CANARIES, FOLDER, Stock, ident

#: What comes into the inbox of the scenes that take papers in.
NEW = {
    "four": paper("CÔNG VĂN\nvề y tế"),
    "marked": paper(f"TỐI MẬT\nvề {CANARIES['marked']}"),
    "fails": paper("không đọc được", "fails"),
    "refused": paper("không mở được", "refused"),
    "again": stock.PAPERS["two"],
    "now-read": stock.PAPERS["unread"],
}
#: Scans that hold several papers: one each with a mark that is overlooked at first, and without.
SHEAVES = {
    "sheaf": paper("QUYẾT ĐỊNH\nvề cây xanh\fCÔNG VĂN\nvề sân chơi\fvề bể bơi"),
    "veiled": paper(f"QUYẾT ĐỊNH\nvề cây xanh\f{VEIL}MẬT\nvề {CANARIES['veiled']}"),
}
_NAMES = {name: oracle.sha256(data) for name, data in {**NEW, **SHEAVES, **stock.PAPERS}.items()}


def unfindable(now: Stock) -> Iterator[str]:
    """Tell where a search finds anything else than the documents of the store that were read."""
    wanted = {
        one for one, (folder, *_) in oracle.documents(now.root).items()
        if not _held(now, folder) and "text/0001.txt" in objects.head(folder)
        and record_of(folder)["status"] not in ("divided", "merged")
    }  # fmt: skip
    ran = now.run("search", "--json", "--limit", "10000", WORD)
    found = {json.loads(line)["id"] for line in ran.out.splitlines()}
    if ran.code or found != wanted:
        yield f"search: exit {ran.code}, {len(found)} found of {len(wanted)}: {ran.err[-200:]}"


def traces(now: Stock) -> Iterator[str]:
    """Tell where what only a paper in hold says, or one that is gone, stands outside hold."""
    there = oracle.documents(now.root)
    held = {name: all(_held(now, one) for one in there.get(_NAMES[name], ())) for name in CANARIES}
    words = [word.encode() for name, word in CANARIES.items() if held[name]]
    for path in now.root.rglob("*"):
        if path.is_file() and not _in(now, path, "hold", "inbox"):
            data = path.read_bytes()
            if any(word in data for word in words):
                yield f"secret words in {path.relative_to(now.root)}"


def _held(now: Stock, path: Path) -> bool:
    return _in(now, path, "hold")


def _in(now: Stock, path: Path, *parts: str) -> bool:
    return path.relative_to(now.root).parts[0] in parts


def nothing(now: Stock) -> Iterator[str]:
    """Owe nothing but what people were told."""
    return iter(())


def all_in(now: Stock) -> Iterator[str]:
    """The inbox is empty, each paper where it belongs, each entered once."""
    if left := [path.name for path in (now.root / "inbox").iterdir()]:
        yield f"the inbox still has {', '.join(sorted(left))}"
    yield from set_aside(now)
    yield from entered_once(now)
    yield from stands(now, "marked", "held")
    yield from stands(now, "unread", "review")


def set_aside(now: Stock) -> Iterator[str]:
    """What cannot be opened stands in quarantine once, whole, with its reason."""
    there = {path.name: path.read_bytes() for path in (now.root / "quarantine").iterdir()}
    note = json.loads(there.pop("refused.pdf.json", b"{}"))
    if there != {"refused.pdf": NEW["refused"]} or note.get("reason") != "damaged-pdf":
        yield f"what cannot be opened is not in quarantine once, whole: {sorted(there)}, {note}"


def entered_once(now: Stock) -> Iterator[str]:
    """No document and no ordinal stands twice in the folder."""
    entries = _entries(now)
    filled = [one for _, one in entries if one]
    if len(filled) != len(set(filled)):
        yield "a document is entered twice"
    if len(entries) != len({ordinal for ordinal, _ in entries}):
        yield "an ordinal is given twice"


def _entries(now: Stock) -> list[tuple[str, str | None]]:
    for record in map(record_of, units(now)):
        if record["reference"] == FOLDER:
            return [(one["ordinal"], one["document"]) for one in record["entries"]]
    return []


def units(now: Stock) -> list[Path]:
    """Return the objects of the store that are no documents."""
    folders = objects.objects(now.root / "store")
    return [folder for folder in folders if not folder.name.startswith("urn%3asha256")]


def record_of(folder: Path) -> dict[str, Any]:
    """Return what the newest record of an object says."""
    return json.loads(objects.head(folder)["record.json"].read_bytes())


def stands(now: Stock, name: str, status: str) -> Iterator[str]:
    """Tell where a paper is anything else than its status says, in its place or its entry."""
    secret = status in ("held", "awaiting-class")
    folders = oracle.documents(now.root).get(_NAMES[name], [])
    if [(record_of(one)["status"], _held(now, one)) for one in folders] != [(status, secret)]:
        yield f"{name} is not {status}: {folders}"
    if secret == (_NAMES[name] in [document for _, document in _entries(now)]):
        yield f"{name} is {status}, and its entry says something else"


def machine_again(now: Stock) -> Iterator[str]:
    """What was undone is gone from the records."""
    for name in ("one", "two", "three"):
        (folder,) = oracle.documents(now.root)[ident(name)]
        field = record_of(folder)["fields"].get("signer")
        if field and field["source"] == "person":
            yield f"the signer of {name} still is what was undone"


def attached(now: Stock) -> Iterator[str]:
    """A file stands beside the document, bit for bit."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    digests = {oracle.sha256(path.read_bytes()) for path in folder.glob("v*/content/attached/*")}
    if digests != {_NAMES["four"]} or not record_of(folder)["attached"]:
        yield "nothing is attached"


def handed_over(now: Stock) -> Iterator[str]:
    """All that stands in hold was copied, listed, and nothing else."""
    folder = now.work
    lines = (folder / "manifest-sha256.txt").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.name: objects.digest(path, "sha256") for path in folder.glob("*.pdf")}
    held = {ident(name) for name in ("secret", "unsure", "unread")}
    if listed != there or {*there.values()} != held:
        yield "what was handed over is not what stands in hold"
    if more := sorted(
        path.name for path in folder.iterdir() if path.suffix not in (".pdf", ".txt")
    ):
        yield f"left over where it was handed over: {', '.join(more)}"


def purged(now: Stock) -> Iterator[str]:
    """The document is gone, its request too, and the log says so."""
    if ident("secret") in oracle.documents(now.root):
        yield "what was purged is there"
    if list((now.root / "hold" / "requests").iterdir()):
        yield "its request is there"
    log = "".join(log_of(now))
    if f'"purged", "ids": ["{ident("secret")}"]' not in log:
        yield "nobody wrote down that it was purged"


def log_of(now: Stock) -> list[str]:
    """Return what each file of the log says."""
    return [path.read_text("utf-8") for path in (now.root / "audit").iterdir()]


def indexed(now: Stock) -> Iterator[str]:
    """The index is sound to its own check."""
    ran = now.run("index", "--check")
    if ran.code or ran.out:
        yield f"index --check: exit {ran.code}: {ran.out}{ran.err}"


def by_tantivy(now: Stock) -> Iterator[str]:
    """The archive has the other engine, and an index of it that is sound."""
    if 'engine = "tantivy"' not in (now.root / "partydoc.toml").read_text("utf-8"):
        yield "the settings do not name the new engine"
    yield from indexed(now)


def begun(now: Stock) -> Iterator[str]:
    """There is an archive that works."""
    for words in (("index",), ("verify", "--deep")):
        ran = now.at(now.work).run(*words)
        if ran.code:
            yield f"{' '.join(words)} in the new archive: exit {ran.code}: {ran.out}{ran.err}"


def brought(now: Stock) -> Iterator[str]:
    """What lay in the folder lies there still, and stands in the archive, each entered once."""
    there = {path.name: path.read_bytes() for path in now.outside.iterdir()}
    if there != {f"{name}.pdf": NEW[name] for name in ("four", "marked", "again")}:
        yield f"the folder has changed: {sorted(there)}"
    yield from entered_once(now)
    yield from stands(now, "four", "review")
    yield from stands(now, "marked", "held")


def asked(now: Stock) -> Iterator[str]:
    """It is written down who asked; nothing is destroyed."""
    requests = [path.name for path in (now.root / "hold" / "requests").iterdir()]
    if requests != [f"{ident('secret')}.json"]:
        yield f"the requests are {requests}"
    if "purge-asked" not in "".join(log_of(now)):
        yield "nobody wrote down that it was asked for"
    yield from stands(now, "secret", "held")


def withdrawn(now: Stock) -> Iterator[str]:
    """Nothing is asked for any more, the log says so, and nothing is destroyed."""
    if list((now.root / "hold" / "requests").iterdir()):
        yield "the request is there"
    if "purge-withdrawn" not in "".join(log_of(now)):
        yield "nobody wrote down that it was withdrawn"
    yield from stands(now, "secret", "held")


def whole(now: Stock) -> Iterator[str]:
    """Nothing is damaged any more."""
    ran = now.run("verify", "--deep")
    if ran.code:
        yield f"verify --deep: exit {ran.code}: {ran.out}{ran.err}"
