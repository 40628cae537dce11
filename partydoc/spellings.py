"""The same name in several spellings: ĐẢNG UỶ and Đảng ủy are one, shown as most write it."""

from __future__ import annotations

from collections import Counter

from partydoc.text import exact


class Spellings:
    """Gathers names; two that differ in case or in the place of a tone are the same."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._found: Counter[str] = Counter()

    def add(self, name: str) -> str:
        """Take a name in; return what stands for it in all its spellings."""
        self._found[name] += 1
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = exact(name)
        return key

    def usual(self) -> dict[str, str]:
        """Return what stands for each name -> its commonest spelling, of equals the first."""
        found: dict[str, str] = {}
        for name, _count in self._found.most_common():
            found.setdefault(self._keys[name], name)
        return found
