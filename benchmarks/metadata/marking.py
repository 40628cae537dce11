"""What befalls a paper in the office: urgency, copies, the arrival stamp, a pencilled number."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from benchmarks.metadata.plan import Arrival, Plan
from benchmarks.metadata.texts import Texts

_URGENCY = (("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HỎA TỐC", "Hỏa tốc"),
            ("HOẢ TỐC", "Hỏa tốc"))  # fmt: skip
_COPIES = (("SAO Y", "Sao y"), ("SAO LỤC", "Sao lục"), ("TRÍCH SAO", "Trích sao"),
           ("SAO Y BẢN CHÍNH", "Sao y"))  # fmt: skip
_DEGREES = ("ThS. ", "TS. ", "BSCKI. ", "Đại tá ")


def marked(plan: Plan, texts: Texts, day: dt.date, chance: random.Random) -> Plan:
    """Return the plan with what a few papers in a hundred carry besides their text."""
    truth = dict(plan.truth)
    truth |= dict.fromkeys(("urgency", "copy_type", "arrival_number", "arrival_date"))
    plan = replace(plan, file_name=_file_name(plan, chance))
    if chance.random() < 0.08 and plan.form in ("named", "letter", "invitation"):
        printed, truth["urgency"] = chance.choice(_URGENCY)
        plan = replace(plan, urgency=printed, urgency_stamped=chance.random() < 0.6)
    if chance.random() < 0.10 and plan.form in ("named", "letter"):
        plan = _copied(plan, texts, day, truth, chance)
    if chance.random() < 0.28 and plan.form != "minutes":
        plan = _arrived(plan, texts, day, truth, chance)
    if chance.random() < 0.2:
        plan = replace(plan, pencil=f"{chance.randint(1, 180):02}")
    if plan.family == "state" and chance.random() < 0.1:
        plan = replace(plan, degree=chance.choice(_DEGREES))
    if plan.form in ("named", "letter") and chance.random() < 0.06:
        plan = replace(plan, name_stamped=True)
    if plan.form == "named" and chance.random() < 0.12:
        cited = f"(Kèm theo {truth['type']} số {truth['code']} của {truth['issuer'].title()})"
        head = chance.choice(("PHỤ LỤC", "PHỤ LỤC I", "Phụ lục 01"))
        plan = replace(plan, appendix=(head, chance.choice(texts.appendices), cited))
    return replace(plan, truth=truth)


def _copied(
    plan: Plan, texts: Texts, day: dt.date, truth: dict[str, Any], chance: random.Random
) -> Plan:
    """Make it a copy: by the copier's words in type at the top right, or by a form at its foot."""
    body = chance.choice([row for row in texts.bodies if row["family"] == plan.family])
    names = {"P": chance.choice(texts.provinces), "D": texts.place(chance),
             "C": texts.place(chance), "H": chance.choice(texts.hamlets)}  # fmt: skip
    copier = body["issuer"].format(**{key: name.upper() for key, name in names.items()})
    printed, truth["copy_type"] = chance.choice(_COPIES)
    later = day + dt.timedelta(days=chance.randint(1, 20))
    if day.year >= 2020 and chance.random() < 0.6:
        time = f"{later:%d/%m/%Y} {chance.randint(7, 16):02}:{chance.randint(0, 59):02}:07 +07:00"
        said = (printed.replace(" BẢN CHÍNH", ""), copier.title(), f"Thời gian ký: {time}")
        return replace(plan, signed_copy=said)
    number = chance.randint(3, 90)
    code = f"Số {number:02}-BS/{body['symbol']}"
    if plan.family == "state":
        code = f"Số: {number:02}/{'SY' if truth['copy_type'] == 'Sao y' else 'SL'}-{body['symbol']}"
    place = body["place"].format(**names)
    when = f"{place}, ngày {later.day:02} tháng {later.month:02} năm {later.year}"
    position = body["sign"][0].split("|")[1]
    return replace(plan, copied=(copier, code, printed, when, position, texts.person(chance)))


def _arrived(
    plan: Plan, texts: Texts, day: dt.date, truth: dict[str, Any], chance: random.Random
) -> Plan:
    later = day + dt.timedelta(days=chance.randint(0, 9))
    way = chance.choice(
        ("{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0.day}/{0.month}")
    )
    if way.endswith("{0.month}"):
        way += f"/{later:%y}"
    number = str(chance.randint(7, 2400))
    office = chance.choice([row for row in texts.bodies if "{" not in row["issuer"]])["issuer"]
    printed = chance.random() < 0.3
    truth |= {"arrival_number": number, "arrival_date": later.isoformat()}
    hand = plan.hand if printed else plan.hand | {"arrival_number", "arrival_date"}
    stamp = Arrival(office, number, way.format(later), printed, chance.random() < 0.15)
    return replace(plan, arrival=stamp, hand=hand)


def _file_name(plan: Plan, chance: random.Random) -> str:
    """Return a file name; one in seven says number and type, one in seventy says them wrongly."""
    code, scan = plan.truth["code"], f"scan_{chance.randint(1, 9999):04}.pdf"
    if not code or chance.random() >= 0.15:
        return scan
    number, symbol = plan.truth["number"], plan.truth["symbol"]
    if chance.random() < 0.1:
        number = str(int(number) + chance.randint(1, 30))
    kind = symbol.replace("/", "-").split("-")[0]
    year = plan.truth["date"][:4]
    return chance.choice(
        (f"{kind}_{number}_{year}.pdf", f"{number}-{symbol.replace('/', '-')}.pdf")
    )
