import pytest
from corpus import RECORD, paper
from hypothesis import given
from hypothesis import strategies as st

from partydoc.index import fields, parse, parse_line, plan, schema, snippet

LONG = "mở đầu " * 60 + "ngân sách xã bảo đảm\nkinh phí chuyển đổi số " + "kết thúc " * 60


class Words:
    """The words of some pages, as an index knows them."""

    def __init__(self, page_texts, record):
        self.known = {word for page in page_texts for word in schema.folded_words(page)}
        for field, value in record.items():
            self.known |= {schema.fact(field, word) for word in schema.folded_words(value)}

    def vocabulary(self, field, prefix):
        return sorted(word for word in self.known if word.startswith(prefix))

    def frequency(self, field, word):
        return word in self.known


def shown(page_texts, *arguments, subject=None, record=None):
    asked = parse(arguments)
    chosen = snippet.chosen(plan.make(asked, Words(page_texts, record or {})).match)
    return snippet.best(page_texts, subject, (*snippet.needles(asked), *chosen), record)


def marked(found):
    line = found.text if isinstance(found, snippet.Snippet) else found.snippet
    return [line[start:end] for start, end in found.marks]


def test_marks_stand_on_the_words_as_written():
    found = shown([LONG], "ngan", "KINH", "chuyển đổi")
    assert marked(found) == ["ngân", "kinh", "chuyển đổi"]
    assert found.text.startswith("… ") and found.text.endswith(" …")


def test_a_snippet_is_one_line():
    assert "\n" not in shown([LONG], "kinh").text


def test_a_code_and_a_number_are_marked_however_they_are_written():
    assert marked(shown(["Số 05-NQ/ĐU ngày"], "5-nq/du")) == ["05-NQ/ĐU"]
    assert marked(shown(["Điều 05 khoản 5"], "5")) == ["05", "5"]


def test_overlapping_marks_are_one():
    assert marked(shown(["Nghị quyết 12-NQ/ĐU"], "12-NQ", "NQ/ĐU")) == ["12-NQ/ĐU"]


def test_a_prefix_marks_the_whole_word():
    assert marked(shown(["chuyển chuyên chú"], "chuy*")) == ["chuyển", "chuyên"]


def test_words_spelt_nearly_so_are_marked():
    assert marked(shown(["chuyeen đổi, chuyển đi"], "near:chuyen")) == ["chuyeen", "chuyển"]


def test_i_and_y_are_marked_alike():
    assert marked(shown(["kĩ thuật và tạp kỹ"], "ky")) == ["kĩ", "kỹ"]
    assert marked(shown(["tạp kĩ, kỹ năng"], "kĩ*")) == ["kĩ", "kỹ"]


def test_a_phrase_is_marked_only_where_it_stands_whole():
    assert marked(shown(["đổi số rồi chuyển đổi số"], "chuyen doi so")) == ["chuyển đổi số"]


def test_what_is_excluded_is_not_marked():
    assert marked(shown(["ngân sách xã"], "ngan", "not:sach", "not:not:xa")) == ["ngân", "xã"]


def test_the_page_where_the_words_stand_together_is_chosen():
    pages = ["chuyển " + "x " * 200 + "đổi", "không có gì", "chuyển đổi số", "chuyển đổi"]
    assert shown(pages, "chuyen", "doi", "so").page == 3
    assert shown(pages[:2] + pages[3:], "chuyen", "doi").page == 3


def test_the_page_with_the_words_as_typed_is_chosen():
    assert shown(["ban dat", "bán đất", "bản đất"], "bản", "đất").page == 3


def test_the_first_of_equal_pages_is_chosen():
    assert shown(["xã", "xã"], "xã").page == 1


def test_the_subject_stands_in_where_no_page_matches():
    found = shown(["trang"], "be", subject="về bê tông")
    assert (found.page, found.text, marked(found)) == (1, "về bê tông", ["bê"])
    assert shown([], "be") == snippet.Snippet(None, "")


