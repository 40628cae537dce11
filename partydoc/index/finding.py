"""Finding documents: first those that have every word as typed, then those of damaged spellings."""

from __future__ import annotations

from partydoc.index import plan, query, schema
from partydoc.index.engine import Address, Engine
from partydoc.value import Value

#: Damaged spellings are looked for where fewer documents have all words as typed.
ENOUGH = 10


class Matches(Value):
    """What was found: `total` documents, of which the last `near` have damaged spellings only.

    `rows` are score and address of the first; `plan` finds all of them.
    """

    total: int
    near: int
    rows: list[tuple[float, Address]]
    plan: plan.Plan


def find(engine: Engine, asked: query.Query, limit: int, order: plan.Order) -> Matches:
    """Return the first `limit` documents of a query; damaged spellings stand below the others."""
    clean = plan.make(asked, engine)
    total, rows = engine.find(clean, max(limit, 1), order)
    if total >= ENOUGH:
        return Matches(total, 0, rows[:limit], clean)
    from partydoc.index import near

    wide = near.widened(asked, clean, engine)
    if wide is None:
        return Matches(total, 0, rows[:limit], clean)
    more, further = engine.find(wide, max(limit - total, 1), order)
    either = plan.Plan(plan.Some((clean.match, wide.match)), (), scored=False)
    return Matches(total + more, more, [*rows, *further][:limit], either if more else clean)


def ids(engine: Engine, asked: query.Query, order: plan.Order) -> tuple[list[str], int]:
    """Return the ids of all documents that have every word as typed, and how many more have not."""
    found = find(engine, asked, max(engine.count(), 1), order)
    clean = found.rows[: found.total - found.near]
    return [schema.id_of(engine.stored(address)) for _score, address in clean], found.near
