"""patch, invert and compose: a diff that cannot rebuild the new plan has left something out."""

import json
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import Change, Diff, Kind, diff
from munidx.diff.compose import compose
from munidx.diff.exchange import from_data, to_data
from munidx.diff.invert import invert
from munidx.diff.patch import patch
from munidx.errors import PatchError, PlanError
from munidx.formats.json import encode_rows
from munidx.formats.schema import diff_schema
from munidx.model import Goal, Measure, Plan
from munidx.testing.profiles import examples
from munidx.testing.strategies import edited, plan_pairs

OPS = {"places", "paths", "order", "trace", "explained"}
WRITTEN = jsonschema.Draft202012Validator(diff_schema())
TRACED = {"source", "inferred", "documents"}


def through_json(found: Diff) -> Diff:
    text = json.dumps(to_data(found), default=lambda number: f"decimal:{number}")

    def back(value: Any) -> Any:  # noqa: ANN401 - plain data
        if isinstance(value, dict):
            return {name: back(one) for name, one in value.items()}
        if isinstance(value, list):
            return [back(one) for one in value]
        if isinstance(value, str) and value.startswith("decimal:"):
            return Decimal(value.removeprefix("decimal:"))
        return value

    return from_data(back(json.loads(text)))


@examples(2000)
@given(plan_pairs())
def test_patch_rebuilds_the_new_plan_from_the_diff_and_from_its_json(
    pair: tuple[Plan, Plan],
) -> None:
    old, new = pair
    found = diff(old, new)
    assert patch(old, found) == new
    read = through_json(found)
    assert read == found
    assert patch(old, read) == new


