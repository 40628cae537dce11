import shlex

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from partydoc.errors import QueryProblem
from partydoc.fieldnames import EDITABLE
from partydoc.index import parse, parse_line, schema
from partydoc.index.fields import FIELD_NAMES, SIGN_NAMES, named, sign
from partydoc.index.query import And, DateRange, FieldIs, Near, Not, Or, Phrase, Word, text
from partydoc.metadata.rules import table


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
        (["hoặc", "và"], And((Word("hoặc"), Word("và")))),
        (["near:chuyeen"], Near("chuyeen")),
        (["gần:chuyeen", "gan:đổi"], And((Near("chuyeen"), Near("đổi")))),
        (["not:near:xã"], Not(Near("xã"))),
        (["begins:chuyen"], Word("chuyen", prefix=True)),
        (["đầu:chuyen*"], Word("chuyen", prefix=True)),
        (["not:begins:issuer:huyen"], Not(FieldIs("issuer", "huyen", prefix=True))),
        (["'chuyển đổi'"], Phrase("chuyển đổi")),
        (["H'Mông"], Word("H'Mông")),
        (["người H'Mông và Dao"], Phrase("người H'Mông và Dao")),
        (["cơ quan:huyện"], FieldIs("issuer", "huyện")),
        (["cơ quan:huyện ủy"], FieldIs("issuer", "huyện ủy")),
        (["kính gửi: các đồng chí"], Phrase("kính gửi: các đồng chí")),
        (['"loai:nghị quyết"'], FieldIs("type", "nghị quyết")),
        (["số_ký-hiệu:12"], FieldIs("code", "12")),
        (["kíhiệu:NQ"], FieldIs("symbol", "NQ")),
        (["type:nghị-quyết"], FieldIs("type", "nghị-quyết")),
        (["so:12-NQ/ĐU"], FieldIs("code", "12-NQ/ĐU")),
        (["so:5..7"], Or((FieldIs("number", "5"), FieldIs("number", "6"), FieldIs("number", "7")))),
        (["so:5..5"], FieldIs("number", "5")),
        (["so:12/2021"], FieldIs("code", "12/2021")),
        (["so:12 NQ"], FieldIs("code", "12 NQ")),
        (
            ["not:soden:5..6"],
            Not(Or((FieldIs("arrival_number", "5"), FieldIs("arrival_number", "6")))),
        ),
        (["ngayden:5/9/2021"], FieldIs("arrival_date", "2021-09-05")),
        (["ngayden:9/2021"], FieldIs("arrival_date", "2021-09")),
        (["hộp:7"], FieldIs("box", "7")),
        (["noinhan:tinh"], FieldIs("recipients", "tinh")),
        (["in:cần-kiểm-tra"], FieldIs("status", "review")),
        (["trạng thái:chỉ lưu tệp nhận vào"], FieldIs("status", "original-only")),
        (["date:05.09.2021"], DateRange("2021-09-05", "2021-09-05")),
        (["date:5-9-2021..2021/10"], DateRange("2021-09-05", "2021-10-31")),
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
        ("'chuyển đổi' số", And((Phrase("chuyển đổi"), Word("số")))),
        ("loai:‘nghị quyết’ (a)", And((FieldIs("type", "nghị quyết"), Word("a")))),
        ("người H'Mông", And((Word("người"), Word("H'Mông")))),
        ('not:"loai:nghị quyết"', Not(FieldIs("type", "nghị quyết"))),
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
        (['"a OR b"'], 3),
        (["a", "HOẶC", "b"], 2),
        (["a", "HOAC", "b"], 2),
        (["luu", "2021.."], 8),
        (["..2020"], 0),
        (["box:7.."], 5),
        (["a", "cơ", "quan:b"], 5),
        (["loai: nghị quyết"], 5),
        (["cơ quan: huyện ủy"], 8),
        (["nơi nhận: lưu"], 9),
        (["'a b"], 0),
        (["near:a b"], 5),
        (["near:12"], 5),
        (["near:đổi*"], 5),
        (["near:" + "x" * 40], 5),
        (["near:(a)"], 5),
        (["near:type:a"], 0),
        (["begins:a"], 7),
        (["begins:12-NQ"], 7),
        (["begins:(a)"], 7),
        (["begins:date:2020"], 12),
        (["ab*"] * 11, 40),
        (["near:abc"] * 11, 95),
        (["ab"] * 101, 300),
        (["subject:a b"] * 51, 608),
        (["so:1..100", "OR", "so:1..101"], 16),
        (["so:5.."], 3),
        (["so:..5"], 3),
        (["so:20..5"], 3),
        (["so:1..201"], 3),
        (["number:5-20"], 7),
        (["so:5,20"], 3),
        (["so:5 20"], 3),
        (["not:soden:5–20"], 10),
        (["so:½-5"], 3),
        (["so:" + "1" * 800 + "-2"], 3),
        (["ngayden:2020..2021"], 8),
        (["date:2020-2022"], 5),
        (["date:5/9-2021"], 5),
        (["date:2020...2022"], 11),
        (["date:20*"], 5),
        (["a\u202eb"], 1),
        (["a\x00b"], 1),
        (["not:@zz"], 4),
        (["(@zz", "OR", "x)"], 1),
        (["type:@zz"], 5),
        (["a @zz"], 2),
        (["box:1..12"], 5),
        (["folder:A29..A30"], 10),
        (["not:2020..2022"], 8),
        (["2020..2022 a"], 4),
        (["in:-review"], 3),
        (["in:!review"], 3),
        (["in:review*"], 3),
        (["in:re?view"], 3),
        (["a", "code:05\\QĐ-UBND"], 9),
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


