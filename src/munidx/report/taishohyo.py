"""The 新旧対照表, the table in which officials put two editions before a council.

Two columns, what is proposed and what is in force, row by row in the new order: changed words
are underlined on both sides, what is new stands opposite （新設） and what goes opposite （削る）,
unchanged stretches are folded to （略）, and a column 備考 names the sort of change. Here the
rows are made; the files beside this one write them as a page, a document and a sheet. The form
is Japanese whatever the language of the reports.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from munidx.diff.changes import Change, Diff, Kind, Segment
from munidx.diff.inline import inline
from munidx.japanese.eras import format_fiscal_year
from munidx.model import FiscalYear, Indicator, Item, Node, Plan
from munidx.report.catalogue import field_text, kind_word
from munidx.report.comparison import SEVERAL, Comparison, doubt
from munidx.report.values import entry_text, shorten, vocabulary

__all__ = ["Cell", "Row", "Run", "headings", "rows", "title"]

_FOLDED: Final = "（略）"
_KEPT: Final = 24
"""Characters of an unchanged stretch that are shown at each of its ends."""

_YEAR: Final = re.compile(r"(\w+)\[(\d{4})\]")
_KEY: Final = re.compile(r"(?P<name>[^\[]*)\[(?P<key>[^#].*)\]")
"""A field of which one part is meant by a name of its own, not by its place."""


@frozen
class Run:
    """A stretch of text, underlined where it changed."""

    text: str
    marked: bool = False


Line = tuple[Run, ...]
Cell = tuple[Line, ...]


@frozen
class Row:
    """A row of the table; ``depth`` is how deep its node stands in the plan, from 0."""

    old: Cell
    new: Cell
    remark: str = ""
    depth: int = 0


def title(view: Comparison) -> str:
    """``○○計画　新旧対照表``."""
    stamp = view.diff.new
    return f"{shorten(stamp.title or view.diff.old.title, 80)}　新旧対照表".strip()


def headings(view: Comparison) -> tuple[str, ...]:
    """The heads of the columns, in their order."""
    sides = ("現行", "改正後（案）") if view.layout.old_first else ("改正後（案）", "現行")
    return (*sides, "備考") if view.layout.remarks else sides


def rows(view: Comparison) -> tuple[Row, ...]:
    """All rows; none where nothing changed."""
    return tuple(_Table.of(view).rows()) if view.diff.changes else ()


@frozen
class _Table:
    """The changes by where their rows stand in the newer plan."""

    view: Comparison
    changed: Mapping[str, list[Change]]
    """By the path in the newer plan."""
    gone: Mapping[str, list[Change]]
    """What was removed, by the path after whose row it stood."""
    above: frozenset[str]
    """Paths of nodes that are shown only because something below them changed."""
    came: frozenset[str] = field(factory=frozenset)
    """Paths of nodes that are shown whole with all below them."""
    told: frozenset[str] = field(factory=frozenset)
    """Paths of nodes that are shown so in the row of another."""

    @classmethod
    def of(cls, view: Comparison) -> "_Table":
        changed: dict[str, list[Change]] = {}
        for change in view.diff.changes:
            # A split's or a merger's row stands where its first part does.
            paths = change.new_paths
            folded = change.kind is Kind.RENUMBERED
            for path in paths if folded else paths[:1]:
                changed.setdefault(path, []).append(change)
        gone, groups = _anchored(view)
        above: set[str] = set(groups)
        for path in [*changed, *groups]:
            item = view.new.get(path)
            while item is not None and item.parent is not None and item.parent not in above:
                above.add(item.parent)
                item = view.new.get(item.parent)
        came = {
            path
            for path, several in changed.items()
            if any(change.kind is Kind.ADDED for change in several)
        }
        # The parts of a split stand in the row of the first one.
        parts = (one.new_paths[1:] for one in view.diff.changes if one.kind is Kind.SPLIT)
        told = frozenset(path for paths in parts for path in paths) - changed.keys()
        return cls(view, changed, gone, frozenset(above), frozenset(came), told)

    def rows(self) -> Iterator[Row]:
        """The rows, none of them （略） right after one that ends so itself."""
        last = None
        for row in self._all():
            if row is not _FOLDED_ROW or last is None or last.new[-1:] != _FOLDED_ROW.new:
                yield row
            last = row

    def _all(self) -> Iterator[Row]:
        folded, within = False, ""
        for path, item in self.view.new.items():
            if within and path.startswith(within):
                continue
            # The plan's own title heads the table.
            row = self._row(path, item) if path or path in self.changed else None
            if path in self.told:
                row = None
            elif row is None:
                folded = folded or bool(path)
            else:
                if folded:
                    yield _FOLDED_ROW
                folded = False
                yield row
            within = f"{path}/" if path in self.came or path in self.told else ""
            for change in self.gone.get(path, ()):
                if folded:
                    yield _FOLDED_ROW
                folded = False
                yield self._removed(change)
        for change in self.gone.get(_END, ()):
            yield self._removed(change)
        if folded:
            yield _FOLDED_ROW

    def _row(self, path: str, item: Item) -> Row | None:
        changes = self.changed.get(path)
        depth = path.count("/")
        if changes is None:
            if path not in self.above:
                return None
            head = (Run(_head(item.node)),)
            return Row((head,), (head,), depth=depth)
        if path in self.came:
            lines = tuple(_whole(self.view.new, path))
            return Row(((Run(self.view.layout.added),),), lines, _remark(changes), depth)
        old, new = self._sides(path, item, changes)
        return Row(old, new, _remark(changes), depth)

    def _removed(self, change: Change) -> Row:
        path = change.old_paths[0] if change.old_paths else ""
        lines = tuple(_whole(self.view.old, path)) or ((Run(change.title, marked=True),),)
        return Row(lines, ((Run(self.view.layout.deleted),),), _remark([change]), path.count("/"))

    def _sides(self, path: str, item: Item, changes: Sequence[Change]) -> tuple[Cell, Cell]:
        several = [one for one in changes if one.kind in SEVERAL]
        if several:
            return (
                _parts(self.view.old, several[0].old_paths),
                _parts(self.view.new, several[0].new_paths),
            )
        before = _before(self.view, path, changes)
        old_head, new_head = _compared(_head(before or item.node), _head(item.node))
        old, new = [old_head], [new_head]
        told = {"title", "code"}
        for change in changes:
            name = change.field.partition("[")[0]
            if change.kind is not Kind.RENUMBERED and name not in {"title", "code"}:
                old_line, new_line = _field(change)
                old += [old_line] if old_line else []
                new += [new_line] if new_line else []
            told.add(name)
        if _holds_more(item.node, told):
            old.append((Run(_FOLDED),))
            new.append((Run(_FOLDED),))
        return tuple(old), tuple(new)


_END: Final = "/"
"""Where what was removed stands if nothing before it is left: no path looks so."""

_FOLDED_ROW: Final = Row(((Run(_FOLDED),),), ((Run(_FOLDED),),))


def _anchored(view: Comparison) -> tuple[dict[str, list[Change]], set[str]]:
    """The removals, by the node of the newer plan after which each stood, and their groups."""
    removed = {
        change.old_paths[0]: change
        for change in view.diff.changes
        if change.old_paths and not change.new_paths
    }
    groups: set[str] = set()
    if not removed:
        return {}, groups
    pairs = _pairs(view.diff)
    ends = _ends(view.new)
    last: dict[str, str] = {}
    places: dict[str, str] = {}
    gone: dict[str, list[Change]] = {}
    for path, item in view.old.items():
        if item.parent is None:
            places[path] = path
            continue
        parent = places.get(item.parent)
        if path in removed:
            # Right below its group, where no sibling stands before it.
            sibling = last.get(item.parent)
            after = parent if sibling is None else ends[sibling]
            gone.setdefault(_END if after is None else after, []).append(removed[path])
            groups |= {parent} if parent else set()
            continue
        place = pairs.get(path)
        if place is None and parent is not None:
            place = f"{parent}{path[len(item.parent) :]}".removeprefix("/")
        if place is None or place not in view.new:
            continue
        places[path] = place
        if view.new[place].parent == parent:
            last[item.parent] = place
    return gone, groups


def _pairs(diff: Diff) -> dict[str, str]:
    """Old path → new path, where it is not the same under the parent's; as far as known."""
    pairs: dict[str, str] = {}
    for entry in diff.bookkeeping:
        told = entry.get("pairs")
        if entry["op"] == "paths" and isinstance(told, Mapping):
            pairs.update(told)
    for change in diff.changes:
        if len(change.old_paths) == len(change.new_paths):
            pairs.update(zip(change.old_paths, change.new_paths, strict=True))
    return pairs


