import pytest
from corpus import PAPERS, paper

from partydoc.index import parse


@pytest.fixture
def desk(desk):
    desk.hold(*PAPERS)
    return desk


def test_words_without_marks_find_words_with_marks(desk):
    assert set(desk.ask("chuyen", "doi", "so")) == {"resolution", "report"}


def test_words_with_marks_find_words_without_after_those_with(desk):
    assert desk.ask("chuyển", "đổi", "số") == ["resolution", "report"]


def test_exact_hits_come_first_even_from_the_body(desk):
    desk.hold(
        paper("title", "x", subject="về việc bán đất bán đất bán đất"),
        paper("body", "lời nói đầu dài dòng " * 40 + "bản đất " + "lời kết " * 40),
    )
    assert desk.ask("bản", "đất") == ["body", "title"]


def test_marks_as_typed_come_before_a_phrase_without_them(desk):
    desk.hold(
        paper("phrase", "bàn giao đất", subject="về bàn giao đất"),
        paper("exact", "bản vẽ ở đây, lời mở giao việc, rồi đất đai"),
    )
    assert desk.ask("bản", "giao", "đất") == ["exact", "phrase"]


def test_a_code_comes_before_marks_however_many_words_are_typed(desk):
    words = "đổi mới tổ chức bộ máy của hệ thống chính trị tinh gọn hoạt động hiệu lực hiệu quả"
    bare = "doi moi to chuc bo may cua he thong chinh tri tinh gon hoat dong hieu luc hieu qua"
    desk.hold(
        paper("marked", words + " 12-NQ/ĐU"), paper("itself", bare + " 12-NQ/DU", code="12-NQ/ĐU")
    )
    assert desk.ask(*words.split(), "12-NQ/ĐU")[0] == "itself"


@pytest.mark.parametrize("typed", ["qui*", "quí*", "quit*", "quy*"])
def test_a_beginning_with_i_after_qu_finds_what_is_also_spelt_with_y(desk, typed):
    desk.hold(paper("quit", "cam quít ngọt", subject="quít"))
    assert desk.ask(typed) == desk.ask(f"subject:{typed}") == ["quit"]


def test_a_beginning_with_i_finds_no_word_that_is_only_spelt_with_y(desk):
    desk.hold(paper("right", "quyền"), paper("click", "quịch"))
    assert desk.ask("qui*") == desk.ask("quic*") == ["click"]


@pytest.mark.parametrize("field", ["note", "keywords", "topic", "recipients", "position"])
def test_what_people_wrote_into_the_record_is_found_by_plain_words(desk, field):
    desk.hold(paper("one", "trang", **{field: "đất rừng\nthuỷ sản"}))
    assert desk.ask("rung", "thuy") == desk.ask("thuỷ sản") == ["one"]
    assert desk.ask("rung thuy") == []


def test_both_tone_placements_are_one_word(desk):
    for typed in ("Đông Hoà", "Đông Hòa"):
        assert desk.ask(typed) == ["resolution"]
    assert desk.ask("số hóa") == desk.ask("số hoá") == ["letter"]


def test_all_words_are_needed_wherever_they_stand_in_the_document(desk):
    assert desk.ask("chuyen", "kinh", "phi") == ["resolution"]
    assert desk.ask("chuyen", "kinh", "phi", "khongco") == []


def test_a_phrase_needs_its_words_side_by_side(desk):
    assert set(desk.ask("chuyen doi so")) == {"resolution", "report"}
    assert desk.ask("doi chuyen so") == []


def test_a_phrase_does_not_cross_pages_or_fields(desk):
    desk.hold(paper("two", "cuối trang một", "đầu trang hai", subject="về một", issuer="hai ba"))
    assert desk.ask("trang mot") == desk.ask("dau trang hai") == ["two"]
    assert desk.ask("mot dau") == []
    assert desk.ask("ve mot hai") == []


@pytest.mark.parametrize(
    "typed", ["12-NQ/ĐU", "12-nq/đu", "12/NQ-DU", "12-NQ/DU", "012-NQ/ĐU", "12 NQ ĐU"]
)
def test_a_code_is_found_however_it_is_typed(desk, typed):
    assert desk.ask(typed) == ["resolution"]


@pytest.mark.parametrize(
    "typed", [["12-NQ/ĐU"], ["12/nq-du"], ["12", "NQ", "ĐU"], ["nghi", "12", "nq", "du"]]
)
def test_the_document_with_exactly_this_code_comes_first(desk, typed):
    cited = "Căn cứ Nghị quyết 12-NQ/ĐU. " * 30
    desk.hold(
        paper("cites", cited, subject="về nghị quyết 12-NQ/ĐU", code="13-QĐ/ĐU"),
        paper("longer", cited, code="12-NQ/ĐU-BTG", subject="nghị quyết 12-NQ/ĐU"),
        paper("itself", "Nghị quyết " + "lời văn dài dòng " * 50, code="12-NQ/ĐU"),
    )
    assert desk.ask(*typed)[0] == "itself"
    assert set(desk.ask(*typed)) == {"itself", "longer", "cites"}


