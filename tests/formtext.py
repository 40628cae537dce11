"""What a form says, to be looked at by tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partydoc.prints.form import Beside, Block, Break, Card, Cards, Form, Line, Row, Table


def lines(form: Form) -> list[str]:
    """Return the text of all lines outside of tables, from top to bottom."""
    return [text for text in _lines(form.blocks) if text]


def _lines(blocks: Iterable[Block | Card]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Line():
                yield block.text
            case Beside():
                for stack in block.stacks:
                    yield from _lines(stack)
            case Cards():
                yield from _lines(block.cards)
            case Card():
                yield from _lines((*block.lines, *block.bottom))
            case Table() | Break():
                pass


def rows(form: Form) -> list[Row]:
    """Return the rows of the form's table."""
    (table,) = (block for block in form.blocks if isinstance(block, Table))
    return list(table.rows)


def cells(form: Form) -> list[tuple[str, ...]]:
    """Return the cells of the rows that are no heads."""
    return [row.cells for row in rows(form) if not row.head]
