"""Judges data by the schemas in docs/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from partydoc.archive.disposal import KIND as DISPOSAL
from partydoc.archive.registerrow import KINDS
from partydoc.archive.root import Archive

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCHEMAS = sorted(DOCS.rglob("*.schema.json"))


@cache
def contents(path: Path) -> dict[str, Any]:
    """Return what stands in a schema file."""
    return json.loads(path.read_text("utf-8"))


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what judges by a schema; references between files are followed as on disk."""
    found = [(path.as_uri(), Resource.from_contents(contents(path))) for path in SCHEMAS]
    uri = (DOCS / f"{name}.schema.json").as_uri()
    return Draft202012Validator({"$ref": uri}, registry=Registry().with_resources(found))


def judge(name: str, data: dict[str, Any]) -> None:
    """See that a schema accepts something as it is, and not with anything unforeseen."""
    troubles = [f"{one.json_path}: {one.message}" for one in validator(name).iter_errors(data)]
    assert not troubles, (name, data, troubles)
    assert not validator(name).is_valid(data | {"unforeseen": 1})


def word(kind: str) -> set[str]:
    """Return the stable words of a kind: status, outcome, reason."""
    return set(contents(DOCS / "words.schema.json")["$defs"][kind]["enum"])


def listed(name: str, key: str) -> set[str]:
    """Return the words that a schema allows for one of its properties."""
    return set(contents(DOCS / f"{name}.schema.json")["properties"][key]["enum"])


def properties(schema: Any) -> Iterator[str]:
    """Yield the name of every property that a schema describes, at any depth."""
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key == "properties":
            yield from value
        yield from properties(value)
    for value in schema if isinstance(schema, list) else ():
        yield from properties(value)


def _of_order(path: Path) -> str:
    """Return which schema a record follows that is no document's."""
    kind = json.loads(path.read_text("utf-8"))["kind"]
    return kind if kind == DISPOSAL else "register" if kind in KINDS else "unit"


def written(archive: Archive) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (schema, contents) of every version of every file that has a schema."""
    for path in sorted(archive.root.rglob("*.json*")):
        name = _of_order(path) if path.name == "record.json" and "uuid" in str(path) else path.stem
        name = path.parent.name if path.parent.name in ("audit", "quarantine") else name
        if path.suffix == ".jsonl":
            yield from ((name, json.loads(line)) for line in path.read_bytes().splitlines())
        elif name == "quarantine" or "content" in path.parts:
            yield name, json.loads(path.read_text("utf-8"))