def test_a_leading_zero_does_not_matter(desk):
    assert desk.ask("5/QĐ-UBND") == desk.ask("05/QĐ-UBND") == ["decision"]
    assert desk.ask("number:5") == desk.ask("so:005") == ["decision"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("type:nghi", {"resolution"}),
        ("loại:Nghị", {"resolution"}),
        ("issuer:Hòa xã", {"resolution"}),
        ("coquan:bai", {"decision"}),
        ("signer:mẫu", {"resolution"}),
        ("nguoiky:Lê Mẫu", {"resolution"}),
        ("subject:ngan", {"decision"}),
        ("trichyeu:ngân sách năm", {"decision"}),
        ("symbol:NQ", {"resolution"}),
        ("kyhieu:ĐU", {"resolution"}),
        ("symbol:ubnd", {"decision"}),
        ("symbol:ĐU-NQ", set()),
        ("code:12-NQ/ĐU", {"resolution"}),
        ("sohieu:12", {"resolution"}),
        ("folder:A29-01", {"resolution"}),
        ("noi:hoa", {"resolution"}),
        ("in:review", {"decision", "report"}),
        ("issuer:uy*", {"decision", "resolution"}),
        ("type:sách", set()),
    ],
)
def test_a_field_is_searched_alone(desk, typed, expected):
    assert set(desk.ask(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("date:2021", {"resolution"}),
        ("date:2021-05", {"resolution"}),
        ("ngay:9/5/2021", {"resolution"}),
        ("date:2021-05-10..", set()),
        ("date:2010..2021", {"resolution", "decision"}),
        ("date:..2009", {"report"}),
        ("date:2010-06-10..2010-06-12", {"decision"}),
        ("date:2010-07..2010-12", set()),
        ("date:1998-03", {"report"}),
        ("date:1000..", {"resolution", "decision", "report"}),
    ],
)
def test_a_date_is_in_a_range_if_it_may_be(desk, typed, expected):
    assert set(desk.ask(typed)) == expected


def test_or_not_brackets_and_prefix(desk):
    assert set(desk.ask("type:nghi", "OR", "type:bao")) == {"resolution", "report"}
    assert desk.ask("ngan", "not:chuyen") == ["decision"]
    assert set(desk.ask("not:chuyen")) == {"decision", "letter"}
    assert desk.ask("not:chuyen doi so", "ngan*") == ["decision"]
    assert desk.ask("(nghi OR quy) date:2021") == ["resolution"]
    assert set(desk.ask("chuy*")) == {"resolution", "report"}
    assert desk.ask("ngan", "OR", "not:chi") != []


def test_words_of_the_record_are_found_and_rank_above_the_body(desk):
    desk.hold(
        paper("body", "chăn nuôi " * 30),
        paper("title", "một trang", subject="về chăn nuôi"),
        paper("other", "không liên quan"),
    )
    assert desk.ask("chan", "nuoi") == ["title", "body"]


def test_words_side_by_side_rank_above_scattered_ones(desk):
    desk.hold(
        paper("apart", "sách vở của trường, ngân hàng ở xa"),
        paper("beside", "trường ở xa, ngân sách của vở hàng"),
    )
    assert desk.ask("ngan", "sach") == ["beside", "apart"]


def test_words_that_all_follow_each_other_rank_above_the_same_words_in_a_subject(desk):
    desk.hold(
        paper("apart", "x", subject="về đổi đất lấy số tiền chuyển nhượng"),
        paper("phrase", "lời mở đầu " * 50 + "chuyển đổi số" + " lời kết" * 50),
    )
    assert desk.ask("chuyen", "doi", "so") == ["phrase", "apart"]


def test_the_page_with_the_best_match_is_shown(desk):
    hit = desk.hits("kinh", "phi")[0]
    assert (hit.id, hit.page) == ("resolution", 2)
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["kinh", "phí"]


def test_a_hit_in_the_record_alone_shows_the_subject(desk):
    desk.hold(paper("only", "trang trống", subject="về bê tông hóa"), paper("none", subject="sắt"))
    hit = desk.hits("be", "tong")[0]
    assert (hit.page, hit.snippet) == (1, "về bê tông hóa")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["bê", "tông"]
    assert desk.hits("sat")[0].page is None


def test_equal_hits_are_ordered_by_date_then_id(desk):
    desk.hold(
        paper("b", "giống nhau", date="2020-01-01"),
        paper("c", "giống nhau", date="2021-01-01"),
        paper("a", "giống nhau", date="2020-01-01"),
        paper("d", "giống nhau"),
    )
    assert desk.ask("giong*") == ["c", "a", "b", "d"]
    assert desk.ask("giong", "date:2020..") == desk.ask("date:2020..") == ["c", "a", "b"]


def test_pages_of_results_neither_overlap_nor_skip(desk):
    desk.hold(*(paper(f"{n:03}", "giống nhau", date="2020-01-01") for n in range(23)))
    asked = [desk.index.search(_word("giong"), 5, offset) for offset in range(0, 30, 5)]
    assert [hit.id for found in asked for hit in found.hits] == [f"{n:03}" for n in range(23)]
    assert {found.total for found in asked} == {23}


def test_total_counts_more_than_is_shown(desk):
    assert desk.index.search(_word("chuyen"), 1).total == 2
    assert desk.index.search(_word("chuyen"), 0).hits == ()


def test_words_that_stand_nowhere_find_nothing(desk):
    assert desk.ask("vắngmặt") == desk.ask("vangmat*") == desk.ask("khong co cum nay") == []


def test_an_empty_index_answers(desk):
    desk.hold()
    assert desk.ask("chuyen") == desk.ask("date:2020..") == desk.ask("not:chuyen") == []


def test_an_overlong_word_is_kept_and_found(desk):
    desk.hold(paper("noise", "x" * 70_000 + " rõ"))
    assert desk.ask("ro") == ["noise"]
    assert desk.ask("x" * 900) == ["noise"]


def _word(value):
    return parse([value])


def test_a_hit_of_the_record_alone_shows_the_marked_value(desk):
    desk.hold(paper("one", "trang trống", signer="Lê Văn Mẫu", subject="về việc khác"))
    [hit] = desk.index.search(parse(["mau"]), 10).hits
    assert (hit.page, hit.snippet) == (1, "Lê Văn Mẫu")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Mẫu"]
