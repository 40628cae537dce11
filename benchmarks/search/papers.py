"""Invents the papers that recall is measured on: one page each, of sentences put together anew.

A paper is known by its set (`tune` or `test`, which share no entry) and its number alone.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.ocr.drafts import Texts
from benchmarks.ocr.kinds import KINDS

SETS = ("tune", "test")
SENTENCES = 6

_TYPES = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Kế hoạch": "KH", "Báo cáo": "BC",
    "Tờ trình": "TTr", "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr",
}  # fmt: skip
#: Letters of the issuer in the symbol, its name, who stands above it, and what it signs as.
_ISSUERS = {
    "ĐU": ("ĐẢNG UỶ XÃ {place}", "ĐẢNG BỘ HUYỆN {other}", "T/M ĐẢNG UỶ\nBÍ THƯ"),
    "HU": ("HUYỆN UỶ {place}", "ĐẢNG BỘ TỈNH {other}", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ"),
    "CB": ("CHI BỘ THÔN {place}", "ĐẢNG BỘ XÃ {other}", "T/M CHI BỘ\nBÍ THƯ"),
    "UBKT": ("UỶ BAN KIỂM TRA", "HUYỆN UỶ {other}", "T/M UỶ BAN\nCHỦ NHIỆM"),
    "UBND": ("ỦY BAN NHÂN DÂN\nXÃ {place}", "", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
}


@dataclass(frozen=True)
class Paper:
    """One invented paper: what the drawing needs, and what is asked of the search.

    `sentences` are those of the body; `fields` what its record would say if all were read right.
    """

    number: int
    kind: str
    texts: Texts
    fields: Mapping[str, str]
    sentences: tuple[str, ...]


def papers(set_name: str, count: int) -> list[Paper]:
    """Return the first papers of a set; the kinds of damage take turns."""
    return [_paper(set_name, number) for number in range(count)]


@cache
def _table(set_name: str) -> Mapping[str, Any]:
    raw = tomllib.loads(Path(__file__).with_name(f"{set_name}.toml").read_text("utf-8"))
    lists = {name: tuple(" ".join(one.split()) for one in value.split(";")) for name, value in
             raw.items() if name not in ("serif", "mono")}  # fmt: skip
    return {**raw, **lists}


def _paper(set_name: str, number: int) -> Paper:
    table = _table(set_name)
    chance = random.Random(f"recall {set_name} {number}")
    fields = _fields(table, number, chance)
    sentences = tuple(_sentence(table, chance) for _ in range(SENTENCES))
    letters = fields["symbol"].split("/" if fields["layout"] == "party" else "-")[-1]
    name, above, authority = _ISSUERS[letters]
    party = fields.pop("layout") == "party"
    head = {
        "layout": "party" if party else "state",
        "issuer": name.format(place=fields["place"].upper()),
        "superior": above.format(other=chance.choice(table["places"]).upper()) or None,
        "authority": authority, "signer": chance.choice(table["people"]),
        "recipients": ("- Như trên,", "- Lưu Văn phòng."),
        **{name: fields[name] for name in ("number", "symbol", "place", "date", "type")},
        "subject": fields["subject"],
    }  # fmt: skip
    half = SENTENCES // 2
    paragraphs = (" ".join(sentences[:half]), " ".join(sentences[half:-1]))
    texts = Texts(
        f"recall {set_name}", table["serif"], table["mono"],
        (f"**{chance.choice(table['headings'])}**",), paragraphs, sentences[-1], (head,),
    )  # fmt: skip
    fields["issuer"] = head["issuer"].replace("\n", " ")
    return Paper(number, list(KINDS)[number % len(KINDS)], texts, fields, sentences)


def _fields(table: Mapping[str, Any], number: int, chance: random.Random) -> dict[str, str]:
    """Return the record; no two papers of a set have the same code."""
    pairs = [(kind, letters) for kind in _TYPES for letters in _ISSUERS]
    kind, letters = pairs[number * 7 % len(pairs)]
    party = letters != "UBND"
    printed = f"{number // len(pairs) + 1:02}"
    symbol = f"{_TYPES[kind]}{'/' if party else '-'}{letters}"
    subject = f"về {chance.choice(table['what'])} và {chance.choice(table['what'])}"
    return {
        "layout": "party" if party else "state", "type": kind, "number": printed,
        "symbol": symbol, "code": f"{printed}{'-' if party else '/'}{symbol}",
        "date": (date(1996, 1, 1) + timedelta(chance.randrange(10_000))).isoformat(),
        "place": chance.choice(table["places"]), "subject": subject,
    }  # fmt: skip


def _sentence(table: Mapping[str, Any], chance: random.Random) -> str:
    patterns = ("{link} {who} {does} {what} {how}.", "{who} {does} {what}, {how}.",
                "{who} {does} {what} và {other} {how}.")  # fmt: skip
    sentence = chance.choice(patterns).format(
        **{name: chance.choice(table[name]) for name in ("who", "does", "what", "how")},
        link=chance.choice(table["links"]), other=chance.choice(table["what"]),
    )  # fmt: skip
    sentence = sentence.format(
        place=chance.choice(table["places"]), person=chance.choice(table["people"]),
        number=chance.randint(11, 980), day=chance.randint(1, 28), month=chance.randint(1, 12),
        quarter=chance.choice(("I", "II", "III", "IV")), year=chance.randint(1996, 2024),
    )  # fmt: skip
    return sentence[0].upper() + sentence[1:]
