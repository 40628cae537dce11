"""Immutable values with named parts that cost nothing to define.

A frozen dataclass compiles six methods, 0.6 ms each time it is defined; what every search loads
has dozens of them, and a clerk waits for it. What only longer work loads is a dataclass.
"""

from __future__ import annotations

from typing import Any, NoReturn, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """The parts of a subclass are its annotations; same kind and same parts are equal."""

    __match_args__: tuple[str, ...] = ()
    _defaults: dict[str, Any] = {}

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]
        cls._defaults = {name: vars(cls)[name] for name in cls.__match_args__ if name in vars(cls)}

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        parts = {**self._defaults, **dict(zip(names, values, strict=False)), **named}
        if len(values) > len(names) or parts.keys() != set(names):
            raise TypeError(f"{type(self).__name__} has the parts {', '.join(names)}")
        self.__dict__.update(parts)

    def but(self, **changed: Any) -> Self:
        """Return the same with some parts changed."""
        return type(self)(**{**self.__dict__, **changed})

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} does not change")

    def _parts(self) -> tuple[Any, ...]:
        return tuple(self.__dict__[name] for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self._parts()))

    def __repr__(self) -> str:
        parts = (f"{name}={self.__dict__[name]!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({', '.join(parts)})"
