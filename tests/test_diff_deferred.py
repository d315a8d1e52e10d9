"""A sequence that is made when it is first looked at."""

import copy
import pickle
from collections.abc import Iterator

import pytest

from munidx import diff, invert
from munidx.diff.deferred import Deferred
from munidx.model import Measure, Plan


class Source:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Iterator[int]:
        self.asked += 1
        yield from (3, 1, 2)


def test_nothing_is_made_before_it_is_asked_for_and_once_only() -> None:
    source = Source()
    found = Deferred(source)
    assert source.asked == 0
    assert list(found) == [3, 1, 2]
    assert (found[0], found[-1], found[1:], len(found), 2 in found) == (3, 2, (1, 2), 3, True)
    assert source.asked == 1


@pytest.mark.parametrize("other", [(3, 1, 2), Deferred(lambda: [3, 1, 2])])
def test_it_equals_what_has_the_same_items(other: object) -> None:
    found = Deferred(Source())
    assert found == other
    assert other == found
    assert hash(found) == hash(other)
    assert repr(found) == "(3, 1, 2)"


@pytest.mark.parametrize("other", [(), (3, 1), [3, 1, 2], Deferred(list), "312"])
def test_it_differs_from_all_else(other: object) -> None:
    assert Deferred(Source()) != other


def test_copies_are_tuples() -> None:
    found = Deferred(Source())
    assert pickle.loads(pickle.dumps(found)) == (3, 1, 2)  # noqa: S301 - made right here
    assert isinstance(copy.deepcopy(found), tuple)


def test_the_books_of_a_diff_wait_and_the_diff_can_be_pickled() -> None:
    old = Plan(measures=(Measure(title="窓口の改善", source="a#L1"),))
    new = Plan(measures=(Measure(title="窓口の改善", source="b#L9"),))
    found = diff(old, new)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made right here
    assert [entry["op"] for entry in found.bookkeeping] == ["trace"]


def test_fingerprints_wait_too_and_stay_through_pickles_copies_and_inversions() -> None:
    old = Plan(measures=(Measure(title="窓口の改善", level="事業"), Measure(id="k", title="緑地")))
    new = Plan(measures=(Measure(title="窓口の改善", level="取組"), Measure(id="m", title="緑地")))
    found, same = diff(old, new), diff(old, new)
    assert len(found.changes) == 3
    assert pickle.loads(pickle.dumps(found)).changes == found.changes  # noqa: S301 - made here
    marks = [change.fingerprint for change in found.changes]
    assert len({*marks, ""}) == 4
    assert [change.fingerprint for change in copy.deepcopy(same).changes] == marks
    assert [change.fingerprint for change in invert(same).changes] == marks
    assert [change.fingerprint for change in invert(invert(found)).changes] == marks
    assert found == same
