"""A place on a page."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in fractions (0..1) of the page as displayed, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def placed_in(self, outer: Box) -> Box:
        """Return a box in fractions of another as it stands on the page."""
        across, down = outer.right - outer.left, outer.bottom - outer.top
        return Box(
            outer.left + self.left * across,
            outer.top + self.top * down,
            outer.left + self.right * across,
            outer.top + self.bottom * down,
        )
