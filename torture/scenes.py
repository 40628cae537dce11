"""Every operation that changes anything, each with what must be true when it has been done.

A scene says how an archive is prepared, which command a campaign then strikes, and what that
command owes. Each operation that partydoc gains joins them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from torture import oracle, owed, stock
from torture.owed import NEW
from torture.stock import FOLDER, Stock, ident

_NAME = "Nguyễn Văn Mẫu"
_SIGNER = {"signer": _NAME}
_ALL = ("one", "two", "three")
_NIGHT = ("nightly",)
_EDIT_ALL = ("edit", "{one}", "{two}", "{three}", f"signer={_NAME}")


@dataclass(frozen=True)
class Scene:
    """One operation.

    `command`: its words, in which {one} stands for the id of that paper and {work} for a place
    outside; `owes`: tells what is wrong after it; `before`: commands that prepare the archive;
    `papers`: what lies in the inbox; `codes`: how it may end, the first time or after a crash;
    `says` and `gone`: what people are told by it, and which paper it destroys; `spoil`: what is
    done to the archive at last; `person`: who is at work; `then`: what goes by itself each night
    and has to finish what the same command, after a crash, finds done or leaves for later.
    """

    name: str
    command: tuple[str, ...]
    owes: Callable[[Stock], Iterator[str]] = owed.nothing
    before: tuple[tuple[str, ...], ...] = ()
    papers: Mapping[str, bytes] = field(default_factory=dict)
    codes: tuple[int, ...] = (0,)
    says: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    spoil: Callable[[Stock], object] = owed.nothing
    person: str = "torture"
    then: tuple[str, ...] = ()

    def prepared(self, made: Stock, root: Path) -> Stock:
        """Return a copy of an archive as it stands before the operation."""
        now = made.copy(root).bring(self.papers)
        for words in self.before:
            now.must(*_filled(words, now))
        self.spoil(now)
        return replace(now, person=self.person)

    def words(self, now: Stock) -> list[str]:
        """Return the command line."""
        return _filled(self.command, now)

    def sure(self, now: Stock) -> list[str]:
        """Return what must be there whatever happens: the inputs but what is to be destroyed."""
        gone = {ident(name) for name in self.gone}
        return [one for one in now.inputs if one not in gone]

    def wrong(self, now: Stock, done: bool) -> list[str]:
        """Return what is wrong after recovery; with what it did, where it was `done`."""
        inputs = self.sure(now)
        if not done:
            inputs += [one for one in oracle.documents(now.root) if one in now.inputs]
        said = (now.saying(self.says) if done else now).said
        said = {one: values for one, values in said.items() if one in inputs}
        found = oracle.judge(now.root, dict.fromkeys(inputs), said, second_opinion=False)
        if any(one.startswith("broken") for one in found):
            return found  # nothing else can be asked
        found += [*owed.unfindable(now), *owed.traces(now)]
        return found + (list(self.owes(now)) if done else [])


def _filled(words: tuple[str, ...], now: Stock) -> list[str]:
    names = {name: ident(name) for name in stock.PAPERS}
    return [word.format(**names, work=now.work, memory=now.memory) for word in words]


def _lose_catalogue(now: Stock) -> None:
    (now.root / "catalogue.sqlite").unlink()


def _lose_index(now: Stock) -> None:
    (now.root / "index" / "state.json").unlink()


def _fill_in(now: Stock) -> None:
    """Have a workbook written, and fill in who signed."""
    from openpyxl import load_workbook

    path = now.memory / "filled-in.xlsx"
    now.must("review", "--to", str(path), "--no-pictures")
    with closing(load_workbook(path)) as book:
        sheet, hidden = book.worksheets
        (column,) = [cell.column for cell in hidden[1] if cell.value == "signer"]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = _NAME
        book.save(path)


SCENES = (
    Scene("scan", ("scan", "--folder", FOLDER), owed.all_in, papers=NEW, codes=(0, 3), then=_NIGHT),
    Scene("scan declared open", ("scan", "--folder", FOLDER, "--unclassified"), owed.entered_once,
          papers={"four": NEW["four"], "marked": NEW["marked"]}, then=_NIGHT),
    Scene("ocr", ("ocr",), lambda now: owed.stands(now, "unread", "review")),
    Scene("nightly", ("nightly",), owed.all_in, papers=NEW, codes=(0, 3)),
    Scene("edit", ("edit", "{one}", f"signer={_NAME}"), says={"one": _SIGNER}),
    Scene("edit many", _EDIT_ALL, says=dict.fromkeys(_ALL, _SIGNER)),
    Scene("edit by workbook", ("edit", "--from", "{memory}/filled-in.xlsx"),
          says=dict.fromkeys(_ALL, _SIGNER), spoil=_fill_in),
    Scene("undo", ("undo", "10"), owed.machine_again, codes=(0, 2), before=(_EDIT_ALL,),
          then=_NIGHT),
    Scene("classify as secret", ("classify", "{two}", "--secret", "mat"),
          lambda now: owed.stands(now, "two", "held")),
    Scene("classify as open", ("classify", "{unsure}", "--open"),
          lambda now: owed.stands(now, "unsure", "review"), codes=(0, 2), then=_NIGHT),
    Scene("hold release", ("hold", "release", "{secret}", "--reason", "Giải mật"),
          lambda now: owed.stands(now, "secret", "review"), codes=(0, 2), then=_NIGHT),
    Scene("hold export", ("hold", "export", "--all", "--to", "{work}"), owed.handed_over),
    Scene("hold purge", ("hold", "purge", "{secret}"), owed.purged, codes=(0, 2), gone=("secret",),
          before=(("hold", "purge", "{secret}"),), person="another"),
    Scene("catalogue add", ("catalogue", "add", "folder", "A29-01-0004", "--title", "Mới"),
          owed.listed, codes=(0, 2)),
    Scene("index update", ("index",), owed.indexed, spoil=_lose_index),
    Scene("index --rebuild", ("index", "--rebuild"), owed.indexed),
    Scene("catalogue rebuild", ("index",), owed.indexed, spoil=_lose_catalogue),
)  # fmt: skip
