"""Real scans with a labels.json: as they are, and as pictures without the text layer they have.

They belong to others: figures and misses are printed, nothing of them is kept in the project.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.metadata import tables
from benchmarks.metadata.kinds import file_of
from benchmarks.metadata.papers import Sample
from benchmarks.metadata.reading import described
from benchmarks.metadata.scoring import by_hand
from benchmarks.metadata.tally import Judged, judged, tally
from benchmarks.ocr.shelf import folder
from partydoc.text import fold

_DPI, _QUALITY = 200, 85
#: What labels.json names; of a page that is no document none of it may be found.
_LABELLED = (
    "type",
    "number",
    "symbol",
    "date",
    "place",
    "superior",
    "issuer",
    "subject",
    "copy_type",
)


def measure(where: Path) -> dict[str, Any]:
    """Print the tables of the real scans in a folder, their aims, and every miss."""
    found = {}
    for name, drawn in (("as they are", False), ("as pictures", True)):
        every = [one for one in judged(described(_samples(where, drawn)), fold)
                 if one.field in _LABELLED]  # fmt: skip
        documents = [one for one in every if one.read.sample.kind == "document"]
        table = tables.rows(documents)
        print(f"\n## real scans, {name}: {len(documents) // len(_LABELLED)} documents\n")
        print("\n".join(tables.lines(table, aims=False)))
        print("\n" + "\n".join(_aims(documents)))
        print("\n".join(_misses(every)))
        found[name] = {**tables.figures(table), "aims": _aims(documents)}
    return found


def _samples(where: Path, drawn: bool) -> list[Sample]:
    labels = json.loads((where / "labels.json").read_text("utf-8"))["documents"]
    return [_sample(where / name, name, label, drawn) for name, label in labels.items()]


def _sample(path: Path, name: str, label: dict[str, Any], drawn: bool) -> Sample:
    is_document = "type" in label
    truth = {field: label.get(field) for field in _LABELLED} if is_document else {}
    path = _as_pictures(path) if drawn else path
    return Sample(
        "real", "document" if is_document else "other", 0, path, _pages(path), truth,
        frozenset(label.get("handwritten", ())), Path(name).name, about=name,
    )  # fmt: skip


def _pages(path: Path) -> int:
    import pypdfium2

    if path.suffix != ".pdf":
        return 1
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def _as_pictures(path: Path) -> Path:
    """Return the scan drawn anew, page by page, as a file without text."""
    import pypdfium2
    from PIL import Image

    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    here = folder("real-pictures")
    for known in here.glob(f"{digest}.*"):
        return known
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            images = [page.render(scale=_DPI / 72).to_pil().convert("RGB") for page in pdf]
    else:
        images = [Image.open(path).convert("RGB")]
    data, extension = file_of(images, _DPI, _QUALITY)
    made = here / f"{digest}.{extension}"
    made.write_bytes(data)
    return made


def _aims(every: Sequence[Judged]) -> list[str]:
    """Return the aims for real scans, each beside its figure."""
    of = {field: [one for one in every if one.field == field] for field in _LABELLED}
    dates, hand = of["date"], [one.read.sample.hand for one in of["date"]]
    years = [str(one.value or "")[:4] == one.truth[:4] for one in dates]
    printed = [str(one.value or "")[:7] == one.truth[:7]
               for one, by in zip(dates, hand, strict=True)
               if "month" not in by and len(one.truth) > 4]  # fmt: skip
    safe = [_is_safe_month(one) for one, by in zip(dates, hand, strict=True) if "month" in by]
    told = [one for one in every if one.truth and not by_hand(one.field, one.read.sample.hand)]
    accepted = [one.outcome == "accepted" for one in told]
    false = tally(every)
    subjects = tally(of["subject"], fold)
    lines = [
        _aim("type right", [one.outcome in ("accepted", "review") for one in of["type"]], 0.9),
        _aim("issuer right", [one.outcome in ("accepted", "review") for one in of["issuer"]], 0.9),
        _aim("year right", years, 0.9),
        _aim("printed month right", printed, 0.9),
        _aim("month by hand right, shortened away or in review", safe, 0.98),
        _aim("accepted and right, of all printed fields", accepted, 0.6),
    ]  # fmt: skip
    missed = " !" if false.share(false.false) > 0.02 else ""
    lines.append(f"accepted but wrong: {false.false} of {false.on_paper} "
                 f"({false.share(false.false):.1%}){missed} (aim: <= 2 %)")  # fmt: skip
    missed = " !" if subjects.mean_f1 < 0.85 else ""
    return [
        *lines,
        f"mean F1 of the subject's words: {subjects.mean_f1:.3f}{missed} (aim: >= 0.85)",
    ]


def _is_safe_month(one: Judged) -> bool:
    value = str(one.value or "")
    return len(value) < 7 or value[:7] == one.truth[:7] or one.outcome in ("unsure", "review")


def _aim(name: str, hits: Sequence[bool], aim: float) -> str:
    share = sum(hits) / len(hits) if hits else 1.0
    missed = " !" if share < aim else ""
    return f"{name}: {sum(hits)} of {len(hits)} ({share:.1%}){missed} (aim: >= {aim:.0%})"


def _misses(every: Sequence[Judged]) -> list[str]:
    """Return a line for every field that is not right and accepted, by file."""
    lines = ["", "| file | field | read | on paper | sure |", "|---|---|---|---|---:|"]
    for one in every:
        if one.outcome in ("accepted", "absent"):
            continue
        cells = (one.read.sample.about, f"{one.field}, {one.outcome}", one.value or "",
                 one.truth or "", f"{one.confidence:.2f}")  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines
