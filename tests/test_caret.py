import pytest

from partydoc.commands.caret import under


@pytest.mark.parametrize(
    ("query", "position", "drawn"),
    [
        ("", 0, "\n^"),
        ("a b", 2, "a b\n  ^"),
        ("đảng ủy x*", 9, "đảng ủy x*\n         ^"),
        ("q\u0303uan x", 6, "q\u0303uan x\n     ^"),
        ("党的 x", 3, "党的 x\n     ^"),
        ("a\x1b[2Jb", 1, "a\\x1b[2Jb\n ^"),
        ("\x00b", 1, "\\x00b\n    ^"),
        ("a\nb\tc", 4, "a b c\n    ^"),
        ("abc", 3, "abc\n   ^"),
    ],
)
def test_the_caret_stands_under_the_place(query, position, drawn):
    line, caret = drawn.split("\n")
    assert under(query, position) == f"  {line}\n  {caret}"


def test_of_a_long_query_only_the_spot_is_shown():
    query = "nghị quyết " * 900
    query = query[:5000] + "!" + query[5000:]
    line, caret = under(query, 5000).split("\n")
    assert line[caret.index("^")] == "!"
    assert line.startswith("  …")
    assert line.endswith("…")
    assert len(line) <= 80


def test_a_long_query_that_ends_in_the_spot_is_cut_in_front():
    line, caret = under("党" * 200, 200).split("\n")
    assert caret.index("^") == 2 + 1 + 50
    assert line == "  …" + "党" * 25
