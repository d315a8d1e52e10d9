"""Whole nodes: what went and came without what stayed beneath it."""

from munidx.diff import Kind, diff
from munidx.diff.patch import patch
from munidx.model import Goal, Measure, Plan

STAYS = Measure(title="通学路の点検", description="危ない箇所を地図にまとめ、学校と町会に配る")
GOES = Measure(title="駅前広場の植樹", description="街路樹の種類を季節ごとに選ぶ")
SAFE = Goal(title="安全なまち", measures=(Measure(title="防犯灯", description="夜道を照らす"),))


def test_a_goal_goes_without_the_measure_that_moved_out_of_it() -> None:
    old = Plan(goals=(Goal(title="みどりの回廊", measures=(STAYS, GOES)), SAFE))
    new = Plan(goals=(Goal(title=SAFE.title, measures=(*SAFE.measures, STAYS)),))
    found = diff(old, new)
    assert patch(old, found) == new
    assert {one.kind for one in found.changes} == {Kind.REMOVED, Kind.MOVED}
    [gone] = [one for one in found.changes if one.kind is Kind.REMOVED]
    assert gone.old == {
        "title": "みどりの回廊",
        "measures": [{"title": GOES.title, "description": GOES.description}],
    }
    [moved] = [one for one in found.changes if one.kind is Kind.MOVED]
    assert moved.title == STAYS.title
