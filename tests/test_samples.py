"""The sample documents are what samples.json and README.md say of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import make
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from partydoc.document import FIELDS
from partydoc.text import accent_share

SAMPLES = make.HERE
SCANS = SAMPLES / "scans"
DOCUMENTS: dict[str, dict[str, Any]] = json.loads((SAMPLES / "samples.json").read_text("utf-8"))[
    "documents"
]
NAMES = sorted(DOCUMENTS)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _text_layer(name: str) -> str:
    with pypdfium2.PdfDocument(SCANS / name) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_every_file_stands_in_the_provenance_table() -> None:
    table = (SAMPLES / "README.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([^`]+?)/?` \|", table, re.MULTILINE))
    there = {path.name for path in (*SAMPLES.iterdir(), *SCANS.iterdir())}
    visible = {name for name in there if not name.startswith((".", "_"))}
    assert listed == visible - {"README.md", "scans"}


def test_every_document_is_described() -> None:
    assert set(DOCUMENTS) == {path.name for path in SCANS.iterdir()}
    assert len(DOCUMENTS) >= 14


def test_descriptions_are_those_of_the_drafts() -> None:
    drafts = make.load(make.DRAFTS)
    for name in make.RECIPES:
        assert DOCUMENTS[name] == make.truth(*drafts[Path(name).stem])


def test_both_layouts_are_there_in_several_eras() -> None:
    eras = {entry["era"] for entry in DOCUMENTS.values()}
    assert sum(era.startswith("party") for era in eras) >= 2
    assert sum(era.startswith("state") for era in eras) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_values_obey_the_contract(name: str) -> None:
    entry = DOCUMENTS[name]
    fields = entry["fields"]
    assert tuple(fields) == FIELDS
    assert re.fullmatch(r"\d{1,5}", fields["number"])
    assert re.fullmatch(r"[A-ZĐ][A-Za-zĐ]*([/-][A-ZĐ]+)+", fields["symbol"])
    separator = "-" if entry["era"].startswith("party") else "/"
    assert fields["code"] == fields["number"] + separator + fields["symbol"]
    assert dt.date.fromisoformat(fields["date"]).isoformat() == fields["date"]
    assert fields["type"] == fields["type"].capitalize()
    assert not re.match(r"(?i)v/v", fields["subject"])
    assert entry["secrecy"] in (None, "Mật", "Tối mật", "Tuyệt mật")
    assert set(entry["handwritten"]) <= {"number", "day", "month"}


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_clean(name: str) -> None:
    for string in _strings(DOCUMENTS[name]):
        assert string == unicodedata.normalize("NFC", string).strip()
        assert string
        assert "\n" not in string


@pytest.mark.parametrize("name", NAMES)
def test_document_opens_and_has_its_pages(name: str) -> None:
    path, entry = SCANS / name, DOCUMENTS[name]
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
    else:
        with Image.open(path) as image:
            image.load()
            pages = getattr(image, "n_frames", 1)
    assert pages == entry["pages"] == len(entry["text"])


@pytest.mark.parametrize("name", NAMES)
def test_fields_stand_in_the_text(name: str) -> None:
    entry = DOCUMENTS[name]
    text = " ".join(" ".join(lines) for lines in entry["text"]).casefold()
    for field in ("code", "place", "superior", "issuer", "subject", "signer"):
        assert (entry["fields"][field] or "").casefold() in text


def test_files_are_small() -> None:
    sizes = [(SCANS / name).stat().st_size for name in NAMES]
    assert max(sizes) < 700_000
    assert sum(sizes) < 6_000_000


def test_no_private_key_was_left_behind() -> None:
    for path in SAMPLES.rglob("*"):
        assert not path.is_file() or b"PRIVATE " + b"KEY" not in path.read_bytes()


def test_signature_covers_the_whole_file() -> None:
    content = (SCANS / "signed.pdf").read_bytes()
    with pikepdf.open(SCANS / "signed.pdf") as pdf:
        signature = pdf.Root.AcroForm.Fields[0].V
        start, first, second, rest = (int(number) for number in signature.ByteRange)
        envelope = bytes(signature.Contents)
    assert start == 0
    assert second + rest == len(content)
    assert re.fullmatch(rb"<[0-9a-fA-F]+>", content[first:second])
    signed = content[:first] + content[second:]
    assert hashlib.sha256(signed).digest() in envelope


def test_hidden_layer_is_worthless() -> None:
    share = accent_share(_text_layer("garbage-text.pdf"))
    assert share is not None
    assert share < 0.02


def test_born_digital_text_is_true() -> None:
    printed = set(_text_layer("born-digital.pdf").split())
    for line in DOCUMENTS["born-digital.pdf"]["text"][0]:
        assert set(line.split()) <= printed


def test_scans_have_no_text() -> None:
    for name in ("party-2018-resolution.pdf", "secret-stamp.pdf", "rotated-notice.pdf"):
        assert _text_layer(name).strip() == ""


def test_tiff_is_black_and_white_group_4() -> None:
    with Image.open(SCANS / "state-2011-report.tif") as image:
        assert image.mode == "1"
        assert image.info["compression"] == "group4"


def test_same_drafts_give_the_same_bytes(tmp_path: Path) -> None:
    names = ["party-1998-report.pdf", "born-digital.pdf"]
    runs = [tmp_path / "first", tmp_path / "second"]
    for folder in runs:
        make.make(folder, names)
    for name in names:
        first, second = ((run / "scans" / name).read_bytes() for run in runs)
        assert first == second


def test_committed_page_is_the_one_that_is_drawn(tmp_path: Path) -> None:
    # Another version of FreeType may shade the edges of letters by a trifle: hence a mean.
    make.make(tmp_path, ["party-invitation.png"])
    with (
        Image.open(tmp_path / "scans" / "party-invitation.png") as fresh,
        Image.open(SCANS / "party-invitation.png") as kept,
    ):
        assert fresh.size == kept.size
        assert ImageStat.Stat(ImageChops.difference(fresh, kept)).mean[0] < 0.5
