"""MX106 to MX116: structure, how a plan's nodes stand to each other."""

from collections.abc import Iterator
from typing import Final

from munidx.findings import Severity
from munidx.model import Indicator, Item
from munidx.rules.codes import coded, distinction
from munidx.rules.registry import Fault, found, rule
from munidx.rules.view import View, alive

__all__: list[str] = []

_DEEPEST: Final = 8


@rule("MX106", "code-gap", Severity.INFO)
def code_gap(view: View) -> Iterator[Fault]:
    """A number is missing in a run of siblings.

    Why:
        A gap is a row that was dropped, by the city or by the reading. Codes that count in
        larger steps (612010, 612020) are no run.

    Fails::

        measures = [
            { code = "1", title = "い" }, { code = "2", title = "ろ" },
            { code = "4", title = "は" }, { code = "5", title = "に" },
        ]

    Passes::

        measures = [
            { code = "612010", title = "い" }, { code = "612020", title = "ろ" },
            { code = "612030", title = "は" }, { code = "612040", title = "に" },
        ]

    Fix:
        Compare with the document. If the row was withdrawn without a word, the diff with the
        edition before says which it was.

    Source:
        The running numbers of the published tables.
    """
    for group in view.numberings:
        runs: dict[tuple[object, ...], list[tuple[int, Item]]] = {}
        for item in group:
            coding = view.codings.get(item.path)
            if coding and coding.numbers:
                run = (*coding.numbers[:-1], coding.shape)
                runs.setdefault(run, []).append((coding.numbers[-1], item))
        for numbered in runs.values():
            yield from _gaps(numbered)


def _gaps(run: list[tuple[int, Item]]) -> Iterator[Fault]:
    held = {number for number, _ in run}
    lowest, highest = min(held), max(held)
    # More gaps than a third of the rows: it is not a running number.
    if len(held) < 3 or (highest - lowest + 1 - len(held)) * 3 > len(held):  # noqa: PLR2004
        return
    missing = tuple(str(n) for n in range(lowest, highest) if n not in held)
    if missing:
        after = min(
            (number, place) for place, (number, _) in enumerate(run) if number > int(missing[0])
        )
        yield found(run[after[1]][1], missing=missing)


@rule("MX107", "code-disorder", Severity.INFO)
def code_disorder(view: View) -> Iterator[Fault]:
    """Numbered siblings do not stand in the order of their numbers.

    Why:
        Rows out of order come from a table whose columns were read apart, or from a row put
        in by hand. 1-10 follows 1-9.

    Fails::

        [[measures]]
        code = "1"
        [[measures]]
        code = "3"
        [[measures]]
        code = "2"

    Passes::

        measures = [{ code = "1-9", title = "い" }, { code = "1-10", title = "ろ" }]

    Fix:
        Compare with the document; if it is printed so, ignore the finding.

    Source:
        The running numbers of the published tables.
    """
    for group in view.numberings:
        latest: dict[str, tuple[tuple[int, ...], Item]] = {}
        for item in group:
            coding = view.codings.get(item.path)
            if coding is None or not coding.numbers:
                continue
            earlier = latest.get(coding.shape)
            if earlier and coding.numbers < earlier[0]:
                yield found(item, code=coded(item).code, after=coded(earlier[1]).code)
                break
            latest[coding.shape] = (coding.numbers, item)


@rule("MX108", "same-title", Severity.WARNING)
def same_title(view: View) -> Iterator[Fault]:
    """Siblings have the same title, and nothing tells them apart.

    Why:
        A row that stands twice counts twice. Siblings whose owner, budget code, statement,
        definition or unit differ are different things with one name and are not reported.

    Fails::

        measures = [{ code = "1", title = "電子 申請" }, { code = "2", title = "電子申請" }]

    Passes::

        measures = [
            { code = "1", title = "庶務", owners = [{ name = "総務課" }] },
            { code = "2", title = "庶務", owners = [{ name = "議事課" }] },
        ]

    Fix:
        Remove the row that was entered twice, or give what tells the two apart.

    Source:
        Review of published project lists.
    """
    for group in view.siblings:
        for alike in view.of_one_title(group):
            first: dict[tuple[object, ...], Item] = {}
            for item in alike:
                earlier = first.setdefault(distinction(item), item)
                if earlier is not item:
                    yield found(item, other=coded(earlier).code or earlier.path)


