"""The words of an index that begin like what somebody types, to be completed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from partydoc import text
from partydoc.index import fields, schema
from partydoc.index.engine import Engine

_SHORTEST = 2


def words(engine: Engine, prefix: str, field: str | None = None) -> list[str]:
    """Return the words of all documents, or of a field, that begin with a prefix, sorted.

    They come with marks where the prefix has one. Types and states are whole names, their words
    joined by `-`; dates are years.
    """
    from partydoc.index.living import Living  # searching does without

    index = Living(engine)
    if field == "type":
        return _names(index.beginning("type", ""), prefix)
    if field == "status":
        known = chain(*fields.STATUS_NAMES.values()) if prefix else fields.STATUS_NAMES
        return _names(known, prefix)
    if field == "date":
        return index.beginning("year", prefix)
    if field:
        facts = index.beginning(schema.FACTS, schema.fact(field, text.fold(prefix)))
        return [fact.removeprefix(schema.fact(field, "")) for fact in facts]
    if len(prefix) < _SHORTEST:
        return []
    if prefix.isascii():
        return index.beginning(schema.WORDS, prefix.lower())
    return index.beginning(schema.MARKED, text.exact(prefix))


def _names(known: Iterable[str], prefix: str) -> list[str]:
    names = (name.replace(" ", "-").lower() for name in known)
    begun = text.fold(prefix)
    spelt = map(text.fold, names) if prefix.isascii() else names
    return sorted({name for name in spelt if text.fold(name).startswith(begun)})
