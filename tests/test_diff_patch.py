"""patch(old, diff(old, new)) == new, for every pair of plans."""

from hypothesis import given

from munidx.diff import diff, patch
from munidx.model import Plan
from munidx.testing.profiles import examples
from munidx.testing.strategies import plan_pairs


@examples(2000)
@given(plan_pairs())
def test_patch_rebuilds_the_new_plan(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    assert patch(old, diff(old, new)) == new
