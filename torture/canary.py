"""Hunts for words in everything that lies under a folder: names, bytes, what is packed, what the
readers of SQLite, PDF and the index make of it. Nothing of it relies on partydoc but the index's
own reader.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def forms(word: str) -> dict[bytes, str]:
    """Return every way in which a word may stand in bytes -> the word."""
    nfc, nfd = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    bare = "".join(c for c in nfd if not unicodedata.combining(c))
    bare = bare.replace("đ", "d").replace("Đ", "D")
    texts = {nfc, nfd, bare}
    texts |= {text.lower() for text in texts} | {text.upper() for text in texts}
    found = {quote(nfc).encode(), json.dumps(nfc)[1:-1].encode()}
    for text in texts:
        found |= {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")}
        found |= {text.encode("utf-16-be").hex().upper().encode()}
    return dict.fromkeys(found, word)


def traces(places: Iterable[Path], words: Iterable[str], but: Path | None = None) -> list[str]:
    """Return where any of the words stands under the places, outside the folder `but`."""
    needles = {form: word for one in words for form, word in forms(one).items()}
    pattern = re.compile(b"|".join(map(re.escape, sorted(needles, key=len, reverse=True))))
    found = []
    for path in _files(places, but):
        for how, data in [("name", str(path.name).encode("utf-8", "surrogateescape")),
                          *(_contents(path) if path.is_file() else ())]:  # fmt: skip
            found += [f"{needles[hit]} in {path} ({how})" for hit in set(pattern.findall(data))]
    return sorted(set(found))


def _files(places: Iterable[Path], but: Path | None) -> Iterator[Path]:
    for place in places:
        for path in sorted([place, *place.rglob("*")]):
            if but is None or not path.is_relative_to(but):
                yield path


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield "bytes", data
    yield from _unpacked(data)
    if data.startswith(b"%PDF"):
        yield from _of_pdf(path)
    if data.startswith(b"SQLite format 3\0"):
        yield from _of_sqlite(path)
    if path.name == "state.json":
        yield from _of_index(path.parent)


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is packed anywhere in the bytes: zlib streams, a gzip, the members of a zip."""
    for start in (match.start() for match in _ZLIB.finditer(data)):
        with suppress(zlib.error):
            yield f"zlib at {start}", zlib.decompressobj().decompress(data[start:], 1 << 24)
    if data.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(data)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield f"zip {name}", name.encode() + b"\n" + packed.read(name)


def _of_pdf(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every object of a PDF, its streams unpacked, and the text of its pages."""
    import pikepdf
    import pypdfium2

    with suppress(pikepdf.PdfError), pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            yield "PDF object", b"\n".join(_strings(thing))
            if isinstance(thing, pikepdf.Stream):
                with suppress(pikepdf.PdfError):
                    yield "PDF stream", thing.read_bytes()
    with suppress(pypdfium2.PdfiumError), closing(pypdfium2.PdfDocument(path)) as pdf:
        for page in pdf:
            yield "PDF text", page.get_textpage().get_text_bounded().encode()


def _strings(thing: Any) -> Iterator[bytes]:
    """Yield the names and texts in an object of a PDF; what it refers to comes by itself."""
    import pikepdf

    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for name, value in thing.items():
            yield name.encode()
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _strings(value)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _strings(value)
    elif isinstance(thing, (pikepdf.String, pikepdf.Name)):
        yield bytes(thing)


def _of_sqlite(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in db.execute(f"SELECT * FROM {table}"):
                yield f"table {table}", repr(row).encode()


def _of_index(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all that the engine itself can tell of an index: stored documents and its words."""
    from partydoc.index import plan, schema
    from partydoc.index.opening import open_engine

    engine = open_engine(json.loads((folder / "state.json").read_text())["engine"], folder / "data")
    every = plan.Plan(plan.Without(plan.Term("id", "-")), (), scored=False)
    for _score, address in engine.find(every, 10_000)[1]:
        yield "index, stored", engine.stored(address).encode()
    for field in (schema.WORDS, schema.MARKED, schema.HEADING, schema.FACTS):
        yield f"index, words of {field}", "\n".join(engine.vocabulary(field, "")).encode()
    engine.close()