def _ends(items: Mapping[str, Item]) -> dict[str, str]:
    """Path → the last path at or below it."""
    ends: dict[str, str] = {}
    for path, item in items.items():
        ends[path] = path
        above = item.parent
        while above:
            ends[above] = path
            above = items[above].parent
    return ends


def _before(view: Comparison, path: str, changes: Sequence[Change]) -> Node | None:
    for change in changes:
        for old, new in zip(change.old_paths, change.new_paths, strict=False):
            if new == path and old in view.old:
                return view.old[old].node
    return None


def _head(node: Node) -> str:
    """``1-2　電子申請``."""
    code = "" if isinstance(node, Plan | Indicator) else node.code
    name = f"指標：{node.title}" if isinstance(node, Indicator) else node.title
    return "　".join(part for part in (code, shorten(name, 400)) if part)


def _parts(items: Mapping[str, Item], paths: Sequence[str]) -> Cell:
    """What a split or a merger is of: the first with its own texts, for what stands below it has
    rows of its own; the others whole.
    """  # noqa: D205
    told = [
        (Run(text, marked=True),)
        for path in paths[:1]
        if path in items
        for text in _texts(items[path].node)
    ]
    return (*told, *(line for path in paths[1:] for line in _whole(items, path)))


def _whole(items: Mapping[str, Item], path: str) -> Iterator[Line]:
    """A node with all below it, a line for each thing, all of it underlined."""
    for below, item in items.items():
        if below != path and not below.startswith(f"{path}/"):
            continue
        for text in _texts(item.node):
            yield (Run(text, marked=True),)


