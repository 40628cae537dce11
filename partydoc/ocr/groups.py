"""The layers of a PDF (optional content, ISO 32000-1, 8.11): which of them show when it is opened.

Only its default configuration is asked. What a layer is to do on a screen or on paper is passed
over, as poppler does: a mark of secrecy that shows on one of them must be seen.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

#: How deep expressions may be nested.
_DEEPEST = 20


class Groups:
    """The optional content groups of a document, each on or off."""

    def __init__(self, pdf: Pdf) -> None:
        said = _dictionary(pdf.Root.get("/OCProperties"))
        config = _dictionary(said.get("/D"))
        self._others = config.get("/BaseState") != Name.OFF
        self._on, self._off = (_numbers(config.get(key)) for key in ("/ON", "/OFF"))

    def hide(self, owner: Any) -> bool:
        """Tell whether what belongs to a group, or to several by some rule, does not show.

        `owner`: an OCG or OCMD dictionary; what belongs to anything else shows.
        """
        return isinstance(owner, Dictionary) and not self._shows(owner)

    def _shows(self, owner: Dictionary) -> bool:
        if owner.get("/Type") != Name.OCMD:
            return self._is_on(owner)
        expression = owner.get("/VE")
        if isinstance(expression, Array) and len(expression):
            return self._holds(expression, _DEEPEST)
        named: Any = owner.get("/OCGs")
        several = named if isinstance(named, Array) else [named]
        states = [self._is_on(group) for group in several if isinstance(group, Dictionary)]
        return not states or _by_policy(owner.get("/P"), states)

    def _is_on(self, group: Dictionary) -> bool:
        if group.objgen in self._off:
            return not _is_for_viewing(group)
        return self._others or group.objgen in self._on or not _is_for_viewing(group)

    def _holds(self, expression: Any, depth: int) -> bool:
        """Evaluate a visibility expression; what is none holds."""
        if isinstance(expression, Dictionary):
            return self._is_on(expression)
        if not isinstance(expression, Array) or len(expression) < 2 or not depth:
            return True
        operator, *operands = expression
        values = [self._holds(operand, depth - 1) for operand in operands]
        if operator == Name.Not:
            return not values[0]
        return any(values) if operator == Name.Or else all(values)


def _by_policy(policy: Any, states: list[bool]) -> bool:
    if policy == Name.AllOn:
        return all(states)
    if policy == Name.AnyOff:
        return not all(states)
    return not any(states) if policy == Name.AllOff else any(states)


def _is_for_viewing(group: Dictionary) -> bool:
    """Tell whether turning a group off hides anything: some only structure a drawing."""
    intents: Any = group.get("/Intent", Name.View)
    several = list(intents) if isinstance(intents, Array) else [intents]
    return Name.View in several or Name.All in several


def _numbers(groups: Any) -> set[tuple[int, int]]:
    """Return the numbers of the objects in an array."""
    if not isinstance(groups, Array):
        return set()
    return {group.objgen for group in groups if isinstance(group, Dictionary)}


def _dictionary(thing: Any) -> Dictionary:
    return thing if isinstance(thing, Dictionary) else Dictionary()
