"""Pins: the file, what a pin may name, and that pins stand above everything else."""

import pathlib
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import Diff, Kind, Pin, Rung, diff, match
from munidx.diff.compose import compose
from munidx.diff.exchange import from_data, to_data
from munidx.diff.invert import invert
from munidx.diff.patch import patch
from munidx.diff.pinfile import load_pins, read_pins
from munidx.errors import PlanError, SourceError
from munidx.model import Goal, Indicator, Measure, Plan, walk
from munidx.testing.profiles import examples
from munidx.testing.strategies import edited, plan_pairs

Run = Callable[..., Any]

TEXT = """\
# 所管課に確かめたもの
[[different]]
old = "駐輪場整備事業"
new = "measures[2]"
reason = "市営と民営"

[[same]]
old = "measures[1]"
new = "1-3-1"
reason = "組織改編"
"""

MEASURES = (
    Measure(code="1", title="駐輪場整備事業", description="駅の東口に自転車置場をつくる。"),
    Measure(code="2", title="駐輪場整備促進事業", description="民間の自転車置場を助成する。"),
)
OLD = Plan(title="計画", measures=MEASURES)
NEW = Plan(title="計画", goals=(Goal(code="2", title="駐輪場整備事業"),), measures=MEASURES)


def test_a_file_of_pins_is_read_with_its_places() -> None:
    found = read_pins(TEXT, "pins.toml")
    assert found == (
        Pin(old="measures[1]", new="1-3-1", reason="組織改編"),
        Pin(old="駐輪場整備事業", new="measures[2]", same=False, reason="市営と民営"),
    )
    assert [str(pin.location) for pin in found] == ["pins.toml:7:3", "pins.toml:2:3"]


def test_pins_may_stand_in_a_line_and_behind_a_byte_order_mark() -> None:
    text = '\ufeffsame = [{ old = "1", new = "2", reason = "x" }]\ndifferent = []\n'
    assert read_pins(text) == (Pin(old="1", new="2", reason="x"),)
    assert read_pins("# none yet\n") == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "params"),
    [
        ("[[same]]\nold = 1\n", "wrong-type", 2, {"field": "old", "got": "int"}),
        ("[[same]]\nold = 'a'\n", "missing-key", 1, {"key": "new"}),
        ("[[same]]\nold = 'a'\nnew = 'b'\n", "missing-key", 1, {"key": "reason"}),
        ("[[same]]\nold = 'a'\nnew = 'b'\nreason = ' '\n", "pin-blank", 4, {"field": "reason"}),
        ("[[same]]\nold = ''\nnew = 'b'\nreason = 'r'\n", "pin-blank", 2, {"field": "old"}),
        ("\n[[same]]\nodl = 'a'\n", "unknown-key", 3, {"key": "odl", "nearest": "old"}),
        ("[[sane]]\nold = 'a'\n", "unknown-key", 1, {"key": "sane", "nearest": "same"}),
        ("xyz = 1\n", "unknown-key", 1, {"key": "xyz", "nearest": ""}),
        ("\n[same]\nold = 'a'\n", "wrong-type", 2, {"field": "same", "got": "dict"}),
        ("same = ['a']\n", "wrong-type", 1, {"expected": "table", "got": "str"}),
        ("[[same]]\nold = 'a\n", "toml-syntax", 3, {}),
    ],
)
def test_a_fault_of_the_file_has_its_line(
    text: str, code: str, line: int, params: dict[str, object]
) -> None:
    with pytest.raises(PlanError) as caught:
        read_pins(text, "pins.toml")
    error = caught.value
    assert (error.code, error.location.document, error.location.line) == (code, "pins.toml", line)
    assert params.items() <= error.params.items()


