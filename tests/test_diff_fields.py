"""Every field of the model is compared, each in its shape."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff.fields import CHILDREN, FIELDS, Shape, put_trace, strip, trace
from munidx.diff.parts import KEYS
from munidx.model import Goal, Indicator, Measure, Plan
from munidx.testing.profiles import examples

NODES = (Plan, Goal, Measure, Indicator)


@pytest.mark.parametrize("kind", NODES)
def test_every_field_of_a_node_has_a_change_kind(kind: type) -> None:
    names = {one.name for one in attrs.fields(kind)} - CHILDREN
    assert names - FIELDS.keys() == set()


def test_no_field_is_named_that_no_node_has() -> None:
    known = {one.name for kind in NODES for one in attrs.fields(kind)}
    assert FIELDS.keys() - known == set()


def test_every_sequence_of_parts_has_a_key() -> None:
    assert KEYS.keys() == {name for name, (shape, _) in FIELDS.items() if shape is Shape.PARTS}


def test_only_traces_are_never_reported() -> None:
    hidden = {name for name, (shape, _) in FIELDS.items() if shape is Shape.TRACE}
    assert hidden == {"source", "inferred", "documents"}


_DATA = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["source", "inferred", "text", "rating"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@examples(300)
@given(_DATA)
def test_a_trace_put_back_makes_the_whole(data: object) -> None:
    assert put_trace(strip(data), trace(data)) == data


@pytest.mark.parametrize(
    ("data", "traces"),
    [([1], [None, None]), ([1], "L1"), (3, {"source": "L1"}), ({"a": 1}, ["x"]), ({}, {"a": {}})],
)
def test_a_trace_of_another_shape_is_refused(data: object, traces: object) -> None:
    with pytest.raises(ValueError):
        put_trace(data, traces)
