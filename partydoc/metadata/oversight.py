"""Which documents are about inspections (kiểm tra) and supervisions (giám sát), by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from partydoc.metadata.rules import table
from partydoc.text import exact

_FIELDS = ("subject", "type", "issuer")


def kinds() -> tuple[str, ...]:
    """Return what is told apart: `inspections` and `supervisions`."""
    return tuple(each["name"] for each in table("oversight")["kind"])


def kinds_of(fields: Mapping[str, str | None]) -> frozenset[str]:
    """Return which kinds a document is of, by its accepted subject, type and issuer."""
    return frozenset().union(*(_said(name, text) for name in _FIELDS if (text := fields.get(name))))


@lru_cache(maxsize=4096)
def _said(field: str, text: str) -> frozenset[str]:
    """Return the kinds of which a word stands in a field, elsewhere than in an exception."""
    folded = exact(text)
    return frozenset(
        kind
        for kind, words, pattern in _patterns(field)
        if any(word in folded for word in words)
        and any(found["word"] for found in pattern.finditer(folded))
    )


@cache
def _patterns(field: str) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Return of each kind its name, its words, and what finds them or an exception."""
    found = []
    for row in table("oversight")["kind"]:
        words = tuple(exact(each) for each in row[field])
        pattern = rf"(?<!\w)(?:{_any(row['except'])}|(?P<word>{_any(words)}))(?!\w)"
        found.append((row["name"], words, re.compile(pattern)))
    return tuple(found)


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(exact(each)) for each in sorted(phrases, key=len, reverse=True))