@pytest.mark.parametrize("read", [parse_line, lambda line: parse([line])])
def test_a_byte_that_is_no_utf8_is_not_left_out(read):
    with pytest.raises(QueryProblem, match="control") as caught:
        read("a \udcecchinh")
    assert caught.value.position == 2
    assert caught.value.query == "a \x00chinh"


@given(
    st.lists(
        st.text(max_size=12)
        | st.sampled_from(
            ["OR", "not:", "near:", "begins:", "(", ")", '"', "'", "date:2020", "so:1..9", "a b"]
        )
    )
)
def test_any_input_is_a_query_or_a_problem_with_a_place(arguments):
    try:
        asked = parse(arguments)
    except QueryProblem as problem:
        assert 0 <= problem.position <= len(problem.query)
    else:
        assert parse_line(text(asked)) == asked


LINES = st.text("ab ()\"'“”*:.\\-5ORnot", max_size=40) | st.lists(
    st.sampled_from(
        ["a", "đổi", "chuyen*", "not:", "near:", "begins:", "type:", "so:", "5..7", "12-NQ/ĐU"]
        + ["(", ")", " ", " ", " OR ", '"', "'", "date:", "2020", "..", "in:review", "cơ quan:"]
    ),
    max_size=12,
).map("".join)


@given(LINES)
def test_any_line_is_a_query_or_a_problem_with_a_place(line):
    try:
        parse_line(line)
    except QueryProblem as problem:
        assert 0 <= problem.position <= len(problem.query)


VALUES = st.text("ab1đ'\\ -/.", min_size=1, max_size=8)
ITEMS = (
    st.sampled_from(
        ["đổi", "chuyen*", "near:xã", "date:2020..2021-05", "so:5..7", "in:review", "type:a*"]
    )
    | VALUES
    | VALUES.map("“{}”".format)
    | VALUES.map("not:subject:'{}'".format)
)
QUERIES = st.recursive(
    ITEMS,
    lambda inner: (
        inner.map("({})".format)
        | inner.map("not:({})".format)
        | st.tuples(inner, st.sampled_from([" ", " OR "]), inner).map("".join)
    ),
    max_leaves=6,
)


