from decimal import Decimal
from typing import Any

import pytest

from munidx.model import FiscalYear, Goal, Indicator, Measure, Node, Observation, Owner, Plan
from munidx.rules.fields import field_of

FIRST = Observation(year=FiscalYear(2025), value=Decimal(80), text="80%")
SECOND = Observation(value=Decimal(90))
EMPTY = Observation()
INDICATOR = Indicator(code="3", title="申請率", baseline=EMPTY, targets=(FIRST, SECOND))
MEASURE = Measure(code="1", title="窓口")
OWNED = Measure(title="窓口", owners=(Owner(person="市長"), Owner(name="情報課")))


@pytest.mark.parametrize(
    ("node", "part", "params", "told"),
    [
        (INDICATOR, None, {}, "title"),
        (INDICATOR, INDICATOR, {}, "title"),
        (INDICATOR, None, {"code": "3"}, "code"),
        (INDICATOR, None, {"code": "4"}, "title"),
        (INDICATOR, None, {"field": "code"}, "code"),
        (INDICATOR, None, {"field": "unit"}, "title"),
        (INDICATOR, FIRST, {}, "targets[#1].text"),
        (INDICATOR, SECOND, {}, "targets[#2].value"),
        (INDICATOR, FIRST, {"value": Decimal(80)}, "targets[#1].value"),
        (INDICATOR, EMPTY, {}, "baseline"),
        (INDICATOR, Observation(), {}, "title"),
        (OWNED, OWNED.owners[0], {}, "owners[#1]"),
        (OWNED, OWNED.owners[1], {}, "owners[#2].name"),
        (Goal(measures=(MEASURE,)), MEASURE, {}, ""),
        (Goal(code="1"), None, {}, "code"),
        (Plan(id="x"), None, {}, "id"),
    ],
)
def test_a_fault_is_about_the_field_that_tells_most(
    node: Node, part: object, params: dict[str, Any], told: str
) -> None:
    assert field_of(node, part, params) == told
