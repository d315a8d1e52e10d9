import contextlib
import gc
import threading
import weakref
from collections.abc import Callable

import pytest

from munidx.garbage import collected, uncollected


def test_the_collector_works_again_afterwards_whatever_happens() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
        with collected():
            assert gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_threads_that_overlap_leave_the_collector_as_it_was() -> None:
    """The first to come is the first to go: the second must not keep what it found."""
    entered, leave = threading.Event(), threading.Event()

    def second() -> None:
        with uncollected(), collected():
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=second)
    with uncollected():
        thread.start()
        assert entered.wait(10)
    leave.set()
    thread.join(10)
    assert gc.isenabled()


@pytest.mark.parametrize("within", [uncollected, collected])
def test_who_has_switched_it_off_finds_it_off(
    within: Callable[[], contextlib.AbstractContextManager[None]],
) -> None:
    gc.disable()
    try:
        with within():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


class _Ring:
    """One that holds itself: only the collector finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_meanwhile_is_old_and_still_found() -> None:
    gc.collect()
    with uncollected():
        ring = _Ring()
    assert any(one is ring for one in gc.get_objects(generation=2))
    told = weakref.ref(ring)
    del ring
    gc.collect()
    assert told() is None


def test_who_has_frozen_objects_finds_them_frozen() -> None:
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        with uncollected():
            pass
        assert gc.get_freeze_count() == before > 0
    finally:
        gc.unfreeze()
