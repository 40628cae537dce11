from corpus import PAPERS, paper

from partydoc.index import Order, parse

COMMON = "giống nhau"


def shelf():
    return (
        paper("b", COMMON, date="2020-01-01", reference="A29-01-0003-010", type="Báo cáo"),
        paper("c", COMMON, date="2021", reference="A29-01-0003-002", type="Báo cáo"),
        paper("a", COMMON, date="2020-01-01", type="Nghị quyết", issuer="Đảng uỷ xã Hoà"),
        paper("d", COMMON, reference="A3-01-0001-001", issuer="ĐẢNG ỦY XÃ HÒA"),
        paper("e", COMMON, issuer="ĐẢNG ỦY XÃ HÒA"),
    )


def ids(desk, order, limit=50, offset=0):
    found = desk.index.search(parse(["giong", "nhau"]), limit, offset, order)
    return [hit.id for hit in found.hits]


def test_hits_come_in_the_order_asked_for(desk):
    desk.hold(*shelf())
    assert ids(desk, Order.BEST)[0] == "e"  # the shortest
    assert ids(desk, Order.LATEST) == ["c", "a", "b", "d", "e"]
    assert ids(desk, Order.OLDEST) == ["a", "b", "c", "d", "e"]
    assert ids(desk, Order.SHELF) == ["d", "c", "b", "a", "e"]


def test_an_order_holds_over_pages_of_results_and_over_segments(desk):
    papers = [paper(f"{n:02}", COMMON, date=f"20{n:02}-01-01") for n in range(30)]
    desk.index.rebuild(papers[::2], "one", 1)
    desk.index.update(papers[1::2], [], "one", 2)
    for order, expected in ((Order.OLDEST, papers), (Order.LATEST, papers[::-1])):
        found = [ids(desk, order, 7, offset) for offset in range(0, 35, 7)]
        assert sum(found, []) == [each.id for each in expected]


def test_all_hits_are_counted_not_only_those_that_are_shown(desk):
    desk.hold(*shelf())
    found = desk.index.search(parse(["giong"]), 1, facets=True)
    assert len(found.hits) == 1
    assert found.facets["type"] == [("Báo cáo", 2), ("Nghị quyết", 1), (None, 2)]
    assert found.facets["year"] == [("2020", 2), ("2021", 1), (None, 2)]


def test_spellings_of_one_issuer_are_counted_together(desk):
    desk.hold(*shelf())
    found = desk.index.search(parse(["giong"]), 1, facets=True)
    assert found.facets["issuer"] == [("ĐẢNG ỦY XÃ HÒA", 3), (None, 2)]


def test_only_what_is_found_is_counted(desk):
    desk.hold(*PAPERS)
    found = desk.index.search(parse(["type:nghi"]), 10, facets=True)
    assert found.facets == {
        "type": [("Nghị quyết", 1)],
        "year": [("2021", 1)],
        "issuer": [("Đảng ủy xã Đông Hoà", 1)],
    }
    nothing = desk.index.search(parse(["type:khong"]), 10, facets=True)
    assert nothing.facets == {"type": [], "year": [], "issuer": []}


def test_a_deleted_document_is_not_counted(desk):
    desk.hold(*shelf())
    desk.index.update([], ["c"], "one", 2)
    found = desk.index.search(parse(["giong"]), 10, facets=True)
    assert found.facets["type"] == [("Báo cáo", 1), ("Nghị quyết", 1), (None, 2)]


def test_the_ids_of_all_hits_come_in_order_too(desk):
    desk.hold(*shelf())
    assert desk.index.ids(parse(["giong"]), Order.SHELF) == (["d", "c", "b", "a", "e"], 0)
    assert desk.index.ids(parse(["vangmat"]), Order.BEST) == ([], 0)


def test_an_offset_beyond_all_hits_finds_none_of_them(desk):
    desk.hold(*shelf())
    found = desk.index.search(parse(["giong"]), 10, 10**20)
    assert (found.total, found.hits) == (5, ())