@given(QUERIES)
@example("not:(not:a)")
@example('type:"not:"')
@example(r"colour\:\ a")
@example('"14:30" \\OR')
@example("(a b) (c OR d) OR (e OR f)")
@example(r"a\"b")
@example("issuer:Huyện\\ ủy")
@example('“a "b c”')
@example("date:2020..2022-06 date:..2021 date:2021-05-03 date:5/2020")
@example("so:5..7 not:begins:issuer:huyen")
def test_a_query_that_is_written_down_can_be_typed_again(line):
    try:
        asked = parse_line(line)
    except QueryProblem:
        assume(False)
    assert parse_line(text(asked)) == asked


WORDS = st.sampled_from(
    ["đổi", "12-NQ/ĐU", "chuyen*", "not:xã", "near:chuyeen", "OR", "type:nghị-quyết", "date:2020.."]
    + ['"chuyển đổi số"', 'loai:"nghị quyết"', 'not:"a b"', "so:5..7", '"cơ quan:huyện ủy"']
)


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join))
def test_a_line_means_the_same_in_a_shell_and_at_the_prompt(line):
    try:
        asked = parse_line(line)
    except QueryProblem as one:
        with pytest.raises(QueryProblem) as other:
            parse(shlex.split(line))
        assert other.value.message == one.message
    else:
        assert parse(shlex.split(line)) == asked
        if "(" not in text(asked):
            assert parse(shlex.split(text(asked))) == asked


def test_every_field_that_can_be_edited_can_be_searched_by_its_names():
    names = {row["name"]: row["names"] for row in table("fields")["field"]}
    for field in EDITABLE:
        assert named(field) == named(field.upper()) == field
        for name in names[field]:
            assert "," in name or named(name) == field


def test_no_name_means_two_things():
    names = [name for names in (*FIELD_NAMES.values(), *SIGN_NAMES.values()) for name in names]
    assert len({(named(name), sign(name)) for name in names}) == len(FIELD_NAMES) + len(SIGN_NAMES)
    assert not [name for name in names if named(name) and sign(name)]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("sohieuu:5", "số hiệu"),
        ("nguoi:an", "signer (người ký)"),
        ("ch~", "near:"),
        ("date:2020-2022", "date:2020..2022"),
        ("number:5-20", "number:5..20"),
        ("so:20,5", "number:5..20"),
        ("so:20,5", "number:20 OR number:5"),
        ("soden:5-6", "arrival_number:5..6"),
        ("so:1234567-2", "number:5..20"),
        ("-b", "not:"),
        ("cơ quan:b", "cơquan:"),
    ],
)
def test_the_hint_says_what_to_type(typed, hint):
    with pytest.raises(QueryProblem) as caught:
        parse_line(typed)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "bomb",
    [
        "a*b*" * 200, "ab* " * 200, "OR " * 300, "a OR " * 190 + "a", "(" * 900, "not:" * 240 + "a",
        "near:" + "x" * 900, "near:abc " * 100, '"' * 999, "a" * 10_000, "so:1..200 OR " * 70 + "a",
        "so:" + "1" * 900 + "-2", "so:" + "1-" * 450,
        "a:" * 400, "cơ " * 300 + "quan:a", "\\" * 999, "date:" + "1" * 900, "'" * 900,
    ],
)  # fmt: skip
def test_a_bomb_is_a_query_or_a_problem_with_a_short_message(bomb):
    for read in (parse_line, lambda line: parse([line]), lambda line: parse(line.split())):
        try:
            read(bomb)
        except QueryProblem as problem:
            assert len(problem.message) < 200
            assert len(problem.hint) < 300


def test_a_sign_can_be_asked_for_in_the_quotes_that_the_hint_shows():
    with pytest.raises(QueryProblem) as caught:
        parse(["8:30"])
    assert """'"8:30"'""" in caught.value.hint
    assert schema.folded_words(parse(['"8:30"']).text) == ["8", "30"]


def test_dots_at_the_end_of_a_phrase_are_no_range():
    assert schema.folded_words(parse(["nam 2021.."]).text) == ["nam", "2021"]
