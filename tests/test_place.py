from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.place import Location, Place, format_places, merge_sources, parse_places
from munidx.testing import examples, strategies


@pytest.mark.parametrize(
    ("locator", "places"),
    [
        ("", ()),
        ("a", (Place(document="a"),)),
        ("003#L104-L107", (Place(document="003", line=104, last=107),)),
        ("p.pdf#p12t1r3c2", (Place(document="p.pdf", page=12, table=1, row=3, column=2),)),
        ("p.html#b34", (Place(document="p.html", block=34),)),
        ("p.html#t2r3-r5", (Place(document="p.html", table=2, row=3, last=5),)),
        ("x.xlsx#施策!B7", (Place(document="x.xlsx", sheet="施策", cell="B7"),)),
        ("x.xlsx#施策!B7:C9", (Place(document="x.xlsx", sheet="施策", cell="B7:C9"),)),
        (
            "003#L90,L92-L94",
            (Place(document="003", line=90), Place(document="003", line=92, last=94)),
        ),
        ("a#L1;b#L3", (Place(document="a", line=1), Place(document="b", line=3))),
        ("a;b#L3;b", (Place(document="a"), Place(document="b", line=3), Place(document="b"))),
        ("a%23b%3B%E3%80%80c#L1", (Place(document="a#b;\u3000c", line=1),)),
        ("x#a%21b%2Cc!A1", (Place(document="x", sheet="a!b,c", cell="A1"),)),
    ],
)
def test_locators(locator: str, places: tuple[Place, ...]) -> None:
    assert parse_places(locator) == places
    assert format_places(places) == locator


@pytest.mark.parametrize(
    "locator",
    [
        *("#L1", "a#", "a#x", "a#L0", "a#L01", "a#L1-", "a#-L3", "a#L5-L3", "a#L1-r3", "a#L1,"),
        *("a#L1;", ";a", "a#c1r1", "a#L1L2", "a#s!", "a#s!b7", "a#s!B0", "a#L1234567890"),
        *("a#L１", "a#s!B７", "a#L1-L２"),
    ],
)
def test_what_is_no_locator(locator: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_places(locator)
    assert str(caught.value) in locator


def numbers() -> st.SearchStrategy[int]:
    return st.integers(1, 999_999_999)


@st.composite
def places(draw: st.DrawFn) -> Place:
    document = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    if draw(st.booleans()):
        sheet = draw(st.text(st.characters(exclude_categories=["Cs"])))
        return Place(document=document, sheet=sheet, cell=draw(st.sampled_from(["B7", "A1:AB30"])))
    names = ("page", "line", "table", "row", "column", "block")
    told: dict[str, Any] = {name: draw(numbers()) for name in names if draw(st.booleans())}
    if not told:
        return Place(document=document)
    finest = told[[name for name in names if name in told][-1]]
    last = draw(st.none() | st.integers(finest, finest + 9).filter(lambda end: end < 10**9))
    return Place(document=document, last=last, **told)


@examples(1000)
@given(st.lists(places(), max_size=4))
def test_what_is_printed_is_parsed(found: list[Place]) -> None:
    assert parse_places(format_places(found)) == tuple(found)
    assert [str(place) for place in found] == [format_places([place]) for place in found]


@examples(500)
@given(st.text() | st.text("a#L1tr-;,!B:%"))
def test_random_text_raises_value_errors_only(text: str) -> None:
    try:
        found = parse_places(text)
    except ValueError:
        return
    assert parse_places(format_places(found)) == found


@pytest.mark.parametrize(
    ("outer", "inner", "within"),
    [
        ("a", "a", True),
        ("a", "a#L3", True),
        ("a", "b#L3", False),
        ("a", "a#s!B7", True),
        ("a#L3", "a#L3", True),
        ("a#L3", "a#L4", False),
        ("a#L3-L5", "a#L4", True),
        ("a#L3-L5", "a#L4-L5", True),
        ("a#L3-L5", "a#L4-L6", False),
        ("a#L3-L5", "a#L4t1", True),
        ("a#L3-L5", "a", False),
        ("a#t1r3", "a#t1r3c2", True),
        ("a#t1r3", "a#t1r3c2-c9", True),
        ("a#t1r3", "a#t2r3c2", False),
        ("a#p1", "a#p1t9r1", True),
        ("a#p1", "a#t9r1", False),
        ("a#t1r1", "a#s!B7", False),
        ("a#s!B7:D9", "a#s!C8", True),
        ("a#s!B7:D9", "a#s!C8:D10", False),
        ("a#s!B7:D9", "a#t!C8", False),
        ("a#s!B7:D9", "a#L1", False),
        ("a#s!Y1:AB1", "a#s!AA1", True),
    ],
)
def test_what_lies_within(outer: str, inner: str, within: bool) -> None:
    (big,), (small,) = parse_places(outer), parse_places(inner)
    assert big.contains(small) is within


@examples(300)
@given(places(), places())
def test_a_place_contains_itself_and_two_each_other_only_if_alike(one: Place, two: Place) -> None:
    assert one.contains(one)
    if one.contains(two) and two.contains(one):
        assert one.location == two.location


@pytest.mark.parametrize(
    ("sources", "merged"),
    [
        ([], ""),
        (["", "a#L1", ""], "a#L1"),
        (["a#L3", "a#L1", "a#L2"], "a#L1-L3"),
        (["a#L1-L4", "a#L2"], "a#L1-L4"),
        (["a#L1", "a#L3"], "a#L1,L3"),
        (["b#L1", "a#L1", "b#L2"], "b#L1-L2;a#L1"),
        (["a#t1r1c1", "a#t1r1c2", "a#t1r2c1"], "a#t1r1c1-c2,t1r2c1"),
        (["a#t1r1c1", "a#t1r1"], "a#t1r1"),
        (["a", "a#L5"], "a"),
        (["a#s!B7", "a#s!B7:C9"], "a#s!B7:C9"),
        (["a#s!B9", "a#s!A10", "a#L1"], "a#L1,s!B9,s!A10"),
    ],
)
def test_sources_are_merged(sources: list[str], merged: str) -> None:
    assert merge_sources(sources) == merged


@examples(500)
@given(st.lists(strategies.sources(), max_size=4))
def test_merging_loses_no_place_and_is_stable(sources: list[str]) -> None:
    merged = merge_sources(sources)
    wide = parse_places(merged)
    for source in sources:
        for place in parse_places(source):
            assert any(one.contains(place) for one in wide)
    assert merge_sources([merged]) == merged
    assert merge_sources([merged, *sources]) == merged


@pytest.mark.parametrize(
    ("locator", "location", "told"),
    [
        ("a#L3-L5", Location(document="a", line=3), "a:3"),
        ("a#p2t1r3c4", Location(document="a", page=2, cell="t1r3c4"), "a:p.2:t1r3c4"),
        ("a#施策!B7", Location(document="a", cell="施策!B7"), "a:施策!B7"),
        ("a", Location(document="a"), "a"),
    ],
)
def test_where_to_point(locator: str, location: Location, told: str) -> None:
    (place,) = parse_places(locator)
    assert place.location == location
    assert str(place.location) == told


def test_a_location_as_editors_write_it() -> None:
    assert str(Location(document="a", line=3, column=7)) == "a:3:7"
    assert str(Location(column=7)) == ""
