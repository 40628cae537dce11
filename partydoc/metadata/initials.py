"""What stands for a body in symbols, compared with its name: SNV and SỞ NỘI VỤ, TU and TỈNH ỦY."""

from __future__ import annotations

from functools import lru_cache

from partydoc.metadata.likeness import key
from partydoc.metadata.rules import Body, Rules, table


def stands_for(symbol: str, name: str, rules: Rules) -> bool:
    """Tell whether a symbol is made of the beginnings of the words of a name, in their order.

    Words may be left out (ĐẢNG BỘ, TỈNH …), but the first one alone only where the symbol is known:
    so looks a symbol that lost its first letter. A body that the archive names has its own symbol.
    """
    own = [each for each in rules.local.bodies if key(each.symbol) == key(symbol)]
    own += [Body(text, symbol) for text in table("symbols")["issuers"].get(symbol, ())]
    if any(key(name).startswith(key(each.name)) for each in own):
        return True
    words = tuple(key(word) for word in _spoken(name).split())
    letters = key(symbol)
    if len(letters) < 2 or not _made_of(letters, words):
        return False
    second = len(words) > 1 and words[0][0] != letters[0] and words[1][0] == letters[0]
    return letters in rules.symbols or not second


def _spoken(name: str) -> str:
    """Return a name with the words that have letters of their own replaced by these."""
    folded = " ".join(key(word) for word in name.split())
    for letters, phrase in table("symbols")["spoken"].items():
        folded = folded.replace(" ".join(key(word) for word in phrase.split()), key(letters))
    return folded


@lru_cache(maxsize=2048)
def _made_of(letters: str, words: tuple[str, ...]) -> bool:
    if not letters:
        return True
    if not words:
        return False
    first, rest = words[0], words[1:]
    taken = 0
    while taken < min(len(first), len(letters)) and first[taken] == letters[taken]:
        taken += 1
    return any(_made_of(letters[n:], rest) for n in range(taken, -1, -1))
