"""Judges a page of HTML without a browser: is it well put together, and does it stay at home?"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"meta", "br"})
#: What could load something, run something or lead away.
FORBIDDEN_TAGS = frozenset({
    "script", "link", "img", "iframe", "object", "embed", "a", "form", "base", "use", "image",
    "foreignobject", "audio", "video", "source",
})  # fmt: skip
FORBIDDEN_ATTRIBUTES = frozenset({"href", "src", "style", "srcset", "xlink:href", "action"})


class Page(HTMLParser):
    """A page that was read: `tags` with their attributes, and the text of each part with an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html" and not self.tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("id")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> is no HTML")

    def handle_endtag(self, tag: str) -> None:
        name, _id = self._open.pop()
        assert name == tag, f"</{tag}> ends <{name}>"

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _id in self._open]
        if "style" not in inside:
            self.texts.append(data)
            for _tag, id_ in self._open:
                if id_:
                    self.parts.setdefault(id_, []).append(data)

    def attributes(self) -> Iterator[tuple[str, str, str]]:
        """Yield (tag, attribute, value) of all."""
        for tag, named in self.tags:
            for name, value in named.items():
                yield tag, name, value or ""

    def stays_at_home(self) -> None:
        """See that it loads nothing, runs nothing and leads nowhere."""
        assert not {tag for tag, _named in self.tags} & FORBIDDEN_TAGS
        for tag, name, value in self.attributes():
            assert name not in FORBIDDEN_ATTRIBUTES and not name.startswith("on"), (tag, name)
            assert "://" not in value and "url(" not in value, (tag, name, value)
        ids = [value for _tag, name, value in self.attributes() if name == "id"]
        assert len(ids) == len(set(ids))
