import pytest
from corpus import PAPERS, paper

from partydoc.index import parse, parse_line, plan, spelling, suggesting


@pytest.fixture
def desk(desk):
    desk.hold(
        *PAPERS,
        paper("one", "ngân sách xã, chuyển giao công nghệ"),
        paper("two", "ngân sách huyện, chuyển đổi"),
        paper("three", "ngâm thơ trong hội làng"),
    )
    return desk


def suggested(desk, *arguments):
    return desk.index.suggest(parse(arguments))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["ngaan"], "ngan"),
        (["nghi", "quyrt", "chuyen"], "nghi quyet chuyen"),
        (["chuyeenr"], "chuyen"),
        (["ngaan sach"], '"ngan sach"'),
        (["ngâân", "sách"], "ngân sách"),
        (["ngaan", "type:nghị"], "ngan type:nghị"),
        (["quyrt", "OR", "zzz"], "quyet OR zzz"),
        (["ngaan", "date:2021"], "ngan date:2021"),
    ],
)
def test_a_word_that_stands_nowhere_is_given_as_the_index_spells_it(desk, typed, meant):
    assert suggested(desk, *typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["2021-05-20"], "date:2021-05-20"),
        (["ngân", "2021-05"], "ngân date:2021-05"),
        (["2021-05-21"], None),
    ],
)
def test_a_day_as_hits_show_it_is_suggested_as_a_date(desk, typed, meant):
    desk.index.update([paper("dated", "ngân sách", date="2021-05-20", change=90)], [], "one", 90)
    assert suggested(desk, *typed) == meant


def test_what_is_suggested_finds_something_and_can_be_typed(desk):
    for typed in (["ngaan"], ["quyrt"], ["gaio", "cong"], ["ngân", "sáhc"]):
        meant = suggested(desk, *typed)
        assert meant and desk.ask(*meant.split())
        assert suggested(desk, *meant.split()) is None


def test_the_word_beside_its_neighbour_comes_before_a_more_frequent_one(desk):
    desk.hold(
        *(paper(f"ban{n}", "bàn giao hồ sơ") for n in range(5)), paper("bin", "đường bin dài")
    )
    assert suggested(desk, "bun", "giao") == "ban giao"
    assert suggested(desk, "duong", "bun") == "duong bin"


def test_no_more_than_twelve_unknown_words_are_looked_at(desk, monkeypatch):
    looked_at = []
    monkeypatch.setattr(spelling, "nearly", lambda word, engine: looked_at.append(word) or ())
    desk.index.suggest(parse_line(" OR ".join(f"qwzx{letter}j" for letter in "abcdefghiklmnopq")))
    assert len(looked_at) == 12


def test_words_that_never_stand_together_are_spelt_as_they_do(desk):
    assert suggested(desk, "ngam", "sach") == "ngan sach"


def test_what_was_corrected_is_suggested_for_what_was_misread(desk):
    desk.hold(*PAPERS, paper("one", "ngaan sách xã"))
    assert suggested(desk, "ngaan") is None
    desk.index.update([paper("one", "ngân sách xã", change=9)], [], "one", 9)
    assert desk.index.deleted() == 1
    assert suggested(desk, "ngaan") == "ngan"
    assert suggested(desk, "ngâan", "sách") == "ngân sách"


def test_a_word_that_nobody_has_any_more_is_not_suggested(desk):
    desk.hold(
        paper("one", "đường ban dài, cái ben"),
        paper("two", "đường bun dài"),
        paper("three", "cái bin"),
    )
    desk.index.update([paper("one", "trang", change=9)], [], "one", 9)
    assert desk.index.deleted() == 1
    assert suggested(desk, "duong", "bzn") == "duong bun"
    assert suggested(desk, "cai", "bzn") == "cai bin"


@pytest.mark.parametrize(
    "typed", [["ngan"], ["ngan", "sach"], ["qwzxkj"], ["2099"], ["type:nghix"], ["date:1900"]]
)
def test_nothing_is_suggested_where_all_is_well_or_nothing_is_like_it(desk, typed):
    assert suggested(desk, *typed) is None


def test_what_is_suggested_is_found_without_ranking_it(desk):
    """Of a frequent phrase the ranking takes ten times as long as to find that it is there."""
    orders = []

    def look(engine):
        find = engine.find

        def noted(wanted, limit, order=plan.Order.BEST):
            orders.append(order)
            return find(wanted, limit, order)

        engine.find = noted
        return suggesting.suggestion(engine, parse(["quyrt"]))

    assert desk.index._look(look) is not None
    assert set(orders) == {plan.Order.LATEST}
