"""From files to records: each is read as `scan` reads it, then described.

Readings are kept by the bytes of the file and the code that reads, so that a change of rules costs
no recognition.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.metadata.papers import Sample, keep
from benchmarks.ocr.engines import CORES, LANGUAGES, library, look
from benchmarks.ocr.shelf import code_digest, folder
from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.ocr import Readers, engine_version
from partydoc.page import Page


@dataclass(frozen=True)
class Read:
    """What was read of a sample: its record, and what recognition and description cost."""

    sample: Sample
    record: Mapping[str, Field | None]
    ocr_seconds: float
    seconds: float


def described(samples: Sequence[Sample]) -> list[Read]:
    """Return the record of every sample."""
    found = []
    for sample, (pages, seconds) in zip(samples, readings(samples), strict=True):
        started = time.perf_counter()
        record = describe(pages, (sample.file_name,))
        found.append(Read(sample, record, seconds, time.perf_counter() - started))
    return found


def readings(samples: Sequence[Sample]) -> list[tuple[tuple[Page, ...], float]]:
    """Return the pages of every sample and the seconds they took; what is known is not read."""
    here = folder("readings-metadata-" + _version())
    places = [here / (hashlib.sha256(sample.path.read_bytes()).hexdigest() + ".json")
              for sample in samples]  # fmt: skip
    missing = {place: one for place, one in zip(places, samples, strict=True) if not place.exists()}
    if missing:
        print(f"{len(missing)} files to read")
        _read(missing)
    return [_kept(place) for place in places]


def _kept(place: Path) -> tuple[tuple[Page, ...], float]:
    said = json.loads(place.read_text("utf-8"))
    return tuple(map(Page.from_dict, said["pages"])), said["seconds"]


def _read(wanted: Mapping[Path, Sample]) -> None:
    places, samples = list(wanted), list(wanted.values())
    with (
        TemporaryDirectory() as scratch,
        Readers(Path(scratch, "desk"), CORES, LANGUAGES) as readers,
    ):
        for i, sample in enumerate(samples):
            into = Path(scratch, str(i))
            into.mkdir()
            readers.submit(str(i), sample.path, look(sample.path, sample.pages), into)
        while readers.pending:
            for done in readers.finished():
                if done.refusal or not done.reading:
                    print(f"  {samples[int(done.ticket)].path.name}: {done.refusal}")
                pages = [page.to_dict() for page in done.reading.pages] if done.reading else []
                keep(places[int(done.ticket)], {"pages": pages, "seconds": done.seconds})


@cache
def _version() -> str:
    parts = (
        code_digest("partydoc/ocr"),
        engine_version(None),
        library("pillow"),
        library("pypdfium2"),
    )
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
