"""The parts of a code: number, type and body, as the two kinds of documents join them.

Party: `12-NQ/ĐU` (Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW), number-type/body.
State: `15/QĐ-BNV` (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3), number/type-body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import GENERAL, Rules

_DASHES = re.compile(r"\s*[-–—‐−]+\s*")
_SLASHES = re.compile(r"\s*[/⁄]\s*")
_BODY = r"\.?[A-ZĐƯƠÂĂÊÔ][\w&.]*(?:-[\w&.]+)*"
_PARTY = re.compile(
    rf"^(?P<number>.*?)-(?P<type>[A-ZĐa-zđ.]{{2,5}})/(?P<body>{_BODY})(?P<nb>/nb)?$"
)
# What a hyphen or a space is taken for, or nothing, where a known type follows.
_LOOSE = re.compile(
    rf"^(?P<number>|.*[^\WA-Za-zĐđ]|.*[\W_])[-.;:,~_=*'\"°«»]*\s*"
    rf"(?P<type>[A-ZĐ][A-Za-zđ]{{0,3}}|[A-ZĐ]{{2,5}})/(?P<body>{_BODY})$"
)
_STATE = re.compile(rf"^(?P<number>.*?)/(?P<year>\d{{4}}/)?(?P<symbol>{_BODY})$")
#: As the committees of the eighties and nineties joined them: 12/CT/UB.
_SLASHED = re.compile(rf"^(?P<number>[\w.]*?)/(?P<type>[A-ZĐa-zđ]{{2,5}})/(?P<body>{_BODY})$")
_GLUED = re.compile(rf"^(?P<number>[\W\d_]*?)(?P<symbol>{_BODY}-{_BODY})$")
# Handwriting on a dotted line, read as anything.
_DOTTED = re.compile(rf"^(?P<number>.*[.…_·]{{2,}})(?P<symbol>{_BODY}-{_BODY})$")


@dataclass(frozen=True)
class Code:
    """The parts of a code: `form` is how they are joined, `year` only in normative documents.

    `joint` stands between type and body of a state document: a hyphen, in old ones also a dot or a
    stroke.
    """

    number: str
    type: str
    body: str
    form: str
    year: str = ""
    joint: str = "-"

    @property
    def symbol(self) -> str:
        """The symbol: type and body, without the number."""
        if self.form == "party":
            return f"{self.type}/{self.body}"
        return self.joint.join(filter(None, (self.type, self.body)))

    def whole(self, digits: str) -> str:
        """Return the code with this number."""
        if self.form == "party":
            return f"{digits}-{self.symbol}"
        return f"{digits}/{self.year}{self.symbol}"


def parse(text: str, named: str | None = None, rules: Rules = GENERAL) -> Code | None:
    """Take a code apart: `12-NQ/ĐU`, `15 /QĐ-BNV`, `30/2020/NĐ-CP`; None if it is none.

    The number is whatever stands in its place, also dots or what OCR made of handwriting. `named`
    is the abbreviation of the type that the document bears in print.
    """
    joined = _DASHES.sub("-", _SLASHES.sub("/", text)).strip(" .,;:'\"*_|~")
    joined = joined.rstrip("-/ ")
    match = _SLASHED.match(joined.replace(" ", ""))
    if match and match["number"] and _is_type(match["type"], rules):
        kind = _canonical(match["type"], named, rules)
        return Code(match["number"], kind, _known_body(match["body"], rules), "state", joint="/")
    match = _PARTY.match(joined)
    if match is None or not _is_type(match["type"], rules):
        match = _LOOSE.match(joined)
    if match and _is_type(match["type"], rules):
        body = _known_body(match["body"], rules) + (match.groupdict().get("nb") or "")
        return Code(match["number"], _canonical(match["type"], named, rules), body, "party")
    joined = joined.replace(" ", "")
    match = _STATE.match(joined) or _GLUED.match(joined) or _DOTTED.match(joined)
    if match is None:
        return None
    type_part, joint, body = _parted(match["symbol"], rules)
    year = match.groupdict().get("year") or ""
    kind = _canonical(type_part.strip("."), named, rules)
    return Code(match["number"], kind, _known_body(body, rules), "state", year, joint)


def _parted(symbol: str, rules: Rules) -> tuple[str, str, str]:
    """Part what stands before the first hyphen from the rest; a dot may stand for it."""
    before, _, behind = symbol.partition("-")
    dotted, _, body = before.partition(".")
    if body and not behind and (_is_type(dotted, rules) or key(dotted) in rules.symbols):
        return dotted, ".", body
    return before, "-", behind


def _is_type(text: str, rules: Rules) -> bool:
    return key(text.replace("ĐĐ", "Đ")) in rules.abbreviations


def _canonical(text: str, named: str | None, rules: Rules) -> str:
    """Mend a damaged abbreviation of a type: QD -> QĐ. Dots and unknown ones stay as printed.

    Where several are one when folded (HD, HĐ), the printed type name decides.
    """
    if key(text) not in rules.abbreviations:
        text = text.replace("ĐĐ", "Đ")
    known = [each for each in rules.abbreviations.get(key(text), ()) if len(each) == len(text)]
    if named and (named in known or _is_slip(text, named, rules)):
        return named
    return known[0] if len(known) == 1 else text


def _is_slip(text: str, named: str, rules: Rules) -> bool:
    """Tell whether a text, no abbreviation itself, is the printed type's but for one letter."""
    if _is_type(text, rules) or distance(key(text), key(named), 1) > 1:
        return False
    return len(named) > 2 or key(text)[:1] == key(named)[:1]


def _known_body(text: str, rules: Rules) -> str:
    """Mend the abbreviation of a body: DU, ĐĐU -> ĐU. Unknown ones stay as printed."""
    text = text.strip(".")
    if key(text) not in rules.symbols:
        text = text.replace("ĐĐ", "Đ")
    known = rules.symbols.get(key(text), text)
    return known if len(known) == len(text) else text
