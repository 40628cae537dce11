"""HTML put together so that text stays text."""

from __future__ import annotations

from partydoc.markup import Markup, element, joined


def test_text_is_escaped_and_markup_is_not() -> None:
    inner = element("b", "<script>alert(1)</script>")
    assert inner == "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"
    assert element("p", inner, " & ", ["x", inner]) == f"<p>{inner} &amp; x{inner}</p>"
    assert joined("<", inner) == f"&lt;{inner}"


def test_an_attribute_cannot_be_left() -> None:
    made = element("p", title='" onload="x', aria_label="a<b>", class_="soft", id=None)
    assert made == ('<p title="&quot; onload=&quot;x" aria-label="a&lt;b&gt;" class="soft"></p>')


def test_what_turns_the_reading_or_is_no_letter_is_dropped() -> None:
    assert element("p", "a\u202eb\x00c\x1bd") == "<p>a b c d</p>"


def test_an_element_without_content_has_no_end() -> None:
    assert element("meta", http_equiv="X", content="y") == '<meta http-equiv="X" content="y">'


def test_pieces_of_markup_that_are_added_up_are_text_again() -> None:
    assert type(Markup("<b>") + "<i>") is str
