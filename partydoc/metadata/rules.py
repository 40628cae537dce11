"""The rules that change by law, as they stand in the tables beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from partydoc.metadata.likeness import key

Family = Literal["party", "state", "normative"]


@dataclass(frozen=True)
class TypeName:
    """A type of document: its name in sentence case, its abbreviation in symbols if it has one."""

    name: str
    abbreviation: str | None = None

    @property
    def key(self) -> str:
        """The name in the form in which printed lines are compared."""
        return key(self.name)


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one of the tables of this package: the whole of NAME.toml."""
    with resources.files(__package__).joinpath(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def keys(name: str, section: str, entry: str) -> tuple[str, ...]:
    """Return the texts of one entry of a table in the form for comparing, longest first."""
    texts = {key(text) for text in table(name)[section][entry]}
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


@cache
def types(family: Family, day: str | None = None) -> tuple[TypeName, ...]:
    """Return the types of a family under the instrument in force on an ISO date.

    A shortened date counts as the first day it can mean; without a date all eras are joined.
    """
    sets = sorted(
        (each for each in table("types")["set"] if each["family"] == family),
        key=lambda each: str(each["since"]),
        reverse=True,
    )
    if day is not None:
        in_force = [each for each in sets if str(each["since"])[: len(day)] <= day]
        sets = in_force[:1] or sets[-1:]
    found = {TypeName(*entry): None for each in sets for entry in each["types"]}
    return tuple(found)


@cache
def all_types() -> tuple[TypeName, ...]:
    """Return every type of every family and era, one for each name and abbreviation."""
    families: tuple[Family, ...] = ("party", "state", "normative")
    return tuple(dict.fromkeys(each for family in families for each in types(family)))
