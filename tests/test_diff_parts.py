"""Parts of a field: whichever way they are aligned, the same is found, and nothing is left out."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import parts
from munidx.diff.fields import alike, bare
from munidx.diff.parts import KEYS, align_parts, altered, apply_parts, complete
from munidx.formats.codec import unstructure
from munidx.model import Cost, Milestone, Observation, Period, Reference, Relation, Section
from munidx.testing import strategies
from munidx.testing.profiles import examples

Sequences = tuple[str, tuple[Any, ...], tuple[Any, ...]]


@st.composite
def sequences(draw: st.DrawFn) -> Sequences:
    """The parts of a field, and what an edition makes of them: some go, come, recur or change."""
    name = draw(st.sampled_from(("targets", "costs", "sections")))
    made: st.SearchStrategy[Any] = {
        "targets": strategies.observations(),
        "costs": strategies.costs(),
        "sections": st.builds(Section, title=st.sampled_from("ab"), text=st.sampled_from("xyz")),
    }[name]
    old = draw(st.lists(made, max_size=5))
    new = list(old)
    for place in draw(st.lists(st.integers(0, 5), max_size=3)):
        if place >= len(new) or draw(st.booleans()):
            new.insert(place, draw(made | st.sampled_from(old or [draw(made)])))
        else:
            fields = draw(st.sampled_from(({"source": "L1"}, {"text": "80"}, {"text": "x"})))
            new[place : place + 1] = draw(
                st.sampled_from(([], [attrs.evolve(new[place], **fields)], [draw(made)]))
            )
    return name, tuple(old), tuple(draw(st.permutations(new)) if draw(st.booleans()) else new)


@examples(500)
@given(sequences())
def test_one_part_that_changed_is_what_all_keys_tell(some: Sequences) -> None:
    found = altered(*some)
    pairs, kept = align_parts(*some)
    if found is not None:
        place, word = found
        assert pairs == [(place, place, word)]
        assert kept is None or complete(pairs, kept)


@examples(500)
@given(sequences())
def test_where_no_key_recurs_keys_tell_what_likeness_does(some: Sequences) -> None:
    name, old, new = some
    mine, theirs = list(map(KEYS[name], old)), list(map(KEYS[name], new))
    if len(set(mine)) == len(mine) and len(set(theirs)) == len(theirs):
        by_keys, _ = parts._by_keys(mine, theirs, old, new)
        assert by_keys == parts._by_likeness(mine, theirs, old, new)


@examples(500)
@given(sequences())
def test_complete_pairs_make_the_new_parts_and_the_old(some: Sequences) -> None:
    name, old, new = some
    pairs, kept = align_parts(name, old, new)
    mine, theirs = unstructure(old), unstructure(new)
    edits = [
        (
            None if first is None else mine[first],
            None if second is None else theirs[second],
        )
        for first, second, _ in pairs
    ]
    back = [(second, first) for first, second in edits]
    made = apply_parts(mine, edits) == theirs and apply_parts(theirs, back) == mine
    # Where a key recurs, or traces differ, it is left to the data.
    assert complete(pairs, kept) == made or kept is None


def test_a_part_with_the_key_of_another_is_not_told_alone() -> None:
    old = Section(title="a", text="x"), Section(title="a", text="y")
    new = Section(title="a", text="x"), Section(title="a", text="z")
    assert altered("sections", old, new) is None
    assert align_parts("sections", old, new) == ([(1, 1, "#2")], None)


@pytest.mark.parametrize(
    ("name", "part", "key"),
    [
        ("targets", Observation(), ""),
        ("targets", Observation(year=2024), "2024"),
        ("targets", Observation(date="2024-08"), "2024-08"),
        ("targets", Observation(period=Period()), ""),
        ("targets", Observation(period=Period(end=2024)), "~2024"),
        ("targets", Observation(period=Period(start=2020, end="2024-08")), "2020~2024-08"),
        ("costs", Cost(), ""),
        ("costs", Cost(total=True), "total"),
        ("costs", Cost(year=2024, category="project"), "2024,project"),
        ("costs", Cost(year=2024, total=True), "2024,total"),
        ("references", Reference(relation=Relation.RELATED, code="1-2"), "related,1-2"),
        ("milestones", Milestone(date=2024), "2024"),
        ("sections", Section(), ""),
    ],
)
def test_keys(name: str, part: object, key: str) -> None:
    assert KEYS[name](part) == key


@examples(300)
@given(strategies.observations(), strategies.observations(), st.booleans())
def test_alike_is_what_is_bare_and_equal(one: Any, other: Any, near: bool) -> None:  # noqa: ANN401
    if near:
        other = attrs.evolve(one, source=other.source, text=other.text, inferred=other.inferred)
    assert alike(one, other) == (bare(one) == bare(other))
    assert alike((one,), (other,)) == (bare(one) == bare(other))
    assert not alike((one,), (one, other))
