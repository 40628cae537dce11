"""Sets a draft on sheets of paper, by the rules of layout of the Party and of the state.

Party: Hướng dẫn 36-HD/VPTW (2018), followed by 05-HD/VPTW (2026). State: Nghị định
30/2020/NĐ-CP, annex I, preceded by Thông tư 01/2011/TT-BNV.
"""

from __future__ import annotations

from .draft import Draft
from .sheet import MM, WIDTH, Piece, Rule, Sheet, Style, extent, words, wrap

LEFT, RIGHT = 30 * MM, WIDTH - 15 * MM
TOP, BOTTOM = 20 * MM, 297 * MM - 20 * MM
MEASURE = RIGHT - LEFT
INDENT = 10 * MM
LEFT_AXIS, RIGHT_AXIS = 63 * MM, 147 * MM
MIDDLE = (LEFT + RIGHT) / 2
SIGNING_ROOM = 26 * MM
FOOT_ROOM = SIGNING_ROOM + 75


class Flow:
    """The sheets set so far and the baseline that comes next."""

    def __init__(self) -> None:
        self.sheets = [Sheet()]
        self.y = TOP + 12

    @property
    def sheet(self) -> Sheet:
        """The sheet being set."""
        return self.sheets[-1]

    def need(self, room: float) -> None:
        """Begin a new sheet, numbered at its head, if `room` points are no longer there."""
        if self.y + room <= BOTTOM:
            return
        self.sheets.append(Sheet())
        self.sheet.centre([Piece(str(len(self.sheets)))], WIDTH / 2, 14 * MM, 14)
        self.y = TOP + 14


def typeset(draft: Draft) -> list[Sheet]:
    """Return the sheets of a document."""
    flow = Flow()
    if draft.layout == "party":
        _party_head(flow, draft)
    else:
        _state_head(flow, draft)
    if draft.type:
        _title(flow, draft)
    _addressees(flow, draft)
    for paragraph in draft.body[:-1]:
        _paragraph(flow, paragraph, draft)
    # A signature never stands on a sheet without text of the document.
    flow.need(FOOT_ROOM + 3 * draft.size * 1.36)
    _paragraph(flow, draft.body[-1], draft)
    _foot(flow, draft)
    return flow.sheets


def _column(sheet: Sheet, text: str, x: float, y: float, style: Style, size: float) -> float:
    """Set lines centred on `x` one under the other; return the baseline below them."""
    for line in text.split("\n"):
        sheet.centre(words(line, style), x, y, size)
        y += size * 1.2
    return y


def _party_head(flow: Flow, draft: Draft) -> None:
    sheet, y = flow.sheet, flow.y
    if draft.superior:
        y = _column(sheet, draft.superior, LEFT_AXIS, y, "regular", 14)
    y = _column(sheet, draft.issuer, LEFT_AXIS, y, "bold", 14)
    sheet.centre([Piece("*")], LEFT_AXIS, y, 14)
    y += 16
    sheet.centre(_numbering("Số ", draft), LEFT_AXIS, y, 14)
    sheet.places["under number"] = (LEFT_AXIS, y)
    heading = words("ĐẢNG CỘNG SẢN VIỆT NAM", "bold")
    sheet.rules.append(sheet.centre(heading, RIGHT_AXIS, flow.y, 15))
    sheet.centre(_place_and_date(draft), RIGHT_AXIS, y, 14)
    if not draft.type:
        y = _column(sheet, draft.subject, LEFT_AXIS, y + 18, "italic", 12)
    flow.y = y + 34


def _state_head(flow: Flow, draft: Draft) -> None:
    sheet, y = flow.sheet, flow.y
    if draft.superior:
        y = _column(sheet, draft.superior, LEFT_AXIS, y, "regular", 13)
    y = _column(sheet, draft.issuer, LEFT_AXIS, y, "bold", 13)
    sheet.rules.append(Rule(LEFT_AXIS - 30, LEFT_AXIS + 30, y - 10))
    y = max(y + 10, flow.y + 46)
    sheet.centre(_numbering("Số: ", draft), LEFT_AXIS, y, 13)
    sheet.places["under number"] = (LEFT_AXIS, y)
    sheet.centre(words(draft.motto[0], "bold"), RIGHT_AXIS, flow.y, 12.5)
    sheet.rules.append(sheet.centre(words(draft.motto[1], "bold"), RIGHT_AXIS, flow.y + 17, 13.5))
    sheet.centre(_place_and_date(draft), RIGHT_AXIS, y, 13.5)
    if not draft.type:
        first, *rest = draft.subject.split("\n")
        y = _column(sheet, "\n".join([f"V/v {first}", *rest]), LEFT_AXIS, y + 18, "regular", 12)
    flow.y = y + 32


