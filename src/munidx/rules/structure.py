"""MX106 to MX116: structure, how a plan's nodes stand to each other."""

from collections.abc import Iterator
from typing import Final

from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.model import Indicator, Item, Plan, normal_code
from munidx.rules.codes import coded, distinction, numbers_of, shape_of
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
    for group in view.siblings:
        runs: dict[tuple[object, ...], list[tuple[int, Item]]] = {}
        for item in group:
            *stem, last = numbers_of(item) or (None,)
            if last is not None:
                runs.setdefault((*stem, shape_of(item)), []).append((last, item))
        for run in runs.values():
            yield from _gaps(run)


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
    for group in view.siblings:
        latest: dict[str, tuple[tuple[int, ...], Item]] = {}
        for item in group:
            numbers = numbers_of(item)
            if not numbers:
                continue
            shape = shape_of(item)
            earlier = latest.get(shape)
            if earlier and numbers < earlier[0]:
                yield found(item, code=coded(item).code, after=coded(earlier[1]).code)
                break
            latest[shape] = (numbers, item)


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
        first: dict[tuple[object, ...], Item] = {}
        for item in group:
            title = compact(item.node.title)
            if not title:
                continue
            earlier = first.setdefault((title, *distinction(item)), item)
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
        parent = view.by_path[group[0].parent or ""]
        stem = () if isinstance(parent.node, Plan) else numbers_of(parent)
        if not stem:
            continue
        numbered = [
            (item, numbers) for item in group if len(numbers := numbers_of(item)) > len(stem)
        ]
        strangers = [item for item, numbers in numbered if numbers[: len(stem)] != stem]
        if len(strangers) * 2 < len(numbered):
            for item in strangers:
                yield found(item, code=coded(item).code, parent=coded(parent).code)


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
    first: dict[tuple[object, ...], Item] = {}
    for item, measure in view.measures:
        code, title = normal_code(measure.code), compact(measure.title)
        if code and title:
            earlier = first.setdefault((code, title, *distinction(item)), item)
            if earlier.parent != item.parent:
                yield found(item, code=measure.code, other=earlier.path)
