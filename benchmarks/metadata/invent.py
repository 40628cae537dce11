"""Invents papers: which body writes what to whom, in which era, and what of it is by hand."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from benchmarks.metadata import marking, numbering
from benchmarks.metadata.numbering import Numbered, weighted
from benchmarks.metadata.plan import Plan, Style
from benchmarks.metadata.texts import Texts, old_tones, table
from benchmarks.ocr import drafts

_ABOUT = (("", 10), ("V/v ", 1))
_LETTER_ABOUT = {
    "party": (("về việc ", 4), ("Về việc ", 3), ("V/v ", 3)),
    "state": (("V/v ", 8), ("v/v ", 1), ("V/v: ", 1)),
}
_SMALL = ("UBND", "PTNT")


class Inventor:
    """Draws one paper of a set after the other from one source of chance."""

    def __init__(self, texts: Texts, chance: random.Random, mono: bool = False) -> None:
        self._texts, self._chance, self._mono = texts, chance, mono
        rows = [row for row in table("eras")["era"] if not mono or "mono" in row["faces"]]
        self._era = weighted(chance, [(row, row["weight"]) for row in rows])
        self._family: str = self._era["family"]
        self._day = numbering.day_in(self._era["years"], chance)
        self._old = chance.random() < self._era["old_tones"]
        self._body = chance.choice([row for row in texts.bodies if self._fits(row)])
        self._names = {"P": chance.choice(texts.provinces), "H": chance.choice(texts.hamlets),
                       "D": texts.place(chance), "C": texts.place(chance)}  # fmt: skip
        self._form = self._chosen_form()

    def paper(self) -> Plan:
        """Return one whole paper with what is true of it."""
        chance, form = self._chance, self._form
        kind, abbreviation = self._type()
        subject, about = self._subject()
        hand = self._by_hand()
        numbered = self._numbered(abbreviation)
        blank_day = chance.random() < 0.03
        dateline, date = self._date(hand, blank_day)
        authority, position, signer = self._signing()
        titled = form != "letter"
        salutation, addressees = self._addressed(kind)
        recipients = self._recipients()
        superior, issuer = self._named("superior") or None, self._named("issuer")
        truth: dict[str, Any] = {
            "type": kind, "number": numbered.number, "symbol": numbered.symbol,
            "code": numbered.code, "date": date, "place": self._named("place"),
            "superior": superior, "issuer": issuer, "subject": subject, "signer": signer,
            "position": position, "authority": authority, "recipients": list(recipients),
        }  # fmt: skip
        is_term = "nhiệm kỳ" in subject and self._family == "party"
        truth["term"] = _term(self._day.year).replace(" ", "") if is_term else None
        there = form not in ("minutes", "unnumbered")
        if not there:
            truth |= {"number": None, "symbol": None, "code": None}
        if numbered.number is None or not there:
            hand -= {"number"}
        if blank_day:
            hand -= {"day"}
        plan = Plan(
            era=self._era["name"], family=self._family, form=form,
            header=tuple(map(self._spelt, self._era["header"])), superior=superior, issuer=issuer,
            numbering=numbering.number_line(numbered, self._era, hand, chance) if there else (),
            dateline=dateline, title=kind.upper() if titled else None, subject=about,
            salutation=salutation, addressees=addressees, body=self._text(),
            authority=authority, position=position, signer=signer, recipients=recipients,
            style=self._style(), truth=truth, hand=frozenset(hand),
            fellow=self._fellow() if form == "minutes" else None,
            sealed=self._body.get("sealed", True),
        )  # fmt: skip
        return marking.marked(plan, self._texts, self._day, chance)

    def _fits(self, row: dict[str, Any]) -> bool:
        since, until = row.get("since", 0), row.get("until", 9999)
        return row["family"] == self._family and since <= self._day.year <= until

    def _chosen_form(self) -> str:
        forms = table("eras")["forms"][self._family]
        return str(weighted(self._chance, list(forms.items())))

    def _spelt(self, text: str) -> str:
        return old_tones(text) if self._old else text

    def _named(self, part: str) -> str:
        """Return superior, issuer or place with this paper's names, in capitals if it is."""
        template = self._body[part]
        capitals = template.upper() == template and part != "place"
        names = {key: v.upper() if capitals else v for key, v in self._names.items()}
        return self._spelt(template.format(**names))

    def _in_text(self) -> str:
        """Return the issuer as a sentence names it."""
        template = self._body["issuer"]
        small = " ".join(word if word.startswith("{") or word in _SMALL else word.lower()
                         for word in template.split())  # fmt: skip
        named = small.format(**self._names)
        return self._spelt(named[0].upper() + named[1:])

    def _type(self) -> tuple[str, str]:
        special = {"letter": ("Công văn", "CV"), "minutes": ("Biên bản", "BB"),
                   "invitation": ("Giấy mời", "GM")}  # fmt: skip
        if self._form in special:
            return special[self._form]
        rows = table("eras")["types"][self._family]
        if self._form == "unnumbered":
            rows = [
                row for row in rows if row[0] in ("Báo cáo", "Chương trình", "Kế hoạch", "Đề án")
            ]
        name, abbreviation, _ = self._chance.choices(rows, [row[2] for row in rows])[0]
        return name, abbreviation

    def _subject(self) -> tuple[str, str]:
        """Return the subject and how it is printed; what is printed may begin with V/v."""
        chance, texts = self._chance, self._texts
        rows = {"letter": texts.letters, "minutes": texts.meetings,
                "invitation": texts.invitations}.get(self._form, texts.named)  # fmt: skip
        text = self._spelt(self._filled(chance.choice(rows)))
        if self._form == "letter":
            about = str(weighted(chance, _LETTER_ABOUT[self._family]))
            return (text if about[:3].lower() == "v/v" else f"về việc {text}"), about + text
        if text.lower().startswith("về việc ") and chance.random() < 0.1:
            return text[8:], "V/v " + text[8:]
        if self._family == "state" and text.startswith("về ") and chance.random() < 0.5:
            text = "V" + text[1:]
        return text, text

    def _filled(self, text: str) -> str:
        year, other = self._day.year, self._chance.randint(3, 400)
        return text.format(
            year=year, term=_term(year), before=year - 1,
            day=f"{self._chance.randint(1, 28):02}", month=self._chance.randint(3, 12),
            body=self._in_text(),
            other=f"{other}-KH/TU" if self._family == "party" else f"{other}/KH-UBND",
        )  # fmt: skip

    def _by_hand(self) -> set[str]:
        if self._chance.random() >= self._era["by_hand"]:
            return set()
        choices = (
            ({"number"}, 3),
            ({"number", "day"}, 4),
            ({"number", "day", "month"}, 4),
            ({"day"}, 1),
        )
        return set(weighted(self._chance, choices))

    def _numbered(self, abbreviation: str) -> Numbered:
        chance, body = self._chance, self._body["symbol"]
        top = 600 if self._family == "party" else 2900
        value = round(top ** chance.uniform(0.15, 1))
        number = None if chance.random() < 0.03 else f"{value:02}"
        if self._family == "party":
            return Numbered(number, f"{abbreviation}/{body}", "-")
        if self._form != "letter":
            return Numbered(number, f"{abbreviation}-{body}", "/")
        ways = ((f"{body}-{chance.choice(self._texts.units)}", 7), (body, 2), (f"CV-{body}", 1))
        return Numbered(number, weighted(chance, ways), "/")

    def _date(self, hand: set[str], blank: bool) -> tuple[tuple[Any, ...], str]:
        day: dt.date = self._day
        zeros = self._era["zeros"] or self._chance.random() < 0.5
        parts = (f"{day.day:02}" if zeros else str(day.day),
                 f"{day.month:02}" if zeros and day.month < 3 else str(day.month))  # fmt: skip
        line = numbering.date_line(self._named("place"), day, parts, hand, blank)
        return line, f"{day:%Y-%m}" if blank else day.isoformat()

    def _signing(self) -> tuple[str | None, str, str]:
        signer = self._texts.person(self._chance)
        if self._form == "minutes":
            return None, self._spelt(self._chance.choice(("CHỦ TRÌ HỘI NGHỊ", "CHỦ TRÌ"))), signer
        authority, position = self._chance.choice(self._body["sign"]).split("|")
        return self._spelt(authority) or None, self._spelt(position), signer

    def _fellow(self) -> tuple[str, str]:
        first = "NGƯỜI GHI BIÊN BẢN" if self._family == "party" else "THƯ KÝ"
        return first, self._texts.person(self._chance)

    def _addressed(self, kind: str) -> tuple[str | None, tuple[str, ...]]:
        if kind not in ("Công văn", "Tờ trình", "Giấy mời"):
            return None, ()
        chance = self._chance
        many = chance.choice((1, 1, 2, 3)) if kind == "Công văn" else 1
        who = tuple(map(self._spelt, chance.sample(self._texts.addressees, many)))
        word = "Kính gửi"
        if kind == "Tờ trình":
            word = self._era.get("submitted", word)
        if kind == "Giấy mời" and chance.random() < 0.5:
            word = "Trân trọng kính mời"
        return word + chance.choice((":", ":", " :")), who

    def _recipients(self) -> tuple[str, ...]:
        if self._form == "minutes":
            return ()
        chosen = self._chance.sample(self._texts.recipients, self._chance.randint(1, 3))
        kept = "Lưu Văn phòng" if self._family == "party" else "Lưu: VT"
        return tuple(map(self._spelt, (*chosen, kept)))

    def _text(self) -> tuple[str, ...]:
        """Return the body: mostly one page of it, sometimes two, sometimes a few lines."""
        chance = self._chance
        paragraphs = drafts.load(self._texts.name).paragraphs
        many = weighted(chance, ((1, 2), (2, 3), (3, 3), (4, 1), (9, 1), (11, 1)))
        opening = self._filled(chance.choice(self._texts.openings))
        return tuple(map(self._spelt, (opening, *chance.sample(paragraphs, many))))

    def _style(self) -> Style:
        chance, era = self._chance, self._era
        face = "mono" if self._mono else weighted(
            chance, [row for row in era["faces"].items() if row[0] != "mono"])  # fmt: skip
        body = chance.choice((11, 11.5, 12)) if face == "mono" else chance.choice((13, 13.5, 14))
        if face == "sans":
            body -= 1.5
        wide = face == "mono"
        return Style(
            face=face, head=min(body, 13) + (0 if wide else chance.choice((-0.5, 0, 0.5))),
            title=body + chance.choice((0, 1, 2)), body=body, leading=chance.uniform(1.12, 1.5),
            shift=(chance.uniform(-8, 8), chance.uniform(-8, 8)),
            axes=(60 + chance.uniform(-4, 5), 147 + chance.uniform(-5, 4)),
            underline=chance.choice(era["underline"]),
            below_issuer=chance.choice(era["below_issuer"]),
            date_at_number=chance.random() < era["date_at_number"],
            bold_subject=chance.random() < 0.75 and not wide,
            dotted=chance.random() < 0.4, apart=chance.choice((0, 0, 0, -6, 4)),
            hand=chance.choice(self._texts.hands),
        )  # fmt: skip


def _term(year: int) -> str:
    """Return the five years in which a committee sits."""
    first = year // 5 * 5
    return f"{first} - {first + 5}"
