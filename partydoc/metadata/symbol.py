"""Symbol: how sure it is, and its organ mended by the letterhead that it stands under."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from partydoc.metadata.code import Code
from partydoc.metadata.initials import stands_for
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import Rules, table
from partydoc.page import Word

#: What was mended is never surer, nor what type and issuer alone tell.
MENDED, DERIVED = 0.85, 0.3
#: Read less surely than this a symbol that everything bears out may be another one.
READ = 0.2


def mend(code: Code, head: Letterhead, bodies: Sequence[str]) -> Code:
    """Return the code with its organ as the letterhead has it, where one letter is damaged."""
    organ = _organ(code, head.rules)
    if key(organ) in head.rules.symbols or _agrees(organ, bodies, head.rules):
        return code
    near = {key(each): each for each in _expected(bodies, head.rules, len(organ))
            if len(key(organ)) > 2 and distance(key(organ), key(each), 1) == 1
            and len(key(each)) == len(key(organ))}  # NV is no damaged PNV  # fmt: skip
    if len(near) != 1:
        return code
    mended = next(iter(near.values()))
    if _is_of_body(code, head.rules):
        return replace(code, body=mended + code.body[len(organ) :])
    return replace(code, type=mended)


def derive(head: Letterhead, bodies: Sequence[str]) -> str | None:
    """Return the symbol that type and issuer make, where its line was spoilt; None if unclear."""
    named = head.type.abbreviation if head.type else None
    if named is None or head.family not in ("party", "state"):
        return None
    # VPTU is of VĂN PHÒNG and TỈNH ỦY together; SNV of SỞ NỘI VỤ alone.
    names = bodies[-1:] if head.family == "party" else bodies[:1]
    known = {each for each in head.rules.symbols.values() if _agrees(each, names, head.rules)}
    longest = [each for each in known if len(each) == max(map(len, known))]
    joint = "/" if head.family == "party" else "-"
    return f"{named}{joint}{longest[0]}" if len(longest) == 1 else None


def _expected(bodies: Sequence[str], rules: Rules, length: int) -> Iterator[str]:
    """Yield what may stand for the bodies: known symbols, and the initials of their words."""
    yield from (each for each in rules.symbols.values() if _agrees(each, bodies, rules))
    for body in bodies:
        letters = "".join(_initial(word) for word in body.split())
        yield from (letters[:end] for end in range(length - 1, length + 2))


def _initial(word: str) -> str:
    return "Đ" if word[0] in "Đđ" else unicodedata.normalize("NFD", word)[0].upper()


def _agrees(organ: str, bodies: Sequence[str], rules: Rules) -> bool:
    return any(stands_for(organ, body, rules) for body in bodies)


def _is_of_body(code: Code, rules: Rules) -> bool:
    """Tell whether the organ stands in the body: behind a type, which letters of offices lack."""
    return code.form == "party" or key(code.type) in rules.abbreviations


def _organ(code: Code, rules: Rules) -> str:
    part = code.body if _is_of_body(code, rules) else code.type
    return part.split("-")[0].removesuffix("/nb")


def sure(code: Code, words: Sequence[Word], head: Letterhead, bodies: Sequence[str]) -> float:
    """Weigh the symbol: how well it was read, and whether type name and issuer bear it out."""
    last, least = words[-1].confidence, min(word.confidence for word in words)
    alike = head.rules.abbreviations.get(key(code.type), ())
    named = head.type.abbreviation if head.type else None
    organ = _organ(code, head.rules)
    known, agrees = key(organ) in head.rules.symbols, _agrees(organ, bodies, head.rules)
    if _has_digit(code.symbol, head.rules):
        return min(0.6, least)
    if named and key(named) != key(code.type) and (alike or not head.is_normative):
        return min(0.5, last)
    if named and key(named) == key(code.type):
        return _weighed(0.96 if agrees or known else last, agrees, known, bodies)
    if alike and (known or agrees) and len(alike) == 1:
        return _weighed(max(0.85, last), agrees, known, bodies)
    whole = agrees and last > READ and _has_known_units(code, head.rules)
    return _weighed(max(least, 0.85) if whole else least, agrees, known, bodies)


def _has_known_units(code: Code, rules: Rules) -> bool:
    """Tell whether what follows the organ of a letter, if anything, are units that are known."""
    units = [*table("symbols")["units"]["names"], *rules.symbols.values()]
    return {key(each) for each in code.body.split("-") if each} <= {key(each) for each in units}


def _weighed(sure: float, agrees: bool, known: bool, bodies: Sequence[str]) -> float:
    """Lower what neither the issuer nor any table bears out, and a little what only one does."""
    if bodies and not agrees and not known:
        return min(sure, 0.75)
    return sure if agrees or not bodies else min(sure, 0.88)


def _has_digit(body: str, rules: Rules) -> bool:
    """Tell whether a part of a symbol has a digit and is no known body."""
    return any(any(map(str.isdigit, p)) and key(p) not in rules.symbols for p in body.split("-"))
