"""What a figure of a benchmark is to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Aim:
    """At most or at least so much; neither: the figure is only shown."""

    most: float | None = None
    least: float | None = None

    def is_met(self, value: float) -> bool:
        """Tell whether a figure reaches it."""
        return (self.most is None or value <= self.most) and (
            self.least is None or value >= self.least
        )

    def missed(self, value: float) -> str:
        """Return the sign that a table sets behind a figure: nothing where the aim is met."""
        return "" if self.is_met(value) else " !"

    def said(self, form: str = "g") -> str:
        """Return it as a table says it, the number in a format of its own."""
        if self.least is not None:
            return f">= {self.least:{form}}"
        return "" if self.most is None else f"<= {self.most:{form}}"

    def judged(self, value: float) -> dict[str, Any]:
        """Return it for JSON, beside a figure."""
        return {"most": self.most, "least": self.least, "met": self.is_met(value)}
