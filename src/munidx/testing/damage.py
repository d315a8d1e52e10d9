"""Documents as they ought not to be: cut off, renumbered, of another city, of nobody.

All are made without chance, so that a test that fails today fails tomorrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

from attrs import evolve

from munidx.adapters.stretches import Layout
from munidx.document import Block, Cell, Publication, Source, Table
from munidx.model import Goal, Measure, Plan, walk

__all__ = ["STRANGERS", "renumbered", "truncated"]

_Unit = TypeVar("_Unit", Block, Cell)
_CUTS: Final = 24
_SWAPS: Final = 12

STRANGERS: Final[Mapping[str, bytes]] = {
    "noise.txt": bytes(33 + number * 7919 % 94 for number in range(4000)),
    "signs.txt": ("☆①【】※△▲《》\t" * 400).encode(),
    "letter.txt": (
        "市民の皆様へ\n\n日ごろから市政にご協力をいただき、ありがとうございます。\n"
        "来月の収集日は次のとおりです。\n\n1 燃えるごみ\t火曜日・金曜日\n2 資源\t第2水曜日\n"
    ).encode(),
    "projects.txt": (
        "見本町 実施計画事業一覧（令和6年度）\n\n"
        "番号\t事業名\t担当課\t予算額（千円）\t指標\t目標値\n"
        "1-1\t庁舎の照明の更新\t管財課\t12,000\t更新した灯数\t400\n"
        "1-2\t移動図書館の巡回\t生涯学習課\t3,450\t巡回した地点\t18\n"
        "\t合計\t\t15,450\t\t\n"
    ).encode(),
    "evaluation.html": (
        "<html><body><h1>見本市行政評価</h1><h2>基本方針1 くらし</h2><table><tr><th>施策</th>"
        "<th>指標</th><th>R5実績</th><th>R6目標</th></tr><tr><td>見守り</td><td>訪問した世帯</td>"
        "<td>120</td><td>150</td></tr></table><p>次年度は対象を広げます。</p></body></html>"
    ).encode(),
}
"""Documents that no city's adapter may take for its own: noise, a letter, forms of towns that
there are not."""


def truncated(sources: Sequence[Source]) -> Iterator[tuple[int, tuple[Source, ...]]]:
    """``sources`` with the last one cut off at places spread evenly over it."""
    *others, last = sources
    size = len(last.data)
    for cut in sorted({size * number // _CUTS for number in range(1, _CUTS)}):
        yield cut, (*others, Source(last.name, last.data[:cut]))


def renumbered(
    publication: Publication, plans: Sequence[Plan]
) -> Iterator[tuple[str, Publication]]:
    """``publication`` with the printed codes of two siblings in each other's place.

    The first pair alone, and then the others all at once: a long document is read but twice.
    """
    layout = Layout.of(publication)
    swaps: list[tuple[str, dict[str, tuple[str, str]]]] = []
    for first, second in _neighbours(plans):
        changes = _swap(layout, first, second)
        if changes and not any(changes.keys() & taken for _, taken in swaps):
            swaps.append((f"{first.code} ↔ {second.code}", changes))
    for some in filter(None, (swaps[:1], swaps[1:])):
        together = {place: change for _, changes in some for place, change in changes.items()}
        blocks = tuple(_changed(block, together) for block in publication.blocks)
        swapped = evolve(publication, blocks=blocks)
        if swapped != publication:
            yield ", ".join(what for what, _ in some), swapped


def _neighbours(plans: Sequence[Plan]) -> Iterator[tuple[Goal | Measure, Goal | Measure]]:
    """Pairs of siblings with codes of their own, some from everywhere."""
    pairs: list[tuple[Goal | Measure, Goal | Measure]] = []
    for plan in plans:
        for item in walk(plan):
            for name in ("goals", "measures"):
                members = [one for one in getattr(item.node, name, ()) if one.code and one.source]
                pairs += zip(members[::2], members[1::2], strict=False)
    different = [(one, other) for one, other in pairs if one.code != other.code]
    yield from different[:: max(1, len(different) // _SWAPS)][:_SWAPS]


def _swap(
    layout: Layout, first: Goal | Measure, second: Goal | Measure
) -> dict[str, tuple[str, str]]:
    """Which code at which place becomes which other."""
    changes: dict[str, tuple[str, str]] = {}
    for one, other in ((first, second), (second, first)):
        for unit in layout.scope(one.source).units:
            if one.code in unit.folded.aligned.original:
                changes.setdefault(str(unit.place), (one.code, other.code))
                break
    return changes


def _changed(block: Block | Table, changes: Mapping[str, tuple[str, str]]) -> Block | Table:
    if isinstance(block, Table):
        rows = (
            evolve(row, cells=tuple(_replaced(cell, changes) for cell in row.cells))
            for row in block.rows
        )
        return evolve(block, rows=tuple(rows))
    return _replaced(block, changes)


def _replaced(unit: _Unit, changes: Mapping[str, tuple[str, str]]) -> _Unit:
    change = changes.get(str(unit.place))
    return evolve(unit, text=unit.text.replace(*change, 1)) if change else unit
