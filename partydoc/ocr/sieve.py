"""The orders of a content stream without those that draw what does not show.

Whatever else they do stays (ISO 32000-1, 8.11.3.2): colours, places and clip paths hold for what
is drawn afterwards.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pikepdf import Name, Operator

_Order = tuple[Any, Operator]

_PATH = {"m", "l", "c", "v", "y", "h", "re", "W", "W*"}
_CLIP = {"W", "W*"}
_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"}
_PICTURE = {"sh", "INLINE IMAGE"}
_SHOW = {"Tj", "TJ", "'", '"'}
#: What sets the place of text anew, whatever was written before.
_PLACE = {"BT", "ET", "Td", "TD", "Tm", "T*", "'", '"'}
_BEGIN = {"BMC", "BDC"}
_POINT = {"MP", "DP"}
#: From this rendering mode on text becomes a part of the clip path.
_CLIPPING = 4


class Entangled(Exception):
    """What shows cannot be told from what does not: it begins where hidden text ends."""


class Sieve:
    """Takes the orders of one content; `kept` is what is left of them, `caught`: not all are.

    `hidden`: the names of properties that mark sections which do not show; `off`: those of things
    that do not. `drawn` and `dropped` are the names of things that still are, and no longer.
    """

    def __init__(self, hidden: Collection[str], off: Collection[str]) -> None:
        self._hidden, self._off = hidden, off
        self.kept: list[_Order] = []
        self.drawn: set[str] = set()
        self.dropped: set[str] = set()
        self._path: list[_Order] = []
        self._sections: list[bool] = []
        self.caught = self._clips = self._moved = False

    def take(self, operands: Any, operator: Operator) -> None:
        """Take the next order. Raises Entangled."""
        kind, order = str(operator), (operands, operator)
        if kind in _PATH:
            self._path.append(order)
        elif kind in _PAINT:
            self._paint(kind, order)
        elif kind in _SHOW:
            self._show(kind, order)
        elif kind in _BEGIN:
            self._begin(kind, order)
        elif kind == "EMC":
            self._end(order)
        elif kind == "Do":
            self._call(order)
        elif not (self._hides and kind in _PICTURE | _POINT):
            self._note(kind, operands)
            self._keep(order)

    @property
    def _hides(self) -> bool:
        return bool(self._sections) and self._sections[-1]

    def _keep(self, *orders: _Order) -> None:
        self.kept += [*self._path, *orders]
        self._path.clear()

    def _paint(self, kind: str, order: _Order) -> None:
        if not self._hides:
            self._keep(order)
        elif any(str(operator) in _CLIP for _, operator in self._path):
            self._keep(([], Operator("n")))
        else:
            self._path.clear()

    def _show(self, kind: str, order: _Order) -> None:
        self._moved = self._moved and kind not in _PLACE
        if not self._hides and not self._moved:
            self._keep(order)
            return
        if not self._hides or self._clips:
            raise Entangled
        if kind == '"':
            word, letter, _ = order[0]
            self._keep(([word], Operator("Tw")), ([letter], Operator("Tc")))
        if kind in _PLACE:
            self._keep(([], Operator("T*")))
        self._moved = True

    def _begin(self, kind: str, order: _Order) -> None:
        operands = order[0]
        hidden = kind == "BDC" and operands[0] == Name.OC and str(operands[1]) in self._hidden
        self._sections.append(self._hides or hidden)
        if self._hides:
            self.caught = True
        else:
            self._keep(order)

    def _end(self, order: _Order) -> None:
        if not self._sections or not self._sections.pop():
            self._keep(order)

    def _call(self, order: _Order) -> None:
        name = str(order[0][0])
        if self._hides or name in self._off:
            self.caught = True
            self.dropped.add(name)
        else:
            self.drawn.add(name)
            self._keep(order)

    def _note(self, kind: str, operands: Any) -> None:
        if kind in _PLACE:
            self._moved = False
        elif kind == "Tr":
            self._clips = self._clips or int(operands[0]) >= _CLIPPING
