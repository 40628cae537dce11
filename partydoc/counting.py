"""Counting an archive: each document and each entry of a folder is looked at once.

What stands in hold is counted nowhere, nor is a document with a secrecy mark, unless it is asked
for, nor the entry of a folder that belongs to either.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from partydoc import findable
from partydoc.archive.census import STATUSES, Arrival, Counted, Listed
from partydoc.archive.kept import Place
from partydoc.metadata import oversight
from partydoc.numberruns import NumberRuns
from partydoc.report import Age, Cell, Tally
from partydoc.spellings import Spellings

#: Since so many days something waits.
_AGES = (0, 7, 30, 90, 365)
#: What has become of a document: reviewed by a person, described by the machine alone; the others
#: are their statuses.
STATES = ("reviewed", "by-machine", *(one for one in STATUSES if one != "described"))
_PERIODS = ("year", "term")


class Count:
    """What is counted; documents come first, then the rest.

    `checked`: documents whose record a person found right; `mark`: the catalogue's change that the
    index has seen; `terms`: folder -> term.
    """

    def __init__(
        self, now: datetime, checked: Collection[str], mark: int, terms: Mapping[str, str],
        with_secret: bool,
    ) -> None:  # fmt: skip
        self._now, self._checked, self._mark = now, checked, mark
        self._terms, self._with_secret = terms, with_secret
        self.states = Counter(dict.fromkeys(STATES, 0))
        self.pages = self.text_pages = self.unseen = 0
        self.arrivals = self.scanned_arrivals = 0
        self.folders = self.finding_aids = self.entries = self.scanned = 0
        self.oversight = Counter(dict.fromkeys(oversight.kinds(), 0))
        self.known: dict[str, frozenset[str]] = {}
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._names = {kind: Spellings() for kind in ("type", "issuer", *_PERIODS)}
        self._tallies: dict[str, Counter[str]] = {kind: Counter() for kind in self._names}
        self._papers: Counter[tuple[str | None, str | None, bool]] = Counter()
        self.numbers = NumberRuns()
        self._waiting: Counter[tuple[str, int]] = Counter()

    @property
    def documents(self) -> int:
        """How many documents were counted."""
        return sum(self.states.values())

    def add_documents(self, documents: Iterable[Counted]) -> None:
        """Count documents."""
        for one in documents:
            if self._with_secret or not one.marked:
                self._add(one)

    def _add(self, one: Counted) -> None:
        fields, term = one.fields, one.fields.get("term") or self._terms.get(one.folder or "")
        names = frozenset(fields)
        self.known[one.id] = self._alike.setdefault(names, names)
        self.states[self._state(one)] += 1
        self.pages += one.pages - one.blank
        if one.status in ("described", "review"):
            self.text_pages += one.pages - one.blank
        if one.status != "pending":
            self.unseen += one.change > self._mark
        if one.status in ("pending", "review"):
            self._waiting[one.status, self._age(one.added_at)] += 1
        year = (fields.get("date") or "")[:4] or None
        kinds = {"type": fields.get("type"), "issuer": fields.get("issuer")}
        keys = {
            kind: self._names[kind].add(value)
            for kind, value in {**kinds, "year": year, "term": term}.items()
            if value
        }
        for kind, key in keys.items():
            self._tallies[kind][key] += 1
        self._papers[year, keys.get("type"), True] += 1
        self.oversight.update(oversight.kinds_of(fields))
        self.numbers.add(fields, term)

    def _state(self, one: Counted) -> str:
        if one.status != "described":
            return one.status
        return "reviewed" if one.seen or one.id in self._checked else "by-machine"

    def _age(self, added_at: str) -> int:
        days = (self._now - datetime.fromisoformat(added_at)).days
        return _AGES[bisect(_AGES, max(days, 0)) - 1]

    def add_folders(self, folders: Iterable[list[Listed]], withheld: Collection[Place]) -> None:
        """Count folders; `withheld` entries are kept free for what stands in hold."""
        for entries in folders:
            open_ = [
                entry for entry in entries if self._is_open(entry) and entry.place not in withheld
            ]
            known = [self.known.get(entry.document or "", frozenset()) | entry.fields.keys()
                     for entry in open_]  # fmt: skip
            self.folders += 1
            self.finding_aids += bool(known) and all(map(findable.is_complete, known))
            self.entries += len(open_)
            for entry in open_:
                if entry.document:
                    self.scanned += 1
                else:
                    self._add_paper(entry)

    def add_arrivals(self, arrivals: Iterable[Arrival]) -> None:
        """Count the rows of the register of arrivals."""
        for row in arrivals:
            scanned = row.document in self.known
            if (scanned or not row.document) and (self._with_secret or not row.secret):
                self.arrivals += 1
                self.scanned_arrivals += scanned

    def _is_open(self, entry: Listed) -> bool:
        if entry.document:
            return entry.document in self.known
        return self._with_secret or "secrecy" not in entry.fields

    def _add_paper(self, entry: Listed) -> None:
        """Count paper that is not scanned: no document, but its place and number are known."""
        type_, year = entry.fields.get("type"), entry.fields.get("date", "")[:4] or None
        key = self._names["type"].add(type_) if type_ else None
        self._papers[year, key, False] += 1
        self.numbers.add(entry.fields, self._terms.get(entry.place.folder))

    def tallies(self) -> tuple[Tally, ...]:
        """Return the counts of documents, years and terms in their order, else the most first."""
        return tuple(self._tally(kind, found) for kind, found in self._tallies.items())

    def _tally(self, kind: str, found: Counter[str]) -> Tally:
        usual = self._names[kind].usual()
        shown = ((usual[key], count) for key, count in found.items())
        order = sorted(shown, key=lambda one: (0 if kind in _PERIODS else -one[1], one[0]))
        return Tally(kind, self.documents, tuple(order))

    def coverage(self) -> tuple[Cell, ...]:
        """Return the papers by year and type, what is not known behind the others."""
        usual = self._names["type"].usual()
        found = []
        for year, key in {(year, key) for year, key, _scanned in self._papers}:
            scanned, paper = self._papers[year, key, True], self._papers[year, key, False]
            found.append(Cell(year, usual[key] if key else None, scanned, scanned + paper))
        last = "\U0010ffff"
        return tuple(sorted(found, key=lambda one: (one.year or last, one.type or last)))

    def ages(self) -> tuple[Age, ...]:
        """Return since when documents wait."""
        return tuple(
            Age(days, self._waiting["pending", days], self._waiting["review", days])
            for days in _AGES
        )
