import pickle

import pytest

from munidx import errors
from munidx.errors import MunidxError, PlanError
from munidx.place import Location


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_survives_pickling(name: str) -> None:
    kind = getattr(errors, name)
    error = kind("some-code", location=Location(document="a", line=3), path="goals[1]", limit=5)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is kind
    assert (copy.code, copy.location, copy.path, copy.params) == (
        "some-code",
        Location(document="a", line=3),
        "goals[1]",
        {"limit": 5},
    )
    assert isinstance(copy, MunidxError)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MunidxError("a"), "a"),
        (MunidxError("a", path="goals[1]"), "goals[1]: a"),
        (MunidxError("a", location=Location(document="f", line=2), path="x"), "f:2: a"),
        (MunidxError("a", field="b", got=1), "a (field='b', got=1)"),
    ],
)
def test_an_error_tells_where_and_what(error: MunidxError, told: str) -> None:
    assert str(error) == told


def test_a_plan_error_has_no_others_unless_given() -> None:
    assert PlanError("a").others == ()


def test_parameters_may_be_named_code() -> None:
    assert MunidxError("a", code="b").params == {"code": "b"}
