import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.errors import QueryProblem
from partydoc.index import parse, parse_line
from partydoc.index.query import And, DateRange, FieldIs, Not, Or, Phrase, Word


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nghi"], Word("nghi")),
        (["nghi", "quyet"], And((Word("nghi"), Word("quyet")))),
        (["chuyển đổi số"], Phrase("chuyển đổi số")),
        (['"chuyển đổi"', "số"], And((Phrase("chuyển đổi"), Word("số")))),
        (["“chuyển đổi”"], Phrase("chuyển đổi")),
        (["a", "b", "OR", "c"], Or((And((Word("a"), Word("b"))), Word("c")))),
        (["(a", "OR", "b)", "c"], And((Or((Word("a"), Word("b"))), Word("c")))),
        (["(a OR b) c"], And((Or((Word("a"), Word("b"))), Word("c")))),
        (["not:a"], Not(Word("a"))),
        (["không:a b"], Not(Phrase("a b"))),
        (["not:not:a"], Word("a")),
        (["not:(a OR b)"], Not(Or((Word("a"), Word("b"))))),
        (["not:type:NQ"], Not(FieldIs("type", "NQ"))),
        (["chuyen*"], Word("chuyen", prefix=True)),
        (["12-NQ/ĐU"], Word("12-NQ/ĐU")),
        (["loai:nghị quyết"], FieldIs("type", "nghị quyết")),
        (['loại:"nghị quyết"'], FieldIs("type", "nghị quyết")),
        (["CoQuan:huyen*"], FieldIs("issuer", "huyen", prefix=True)),
        (["số_hiệu:12"], FieldIs("code", "12")),
        (["so:05"], FieldIs("number", "05")),
        (["kyhieu:NQ"], FieldIs("symbol", "NQ")),
        (["nguoiky:Mẫu"], FieldIs("signer", "Mẫu")),
        (["trichyeu:ve"], FieldIs("subject", "ve")),
        (["hoso:A29-01"], FieldIs("folder", "A29-01")),
        (["noi:hue"], FieldIs("place", "hue")),
        (["in:review"], FieldIs("status", "review")),
        (["date:2020"], DateRange("2020-01-01", "2020-12-31")),
        (["date:2021-05"], DateRange("2021-05-01", "2021-05-31")),
        (["ngày:05/9/2026"], DateRange("2026-09-05", "2026-09-05")),
        (["date:2/2024"], DateRange("2024-02-01", "2024-02-29")),
        (["date:2020..2022"], DateRange("2020-01-01", "2022-12-31")),
        (["date:2020..2022-06"], DateRange("2020-01-01", "2022-06-30")),
        (["date:2021.."], DateRange("2021-01-01", None)),
        (["date:..2021"], DateRange(None, "2021-12-31")),
        (["or", "and"], And((Word("or"), Word("and")))),
        (['"a OR b"'], Phrase("a OR b")),
        (["Đa\u0309ng"], Word("Đảng")),
    ],
)
def test_arguments_mean_what_a_clerk_means(arguments, expected):
    assert parse(arguments) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('nghi "chuyen doi"', And((Word("nghi"), Phrase("chuyen doi")))),
        (r"issuer:Huyện\ ủy họp", And((FieldIs("issuer", "Huyện ủy"), Word("họp")))),
        ("chuyen doi so", And((Word("chuyen"), Word("doi"), Word("so")))),
    ],
)
def test_a_typed_line_is_read_word_by_word(line, expected):
    assert parse_line(line) == expected


@pytest.mark.parametrize(
    ("arguments", "position"),
    [
        ([], 0),
        ([""], 0),
        (["  "], 0),
        (["OR"], 0),
        (["a", "OR"], 4),
        (["OR", "a"], 0),
        (["a", "OR", "OR", "b"], 5),
        (["a", "AND", "b"], 2),
        (["NOT", "b"], 0),
        (["a", "colour:b"], 2),
        (["not:colour:b"], 4),
        (["a", "type:"], 7),
        (["not:", "a"], 4),
        (["date:"], 5),
        (["date:2021-13"], 5),
        (["date:31/2/2021"], 5),
        (["date:2020..2021-99"], 11),
        (["date:2022..2020"], 5),
        (["date:.."], 5),
        (["date:hôm qua"], 5),
        (["date:20"], 5),
        (["date:9999"], 5),
        (['a "b'], 2),
        (['"a"b'], 3),
        (['a"b"'], 1),
        (["(a"], 0),
        (["a)"], 1),
        (["()"], 1),
        (["type:(a)"], 5),
        (["*"], 0),
        (["a*"], 1),
        (["ch*n"], 2),
        (["ch?n"], 2),
        (["12-NQ*"], 5),
        (["nghị quyết*"], 10),
        (["a", "-b"], 2),
        (["a~2"], 1),
        (["[2020]"], 0),
        (["14:30"], 2),
        (["..."], 0),
        (['""'], 1),
        (["in:nowhere"], 3),
        (["type:nghị date:2020"], 10),
        (["a OR b"], 2),
        (["a\x00b"], 1),
        (["(" * 30 + "a" + ")" * 30], 20),
        (["x" * 5000], 1000),
    ],
)
def test_what_is_not_understood_is_pointed_at(arguments, position):
    with pytest.raises(QueryProblem) as caught:
        parse(arguments)
    assert caught.value.position == position
    assert caught.value.query == " ".join(arguments)
    assert caught.value.message and caught.value.hint


@given(st.lists(st.text(max_size=12) | st.sampled_from(["OR", "not:", "(", ")", '"', "date:2020"])))
def test_any_input_is_a_query_or_a_problem_with_a_place(arguments):
    try:
        parse(arguments)
    except QueryProblem as problem:
        assert 0 <= problem.position <= len(problem.query)


@given(st.text('ab ()"*:.\\-ORnot', max_size=40))
def test_any_line_is_a_query_or_a_problem_with_a_place(line):
    try:
        parse_line(line)
    except QueryProblem as problem:
        assert 0 <= problem.position <= len(problem.query)
