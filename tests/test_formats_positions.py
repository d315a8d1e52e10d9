import json as stdlib
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from munidx.formats import json, toml
from munidx.formats.address import Where, address, node_places, where
from munidx.formats.codec import to_data
from munidx.formats.positions import Positions, json_positions, toml_positions
from munidx.formats.scan_toml import deep_key
from munidx.model import Goal, Indicator, Measure, Observation, Plan, walk
from munidx.place import Location
from munidx.testing import examples, strategies


def places(data: Any, place: Where = ()) -> Iterator[tuple[Where, Any]]:  # noqa: ANN401
    """Every value of ``data`` but the whole, with its place."""
    if place:
        yield place, data
    if isinstance(data, dict | list):
        entries = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in entries:
            yield from places(value, (*place, key))


def check_toml(text: str) -> None:
    """Every value has a position, and at those of leaves stands what tomllib reads there."""
    data = tomllib.loads(text, parse_float=Decimal)
    positions = toml_positions(text)
    found = dict(places(data))
    assert set(positions.values) == set(positions.keys) == set(found)
    for place, value in found.items():
        at = positions.values[place]
        if not isinstance(value, dict | list) or text[at] in "[{":
            assert begins_with(text[at:], value), (place, text[at : at + 40])
        if isinstance(place[-1], str):
            assert key_at(text, positions.keys[place]) == place[-1]


def begins_with(text: str, value: object) -> bool:
    """Whether ``text`` begins with ``value``, as tomllib reads it."""
    closing = {'"': '"', "'": "'", "[": "]", "{": "}"}.get(text[0])
    if closing:
        ends = [at + 1 for at, mark in enumerate(text) if mark == closing]
    else:
        ends = [*(at for at, mark in enumerate(text) if mark in " \t,\r\n]}#"), len(text)]
    for end in ends:
        try:
            if tomllib.loads(f"x = {text[:end]}", parse_float=Decimal)["x"] == value:
                return True
        except tomllib.TOMLDecodeError:
            continue
    return False


def key_at(text: str, at: int) -> str | None:
    """The first part of the key at ``at``."""
    for end in range(at + 1, len(text) + 1):
        if end == len(text) or text[end] in " \t.=]":
            try:
                (key,) = tomllib.loads(f"{text[at:end]} = 1")
            except (tomllib.TOMLDecodeError, ValueError):
                continue
            return key
    return None


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text("\"'\\\n\r\t #=[]{},.a\x00", max_size=10),
)
KEYS = st.sampled_from(["a", "b", "1", "a.b", "", "年", "'", '"', "\\", "x y", "\n", "#"]) | TEXTS
LEAVES = (
    TEXTS
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.decimals(-1000, 1000, places=3)
    | st.dates()
    | st.datetimes()
)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)
TABLES = st.dictionaries(KEYS, DATA, max_size=4)


@examples(1000)
@given(TABLES, st.booleans())
def test_all_that_tomllib_sees_has_a_position(data: dict[str, Any], lines: bool) -> None:
    check_toml(tomli_w.dumps(data, multiline_strings=lines))


SIMPLE = (
    *("1", "0x1F", "1_000.5", "+1e-7", "true", "inf", '""', "''", '"a\\"#b"', "'a\"#\\'"),
    *('"""a\n"b""c\\"""d"""', '"""\n[x]\n# = \\\n   b"""""', "'''\n'a''b\n'''''", '""""quoted"""'),
    *("1979-05-27 07:32:00Z", "1979-05-27T07:32:00.5+09:00", "07:32:00", "1979-05-27"),
)