def _numbering(prefix: str, draft: Draft) -> list[Piece]:
    style: Style = "hand" if "number" in draft.hand else "regular"
    rest = draft.code.removeprefix(draft.number)
    return [Piece(prefix), Piece(draft.number, style), Piece(rest)]


def _place_and_date(draft: Draft) -> list[Piece]:
    # Days under 10 and the months 1 and 2 carry a nought (NĐ 30/2020, annex I, II.4).
    year, month, day = draft.date.split("-")
    month = month if int(month) < 3 else str(int(month))
    day_style: Style = "hand" if "day" in draft.hand else "italic"
    month_style: Style = "hand" if "month" in draft.hand else "italic"
    return [
        *words(f"{draft.place}, ngày", "italic"),
        Piece(day + " ", day_style),
        Piece("tháng ", "italic"),
        Piece(month + " ", month_style),
        *words(f"năm {year}", "italic"),
    ]


def _title(flow: Flow, draft: Draft) -> None:
    assert draft.type
    size = 16 if draft.layout == "party" else 14
    flow.sheet.centre(words(draft.type.upper(), "bold"), MIDDLE, flow.y, size)
    flow.y = _column(flow.sheet, draft.subject, MIDDLE, flow.y + 19, "bold", 14)
    if draft.layout == "party":
        flow.sheet.centre([Piece("-----")], MIDDLE, flow.y - 3, 14)
        flow.y += 24
    else:
        flow.sheet.rules.append(Rule(MIDDLE - 40, MIDDLE + 40, flow.y - 10))
        flow.y += 18


def _addressees(flow: Flow, draft: Draft) -> None:
    if not draft.addressees:
        return
    greeting = words(draft.salutation, "italic" if draft.layout == "party" else "regular")
    if len(draft.addressees) == 1:
        flow.sheet.centre([*greeting, *words(draft.addressees[0])], MIDDLE, flow.y, 14)
        flow.y += 28
        return
    x = LEFT + 30 * MM
    flow.sheet.put(greeting, x, flow.y, 14)
    for addressee in draft.addressees:
        flow.y += 18
        flow.sheet.put(words(f"- {addressee}"), x + 20 * MM, flow.y, 14)
    flow.y += 28


def _paragraph(flow: Flow, paragraph: str, draft: Draft) -> None:
    size, leading = draft.size, draft.size * 1.36
    if paragraph.startswith("= "):
        flow.need(leading * 2)
        flow.sheet.centre(words(paragraph[2:], "bold"), MIDDLE, flow.y, size)
        flow.y += leading + 6
        return
    style: Style = "italic" if paragraph.startswith("/ ") else "regular"
    lines = wrap(words(paragraph.removeprefix("/ "), style), size, MEASURE, INDENT)
    for i, line in enumerate(lines):
        flow.need(leading)
        indent = 0 if i else INDENT
        if i == len(lines) - 1:
            flow.sheet.put(line, LEFT + indent, flow.y, size)
        else:
            flow.sheet.justify(line, LEFT + indent, flow.y, size, MEASURE - indent)
        flow.y += leading
    flow.y += 6


def _foot(flow: Flow, draft: Draft) -> None:
    flow.need(FOOT_ROOM)
    flow.y += 12
    top = flow.y
    if draft.fellow:
        _signature(flow, *draft.fellow, x=LEFT_AXIS, draft=draft)
    elif draft.recipients:
        _recipients(flow, draft)
    flow.y = top
    _signature(flow, draft.authority, draft.signer, x=RIGHT_AXIS, draft=draft)
    flow.sheet.places["signature"] = (RIGHT_AXIS, flow.y - SIGNING_ROOM / 2)


def _recipients(flow: Flow, draft: Draft) -> None:
    sheet, party = flow.sheet, draft.layout == "party"
    heading = words("Nơi nhận:", "regular" if party else "bold-italic")
    size = 14 if party else 12
    sheet.put(heading, LEFT, flow.y, size)
    if party:
        sheet.rules.append(Rule(LEFT, LEFT + extent(heading, size), flow.y + 2.5))
    y = flow.y + 16
    for recipient in draft.recipients:
        sheet.put(words(recipient), LEFT, y, 12 if party else 11)
        y += 14


def _signature(flow: Flow, authority: str, name: str, x: float, draft: Draft) -> None:
    """Set authority and position, room for the signature, and the name.

    The Party prints the position upright and light under a bold authority, the state all bold.
    """
    first, *rest = authority.split("\n")
    flow.y = _column(flow.sheet, first, x, flow.y, "bold", 14)
    for line in rest:
        style: Style = "regular" if draft.layout == "party" else "bold"
        flow.y = _column(flow.sheet, line, x, flow.y, style, 14)
    flow.y += SIGNING_ROOM
    flow.sheet.centre(words(name, "bold"), x, flow.y, 14)
