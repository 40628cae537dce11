"""Scans of invented papers: drawn, damaged and read by partydoc's own reader, each once; or the
drawn page itself as if it had been read, with letters misread by chance.

A reading is kept in the temporary folder by the code and the text that draw the page and by the
code that reads it.
"""

from __future__ import annotations

import hashlib
import json
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from benchmarks.metadata.kinds import KINDS, file_of
from benchmarks.ocr import drafts
from benchmarks.ocr import kinds as ocr
from benchmarks.ocr.engines import LANGUAGES, library, look
from benchmarks.ocr.shelf import code_digest, folder
from benchmarks.search import papers
from partydoc.box import Box
from partydoc.ocr import Readers, engine_version
from partydoc.page import Line, Page, Word
from samples.drawing import scan, stamps
from samples.drawing.draft import Draft
from samples.drawing.ink import sign
from samples.drawing.paint import paint
from samples.drawing.sheet import HEIGHT, MM, WIDTH, Run, Sheet, width
from samples.drawing.typeset import typeset

_SIZES = (14, 13.5, 13, 12.5, 12, 11.5, 11)
#: So many pages wait on disk to be read.
_AHEAD = 6
#: What a letter is taken for.
_LETTERS = "abcdeghiklmnopqrstuvxyđôơưâăê"


@dataclass(frozen=True)
class Scan:
    """One scan. `how` is a kind of `benchmarks.metadata`, or the share of letters misread."""

    draft: Draft
    how: str | float
    number: int


def read(set_name: str, scans: Sequence[Scan], jobs: int) -> list[Page]:
    """Return the page of every scan; only what was never read is drawn and read."""
    here = folder("readings-rescans-" + _version())
    places = {here / f"{_key(set_name, one)}.json": one for one in scans if one.how in KINDS}
    missing = {place: one for place, one in places.items() if not place.exists()}
    if missing:
        print(f"{len(missing)} pages to draw and read", flush=True)
        _read(set_name, missing, jobs)
    return [
        _kept(here / f"{_key(set_name, one)}.json") if one.how in KINDS else _misread(one)
        for one in scans
    ]


def _key(set_name: str, one: Scan) -> str:
    told = repr((set_name, _told(one.draft), one.how, one.number))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _told(draft: Draft) -> str:
    return repr(replace(draft, hand=frozenset())) + repr(sorted(draft.hand))


def _kept(place: Path) -> Page:
    return Page.from_dict(json.loads(place.read_text("utf-8")))


def _read(set_name: str, missing: dict[Path, Scan], jobs: int) -> None:
    with TemporaryDirectory() as name, Readers(Path(name, "desk"), jobs, LANGUAGES) as readers:
        by_paper = sorted(missing.items(), key=lambda item: item[1].number)
        for i, (place, one) in enumerate(by_paper):
            into = Path(name, str(i))
            into.mkdir()
            path = _drawn(set_name, one, into)
            readers.submit(str(place), path, look(path), into)
            if readers.pending >= _AHEAD:
                _keep_finished(readers)
        while readers.pending:
            _keep_finished(readers)


def _keep_finished(readers: Readers) -> None:
    for done in readers.finished():
        place = Path(done.ticket)
        if done.refusal or not done.reading:
            raise RuntimeError(f"{place.name}: {done.refusal}")
        draft = place.with_suffix(".new")
        said = json.dumps(done.reading.pages[0].to_dict(), ensure_ascii=False)
        draft.write_text(said, encoding="utf-8")
        draft.rename(place)


def _drawn(set_name: str, one: Scan, into: Path) -> Path:
    """Draw a paper, sign and seal it, and damage its scan; return the file."""
    kind = KINDS[str(one.how)]
    chance = random.Random(f"{set_name} {one.how} {one.number}")
    face = papers.papers(set_name, 1)[0].texts.serif
    with drafts.typeface(face):
        image = _executed(one.draft, _sheet(one.draft), kind.dpi)

        def back() -> Image.Image:
            return paint(_sheet(one.draft), kind.dpi)

        paper = ocr.Paper(one.draft, image, chance, one.number, back)
        scanned = scan.scanned(kind.before(paper), one.number, grey=not kind.colour)
        data, extension = file_of([kind.after(scanned, paper)], kind.dpi, kind.quality)
    path = into / f"scan.{extension}"
    path.write_bytes(data)
    return path


def _sheet(draft: Draft) -> Sheet:
    """Set a draft on one page, in the largest type in which it fits."""
    sets = (typeset(replace(draft, size=size)) for size in _SIZES)
    return next(sheets[0] for sheets in sets if len(sheets) == 1)


def _executed(draft: Draft, sheet: Sheet, dpi: int) -> Image.Image:
    """Return the page signed and sealed: the same paper always in the same way."""
    chance = random.Random(_told(draft))
    x, y = (side / MM for side in sheet.places["signature"])
    image = sign(paint(sheet, dpi), draft.signer, (x, y))
    top = "ĐẢNG CỘNG SẢN VIỆT NAM" if draft.layout == "party" else draft.place.upper()
    middle = tuple(textwrap.wrap(draft.issuer.replace("\n", " "), 12)[:3])
    centre = (x - chance.uniform(17, 25), y - chance.uniform(0, 6))
    return stamps.seal(image, centre, (top, "T. THỬ NGHIỆM"), middle, 34)


def _misread(one: Scan) -> Page:
    """Return the drawn page as if it had been read, with a share of its letters misread."""
    chance = random.Random(f"{_told(one.draft)} {one.how} {one.number}")
    with drafts.typeface(papers.papers("test", 1)[0].texts.serif):
        lines = [
            Line(tuple(_word(runs, float(one.how), chance) for runs in words), row)
            for row, words in enumerate(_lines(_sheet(one.draft)))
        ]
    return Page(1, 210, 297, tuple(lines))


def _lines(sheet: Sheet) -> Iterator[list[list[Run]]]:
    """Yield the words of each printed line, as runs that no space parts."""
    runs = iter(sheet.runs)
    for line in sheet.lines:
        there: list[list[Run]] = [[]]
        text = ""
        while len(text.strip()) < len(line):
            run = next(runs)
            text += run.text
            there[-1].append(run)
            if run.text.endswith(" "):
                there.append([])
        yield [word for word in there if "".join(run.text for run in word).strip()]


def _word(runs: Sequence[Run], share: float, chance: random.Random) -> Word:
    printed = "".join(run.text for run in runs).strip().replace(" ", "")
    read = "".join(_letter(letter, share, chance) for letter in printed) or printed[0]
    first, last = runs[0], runs[-1]
    right = last.x + width(last.text.rstrip(), last.style, last.size)
    top, bottom = first.y - 0.75 * first.size, first.y + 0.25 * first.size
    box = Box(first.x / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)
    sure = 0.96 if read == printed and first.style != "hand" else chance.uniform(0.2, 0.6)
    return Word(read, box, sure)


def _letter(letter: str, share: float, chance: random.Random) -> str:
    if chance.random() >= share:
        return letter
    other = chance.choice("0123456789lIOSZBgo" if letter.isdigit() else _LETTERS)
    return chance.choice((other, other, other, "", letter + other))


@cache
def _version() -> str:
    drawing = Path(ocr.__file__).parent
    parts = (
        code_digest("partydoc/ocr"), code_digest("samples/drawing"),
        *((drawing / name).read_text("utf-8") for name in ("kinds.py", "damage.py")),
        engine_version(None), library("pillow"), library("pypdfium2"),
    )  # fmt: skip
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
