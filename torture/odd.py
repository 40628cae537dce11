"""Odd input for fuzzing: texts, JSON and bytes that are almost what a parser waits for."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

_SCRAPS = (
    "Nghị quyết", "ĐẢNG UỶ XÃ", "Số 12-NQ/ĐU", "số:", "date:", "2020..2022", "ngày 02 tháng 3 năm",
    "V/v", "MẬT", "OR", "AND", "NOT", "(", ")", '"', "“", "”", "'", "*", "~", "-", "@",
    ":", "..", "\\", "/", "T/M", "Kính gửi:", "Nơi nhận:", "Điều 1.", "hoà", "\u0309", "\u0302",
    "\ufeff", "\u202e", "\x00", "\n", "\t", "\u2028", "0" * 5000, "9" * 30, "٣", "②", "ß", "İ", "ﬁ",
    "\U0001f4dc", "\ud800", "31/02/2020", "29.02.2019", "00", "#", "=", "?", "x" * 300, " ", "_",
)  # fmt: skip
_numbers = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -1, 0, 2**31, 2**63, 1e308])
)

#: Text of anything, and of scraps of what is met.
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=3)), max_size=12).map("".join),
    st.lists(st.sampled_from(_SCRAPS), max_size=12).map(" ".join),
)
#: Any value of JSON.
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), _numbers, texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, (dict, list)):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(one, (*path, key))


def _changed(value: Any, path: tuple[Any, ...], put: Any, drop: bool) -> Any:
    if not path:
        return put
    value = copy.copy(value)
    if len(path) == 1 and drop:
        del value[path[0]]
    else:
        value[path[0]] = _changed(value[path[0]], path[1:], put, drop)
    return value


@st.composite
def almost(draw: st.DrawFn, sample: Any) -> Any:
    """Draw a JSON value like the sample, in which one to three things are others, or missing."""
    for _count in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([*_places(sample)]))
        sample = _changed(sample, path, draw(values), draw(st.booleans()))
    return sample


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw bytes like these, cut, with some of them others, taken away or put in."""
    changed = bytearray(data)
    for _count in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(changed) - 1, 0)))
        length = draw(st.sampled_from([0, 1, 1, 2, 8, len(changed)]))
        changed[at : at + length] = draw(st.binary(max_size=8))
    return bytes(changed)


def json_like(data: bytes) -> st.SearchStrategy[bytes]:
    """Return bytes like those of a JSON file: of another content, damaged, or far too deep."""
    short = st.sampled_from([b"", b"null", b"[]", b"{}", b'""'])
    deep = st.one_of(short, st.sampled_from([b"[", b'{"a":']).map(lambda open_: open_ * 50_000))
    return st.one_of(almost(json.loads(data)).map(_dumped), damaged(data), deep)


def lines_like(data: bytes) -> st.SearchStrategy[bytes]:
    """Return bytes like those of a file of JSON lines."""
    every = [json_like(line) for line in data.splitlines()]
    mixed = st.tuples(*(st.one_of(st.just(line), odd)
                        for line, odd in zip(data.splitlines(), every, strict=True)))  # fmt: skip
    return st.one_of(mixed.map(lambda lines: b"\n".join([*lines, b""])), damaged(data))
