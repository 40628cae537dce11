"""The rules that change by law, as they stand in the tables beside this module.

An archive adds to them what only it knows (`Local`): types, bodies with their symbols, places.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from partydoc.metadata.likeness import key

Family = Literal["party", "state", "normative"]
_FAMILIES: tuple[Family, ...] = ("party", "state", "normative")


@dataclass(frozen=True)
class TypeName:
    """A type of document: its name in sentence case, its abbreviation in symbols if it has one."""

    name: str
    abbreviation: str | None = None

    @property
    def key(self) -> str:
        """The name in the form in which printed lines are compared."""
        return key(self.name)


@dataclass(frozen=True)
class Body:
    """A body that issues documents: its name, and what stands for it in symbols."""

    name: str
    symbol: str


@dataclass(frozen=True)
class Local:
    """What an archive adds to the tables, as it stands in its settings."""

    types: tuple[TypeName, ...] = ()
    bodies: tuple[Body, ...] = ()
    places: tuple[str, ...] = ()


#: An archive that adds nothing.
NOTHING_OWN = Local()


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one of the tables of this package: the whole of NAME.toml."""
    with resources.files(__package__).joinpath(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def keys(name: str, section: str, entry: str) -> tuple[str, ...]:
    """Return the texts of one entry of a table in the form for comparing, longest first."""
    return _longest_first(key(text) for text in table(name)[section][entry])


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


def copy_abbreviations() -> tuple[str, ...]:
    """Return what stands for copies in the numbers that they are given: BS, SY, SL, TrS."""
    rows = (table("copies")["series"], *table("copies")["copy"])
    return tuple(each for row in rows for each in row["abbreviations"])


@dataclass(frozen=True)
class Rules:
    """The tables together with what one archive adds to them."""

    local: Local = NOTHING_OWN

    def types(self, family: Family, day: str | None) -> tuple[TypeName, ...]:
        """Return the types of a family in force on an ISO date; the archive's own stand first."""
        return (*self.local.types, *types(family, day))

    @cached_property
    def all_types(self) -> tuple[TypeName, ...]:
        """Every type of every family and era, one for each name and abbreviation."""
        found = (each for family in _FAMILIES for each in types(family))
        return tuple(dict.fromkeys((*self.local.types, *found)))

    @cached_property
    def abbreviations(self) -> Mapping[str, tuple[str, ...]]:
        """The abbreviations of types by their folded letters: HD and HĐ share theirs."""
        named = [each.abbreviation for each in self.all_types if each.abbreviation]
        found: dict[str, tuple[str, ...]] = {}
        for each in dict.fromkeys([*copy_abbreviations(), *named]):
            found[key(each)] = (*found.get(key(each), ()), each)
        return found

    @cached_property
    def symbols(self) -> Mapping[str, str]:
        """What stands for bodies in symbols, by its folded letters."""
        bodies = table("symbols")["bodies"]
        own = [each.symbol for each in self.local.bodies]
        return {key(each): each for each in [*bodies["state"], *bodies["party"], *own]}

    @cached_property
    def body_starts(self) -> tuple[str, ...]:
        """The keys with which the name of a body begins, longest first."""
        own = (key(each.name) for each in self.local.bodies)
        return _longest_first((*keys("letterhead", "bodies", "starts"), *own))

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """Phrases of names by their folded letters, in small letters, as they are spelled."""
        letterhead = table("letterhead")
        own = [*self.local.places, *(each.name for each in self.local.bodies)]
        parts = [("bodies", "starts"), ("places", "names"), ("words", "names")]
        known = [each for section, entry in parts for each in letterhead[section][entry]] + own
        return {key(phrase): phrase.lower() for phrase in known if " " in phrase}

    @cached_property
    def positions(self) -> Mapping[str, str]:
        """The positions in which documents are signed, by their folded letters."""
        return {key(each): each.lower() for each in table("signing")["positions"]["starts"]}


#: The tables alone.
GENERAL = Rules()


@cache
def rules_with(local: Local) -> Rules:
    """Return the tables with what an archive adds."""
    return Rules(local)


def _longest_first(texts: Any) -> tuple[str, ...]:
    return tuple(sorted(set(texts), key=lambda text: (-len(text), text)))
