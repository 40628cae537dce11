"""Where in a letterhead the superior ends and the issuer begins.

No list holds every body, so several signs are weighed together: words that begin a body, regular
above bold, a name that is whole or not yet, and the symbol, which stands for the issuer. Where they
do not agree the parting is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partydoc.metadata import bold
from partydoc.metadata.heads import Signatory
from partydoc.metadata.initials import stands_for
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import Rules, keys, table
from partydoc.metadata.spelling import spaced
from partydoc.page import Word

#: What a sign is worth for or against a parting, in the units of `bold.turns`.
NAMED, UNFINISHED, WITHIN, WHOLE, SYMBOL = 3.0, 6.0, 4.0, 2.0, 2.5
#: And who signs as the head of a body: a TRƯỞNG BAN heads no TỈNH ỦY.
HEADED = 2.0
#: Where nothing else tells, the last line is the issuer.
GUESS = 0.5
#: The best parting is certain when the next best one is worth less by so much.
CERTAIN = 2.0
#: A symbol that has letters for fewer of the words stands for something else.
FITS = 1.0
#: In a symbol of so many letters one may be damaged.
NEAR = 4
#: So little fits a symbol that stands for no part of a name.
MANY = 100


@dataclass(frozen=True)
class Parted:
    """The lines of the bodies above the issuer, those of the issuer, and whether it is certain.

    `symbolised`: whether the symbol stands for any of them; `headed`: whether who signs heads the
    issuer; `named`: whether superior and issuer
    both begin with words for a body, right under each other.
    """

    above: tuple[tuple[Segment, ...], ...]
    issuer: tuple[Segment, ...]
    certain: bool
    symbolised: bool
    headed: bool
    named: bool


def part(lines: Sequence[Segment], head: Letterhead, signed: Signatory) -> Parted | None:
    """Part the lines of a letterhead, top to bottom, into bodies; None if there are no lines.

    `signed` is who signs, as the head of the issuer or in its name.
    """
    if not lines:
        return None
    printed = organs(head)
    turns = bold.turns(lines, [each for each in head.segments if each.is_capitals])
    symbols = [_symbolised(lines, k, printed, head.rules) for k in range(len(lines))]
    names = [" ".join(each.text for each in lines[k:]) for k in range(len(lines))]
    headed = [signed.signs_for(name) for name in names]
    worth = [
        turns[k] + _said(lines, k, head.rules) + symbols[k] + HEADED * headed[k]
        for k in range(len(lines))
    ]
    best = max(range(len(lines)), key=lambda k: worth[k])
    second = max((each for k, each in enumerate(worth) if k != best), default=-NAMED)
    above = _bodies(lines[:best], head.rules)
    apart = worth[best] - second >= CERTAIN and len(above) < 2
    known = best > 0 or names_body(lines[0], head.rules) or symbols[best] >= FITS
    fits = symbols[best] >= FITS or not printed or headed[best]
    return Parted(
        above=above,
        issuer=tuple(lines[best:]),
        certain=apart and fits and known,
        symbolised=max(symbols) >= FITS or not printed or headed[best],
        headed=headed[best],
        named=len(above) == 1 and all(names_body(lines[k], head.rules) for k in (0, best)),
    )


def names_body(line: Segment, rules: Rules) -> bool:
    """Tell whether a line begins with a word for a kind of body; "TỔ" is one, "TOÀN" is not.

    In a long one a letter may be damaged: ĐĂNG U for ĐẢNG ỦY.
    """
    firsts = {key("".join(word.text for word in line.words[:n])) for n in range(1, 6)}
    return any(
        start in firsts
        or len(start) > 4
        and (line.key.startswith(start) or any(_is_near(each, start) for each in firsts))
        for start in rules.body_starts
    )


def _is_near(words: str, start: str) -> bool:
    return len(start) > 5 and words[:1] == start[0] and distance(words, start, 1) <= 1


def _said(lines: Sequence[Segment], k: int, rules: Rules) -> float:
    """Return what the words say for a parting above line k; 0: all lines are one body."""
    worth = 0.0 if names_body(lines[0], rules) else GUESS * (k == len(lines) - 1)
    for i in range(1, len(lines)):
        start = max((j for j in (0, k) if j < i), default=0)
        group, line = lines[start:i], lines[i]
        if _carries_on(group, line, rules):
            worth -= UNFINISHED * (i == k)
        elif names_body(line, rules):
            worth += NAMED if i == k else -NAMED
        elif _is_within(line.words[:2]):
            worth -= WITHIN * (i == k)
        elif _is_whole(group, rules):
            worth += WHOLE * (i == k)
    return worth


def _carries_on(group: Sequence[Segment], line: Segment, rules: Rules) -> bool:
    """Tell whether a line completes a name above it: ỦY BAN … , or … ĐẢNG with BỘ below."""
    text = "".join(above.key for above in group)
    if text in keys("letterhead", "bodies", "unfinished"):
        return True
    before, after = ([key(word.text) for word in part.words] for part in (group[-1], line))
    breaks = ("".join((*before[-n:], *after[:m])) for n in (1, 2) for m in (1, 2))
    return any(each in rules.phrases or each in rules.body_starts for each in breaks)


def _is_whole(group: Sequence[Segment], rules: Rules) -> bool:
    """Tell whether a name ends with a place: … TỈNH GIA LAI, … XÃ and two words more."""
    words = [word for line in group for word in line.words]
    places = keys("letterhead", "places", "names") + tuple(map(key, rules.local.places))
    return key("".join(word.text for word in words)).endswith(places) or any(
        map(_is_within, (words[-4:-2], words[-3:-2]))
    )


def _is_within(words: Sequence[Word]) -> bool:
    """Tell whether one of two words, or both together, stand before a place or a joined part."""
    texts = [key(word.text) for word in words]
    return not {*texts[:1], "".join(texts)}.isdisjoint(keys("letterhead", "bodies", "within"))


def organs(head: Letterhead) -> list[str]:
    """Return what may stand for the issuer in the printed symbol: BTCTU of "Số 12-BC/BTCTU"."""
    text = head.number.text if head.number else ""
    parts = re.findall(r"(?:[-–/]|(?<=\w\w)\.)\s*([^\W\d_]{2,})(?=$|[\s\-–/.])", text)
    own = (each for each in parts if key(each) not in head.rules.abbreviations)
    return [organ for each in own for organ in _undamaged(each, head.rules)]


def _undamaged(organ: str, rules: Rules) -> list[str]:
    """Return a symbol and, if it is not known, what it may have been: ĐĐU, BOLDA, KHTU (KH/TU)."""
    letters = key(organ)
    if letters in rules.symbols:
        return [organ]
    near = [
        known
        for each, known in rules.symbols.items()
        if len(each) == len(letters) >= NEAR and distance(each, letters, 1) == 1
    ]
    cuts = range(2, len(organ) - 1)
    behind = [organ[n:] for n in cuts if key(organ[:n]) in rules.abbreviations]
    known = [each for each in behind if key(each) in rules.symbols]
    return [organ.replace("ĐĐ", "Đ"), *near, *known]


def _symbolised(lines: Sequence[Segment], k: int, organs: Sequence[str], rules: Rules) -> float:
    """Return what the symbol says for a parting: it takes the first letters of the first words."""
    own, above = (
        [part for line in lines for word in line.words for part in spaced(word.text).split()]
        for lines in (lines[k:], lines[:k])
    )
    return SYMBOL * max((fit(each, own, above, rules) for each in organs), default=0.0)


def fit(symbol: str, own: Sequence[str], above: Sequence[str], rules: Rules) -> float:
    """Return how well a symbol fits a name: letters for each word that it needs, at most 1."""
    if any(key("".join(own)).startswith(each) for each in _irregular(symbol, rules)):
        return 1.0
    if key(symbol)[0] != key(own[0])[:1]:
        own = _named_after(own, rules)  # ATTP: CHI CỤC AN TOÀN THỰC PHẨM
    if not own or key(symbol)[0] != key(own[0])[:1]:
        return 0.0
    words = [*own, *above]
    needed = (m for m in range(1, len(words) + 1) if stands_for(symbol, " ".join(words[:m]), rules))
    return min(len(key(symbol)) / next(needed, len(words) * MANY), 1.0)


def _named_after(words: Sequence[str], rules: Rules) -> Sequence[str]:
    """Return the words of a name behind those for the kind of body."""
    ends = [n for n in range(1, 6) if key("".join(words[:n])) in rules.body_starts]
    return words[min(ends) :] if ends else ()


def _irregular(symbol: str, rules: Rules) -> list[str]:
    """Return the names that a symbol stands for by the tables, or because the archive says so."""
    own = [each.name for each in rules.local.bodies if key(each.symbol) == key(symbol)]
    return [key(each) for each in (*own, *table("symbols")["issuers"].get(symbol, ()))]


def _bodies(lines: Sequence[Segment], rules: Rules) -> tuple[tuple[Segment, ...], ...]:
    """Group the lines above the issuer: one that begins no body carries on the one above."""
    groups: list[list[Segment]] = []
    for line in lines:
        if groups and (_carries_on(groups[-1], line, rules) or not names_body(line, rules)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(map(tuple, groups))