def test_a_file_that_is_no_text_or_not_there(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "pins.toml"
    with pytest.raises(SourceError) as missing:
        load_pins(path)
    assert missing.value.code == "file-missing"
    path.write_bytes(b"[[same]]\nold = '\xff'\n")
    with pytest.raises(PlanError) as caught:
        load_pins(path)
    assert (caught.value.code, str(caught.value.location)) == ("not-utf8", f"{path}:2")
    path.write_text(TEXT, encoding="utf-8")
    assert load_pins(path) == read_pins(TEXT)


@pytest.mark.parametrize("old", ["measures[1]", "1", "１", "駐輪場整備事業", " 駐輪場 整備事業"])
@pytest.mark.parametrize("new", ["measures[2]", "駐輪場整備促進事業"])
def test_a_node_is_named_by_path_code_or_title(old: str, new: str) -> None:
    pair = match(OLD, NEW, pins=[Pin(old=old, new=new, reason="確認")]).pairs[0]
    assert (pair.old, pair.new, pair.rung) == ("measures[1]", "measures[2]", Rung.PINNED)
    assert (pair.score, pair.probable, pair.reason) == (1.0, False, "確認")


def test_a_name_that_two_classes_share_means_the_class_of_the_other_side() -> None:
    found = match(OLD, NEW, pins=[Pin(old="measures[2]", new="駐輪場整備事業")])
    (pair,) = (one for one in found.pairs if one.rung is Rung.PINNED)
    assert (pair.old, pair.new) == ("measures[2]", "measures[1]")


@pytest.mark.parametrize(
    ("pins", "code", "params"),
    [
        ([Pin(old="measures[9]", new="1")], "pin-unknown", {"side": "old"}),
        ([Pin(old="1", new="公園")], "pin-unknown", {"side": "new"}),
        ([Pin(old="1", new="goals[2]")], "pin-mismatch", {"new": "goals[2]"}),
        (
            [Pin(old="1", new="2"), Pin(old="1", new="1")],
            "pin-twice",
            {"first": "#1", "new": "measures[1]"},
        ),
        ([Pin(old="1", new="2"), Pin(old="2", new="2")], "pin-twice", {"first": "#1"}),
        ([Pin(old="1", new="2", same=False)] * 2, "pin-twice", {"first": "#1"}),
        (
            [Pin(old="1", new="2"), Pin(old="1", new="駐輪場整備促進事業", same=False)],
            "pin-contradiction",
            {"first": "#1"},
        ),
    ],
)
def test_pins_that_cannot_be(pins: list[Pin], code: str, params: dict[str, object]) -> None:
    with pytest.raises(PlanError) as caught:
        diff(OLD, NEW, pins=pins)
    assert caught.value.code == code
    assert params.items() <= caught.value.params.items()


def test_a_name_of_several_nodes_is_refused_with_their_paths() -> None:
    twice = attrs.evolve(OLD, measures=(*MEASURES, attrs.evolve(MEASURES[0], code="3")))
    with pytest.raises(PlanError) as caught:
        match(twice, NEW, pins=[Pin(old="駐輪場整備事業", new="measures[1]")])
    assert caught.value.code == "pin-ambiguous"
    assert caught.value.params["paths"] == ("measures[1]", "measures[3]")


def test_a_fault_of_a_pin_names_its_line() -> None:
    with pytest.raises(PlanError) as caught:
        diff(OLD, NEW, pins=read_pins(TEXT.replace("1-3-1", "1-3-2"), "pins.toml"))
    assert str(caught.value.location) == "pins.toml:7:3"
    text = TEXT + '[[same]]\nold = "1"\nnew = "1"\nreason = "改"\n'
    with pytest.raises(PlanError) as twice:
        diff(OLD, NEW, pins=read_pins(text.replace("1-3-1", "1"), "pins.toml"))
    assert (str(twice.value.location), twice.value.params["first"]) == (
        "pins.toml:11:3",
        "pins.toml:7:3",
    )


def test_a_pinned_pair_is_told_with_its_reason_and_a_parted_one_as_gone_and_come() -> None:
    found = diff(OLD, NEW, pins=[Pin(old="1", new="measures[2]", reason="確認")])
    (retitled,) = (
        change
        for change in found.changes
        if change.kind is Kind.RETITLED and change.old_paths == ("measures[1]",)
    )
    assert (retitled.rung, retitled.reason) == (Rung.PINNED, "確認")
    parted = diff(OLD, OLD, pins=[Pin(old="1", new="1", same=False, reason="別事業")])
    assert sorted(change.kind for change in parted.changes) == [Kind.ADDED, Kind.REMOVED]
    assert patch(OLD, parted) == OLD


def test_a_pin_parts_what_an_identifier_joins() -> None:
    one = Plan(measures=(attrs.evolve(MEASURES[0], id="a"),))
    found = match(one, attrs.evolve(one, title="新"), pins=[Pin(old="1", new="1", same=False)])
    assert (found.pairs, found.removed, found.added) == ((), ("measures[1]",), ("measures[1]",))


def test_no_split_takes_what_a_pin_keeps_apart() -> None:
    text = "商店街の入口に機器を置き、夜間の見守りと災害時の状況の把握に使う。"
    old = Plan(measures=(Measure(code="1", title="防災・防犯カメラ整備事業", description=text),))
    new = Plan(
        measures=(
            Measure(code="1", title="防災カメラ整備事業", description=text),
            Measure(title="防犯カメラ整備事業", description="駅前の防犯を強める"),
        )
    )
    assert Kind.SPLIT in {change.kind for change in diff(old, new).changes}
    for path in ("measures[1]", "measures[#2]"):
        pin = Pin(old="1", new=path, same=False)
        assert Kind.SPLIT not in {change.kind for change in diff(old, new, pins=[pin]).changes}
        assert path not in {one.new for one in match(old, new, pins=[pin]).pairs}


@st.composite
def pinned(draw: st.DrawFn) -> tuple[Plan, Plan, tuple[Pin, ...]]:
    """Two plans and pins between nodes of theirs that do not contradict one another."""
    old, new = draw(plan_pairs())
    sides: list[dict[type, list[str]]] = [{}, {}]
    for side, plan in zip(sides, (old, new), strict=True):
        for item in walk(plan):
            side.setdefault(type(item.node), []).append(item.path)
    pins = []
    for kind in (Goal, Measure, Indicator):
        news = draw(st.permutations(sides[1].get(kind, [])))
        for mine, theirs in zip(sides[0].get(kind, []), news, strict=False):
            word = draw(st.sampled_from(["", "same", "different"]))
            if word:
                pins.append(Pin(old=mine, new=theirs, same=word == "same", reason="確認"))
    return old, new, tuple(pins)


@examples(2000)
@given(pinned())
def test_pins_hold_and_the_diff_is_complete(case: tuple[Plan, Plan, tuple[Pin, ...]]) -> None:
    old, new, pins = case
    found = match(old, new, pins=pins)
    pairs = {(one.old, one.new): one for one in found.pairs}
    for pin in pins:
        pair = pairs.get((pin.old, pin.new))
        if pin.same:
            assert pair is not None
            assert (pair.rung, pair.reason) == (Rung.PINNED, "確認")
        else:
            assert pair is None
    changes = diff(old, new, pins=pins)
    assert patch(old, changes) == new
    assert patch(new, invert(changes)) == old
    assert through_data(changes) == changes
    assert patch(old, through_data(changes)) == new


@examples(2000)
@given(pinned(), st.data())
def test_a_pinned_diff_composes(
    case: tuple[Plan, Plan, tuple[Pin, ...]], data: st.DataObject
) -> None:
    old, new, pins = case
    third = data.draw(edited(new))
    both = compose(diff(old, new, pins=pins), diff(new, third))
    assert patch(old, both) == third
    assert patch(third, invert(both)) == old


def through_data(found: Diff) -> Diff:
    return from_data(to_data(found))


def test_pins_on_the_command_line(run: Run, plan: pathlib.Path) -> None:
    pins = plan.with_name("pins.toml")
    new = plan.with_name("new.toml")
    text = plan.read_text(encoding="utf-8")
    new.write_text(
        text.replace('code = "1"\ntitle = "電子申請"', 'code = "1"\ntitle = "広報紙の配布"')
        .replace("情報課", "広報課").replace("電子申請率", "配布率").replace("80", "70"),
        encoding="utf-8",
    )  # fmt: skip
    apart = run("diff", plan, new)
    pins.write_text(
        '[[same]]\nold = "電子申請"\nnew = "広報紙の配布"\nreason = "統合\x7f"\n'.replace(
            "\x7f", ""
        ),
        encoding="utf-8",
    )
    joined = run("diff", plan, new, "--pairs", pins)
    assert (apart.code, joined.code) == (1, 1)
    assert "removed" in apart.out.split()
    assert "removed" not in joined.out.split()
    assert "pinned: 統合" in joined.out
    for form in ("concise", "markdown", "html"):
        assert "pinned: 統合" in run("diff", plan, new, "--pairs", pins, "--format", form).out
    data = run("diff", plan, new, "--pairs", pins, "--format", "json").out
    assert '"pinned"' in data
    assert '"統合"' in data


def test_a_wrong_file_of_pins_stops_the_command(run: Run, plan: pathlib.Path) -> None:
    pins = plan.with_name("pins.toml")
    assert run("diff", plan, plan, "--pairs", pins).code == 3
    pins.write_text('[[same]]\nold = "1"\nnew = "9"\nreason = "r"\n', encoding="utf-8")
    ran = run("diff", plan, plan, "--pairs", pins)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{pins}:1:3: ")
