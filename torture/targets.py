"""What is fuzzed: each parser of ours that reads what others wrote, with input that it must bear.

A target's check lets through what the parser may say (a PartydocError, None) and fails on the rest.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from hypothesis import strategies as st

from partydoc import fieldnames, text
from partydoc.archive import leaving, settings
from partydoc.archive.inbox import Source
from partydoc.errors import PartydocError, QueryProblem
from partydoc.index import parse, parse_line
from partydoc.metadata import filename
from partydoc.metadata.describe import describe
from partydoc.metadata.secrecy import judge
from partydoc.ocr import charsets, legacy, media
from partydoc.page import Page
from torture import naming, odd


@dataclass(frozen=True)
class Target:
    """A parser: what it is given, and a check that fails where it does what it must not."""

    given: st.SearchStrategy[Any]
    check: Callable[[Any], object]


def _query(words: list[str]) -> None:
    for read in (lambda: parse(words), lambda: parse_line(" ".join(words))):
        with suppress(QueryProblem):
            read()


def _text(typed: str) -> None:
    cleaned = text.clean(typed)
    assert text.clean(cleaned) == cleaned
    assert len(text.exact(cleaned)) == len(text.fold(cleaned)) == len(cleaned)
    cleaned.encode()


def _name(name: bytes) -> None:
    source = Source(Path("/inbox", os.fsdecode(name)))
    (source.name + source.shown).encode()
    filename.numbers([source.name])
    free = leaving._free_name(Path("/nonexistent"), source.path.name)
    assert len(os.fsencode(f"{free}.json.new-4194304")) <= 255 and "/" not in free


def _field(said: tuple[str, str]) -> None:
    for name in (*fieldnames.EDITABLE, said[0]):
        with suppress(PartydocError):
            fieldnames.parse(fieldnames.find(name), said[1])


def _settings(folder: Path) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        (folder / settings.SETTINGS_NAME).write_bytes(data)
        with suppress(PartydocError):
            found = settings.read(folder)
            assert all(isinstance(one, str) for one in (found.engine, found.name, found.tessdata))
            assert found.languages and all(isinstance(one, str) for one in found.languages)
            assert isinstance(found.quiet, int) and found.quiet >= 0

    return check


_share = st.floats(0, 1)
_word = st.tuples(odd.texts, _share, _share, _share, _share, _share)


def _page(lines: Iterable[list[Any]]) -> Page:
    """Return a page as it is read back from pages.json."""
    cleaned = [
        [[part, *rest] for typed, *rest in line for part in text.clean(typed).split()]
        for line in lines
    ]
    said = [{"block": at // 3, "words": words} for at, words in enumerate(cleaned) if words]
    return Page.from_dict(
        {"number": 1, "width_mm": 210.0, "height_mm": 297.0, "rotation": 0, "blank": False,
         "origin": "recognised", "lines": said, "stamps": said[:2]}
    )  # fmt: skip


def _readers(lines: list[list[Any]]) -> None:
    page = _page(lines)
    judge([page])
    for field in describe([page, page], ["12-NQ.pdf"]).values():
        if field is not None:
            assert field.value != "" and 0 <= field.confidence <= 1


_CMAP = (
    b"/CIDInit begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"2 beginbfchar <41> <0041> <B5> <00E2> endbfchar 1 beginbfrange <20> <7E> <0020> endbfrange\n"
    b"1 beginbfrange <80> <82> [<0080> <0081> <0082>] endbfrange endcmap"
)
_names = st.sampled_from([".VnTime", "ABCDEF+.VnTimeH,Bold", "VNI-Times", ".Vn", "VNI", "Arial"])


def _font(said: tuple[str, bytes, list[Any], bool]) -> None:
    name, unicode_map, differences, composite = said
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, BaseFont=pikepdf.Name(f"/{name}"),
                Subtype=pikepdf.Name.Type0 if composite else pikepdf.Name.TrueType,
                ToUnicode=pdf.make_stream(unicode_map),
                Encoding=pikepdf.Dictionary(Differences=pikepdf.Array(differences)),
            )
        )  # fmt: skip
        pdf.Root.Font = font
        legacy.mend(pdf)
    charsets.table_for(name)


_differences = st.lists(
    st.one_of(
        st.integers(-(2**31), 2**31 - 1),
        st.sampled_from([pikepdf.Name("/abreve"), pikepdf.Name("/uni1EA1"), pikepdf.Name("/g12")]),
        st.just(pikepdf.Array([1])),
    ),
    max_size=8,
)


def zipped(data: bytes) -> st.SearchStrategy[bytes]:
    """Return bytes like those of a zip: damaged as such, or in one of its members."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}

    def with_part(said: tuple[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name, part in {**parts, said[0]: said[1]}.items():
                new.writestr(name, part)
        return out.getvalue()

    sheets = [name for name in parts if "sheet" in name or "String" in name]
    changed = st.sampled_from(sheets).flatmap(
        lambda name: st.tuples(st.just(name), odd.damaged(parts[name]))
    )
    return st.one_of(changed.map(with_part), odd.damaged(data))


_PLAIN = settings.to_toml(settings.Settings("connected", "whoosh")).encode()
_TOML = st.sampled_from([b'"x"', b"5", b"-1", b"true", b"[]", b"[1]", b"{}", b"1e400", b"''"])
_keys = st.sampled_from([b"quiet", b"languages", b"engine", b"name", b"tessdata", b"language",
                         b"organisation", b"places", b"types", b"format", b"network"])  # fmt: skip


def _with_setting(said: tuple[bytes, bytes]) -> bytes:
    rows = [row for row in _PLAIN.splitlines() if not row.startswith(said[0] + b" ")]
    return b"\n".join([said[0] + b" = " + said[1], *rows])


def plain(folder: Path) -> dict[str, Target]:
    """Return the targets that need no archive; `folder`: where they may write."""
    toml = st.one_of(odd.damaged(_PLAIN), st.tuples(_keys, _TOML).map(_with_setting))
    names = st.one_of(st.binary(min_size=1, max_size=255), st.sampled_from(naming.names()))
    cmap = st.one_of(st.just(_CMAP), odd.damaged(_CMAP), st.binary(max_size=60))
    return {
        "query": Target(st.lists(odd.texts, max_size=5), _query),
        "text": Target(odd.texts, _text),
        "name": Target(names.filter(lambda one: not set(one) & {0, 47}), _name),
        "field": Target(st.tuples(odd.texts, odd.texts), _field),
        "settings": Target(toml, _settings(folder)),
        "readers": Target(st.lists(st.lists(_word, max_size=5), max_size=9), _readers),
        "font": Target(st.tuples(_names, cmap, _differences, st.booleans()), _font),
        "kind": Target(st.binary(max_size=4096), media.name_of_other),
    }