@pytest.mark.parametrize("typed", ["type:nghị", "type:ngh*", "nghi"])
def test_a_hit_in_the_record_alone_shows_and_marks_the_value(typed):
    record = {"subject": "về x", "type": "Nghị quyết", "signer": "Lê Văn Nghị"}
    found = shown(["trang"], typed, subject="về x", record=record)
    assert found == snippet.Snippet(1, "Nghị quyết", ((0, 4),))


def test_a_field_marks_its_own_value_and_not_the_page():
    record = {"type": "Huyện", "issuer": "Huyện uỷ Bãi Nắng"}
    found = shown(["huyện"], "issuer:huyen", subject="về huyện", record=record)
    assert (found.page, found.text, marked(found)) == (1, "Huyện uỷ Bãi Nắng", ["Huyện"])
    assert marked(shown(["12-NQ"], "code:12-nq", record={"code": "12-NQ/ĐU"})) == ["12-NQ"]


def test_a_hit_in_any_field_is_marked(desk):
    desk.hold(paper("x", "trang", **RECORD))
    for field in sorted(fields.FIELD_NAMES.keys() - {"date", "status"}):  # these are told anyway
        value = schema.as_printed(field, RECORD[field]).replace("\n", " ")
        (hit,) = desk.hits(f"{field}:{value}")
        assert schema.folded_words(" ".join(marked(hit))) == schema.folded_words(value)
        assert hit.snippet == (RECORD["code"] if field in schema.CODE_PARTS else value)


@pytest.mark.parametrize(
    ("typed", "mark"), [("number:5", "05"), ("so:4..9", "05"), ("symbol:UBND", "UBND")]
)
def test_a_number_and_a_symbol_are_marked_in_the_code(desk, typed, mark):
    code = {"number": "05", "symbol": "QĐ-UBND", "code": "05/QĐ-UBND"}
    desk.hold(paper("x", "trang 5 UBND", subject="về x", **code))
    (hit,) = desk.hits(typed)
    assert (hit.snippet, marked(hit)) == ("05/QĐ-UBND", [mark])


def test_a_part_of_the_day_of_arrival_is_marked_as_it_is_written(desk):
    desk.hold(paper("x", "trang", subject="về x", arrival_date="2010-12-31"))
    (hit,) = desk.hits("arrival_date:12/2010")
    assert (hit.snippet, marked(hit)) == ("31/12/2010", ["12/2010"])


def test_a_date_alone_leaves_no_marks():
    found = shown(["x"], "date:2021", subject="về x", record={"date": "2021-05-09"})
    assert found == snippet.Snippet(1, "về x")


@pytest.mark.parametrize("word", ["x" * 500, "ngân"])
def test_one_long_run_without_spaces_is_cut(word):
    found = shown([("y" * 300 + " ") * 3 + word + (" " + "z" * 300) * 3], word)
    assert marked(found) == [word]


words = st.sampled_from(["ngân", "sách", "Chuyển", "đổi", "05", "NQ/ĐU", "Hoà\n", "xã, "])


@given(st.lists(words, max_size=80), st.lists(words, min_size=1, max_size=4))
def test_marks_are_in_order_inside_and_fold_to_what_was_asked(page, asked):
    query = parse_line(" ".join(word.strip(", \n") for word in asked))
    found = snippet.best([" ".join(page)], None, snippet.needles(query))
    last = 0
    for start, end in found.marks:
        assert last <= start < end <= len(found.text)
        assert found.text[start:end].strip() == found.text[start:end]
        last = end
    assert bool(found.marks) == any(word in page for word in asked)


def test_the_subject_is_shown_where_no_page_has_as_much():
    found = shown(["Văn phòng theo dõi"], "phong", "chong", subject="về phòng chống bão")
    assert (found.page, marked(found)) == (1, ["phòng", "chống"])
    found = shown(["phòng ngừa, chống bão"], "phong", "chong", subject="về phòng chống bão")
    assert found.text == "phòng ngừa, chống bão"