@examples(2000)
@given(plan_pairs())
def test_the_inverse_leads_back(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    found = diff(old, new)
    assert patch(new, invert(found)) == old
    assert invert(invert(found)) == found


@examples(2000)
@given(plan_pairs(), st.data())
def test_two_diffs_in_a_row(pair: tuple[Plan, Plan], data: st.DataObject) -> None:
    old, new = pair
    third = data.draw(edited(new))
    both = compose(diff(old, new), diff(new, third))
    assert patch(old, both) == third
    assert patch(third, invert(both)) == old
    assert patch(old, through_json(both)) == third


@examples(200)
@given(plan_pairs())
def test_what_is_written_satisfies_the_published_schema(pair: tuple[Plan, Plan]) -> None:
    """Backwards, composed and with rules that are off, too."""
    old, new = pair
    found, back = diff(old, new), diff(new, old)
    off = diff(old, new, severities={"editorial": "off", "weakened": "error"})
    for one in (found, invert(found), compose(found, back), off):
        assert not list(WRITTEN.iter_errors(json.loads(encode_rows(to_data(one)))))


@examples(500)
@given(plan_pairs())
def test_a_plan_and_itself(pair: tuple[Plan, Plan]) -> None:
    found = diff(pair[1], pair[1])
    assert (found.changes, found.bookkeeping) == ((), ())


@examples(500)
@given(plan_pairs())
def test_the_books_hold_nothing_that_should_be_told(pair: tuple[Plan, Plan]) -> None:
    found = diff(*pair)
    for entry in found.bookkeeping:
        assert entry["op"] in OPS
        if entry["op"] == "trace":
            if entry["field"] in TRACED:
                continue
            assert only_traces(entry["before"])
            assert only_traces(entry["after"])
        elif entry["op"] == "explained":
            assert explained(entry, found), entry


def only_traces(value: object) -> bool:
    if isinstance(value, dict):
        return all(name in TRACED or only_traces(one) for name, one in value.items())
    return value is None or (isinstance(value, list) and all(map(only_traces, value)))


def explained(entry: Any, found: Diff) -> bool:  # noqa: ANN401 - a book entry
    """Whether a change of the same node (or the one above) tells what the entry keeps."""
    if entry["by"] == Kind.ABOLISHED:
        assert entry["after"] is None or entry["field"].startswith("labels[")
        above = entry["old"] if entry["field"] else entry["old"].rpartition("/")[0]
        return any(c.kind is Kind.ABOLISHED and above in c.old_paths for c in found.changes)
    if entry["by"] in {Kind.SPLIT, Kind.MERGED} and entry["field"] == "code":
        return any(c.kind.value == entry["by"] for c in found.changes)
    if entry["field"] in {"code", "former_codes"}:
        return bool(entry["by"] == Kind.RENUMBERED)
    node = str(entry["old"])
    return bool([change for change in found.changes if node in change.old_paths])


def test_depth_is_no_matter() -> None:
    def deep(title: str) -> Plan:
        goal = Goal(title=title, code="1")
        for number in range(300):
            goal = Goal(title=f"層{number}", code="1", goals=(goal,))
        return Plan(goals=(goal,))

    found = diff(deep("誰もが安心して暮らせる街"), deep("誰もが安心して楽しく暮らせる街"))
    assert [one.kind for one in found.changes] == [Kind.RETITLED]
    assert (
        diff(
            patch(deep("誰もが安心して暮らせる街"), found), deep("誰もが安心して楽しく暮らせる街")
        ).changes
        == ()
    )


OLD = Plan(
    title="計画", measures=(Measure(code="1", title="窓口の改革"), Measure(code="2", title="植樹"))
)
NEW = Plan(
    title="新計画",
    measures=(Measure(code="2", title="窓口の改革と予約"), Measure(code="3", title="駅前")),
)


@pytest.mark.parametrize(
    "other",
    [
        Plan(title="別"),
        attrs.evolve(OLD, title="別の計画"),
        attrs.evolve(OLD, measures=OLD.measures[:1]),
        attrs.evolve(OLD, measures=(attrs.evolve(OLD.measures[0], title="別"), OLD.measures[1])),
    ],
)
def test_a_diff_of_another_plan_is_refused(other: Plan) -> None:
    with pytest.raises(PatchError) as caught:
        patch(other, diff(OLD, NEW))
    assert caught.value.code == "patch-mismatch"


def broken(**told: Any) -> Diff:  # noqa: ANN401
    return attrs.evolve(diff(OLD, NEW), **told)


ORDER = {"op": "order", "old": "", "new": "", "order": [5], "back": [0]}
LABEL = {
    "op": "explained", "old": "", "new": "", "field": "labels[区分]",
    "before": "L", "after": "M", "by": "abolished",
}  # fmt: skip


def came(data: object) -> tuple[Change, ...]:
    """The changes, with something else in the place of what was added."""
    return tuple(
        attrs.evolve(one, new=data) if one.kind is Kind.ADDED else one
        for one in diff(OLD, NEW).changes
    )


@pytest.mark.parametrize(
    "bad",
    [
        broken(bookkeeping=({"op": "unknown"},)),
        broken(bookkeeping=({"op": "places", "old": {}},)),
        broken(bookkeeping=({"op": "chain", "first": {}},)),
        broken(bookkeeping=({"op": "chain", "first": {}, "second": {}},)),
        broken(bookkeeping=({"op": "places", "old": {}, "new": {"measures[9]": 0}},), changes=()),
        broken(bookkeeping=({"op": "places", "old": {}, "new": {"measures[9]": 99}},), changes=()),
        broken(
            bookkeeping=({"op": "places", "old": {}, "new": {"goals[9]/measures[1]": 0}},),
            changes=(),
        ),
        broken(bookkeeping=(ORDER | {"field": "measures"},), changes=()),
        broken(bookkeeping=(ORDER | {"field": "owners"},), changes=()),
        broken(bookkeeping=(LABEL,), changes=()),
        broken(changes=came("no table")),
        broken(changes=came({"nothing": 1})),
        broken(
            changes=tuple(
                attrs.evolve(c, field="nothing") if c.field else c for c in diff(OLD, NEW).changes
            )
        ),
    ],
)
def test_a_damaged_diff_is_refused(bad: Diff) -> None:
    with pytest.raises(PatchError):
        patch(OLD, bad)


DATA = to_data(diff(OLD, NEW))


def damaged(**told: object) -> dict[str, Any]:
    return DATA | told


def damaged_change(**told: object) -> dict[str, Any]:
    return DATA | {"changes": [DATA["changes"][0] | told]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "wrong-type"),
        ({}, "version-missing"),
        (damaged(version=2), "version-newer"),
        (damaged(extra=1), "unknown-key"),
        (damaged(changes={}), "wrong-type"),
        (damaged(bookkeeping=[1]), "wrong-type"),
        (damaged(bookkeeping=[{"op": "magic"}]), "wrong-value"),
        (damaged(bookkeeping=[{"op": "paths"}]), "missing-key"),
        (damaged(bookkeeping=[{"op": "paths", "pairs": {}, "more": 1}]), "unknown-key"),
        (damaged(old={"id": ""}), "missing-key"),
        (damaged(old={"id": "", "title": 1}), "wrong-type"),
        (damaged_change(kind="vanished"), "wrong-value"),
        (damaged_change(score=True), "wrong-type"),
        (damaged_change(probable=1), "wrong-type"),
        (damaged_change(old_paths=[1]), "wrong-type"),
        (damaged_change(inline=[{"op": "guess", "text": ""}]), "wrong-value"),
    ],
)
def test_reading_is_strict(data: object, code: str) -> None:
    with pytest.raises(PlanError) as caught:
        from_data(data)
    assert caught.value.code == code


def test_a_sum_is_told_from_the_first_value_to_the_last() -> None:
    def titled(title: str) -> Plan:
        return Plan(title=title)

    both = compose(diff(titled("甲"), titled("乙")), diff(titled("乙"), titled("丙")))
    assert [(one.kind, one.old, one.new) for one in both.changes] == [(Kind.RETITLED, "甲", "丙")]
    back = compose(diff(titled("甲"), titled("乙")), diff(titled("乙"), titled("甲")))
    assert back.changes == ()
    gone = compose(diff(OLD, NEW), invert(diff(OLD, NEW)))
    assert gone.changes == ()
