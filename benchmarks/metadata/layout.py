"""Sets a plan on sheets: letterhead, title, text and signature where each era puts them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.metadata.typist import Typist
from samples.drawing.sheet import MM, WIDTH, Piece, Rule, Sheet, Style, extent, words, wrap

SIGNING_ROOM = 25 * MM
_FOOT_ROOM = SIGNING_ROOM + 80
_RULES = {"star": "*", "stars": "***", "hyphens": "-------", "circles": "---------o0o---------"}


class Setter(Typist):
    """Sets one paper from its letterhead to its last appendix."""

    def set(self) -> list[Sheet]:
        """Return the sheets of the whole paper."""
        self._head()
        if self.plan.title:
            self._title()
        self._addressees()
        for paragraph in self.plan.body[:-1]:
            self._paragraph(paragraph)
        # A signature never stands on a sheet without text.
        self.need(_FOOT_ROOM + 3 * self.style.body * self.style.leading)
        self._paragraph(self.plan.body[-1])
        self._foot()
        if self.plan.copied:
            self._copy_form()
        if self.plan.appendix:
            self._appendix()
        return self.sheets

    def _head(self) -> None:
        plan, style = self.plan, self.style
        size, top = style.head, self.y
        larger = 1.5 if plan.family == "party" else 0
        reach = max(extent(words(line, "bold"), size + larger) for line in plan.header) / 2
        room = min(80 * MM, 2 * (self.axes[1] - reach - 4 * MM - self.axes[0]))
        y = top
        if plan.superior:
            y = self.column(plan.superior, self.axes[0], "regular", size, room, y)
        y = self.column(plan.issuer, self.axes[0], "bold", size, room, y)
        y = self._mark(style.below_issuer, self.axes[0], y, size)
        under = self._motto(top, size + larger)
        y = max(y, under + 6) if style.date_at_number else y
        if plan.numbering:
            self.line(plan.numbering, self.axes[0], y, size)
        self.sheet.places["number"] = (self.axes[0], y)
        date_y = y - style.apart if style.date_at_number else under + 4
        self.line(plan.dateline, self.axes[1], date_y, size + 0.5)
        y = max(y, date_y)
        if plan.urgency and not plan.urgency_stamped:
            y += size * 1.4
            self.line(words(plan.urgency, "bold"), self.axes[0], y, size + 1)
        if not plan.title and plan.subject:
            slant: Style = "italic" if plan.family == "party" else "regular"
            y = self.column(plan.subject, self.axes[0], slant, size - 1, 62 * MM, y + size * 1.25)
        self._copier()
        stamped = plan.arrival is not None and not plan.arrival.overlapping
        self.y = y + 30 + (17 * MM if stamped else 0)

    def _motto(self, top: float, size: float) -> float:
        """Set the header of the right column; return the baseline below it."""
        y = top
        for line in self.plan.header:
            rule = self.line(words(line, "bold"), self.axes[1], y, size)
            y += size * 1.25
        if self.style.underline == "line":
            self.sheet.rules.append(rule)
            return y + 6
        return self._mark(self.style.underline, self.axes[1], y, size)

    def _mark(self, kind: str, x: float, y: float, size: float) -> float:
        if kind == "line":
            self.sheet.rules.append(Rule(x - 28, x + 28, y - size * 0.75))
            return y + 8
        if kind in _RULES:
            self.line([Piece(_RULES[kind])], x, y, size)
            return y + size * 1.2
        return y + 4

    def _copier(self) -> None:
        """Set the words of an electronic copy at the top right."""
        for i, line in enumerate(self.plan.signed_copy):
            self.sheet.put([Piece(line)], WIDTH - 66 * MM, 7 * MM + i * 10, 8.5)

    def _title(self) -> None:
        plan, style = self.plan, self.style
        assert plan.title
        self.line(words(plan.title, "bold"), self.middle, self.y, style.title)
        self.sheet.places["title"] = (self.middle, self.y)
        kind: Style = "bold" if style.bold_subject else "regular"
        self.y += style.title * 1.3
        if plan.subject:
            self.y = self.column(plan.subject, self.middle, kind, style.body, 128 * MM, self.y)
        if plan.family == "party":
            self.line([Piece("-----")], self.middle, self.y - 3, style.body)
            self.y += 22
        else:
            self.sheet.rules.append(Rule(self.middle - 38, self.middle + 38, self.y - 9))
            self.y += 14

    def _addressees(self) -> None:
        plan, size = self.plan, self.style.body
        if not plan.salutation:
            return
        greeting = words(plan.salutation, "italic" if plan.family == "party" else "regular")
        if len(plan.addressees) == 1:
            self.line([*greeting, *words(plan.addressees[0])], self.middle, self.y, size)
        else:
            x = self.left + 28 * MM
            self.sheet.put(greeting, x, self.y, size)
            for addressee in plan.addressees:
                self.y += size * 1.25
                self.sheet.put(words(f"- {addressee};"), x + 18 * MM, self.y, size)
        self.y += 26

    def _paragraph(self, paragraph: str) -> None:
        size, leading = self.style.body, self.style.body * self.style.leading
        measure, indent = self.right - self.left, 10 * MM
        lines = wrap(words(paragraph), size, measure, indent)
        for i, line in enumerate(lines):
            self.need(leading)
            inset = 0 if i else indent
            if i == len(lines) - 1:
                self.sheet.put(line, self.left + inset, self.y, size)
            else:
                self.sheet.justify(line, self.left + inset, self.y, size, measure - inset)
            self.y += leading
        self.y += 5

    def _foot(self) -> None:
        self.need(_FOOT_ROOM)
        self.y += 10
        top = self.y
        if self.plan.fellow:
            self._signature(None, *self.plan.fellow, x=self.axes[0])
        elif self.plan.recipients:
            self._recipients(self.plan.recipients)
        below, self.y = self.y, top
        plan = self.plan
        self._signature(plan.authority, plan.position, plan.degree + plan.signer, self.axes[1])
        self.sheet.places["signature"] = (self.axes[1], self.y - SIGNING_ROOM / 2)
        self.y = max(self.y, below) + 20

    def _recipients(self, recipients: Sequence[str]) -> None:
        party = self.plan.family == "party"
        size = self.style.body - (0 if party else 2)
        heading = words("Nơi nhận:", "regular" if party else "bold-italic")
        self.sheet.put(heading, self.left, self.y, size)
        if party:
            end = self.left + extent(heading, size)
            self.sheet.rules.append(Rule(self.left, end, self.y + 2.5))
        self.y += 15
        for i, recipient in enumerate(recipients):
            stop = "." if i == len(recipients) - 1 else ";"
            self.sheet.put(words(f"- {recipient}{stop}"), self.left, self.y, size - 1.5)
            self.y += 13.5

    def _signature(self, authority: str | None, position: str, name: str, x: float) -> None:
        size, party = min(self.style.body, 14), self.plan.family == "party"
        if authority:
            self.y = self.column(authority, x, "bold", size, 84 * MM, self.y)
        light: Style = "regular" if party and authority else "bold"
        self.y = self.column(position, x, light, size, 84 * MM, self.y)
        self.y += SIGNING_ROOM
        if not (self.plan.name_stamped and x == self.axes[1]):
            self.line(words(name, "bold"), x, self.y, size)

    def _copy_form(self) -> None:
        """Set the form of a paper copy below the signature: its issuer, number, date and signer."""
        copier, code, printed, when, position, name = self.plan.copied
        self.need(185)
        size = self.style.head - 0.5
        self.sheet.rules.append(Rule(self.left, self.right, self.y - 8))
        top = self.y + 10
        y = self.column(copier, self.axes[0], "bold", size, 70 * MM, top)
        self.line(words(code), self.axes[0], y + 12, size)
        self.line(words(printed, "bold"), self.axes[1], top, size + 1)
        self.line(words(when, "italic"), self.axes[1], y + 12, size)
        self.y = y + 40
        self.line(words(position, "bold"), self.axes[1], self.y, size)
        self.sheet.places["copy signature"] = (self.axes[1], self.y + 34)
        self.line(words(name, "bold"), self.axes[1], self.y + 68, size)
        self.y += 80

    def _appendix(self) -> None:
        self.next_sheet()
        head, title, cited = self.plan.appendix
        kinds: tuple[Style, ...] = ("bold", "bold", "italic")
        for text, kind in zip((head, title, cited), kinds, strict=True):
            self.y = self.column(text, self.middle, kind, self.style.body, 140 * MM, self.y) + 4
        self.y += 14
        for paragraph in self.plan.body[1:3]:
            self._paragraph(paragraph)