@rule("MX112", "deep-nesting", Severity.WARNING)
def deep_nesting(view: View) -> Iterator[Fault]:
    """Goals and measures stand more than eight rungs deep.

    Why:
        No published plan that we know has more than five rungs; a deeper one was nested by
        a reading that never closed a heading.

    Fails::

        [[goals]]
        title = "一"
        [[goals.goals]]
        title = "二"
        [[goals.goals.goals]]
        title = "三"
        [[goals.goals.goals.goals]]
        title = "四"
        [[goals.goals.goals.goals.measures]]
        title = "五"
        [[goals.goals.goals.goals.measures.measures]]
        title = "六"
        [[goals.goals.goals.goals.measures.measures.measures]]
        title = "七"
        [[goals.goals.goals.goals.measures.measures.measures.measures]]
        title = "八"
        [[goals.goals.goals.goals.measures.measures.measures.measures.measures]]
        title = "九"

    Passes::

        [[goals]]
        title = "大綱"
        [[goals.goals]]
        title = "施策"
        [[goals.goals.measures]]
        title = "事業"

    Fix:
        Look where the first of the nested nodes ends in the document.

    Source:
        The plans that munidx reads.
    """
    depth = {"": 0}
    for item in view.items[1:]:
        depth[item.path] = depth[item.parent or ""] + 1
        if depth[item.path] == _DEEPEST + 1 and not isinstance(item.node, Indicator):
            yield found(item, depth=depth[item.path])


@rule("MX113", "code-under-other-parent", Severity.WARNING)
def code_under_other_parent(view: View) -> Iterator[Fault]:
    """A node's code belongs to another parent than the one it stands under.

    Why:
        Where the siblings' codes begin with their parent's code (`2-1`, `2-2` under `2`), one
        that begins otherwise was moved, or read into the wrong group.

    Fails::

        [[goals]]
        code = "2"
        title = "丁寧なまち"
        measures = [{ code = "2-1" }, { code = "2-2" }, { code = "1-3" }]

    Passes::

        [[goals]]
        code = "2"
        title = "丁寧なまち"
        measures = [{ code = "2-1", title = "い" }, { code = "2-2", title = "ろ" }]

    Fix:
        Compare with the document: correct the code, or put the node where it belongs.

    Source:
        The numbering of the published plans.
    """
    for group in view.siblings:
        above = group[0].parent or ""
        parent = view.codings.get(above)
        if parent is None or not parent.numbers:
            continue
        stem = parent.numbers
        told = ((item, view.codings.get(item.path)) for item in group)
        numbered = [
            (item, coding.numbers[: len(stem)])
            for item, coding in told
            if coding and len(coding.numbers) > len(stem)
        ]
        strangers = [item for item, beginning in numbered if beginning != stem]
        if len(strangers) * 2 < len(numbered):
            for item in strangers:
                yield found(item, code=coded(item).code, parent=coded(view.by_path[above]).code)


@rule("MX114", "empty-plan", Severity.WARNING)
def empty_plan(view: View) -> Iterator[Fault]:
    """The plan holds no goal, no measure and no indicator.

    Why:
        There is nothing in it to check or to compare. A document was probably read by an
        adapter that did not find its tables.

    Fails::

        title = "DX推進計画"

    Passes::

        title = "DX推進計画"
        measures = [{ title = "電子申請" }]

    Fix:
        See what was left unread: `munidx convert --coverage`.

    Source:
        The munidx design: nothing is lost silently.
    """
    if len(view.items) == 1:
        yield found(view.items[0])


@rule("MX115", "empty-goal", Severity.INFO)
def empty_goal(view: View) -> Iterator[Fault]:
    """A goal has nothing below it: no goal, no measure, no indicator.

    Why:
        It says what is wanted but neither how it is to be reached nor how it is measured. Not
        reported where no goal of the plan has anything below it, nor for ended goals.

    Fails::

        goals = [{ title = "便利", measures = [{ title = "電子申請" }] }, { title = "丁寧" }]

    Passes::

        goals = [{ title = "便利" }, { title = "丁寧" }]

    Fix:
        Nothing, if it was published so; otherwise look where its rows went.

    Source:
        The munidx design: goals say what a city wants to reach, measures what it does.
    """
    empty = [item for item, goal in view.goals if alive(goal) and item.path not in view.children]
    if len(empty) < len(view.goals):
        yield from (found(item) for item in empty if item.path not in view.ended)


@rule("MX116", "measure-twice", Severity.INFO)
def measure_twice(view: View) -> Iterator[Fault]:
    """The same measure stands under two parents.

    Why:
        Published plans print a measure again under a second goal (再掲); sums and counts then
        take it twice. Reported where code, title and owners are the same.

    Fails::

        [[goals]]
        code = "1"
        title = "便利なまち"
        measures = [{ code = "612050", title = "広報紙発行事業" }]
        [[goals]]
        code = "2"
        title = "丁寧なまち"
        measures = [{ code = "612050", title = "広報紙発行事業" }]

    Passes::

        [[goals]]
        code = "1"
        title = "便利なまち"
        measures = [{ code = "612050", title = "広報紙発行事業" }]
        [[goals]]
        code = "2"
        title = "丁寧なまち"
        measures = [{ code = "612060", title = "広聴事業" }]

    Fix:
        Nothing, if it was published so; keep it in mind when adding up.

    Source:
        再掲 in published plans.
    """
    for alike in view.of_one_title([item for item, _ in view.measures]):
        first: dict[tuple[object, ...], Item] = {}
        for item in alike:
            coding = view.codings.get(item.path)
            if coding is None or not coding.code:
                continue
            earlier = first.setdefault((coding.code, *distinction(item)), item)
            if earlier.parent != item.parent:
                yield found(item, code=coded(item).code, other=earlier.path)