def _texts(node: Node) -> Iterator[str]:
    yield _head(node)
    if isinstance(node, Indicator):
        for observation in node.targets:
            year = f"（{format_fiscal_year(observation.year)}）" if observation.year else ""
            value = observation.text or ("" if observation.value is None else observation.value)
            yield f"目標値{year}：{value}{'' if observation.text else observation.unit}"
        return
    owners = [" ".join((*owner.path, owner.name or owner.person)) for owner in node.owners]
    told = ("　".join(owners), getattr(node, "description", ""))
    for label, text in zip(("担当", "内容"), told, strict=True):
        if text:
            yield f"{label}：{text}"


def _field(change: Change) -> tuple[Line, Line]:
    """A field on both sides, its changed words marked; an absent value is an empty line."""
    labels = [_label(change, value) for value in (change.old, change.new)]
    texts = [
        value
        if isinstance(value, str) and not vocabulary(change.field)
        else entry_text(change.field, value, "ja", dated=False)
        for value in (change.old, change.new)
    ]
    old, new = _split(change.inline) if change.inline else _compared(*texts)
    old_label, new_label = _compared(*labels)
    return ((*old_label, *old) if texts[0] else (), (*new_label, *new) if texts[1] else ())


def _label(change: Change, value: object) -> str:
    """``目標値（令和7年度）：``, by the value's own year, where it has one."""
    if change.kind is Kind.MOVED:
        return "位置："
    if not change.field:
        return ""
    dated = _YEAR.fullmatch(change.field)
    named = None if dated else _KEY.fullmatch(change.field)
    if named:
        # A label is called by its own name: 事業区分.
        return f"{named['key'] if named['name'] == 'labels' else field_text(change.field, 'ja')}："
    name = change.field.partition("[")[0]
    year = value.get("year") if isinstance(value, Mapping) and name != "edition" else None
    if year is None and dated:
        year = int(dated[2])
    when = f"（{format_fiscal_year(FiscalYear(year))}）" if isinstance(year, int) else ""
    return f"{field_text(name, 'ja')}{when}："


def _compared(old: str, new: str) -> tuple[Line, Line]:
    return _split(inline(old, new))


def _split(segments: Sequence[Segment]) -> tuple[Line, Line]:
    """Both sides of an inline comparison, long unchanged stretches folded."""
    sides: tuple[list[Run], list[Run]] = ([], [])
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        if segment.op == "equal":
            text = _fold(segment.text, first=place == 0, last=place == last)
            for side in sides:
                side.append(Run(text))
        else:
            sides[segment.op == "insert"].append(Run(segment.text, marked=True))
    return tuple(sides[0]), tuple(sides[1])


def _fold(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 3 * _KEPT or (first and last):
        return text
    head = "" if first else text[:_KEPT]
    tail = "" if last else text[-_KEPT:]
    return f"{head}{_FOLDED}{tail}"


def _holds_more(node: Node, told: set[str]) -> bool:
    names = ("description", "owners", "actions", "target_state", "targets", "schedule", "costs")
    return any(getattr(node, name, None) for name in names if name not in told)


def _remark(changes: Sequence[Change]) -> str:
    """The sorts of change, and that a pair is probable or pinned."""
    kinds = dict.fromkeys(kind_word(change.kind, "ja") for change in changes)
    doubts = dict.fromkeys(filter(None, (doubt(change, "ja") for change in changes)))
    return "、".join(kinds) + "".join(f"（{one}）" for one in doubts)
