"""The marks that a city sets itself, 【追加】 and 【廃止】, against what is found."""

import attrs
import pytest

from munidx.diff import Effect, Kind, diff
from munidx.diff.patch import patch
from munidx.model import Goal, Measure, Plan, Status

PARK = Measure(code="1", title="公園の再整備", description="遊具を新しくし、木陰を増やす。")
BRIDGE = Measure(code="2", title="橋の補修", description="五年ごとに点検し、傷みを直す。")
NEWS = tuple(
    Measure(code=str(code), title=title)
    for code, title in enumerate(("窓口の予約", "防災の訓練", "図書館の夜間開館"), start=3)
)


def marked(node: Measure, status: Status | None) -> Measure:
    return attrs.evolve(node, status=status)


def told(old: tuple[Measure, ...], new: tuple[Measure, ...]) -> list[tuple[Kind, str]]:
    before, after = (
        Plan(goals=(Goal(code="1", title="くらし", measures=measures),)) for measures in (old, new)
    )
    found = diff(before, after)
    assert patch(before, found) == after
    for change in found.changes:
        if change.kind is Kind.MARK_MISMATCH:
            assert (change.effect, change.rule) == (Effect.UNCLEAR, "MX883")
    return [(change.kind, change.title) for change in found.changes]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ((marked(PARK, Status.ADDED), BRIDGE), [(Kind.MARK_MISMATCH, PARK.title)]),
        ((marked(PARK, Status.ABOLISHED), BRIDGE), [(Kind.ABOLISHED, PARK.title)]),
        ((PARK,), [(Kind.REMOVED, BRIDGE.title)]),
        ((PARK, BRIDGE, marked(NEWS[0], Status.ADDED)), [(Kind.ADDED, NEWS[0].title)]),
        (
            (PARK, BRIDGE, marked(NEWS[0], Status.ABOLISHED)),
            [(Kind.ADDED, NEWS[0].title), (Kind.MARK_MISMATCH, NEWS[0].title)],
        ),
        # One mark alone is no custom; where two are marked, the third should be.
        (
            (PARK, BRIDGE, marked(NEWS[0], Status.ADDED), NEWS[1]),
            [(Kind.ADDED, NEWS[0].title), (Kind.ADDED, NEWS[1].title)],
        ),
        (
            (PARK, BRIDGE, *(marked(one, Status.ADDED) for one in NEWS[:2]), NEWS[2]),
            [
                (Kind.ADDED, NEWS[0].title),
                (Kind.ADDED, NEWS[1].title),
                (Kind.ADDED, NEWS[2].title),
                (Kind.MARK_MISMATCH, NEWS[2].title),
            ],
        ),
    ],
)
def test_marks_are_held_against_what_is_found(
    new: tuple[Measure, ...], expected: list[tuple[Kind, str]]
) -> None:
    assert told((PARK, BRIDGE), new) == expected


def test_a_mark_that_stays_or_goes_is_no_mismatch() -> None:
    came = (marked(PARK, Status.ADDED), BRIDGE)
    assert told(came, came) == []
    assert told(came, (PARK, BRIDGE)) == [(Kind.STATUS_CHANGED, PARK.title)]


def test_a_goal_that_comes_abolished_is_held_against_its_mark_too() -> None:
    old = Plan(goals=(Goal(code="1", title="くらし"),))
    new = Plan(goals=(*old.goals, Goal(code="2", title="しごと", status=Status.ABOLISHED)))
    assert [(change.kind, change.rule) for change in diff(old, new).changes] == [
        (Kind.ADDED, "MX821"),
        (Kind.MARK_MISMATCH, "MX883"),
    ]
