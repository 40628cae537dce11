"""A scene: one operation that a campaign strikes, and what must be true when it has been done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from torture import oracle, owed, stock
from torture.stock import Stock, ident


@dataclass(frozen=True)
class Scene:
    """One operation.

    `command`: its words, in which {one} stands for the id of that paper and {work} for a place
    of its own; `owes`: tells what is wrong after it; `before`: commands that prepare the archive;
    `papers`: what lies in the inbox; `outside`: what lies in a folder, which it brings; `hurt`:
    which papers are damaged or lost, and come back with it; `typed`: what is typed; `codes`: how
    it may end, the first time or after a crash; `says` and `gone`: what people are told by it, and
    which paper it destroys; `spoil`: what is done to the archive at last; `person`: who is at work;
    `then`: what goes by itself each night and has to finish what the same command, after a crash,
    finds done or leaves for later; `around`: how it stands meanwhile.
    """

    name: str
    command: tuple[str, ...]
    owes: Callable[[Stock], Iterator[str]] = owed.nothing
    before: tuple[tuple[str, ...], ...] = ()
    papers: Mapping[str, bytes] = field(default_factory=dict)
    outside: Mapping[str, bytes] = field(default_factory=dict)
    hurt: tuple[str, ...] = ()
    typed: str = ""
    codes: tuple[int, ...] = (0,)
    says: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    spoil: Callable[[Stock], object] = owed.nothing
    person: str = "torture"
    then: tuple[str, ...] = ()
    around: Callable[[Stock], AbstractContextManager[object]] = nullcontext

    def prepared(self, made: Stock, root: Path) -> Stock:
        """Return a copy of an archive as it stands before the operation."""
        now = made.copy(root).bring(self.papers)
        for name, data in self.outside.items():
            now.outside.mkdir(exist_ok=True)
            (now.outside / f"{name}.pdf").write_bytes(data)
        for words in self.before:
            now.must(*self._filled(words, now))
        self.spoil(now)
        inputs = dict.fromkeys((*now.inputs, *map(oracle.sha256, self.outside.values())))
        return replace(now, inputs=tuple(inputs), person=self.person, typed=self.typed)

    def words(self, now: Stock) -> list[str]:
        """Return the command line."""
        return self._filled(self.command, now)

    def _filled(self, words: tuple[str, ...], now: Stock) -> list[str]:
        papers = {**stock.PAPERS, **self.papers}
        names = {name: oracle.sha256(data) for name, data in papers.items()}
        places = {"work": now.work, "memory": now.memory, "outside": now.outside}
        return [word.format(**names, **places) for word in words]

    def sure(self, now: Stock, done: bool = False) -> list[str]:
        """Return what must be there whatever happens: the inputs but what is to be destroyed, and
        but what comes, or comes back, only when it has been `done`.
        """
        gone = {ident(name) for name in self.gone}
        if not done:
            gone |= {ident(name) for name in self.hurt}
            gone |= {oracle.sha256(data) for data in self.outside.values()}
        return [one for one in now.inputs if one not in gone]

    def instant(self, now: Stock) -> list[str]:
        """Return what is wrong at the instant of a crash; of an archive that was damaged before
        only what is lost.
        """
        look = oracle.lost if self.hurt else oracle.instant
        return look(now.root, self.sure(now))

    def wrong(self, now: Stock, done: bool) -> list[str]:
        """Return what is wrong after recovery; with what it did, where it was `done`."""
        if self.hurt and not done:
            return self.instant(now)
        inputs = self.sure(now, done)
        if not done:
            inputs += [one for one in oracle.documents(now.root) if one in now.inputs]
        said = (now.saying(self.says) if done else now).said
        said = {one: values for one, values in said.items() if one in inputs}
        found = oracle.judge(now.root, dict.fromkeys(inputs), said, second_opinion=False)
        if any(one.startswith("broken") for one in found):
            return found  # nothing else can be asked
        found += [*owed.unfindable(now), *owed.traces(now)]
        return found + (list(self.owes(now)) if done else [])
