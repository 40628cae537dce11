"""What is done to an archive before an operation of `scenes` is struck."""

from __future__ import annotations

import shutil
from contextlib import closing

from torture import oracle
from torture.ready import paper
from torture.stock import CANARIES, Stock, ident

NAME = "Nguyễn Văn Mẫu"


def lose_catalogue(now: Stock) -> None:
    """Let it be without a catalogue."""
    (now.root / "catalogue.sqlite").unlink()


def turn_the_month(now: Stock) -> None:
    """Let its log be of a month that is over, so that the next line begins a file."""
    (log,) = (now.root / "audit").iterdir()
    log.rename(log.with_name("2026-01.jsonl"))


def lose_index(now: Stock) -> None:
    """Let its index tell nothing of itself."""
    (now.root / "index" / "state.json").unlink()


def fill_in(now: Stock) -> None:
    """Have a workbook written, and fill in who signed."""
    from openpyxl import load_workbook

    path = now.memory / "filled-in.xlsx"
    now.must("review", "--to", str(path), "--no-pictures")
    with closing(load_workbook(path)) as book:
        sheet, hidden = book.worksheets
        (column,) = [cell.column for cell in hidden[1] if cell.value == "signer"]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = NAME
        book.save(path)


def damage(now: Stock) -> None:
    """Keep a copy; alter one document, let the second stand twice, lose the third, and lose a file
    of the storage root.
    """
    copy = now.memory / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(now.root, copy, symlinks=True)
    one, two, three = (oracle.documents(now.root)[ident(name)][0] for name in HURT)
    (original,) = one.glob("v1/content/original/*")
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1])
    shutil.copytree(two, now.root / "hold" / "objects" / two.relative_to(now.root / "store"))
    shutil.rmtree(three)
    (now.root / "store" / "ocfl_layout.json").unlink()


#: What `damage` leaves no longer whole, or not alone.
HURT = ("one", "two", "three")


def bring_marked(now: Stock) -> None:
    """Put a page with a mark beside the archive; it stays there, whatever becomes of it."""
    data = paper(f"TỐI MẬT\nvề {CANARIES['marked']}")
    (now.memory / "page.pdf").write_bytes(data)
