"""What a search answers: the hits that are shown, and all of them counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from partydoc import text
from partydoc.document import Hit
from partydoc.index import finding, plan, query, schema, snippet
from partydoc.index.engine import Engine
from partydoc.value import Value

#: For `type`, `year` and `issuer` how many hits have which value, the most frequent first; None
#: stands for those where it is not known.
Facets = Mapping[str, Sequence[tuple[str | None, int]]]


class Found(Value):
    """The answer to a query: how many documents match, some of them in the order asked for, all
    counted if that was asked, and how many were found only by damaged spellings.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Facets | None = None
    near: int = 0


def hits(
    engine: Engine, found: finding.Matches, asked: query.Query, offset: int
) -> tuple[Hit, ...]:
    """Return what was found from `offset` on; of nothing else the text is read."""
    needles = (*snippet.needles(asked), *snippet.chosen(found.plan.match))
    clean = found.total - found.near
    return tuple(
        _hit(score, engine.stored(address), needles, near=place >= clean)
        for place, (score, address) in enumerate(found.rows[offset:], offset)
    )


def _hit(score: float, stored: str, needles: tuple[snippet.Needle, ...], near: bool) -> Hit:
    """Return a found document with the lines that show best why it was found."""
    document = schema.unpack(stored)
    shown = snippet.best(document.pages, document.fields.get("subject"), needles, document.fields)
    return Hit(document.id, round(score, 4), shown.page, shown.text, shown.marks, near)


def facets(engine: Engine, wanted: plan.Plan, total: int) -> Facets:
    """Count all hits of a plan, of which there are `total`."""
    return merged([(engine.facets(wanted), total)])


def merged(counts: Sequence[tuple[Facets, int]]) -> Facets:
    """Put counts together, each with its total; spellings that differ in capitals are one value."""
    total = sum(number for _facets, number in counts)
    found = {}
    for name in schema.FACETS:
        rows = _one_spelling(row for facets, _total in counts for row in facets[name])
        unknown = total - sum(count for _value, count in rows)
        found[name] = [*rows, (None, unknown)] if unknown else rows
    return found


def _one_spelling(rows: Iterable[tuple[str | None, int]]) -> list[tuple[str | None, int]]:
    """Return each value once, under the spelling that most documents have."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, count in rows:
        if value is not None:
            spellings[text.exact(value)][value] += count
    best = [(max(counts, key=lambda one: (counts[one], one)), counts.total())
            for counts in spellings.values()]  # fmt: skip
    return sorted(best, key=lambda row: (-row[1], row[0]))
