"""Tolerance of recognition errors: what a search finds beside the documents that it finds as typed.

A word counts as found where its damaged spelling stands: a letter taken for one that looks like it,
so that no syllable and no number is left, or run together with its neighbour in the query. Beside
that, one word of a query may differ in one letter, or be torn in two, where it stands right beside
its neighbours in the query. A number never stands for another number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partydoc.index import plan, query, schema
from partydoc.index.damage import Spellings
from partydoc.index.engine import Engine
from partydoc.index.plan import Clause, Every, OneOf, Run, Slots, Some, Term

#: One word of these, the first of a query, may differ.
_MOST_WORDS = 12


def widened(asked: query.Query, clean: plan.Plan, index: Engine) -> plan.Plan | None:
    """Return the plan of what damaged spellings find beside `clean`; None if the index has none."""
    wide = _Wider(index).wide(asked)
    if wide == _Wide(clean.match):
        return None
    more = wide.losses if wide.soft == clean.match else (wide.soft, *wide.losses)
    match = Every((Some(more), plan.Without(clean.match)))
    return plan.Plan(match, clean.bonuses, clean.scored)


@dataclass(frozen=True)
class _Wide:
    """What a part of a query finds in damaged scans.

    In `soft` any word may stand in its damaged spelling; each of `losses` lets one word differ.
    """

    soft: Clause
    losses: tuple[Clause, ...] = ()


class _Wider:
    """Widens a query by what stands in an index."""

    def __init__(self, index: Engine) -> None:
        self._index = index
        self._known = Spellings(index)

    def wide(self, asked: query.Query) -> _Wide:
        """Widen a query; what is excluded, fields, dates and beginnings stay as they are."""
        match asked:
            case query.Or(parts):
                wides = [self.wide(part) for part in parts]
                losses = (loss for wide in wides for loss in wide.losses)
                return _Wide(Some(tuple(wide.soft for wide in wides)), tuple(losses))
            case query.And(parts):
                return self._all(parts)
            case query.Word(value, prefix=False) | query.Phrase(value):
                return self._beside(schema.folded_words(value))
        return _Wide(plan.clause_of(asked, self._index))

    def _all(self, parts: Sequence[query.Query]) -> _Wide:
        strict = [plan.clause_of(part, self._index) for part in parts]
        softs: list[Clause] = []
        losses: list[Clause] = []
        for i, part in enumerate(parts):
            rest = (*strict[:i], *strict[i + 1 :])
            if len(word := _words(part)) == 1:
                before, after = _around(parts, i)
                softs.append(self._anywhere(word[0], before, after))
                if i < _MOST_WORDS:
                    losses += self._losses((before, after), word[0], rest)
            else:
                wide = self.wide(part)
                softs.append(wide.soft)
                losses += [Every((*rest, loss)) for loss in wide.losses]
        return _Wide(Every(tuple(softs)), tuple(losses))

    def _anywhere(self, word: str, before: list[str], after: list[str]) -> Clause:
        """Return where a word stands, damaged or run together with a neighbour in the query."""
        found = [*self._known.damaged(word)]
        found += [one for left in before[-1:] for one in self._known.merged(left, word)]
        found += [one for right in after[:1] for one in self._known.merged(word, right)]
        clean = Term(schema.WORDS, word)
        return Some((clean, OneOf(schema.WORDS, tuple(found)))) if found else clean

    def _beside(self, words: list[str]) -> _Wide:
        """Widen words that stand side by side."""
        if len(words) == 1:
            return _Wide(self._anywhere(words[0], [], []))
        soft: list[Clause] = [Run(schema.WORDS, tuple(words))]
        for i in range(len(words) - 1):
            if one := self._known.merged(words[i], words[i + 1]):
                soft.append(_slots(words[:i], one, words[i + 2 :]))
        losses = [
            loss
            for i, word in enumerate(words[:_MOST_WORDS])
            for loss in self._losses((words[:i], words[i + 1 :]), word, ())
        ]
        return _Wide(Some(tuple(soft)) if len(soft) > 1 else soft[0], tuple(losses))

    def _losses(
        self, around: tuple[list[str], list[str]], word: str, rest: tuple[Clause, ...]
    ) -> Iterator[Clause]:
        """Yield where a word differs or is torn between its neighbours, and `rest` stands too."""
        before, after = around
        if not before and not after:
            return
        differing = self._known.differing(word, before, after)
        lost: list[tuple[tuple[str, ...], ...]] = [(differing,)] if differing else []
        lost += [((one,), (other,)) for one, other in self._known.torn(word)]
        for places in lost:
            slots = _slots(before, *places, after)
            yield Every((*rest, slots)) if rest else slots


def _slots(before: Sequence[str], *middle: Sequence[str]) -> Clause:
    """Return words side by side; all but the last of `middle` are places with a choice of words."""
    *places, after = middle
    if not before and not after and len(places) == 1:
        return OneOf(schema.WORDS, tuple(places[0]))
    around = [tuple((word,) for word in words) for words in (before, after)]
    return Slots(schema.WORDS, (*around[0], *map(tuple, places), *around[1]))


def _around(parts: Sequence[query.Query], i: int) -> tuple[list[str], list[str]]:
    """Return the words that a word of a query stands between: one on each side, or two on one."""
    before = [_words(part) for part in parts[max(i - 2, 0) : i]]
    after = [_words(part) for part in parts[i + 1 : i + 3]]
    left = [] if not all(before[-1:]) else [word for words in before for word in words][-2:]
    right = [] if not all(after[:1]) else [word for words in after for word in words][:2]
    return (left[-1:], right[:1]) if left and right else (left, right)


def _words(part: query.Query) -> list[str]:
    """Return the folded words of a part that is nothing but words."""
    match part:
        case query.Word(value, prefix=False) | query.Phrase(value):
            return schema.folded_words(value)
    return []
