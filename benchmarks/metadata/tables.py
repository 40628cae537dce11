"""The tables that are printed: fields, kinds of damage, aims; `!` marks an aim that is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.metadata import scoring
from benchmarks.metadata.scoring import by_hand
from benchmarks.metadata.tally import Judged, Tally, tally, wilson

#: Least share that must be right on ordinary papers, accepted or in review.
RIGHT = {
    "type": 0.98, "symbol": 0.98, "issuer": 0.98, "date": 0.98, "superior": 0.98,
    "number, printed": 0.98, "place": 0.95, "signer, colour": 0.95,
}  # fmt: skip
LEAST_ACCEPTED, MOST_FALSE, LEAST_SAFE, LEAST_F1 = 0.85, 0.01, 0.98, 0.97

_HEAD = (
    "| field | on paper | right % | bounds | aim | accepted right % | in review right % "
    "| accepted wrong % | bounds | in review wrong % | missing % | invented |"
)
_RULE = "|---|" + "---:|" * 11


def rows(every: Sequence[Judged]) -> dict[str, Tally]:
    """Return the tallies of all fields together, of each, and of it in print and by hand."""
    found = {"all": tally(every)}
    for field in scoring.FIELDS:
        mine = [one for one in every if one.field == field]
        hands = [by_hand(field, one.read.sample.hand) for one in mine]
        found[field] = tally(mine)
        if any(hands):
            found[f"{field}, printed"] = tally(_those(mine, hands, False))
            found[f"{field}, by hand"] = tally(_those(mine, hands, True))
        if field == "signer":
            found["signer, colour"] = tally(one for one in mine if one.read.sample.colour)
    return {name: one for name, one in found.items() if one.outcomes}


def _those(every: Sequence[Judged], flags: Sequence[bool], flag: bool) -> list[Judged]:
    return [one for one, is_so in zip(every, flags, strict=True) if is_so == flag]


def lines(table: dict[str, Tally], aims: bool = True) -> list[str]:
    """Return a table of fields in Markdown."""
    return [_HEAD, _RULE, *(_row(name, one, aims) for name, one in table.items())]


def _row(name: str, one: Tally, aims: bool) -> str:
    aim = RIGHT.get(name) if aims else None
    missed = " !" if aim and one.share(one.right) < aim else ""
    few = (
        " !"
        if aims and name == "all" and one.share(one.outcomes["accepted"]) < LEAST_ACCEPTED
        else ""
    )
    many = " !" if aims and name == "all" and one.share(one.false) > MOST_FALSE else ""
    cells = [
        name, str(one.on_paper), _percent(one, one.right) + missed, _bounds(one, one.right),
        f">= {aim:.0%}" if aim else "", _percent(one, one.outcomes["accepted"]) + few,
        _percent(one, one.outcomes["review"]), _percent(one, one.false) + many,
        _bounds(one, one.false), _percent(one, one.outcomes["unsure"]),
        _percent(one, one.outcomes["missing"]), str(one.outcomes["invented"] or ""),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _percent(one: Tally, part: int) -> str:
    return f"{100 * one.share(part):.1f}" if one.on_paper else ""


def _bounds(one: Tally, part: int) -> str:
    low, high = wilson(part, one.on_paper)
    return f"{100 * low:.1f}-{100 * high:.1f}" if one.on_paper else ""


def summary(table: dict[str, Tally]) -> list[str]:
    """Return the aims that stand over all fields, each beside its figure."""
    every, hand = table["all"], table.get("number, by hand")
    lines = [
        _aim("accepted and right, of all fields", every.share(every.outcomes["accepted"]),
             LEAST_ACCEPTED, least=True),
        _aim("accepted but wrong, inventions among them", every.share(every.false), MOST_FALSE,
             least=False),
        _aim("mean F1 of the subject's words", table["subject"].mean_f1, LEAST_F1, least=True),
    ]  # fmt: skip
    if hand:
        safe = hand.share(hand.on_paper - hand.outcomes["wrong"])
        lines.append(_aim("numbers by hand right or not accepted", safe, LEAST_SAFE, least=True))
    return lines


def _aim(name: str, figure: float, aim: float, least: bool) -> str:
    missed = " !" if (figure < aim if least else figure > aim) else ""
    return (
        f"{name}: {100 * figure:.2f} %{missed} (aim: {'>=' if least else '<='} {100 * aim:.0f} %)"
    )


def by_kind(every: Iterable[Judged], kinds: Sequence[str]) -> list[str]:
    """Return all fields together by kind of damage."""
    return _grouped(every, kinds, lambda one: one.read.sample.kind, "kind")


def by_form(every: Sequence[Judged]) -> list[str]:
    """Return all fields together by era and form of the paper."""
    forms = sorted({one.read.sample.about for one in every})
    return _grouped(every, forms, lambda one: one.read.sample.about, "era, form")


def _grouped(
    every: Iterable[Judged], names: Sequence[str], name_of: Callable[[Judged], str], head: str
) -> list[str]:
    every = list(every)
    found = [f"| {head} | fields | right % | accepted right % | accepted wrong % | missing % |",
             "|---|" + "---:|" * 5]  # fmt: skip
    for name in names:
        one = tally(each for each in every if name_of(each) == name)
        cells = [name, str(one.on_paper), _percent(one, one.right),
                 _percent(one, one.outcomes["accepted"]), _percent(one, one.false),
                 _percent(one, one.outcomes["missing"])]  # fmt: skip
        found.append(f"| {' | '.join(cells)} |")
    return found


def figures(table: dict[str, Tally]) -> dict[str, Any]:
    """Return a table of fields for JSON: counts, and shares with their bounds."""
    return {
        name: {
            "on_paper": one.on_paper, **one.outcomes,
            "right": round(one.share(one.right), 4),
            "right_bounds": [round(side, 4) for side in wilson(one.right, one.on_paper)],
            "false": round(one.share(one.false), 4),
            "false_bounds": [round(side, 4) for side in wilson(one.false, one.on_paper)],
            **({"f1": round(one.mean_f1, 4)} if one.f1 else {}),
        }
        for name, one in table.items()
    }  # fmt: skip