class Speller:
    """Writes TOML in all its spellings, as drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def some(self, names: str, most: int = 3) -> list[str]:
        return self.draw(st.lists(st.sampled_from(names), unique=True, max_size=most))

    def space(self) -> str:
        return self.draw(st.sampled_from(["", " ", "\t "]))

    def key(self, name: str) -> str:
        spellings = [name, f'"{name}"', f"'{name}'", f'"\\u{ord(name):04x}"']
        return self.draw(st.sampled_from(spellings))

    def dotted(self, first: str) -> str:
        parts = [first, *self.some("xyz", 2)]
        return f"{self.space()}.{self.space()}".join(self.key(part) for part in parts)

    def pair(self, name: str, depth: int) -> str:
        key, value = self.dotted(name), self.value(depth)
        return f"{self.space()}{key}{self.space()}={self.space()}{value}{self.space()}"

    def value(self, depth: int) -> str:
        kind = self.draw(st.sampled_from(["simple", "array", "table"])) if depth else "simple"
        if kind == "array":
            items = [self.value(depth - 1) for _ in range(self.draw(st.integers(0, 3)))]
            gap = self.draw(st.sampled_from(["", " ", "\n  # ] , \" '\n", "\r\n"]))
            tail = "," if self.draw(st.booleans()) and items else ""
            return f"[{gap}" + f"{gap},{gap}".join(items) + f"{gap}{tail}{gap}]"
        if kind == "table":
            return "{" + ",".join(self.pair(name, depth - 1) for name in self.some("pqr")) + "}"
        return self.draw(st.sampled_from(SIMPLE))

    def pairs(self, names: str) -> list[str]:
        comment = self.draw(st.sampled_from(["", "# [no] = 'comment", " #"]))
        return [self.pair(name, 2) + comment for name in self.some(names)]

    def tables(self, name: str) -> list[str]:
        """``[name]`` or ``[[name]]`` (twice perhaps), some with a table below."""
        header = f"{self.key(name)}.{self.key('h')}" if name in "eg" else self.key(name)
        if name not in "fg":
            return [f"[{header}{self.space()}] # x", *self.pairs("abc")]
        lines = []
        for _ in range(self.draw(st.integers(1, 2))):
            lines += [f"{self.space()}[[{self.space()}{header}{self.space()}]]", *self.pairs("abc")]
            if name == "f" and self.draw(st.booleans()):
                lines += [f"[{self.key('f')} . sub.{self.key('t')}]", *self.pairs("ab")]
        return lines

    def document(self) -> str:
        lines = self.pairs("abc")
        for name in self.some("defg", 4):
            lines += self.tables(name)
        return self.draw(st.sampled_from(["\n", "\r\n", "\n\n \t\n"])).join(lines)


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """TOML in all its spellings: dotted keys, headers in odd order, four kinds of strings."""
    return Speller(draw).document()


@examples(1000)
@given(spelled())
def test_all_spellings_of_toml_are_followed(text: str) -> None:
    check_toml(text)


def check_json(text: str) -> None:
    data = stdlib.loads(text)
    positions = json_positions(text)
    found = {(): data, **dict(places(data))}
    assert set(positions.values) == set(found)
    decoder = stdlib.JSONDecoder()
    for place, value in found.items():
        assert decoder.raw_decode(text, positions.values[place])[0] == value
        if place and isinstance(place[-1], str):
            assert decoder.raw_decode(text, positions.keys[place])[0] == place[-1]


@examples(1000)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=10,
    ),
    st.sampled_from([None, 0, 1]),
    st.booleans(),
)
def test_all_that_json_sees_has_a_position(data: object, indent: int | None, ascii_: bool) -> None:
    check_json(stdlib.dumps(data, indent=indent, ensure_ascii=ascii_))


@pytest.mark.parametrize(
    "text", ["", "]", ",", "}{", '{"a', "[1, }", "1 2 3", "{1: 2, : }", '["\\q"]']
)
def test_what_is_no_json_ends_the_pass_quietly(text: str) -> None:
    assert isinstance(json_positions(text), Positions)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a = [1 2]\nb = 1", ("a", 0)),
        ("a = {b = 1 c = 2}\nb = 1", ("a", "b")),
        ('a = 1\n"\\q" = 1\nb = 1', ("a",)),
        ("a = 1 2\nb = 1", ("a",)),
        ("a = 1\n[x\nb = 1", ("a",)),
        ("a = 1\nx = \nb = 1", ("x",)),
    ],
)
def test_what_stands_before_a_fault_is_found(text: str, last: Where) -> None:
    assert list(toml_positions(text).values)[-1] == last


def test_nesting_without_end_ends_the_pass() -> None:
    assert ("a", 0, 0) in toml_positions("a = " + "[" * 100_000).values
    assert deep_key("a = " + "[" * 100_000 + "\nx.y.z = 1", 2) is None


@examples(300)
@given(st.text() | st.text("[]{}=.,\"'\\#\n a1", max_size=40))
def test_what_is_no_toml_ends_the_pass_quietly(text: str) -> None:
    assert isinstance(toml_positions(text), Positions)
    assert isinstance(json_positions(text), Positions)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a.b.c = 1", None), ("x = 1\na.b.c.d = 1", 6), ("[a.b.c.d]", 1), ("x = {a.b.c.d = 1}", 5),
     ('x = "a.b.c.d"', None), ("= a.b.c.d", None)],
)  # fmt: skip
def test_deep_keys_are_found(text: str, offset: int | None) -> None:
    assert deep_key(text, 3) == offset


@examples(200)
@given(strategies.plans())
def test_every_node_and_field_of_a_plan_is_found_in_its_file(plan: Plan) -> None:
    for text, positions in (
        (toml.dumps(plan), toml_positions(toml.dumps(plan))),
        (json.dumps(plan), json_positions(json.dumps(plan))),
    ):
        lines = text.split("\n")
        for item in walk(plan):
            place = positions.of(plan, item.path, "title", "f")
            if item.node.title:
                assert place.line is not None
                assert place.column is not None
                assert "title" in lines[place.line - 1][: place.column]


PLAN = Plan(
    goals=(
        Goal(code="1", measures=(Measure(code="3", title="x"), Measure(indicators=(Indicator(),)))),
    ),
    indicators=(Indicator(targets=(Observation(text="a"), Observation(text="b"))),),
)


@pytest.mark.parametrize(
    ("path", "field", "place"),
    [
        ("", "", ()),
        ("goals[1]", "", ("goals", 0)),
        (
            "goals[1]/measures[#2]/indicators[#1]",
            "unit",
            ("goals", 0, "measures", 1, "indicators", 0, "unit"),
        ),
        ("indicators[#1]", "targets[#2].text", ("indicators", 0, "targets", 1, "text")),
        ("indicators[#1]", "targets[2025]", ("indicators", 0, "targets[2025]")),
        ("indicators[#1]", "targets[#x].text", ("indicators", 0, "targets")),
    ],
)
def test_paths_become_places(path: str, field: str, place: Where) -> None:
    assert where(PLAN, path, field) == place


@pytest.mark.parametrize("path", ["goals[2]", "goals[1]/measures[#1]", "indicators[#2]"])
def test_paths_to_nowhere_are_errors(path: str) -> None:
    with pytest.raises(KeyError):
        where(PLAN, path)


def test_an_absent_field_is_pointed_at_near_by() -> None:
    positions = toml_positions("munidx = 1\n[[goals]]\ncode = '1'\n")
    plan = Plan(goals=(Goal(code="1"),))
    assert positions.of(plan, "goals[1]", "title", "f") == Location(document="f", line=2, column=3)
    assert positions.of(plan, "", "", "f") == Location(document="f")
    assert positions.location(("munidx",), "f", key=True).column == 1


@examples(300)
@given(strategies.plans())
def test_places_and_paths_agree(plan: Plan) -> None:
    data = to_data(plan)
    for item in walk(plan):
        place = where(plan, item.path, "title")
        assert address(data, place) == (item.path, "title")


@pytest.mark.parametrize(
    ("data", "place", "path", "field"),
    [
        ({"goals": 1}, ("goals", 0, "title"), "", "goals[#1].title"),
        ({"goals": [{"code": 1}]}, ("goals", 0, "code"), "goals[#1]", "code"),
        ([{"title": 1}], (0, "title"), "", "[#1].title"),
        ({"goals": [1]}, ("goals", 0, "goals", 0), "goals[#1]", "goals[#1]"),
    ],
)
def test_addresses_in_faulty_data(data: object, place: Where, path: str, field: str) -> None:
    assert address(data, place) == (path, field)


@examples(200)
@given(strategies.plans())
def test_the_places_of_all_nodes_are_those_of_each_property(plan: Plan) -> None:
    told = node_places(plan)
    assert told == {item.path: where(plan, item.path) for item in walk(plan)}
