"""Other scans of the same paper: found by what the documents say, and by their numbers.

Each document has a sketch (`sketch.py`). A table from marks to documents gives for each document
the few that share many of its marks, or have its number, and only their texts are compared: the
cost grows with the number of documents. What is accepted and differs (number, date) is another
paper, however alike the texts are; so are two texts that contradict each other in sound words.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from partydoc import sketch
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.sketched import COMPARED, Sketched, documents
from partydoc.archive.store import Store
from partydoc.differing import Differences, differences
from partydoc.errors import Unreadable
from partydoc.index import dates
from partydoc.metadata.likeness import key

#: Documents that share fewer marks are not compared.
_LEAST_SHARED = 4
#: So many are compared with one, those first that share most with it.
_TRIED = 8
#: The likeness from which texts are those of one paper; where number and date are known to be the
#: same, from which they are not those of two. Other scans have 0.73 with 2 % of the letters misread
#: and 0.49 with 5 %, other papers 0.21 at most.
_ALIKE, _ALIKE_AND_NUMBERED = 0.45, 0.3

_NUMBER, _SYMBOL, _DATE = map(COMPARED.index, ("number", "symbol", "date"))


@dataclass(frozen=True)
class Rescan:
    """A document (its id), and the first one taken in that is a scan of the same paper."""

    document: str
    first: str


def find(
    catalogue: Catalogue, store: Store, among: Collection[str] | None = None
) -> Iterator[Rescan]:
    """Yield the documents that seem to be another scan of an earlier one's paper.

    `among`: ids of which one at least must take part. What a person has said of, that it is the
    same paper as another or as none, is left alone.
    """
    papers = _Papers(catalogue, store)
    for place in papers.concerned(among):
        document, first = papers.known[place], papers.known[papers.first_of(place)]
        if first is document or document.said:
            continue
        if among is None or not {document.id, first.id}.isdisjoint(among):
            yield Rescan(document.id, first.id)


def contradict(one: Sketched, other: Sketched) -> bool:
    """Tell whether something that is accepted of both differs."""
    return any(
        here and there and not _agree(name, here, there)
        for name, here, there in zip(COMPARED, one.values, other.values, strict=True)
        if name != "symbol"  # whose letters are misread more easily than figures
    )


def _agree(name: str, one: str, other: str) -> bool:
    if name == "date":  # of which perhaps only the year is known
        (first, last), (begin, end) = dates.parse(one), dates.parse(other)
        return first <= end and begin <= last
    if name == "number":
        return one.lstrip("0").lower() == other.lstrip("0").lower()
    return key(one) == key(other)


class _Papers:
    """All documents, each by its place in the order of taking in, put together to papers.

    A paper is known by the place of its first scan. `first_of` is asked in that order.
    """

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._texts = lru_cache(maxsize=256)(lambda id_: _texts(store, id_))
        self._alike = lru_cache(maxsize=10_000)(self._looked_up)
        self.known: list[Sketched] = []
        self._marks: list[array[int]] = []
        self._named: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._first: dict[int, int] = {}
        self._scans: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(documents(catalogue)):
            self._marks.append(self._marks_of(one))
            self.known.append(one._replace(sketch=None))
            if name := _name(one):
                self._named[name].append(place)
        self._places = {one.id: place for place, one in enumerate(self.known)}
        self._table = sketch.Table(self._marks)

    def concerned(self, among: Collection[str] | None) -> Sequence[int]:
        """Return the places of some documents and of all that may be of the same papers."""
        if among is None:
            return range(len(self.known))
        found: set[int] = set()
        ahead = {self._places[id_] for id_ in among if id_ in self._places}
        while ahead:
            found |= ahead
            ahead = {other for place in ahead for other in self._alike(place)} - found
        return sorted(found)

    def first_of(self, place: int) -> int:
        """Return the place of the first scan of a document's paper."""
        one = self.known[place]
        first = self._places.get(one.first or "", place) if one.said else self._sought(place)
        first = self._first.get(first, first)
        self._first[place] = first
        if first != place:
            self._scans[first].append(place)
        return first

    def _sought(self, place: int) -> int:
        """Return the first scan of the paper of which a document is another scan, or its own place.

        Of each paper the scan whose text is nearest decides.
        """
        rivals = [
            (self._likeness(place, other), other) for other in self._alike(place)
            if other < place and not self._contradicts(place, other)
        ]  # fmt: skip
        nearest: dict[int, int] = {}
        for likeness, other in sorted(rivals, reverse=True):
            if likeness >= self._least(place, other):
                nearest.setdefault(self._first[other], other)
        found = {first: self._differences(place, other) for first, other in nearest.items()}
        same = [first for first, differing in found.items() if not differing.speak_of_two]
        return min(same, key=lambda first: found[first].contradicting, default=place)

    def _contradicts(self, place: int, other: int) -> bool:
        """Tell whether what is accepted of a document differs from any scan of another's paper."""
        first = self._first[other]
        scans = (first, *self._scans.get(first, ()))
        return any(contradict(self.known[place], self.known[scan]) for scan in scans)

    def _looked_up(self, place: int) -> frozenset[int]:
        """Return the places of those that share marks with a document, or its number and date."""
        shared: Counter[int] = Counter()
        for mark in self._marks[place]:
            shared.update(self._table.places(mark))
        rivals = [
            other for other, count in shared.most_common() if count >= _LEAST_SHARED
            and other != place and not contradict(self.known[place], self.known[other])
        ]  # fmt: skip
        name = _name(self.known[place])
        numbered = self._named[name] if name else ()
        return frozenset((*rivals[:_TRIED], *numbered)) - {place}

    def _least(self, place: int, other: int) -> float:
        """Return how like the texts of two documents must be."""
        name = _name(self.known[place])
        numbered = name is not None and name == _name(self.known[other])
        return _ALIKE_AND_NUMBERED if numbered else _ALIKE

    def _likeness(self, place: int, other: int) -> float:
        return sketch.likeness(self._texts_of(place), self._texts_of(other))

    def _differences(self, place: int, other: int) -> Differences:
        return differences(self._texts_of(place), self._texts_of(other))

    def _texts_of(self, place: int) -> Sequence[str]:
        return self._texts(self.known[place].id)

    def _marks_of(self, one: Sketched) -> array[int]:
        """Return the marks of a document; what earlier versions read is sketched now."""
        made = one.sketch if one.has_sketch else sketch.of(self._texts(one.id))
        return array("I", sketch.marks(made) if made else ())


def _name(one: Sketched) -> tuple[str, str, str] | None:
    """Return what names a document if all of it is accepted: number, symbol and day."""
    number, symbol, day = (one.values[at] for at in (_NUMBER, _SYMBOL, _DATE))
    if number and symbol and day and len(day) == len("2010-06-12"):
        return number.lstrip("0").lower(), key(symbol), day
    return None


def _texts(store: Store, document: str) -> tuple[str, ...]:
    """Return the texts of a document's pages; none where they cannot be read: verify tells."""
    try:
        return store.texts(document)
    except Unreadable:
        return ()
