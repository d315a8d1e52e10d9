"""MX5xx: responsibility, who answers for what."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.model import Item, Owner, OwnerRole
from munidx.rules.registry import Fault, each_or_all, found, rule
from munidx.rules.view import View, alive

__all__: list[str] = []

_DOUBLED: Final = re.compile(r"([課室係部局])\1$")
_USUAL: Final = 3
"""So often a unit must stand under one bureau before another bureau is odd."""
_LISTED: Final = 5
"""One owner in so many may be none of those that the plan lists."""
_UNITS: Final = "課室係部局所班"
_DISTINCT: Final = re.compile("[0-9０-９一二三四五六七八九十上中下東西南北左右前後新旧本支]")
"""Signs by which units of one kind are told apart."""
_LONG: Final = 6
"""Signs of a name of which one may be a slip; of shorter ones, another unit (総務課, 財務課)."""


@rule("MX501", "measure-without-owner", Severity.WARNING)
def measure_without_owner(view: View) -> Iterator[Fault]:
    """A measure names nobody who answers for it.

    Why:
        What nobody answers for is not done; and a lost department is what a misread row looks
        like. An owner of the measure above counts; one of the goal above counts where most
        measures name none of their own. Where most have no owner at all, one finding says so
        for the whole plan. Ended measures are left out.

    Fails::

        [[measures]]
        title = "電子申請"
        owners = [{ name = "情報政策課" }]
        [[measures]]
        title = "窓口改革"
        owners = [{ name = "市民課" }]
        [[measures]]
        title = "電子投票"

    Passes::

        [[measures]]
        title = "電子申請"
        owners = [{ name = "情報政策課" }]
        [[measures]]
        title = "遠隔相談"
        status = "abolished"

    Fix:
        See whether the document prints one that was not read.

    Source:
        The munidx design: `Owner`.
    """
    rows = [item for item, node in view.measures if alive(node) and item.path not in view.ended]
    if all(map(_answered, rows)):
        return
    own = {item.path for item in view.owned if _answered(item)}
    by_measures = {item.path for item, _ in view.measures} & own
    usual = len(by_measures & {item.path for item in rows}) * 2 >= len(rows)
    held = by_measures if usual else own
    covered = set(held)
    for item in view.items:
        if item.parent in covered:
            covered.add(item.path)
    faults = [found(item) for item in rows if item.path not in covered]
    yield from each_or_all(view, faults, len(rows))


def _answered(item: Item) -> bool:
    return any(map(_told, item.node.owners))


def _told(owner: Owner) -> bool:
    return bool(owner.name or owner.path or owner.person)


@rule("MX502", "several-leads", Severity.INFO)
def several_leads(view: View) -> Iterator[Fault]:
    """More than one unit is named as the lead.

    Why:
        Where two lead, each may wait for the other. Published plans do name two at times.

    Fails::

        [[measures]]
        title = "情報配信"
        owners = [{ name = "情報政策課", role = "lead" }, { name = "広報課", role = "lead" }]

    Passes::

        [[measures]]
        title = "情報配信"
        owners = [{ name = "情報政策課", role = "lead" }, { name = "広報課", role = "supporting" }]

    Fix:
        Nothing, if it is printed so.

    Source:
        The munidx design: `Owner`.
    """
    for item in view.owned:
        if len(item.node.owners) == 1:
            continue
        leads = [owner for owner in item.node.owners if owner.role is OwnerRole.LEAD]
        names = tuple(dict.fromkeys(owner.name for owner in leads))
        if len(names) > 1:
            yield found(item, leads[1], owners=names)


@rule("MX503", "owner-twice", Severity.WARNING)
def owner_twice(view: View) -> Iterator[Fault]:
    """The same unit is named twice as an owner of one node.

    Why:
        A cell was read twice, or another unit was meant.

    Fails::

        measures = [{ title = "情報配信", owners = [{ name = "広報課" }, { name = "広報課" }] }]

    Passes::

        measures = [{ title = "情報配信", owners = [{ name = "広報課" }, { name = "広聴課" }] }]

    Fix:
        Compare with the document and remove the second.

    Source:
        The munidx design: `Owner`.
    """
    for item in view.owned:
        if len(item.node.owners) == 1:
            continue
        seen: set[tuple[object, ...]] = set()
        for owner in item.node.owners:
            key = (compact(owner.name), tuple(map(compact, owner.path)), owner.role, owner.person)
            if key in seen:
                yield found(item, owner, owner=owner.name or owner.person or " ".join(owner.path))
            seen.add(key)


@rule("MX504", "owner-empty", Severity.WARNING)
def owner_empty(view: View) -> Iterator[Fault]:
    """An owner has no name, no bureau and no person.

    Why:
        It says that somebody answers, and not who.

    Fails::

        measures = [{ title = "情報配信", owners = [{ role = "lead" }] }]

    Passes::

        measures = [{ title = "情報配信", owners = [{ path = ["総務部"] }] }]

    Fix:
        Enter the unit that is printed, or leave the owner out.

    Source:
        The munidx design: `Owner`.
    """
    for item in view.owned:
        for owner in item.node.owners:
            if not _told(owner):
                yield found(item, owner)


@rule("MX505", "owner-name-doubled", Severity.WARNING)
def owner_name_doubled(view: View) -> Iterator[Fault]:
    """A unit's name ends in the same word twice (課課).

    Why:
        No unit is called so: a slip in the publication, which makes another unit of it in
        every comparison.

    Fails::

        measures = [{ title = "登室状況の管理", owners = [{ name = "青少年課課" }] }]

    Passes::

        measures = [{ title = "登室状況の管理", owners = [{ name = "青少年課" }] }]

    Fix:
        Tell the publisher; the name stays as published.

    Source:
        Review of published plans.
    """
    for item in view.owned:
        for owner in item.node.owners:
            for name in (owner.name, *owner.path):
                if _doubled(name):
                    yield found(item, owner, owner=name)


@lru_cache(maxsize=4096)
def _doubled(name: str) -> bool:
    return bool(_DOUBLED.search(compact(name)))


@rule("MX506", "owner-under-other-bureau", Severity.INFO)
def owner_under_other_bureau(view: View) -> Iterator[Fault]:
    """A unit stands once under another bureau than everywhere else in the plan.

    Why:
        Rows that were read apart give a unit its neighbour's bureau. Units that several
        bureaus have (総務課) stand under each more than once, and are not reported.

    Fails::

        measures = [
            { title = "い", owners = [{ name = "情報政策課", path = ["総務部"] }] },
            { title = "ろ", owners = [{ name = "情報政策課", path = ["総務部"] }] },
            { title = "は", owners = [{ name = "情報政策課", path = ["総務部"] }] },
            { title = "に", owners = [{ name = "情報政策課", path = ["市民生活部"] }] },
        ]

    Passes::

        measures = [
            { title = "い", owners = [{ name = "総務課", path = ["総務部"] }] },
            { title = "ろ", owners = [{ name = "総務課", path = ["教育委員会"] }] },
        ]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    uses: dict[str, list[tuple[tuple[str, ...], Item, Owner]]] = defaultdict(list)
    for item in view.owned:
        for owner in item.node.owners:
            if owner.name and owner.path:
                uses[compact(owner.name)].append((owner.path, item, owner))
    for told in uses.values():
        counts = Counter(path for path, _, _ in told)
        (usual, most), *_ = counts.most_common(1)
        if len(counts) != 2 or most < _USUAL or min(counts.values()) > 1:  # noqa: PLR2004
            continue
        for path, item, owner in told:
            if path != usual:
                yield found(
                    item, owner, owner=owner.name, bureau=" ".join(path), usual=" ".join(usual)
                )


@rule("MX507", "owner-unknown", Severity.WARNING)
def owner_unknown(view: View) -> Iterator[Fault]:
    """An owner belongs to none of the units that the edition itself lists.

    Why:
        After a reorganisation the old name stays behind in some row, and nobody answers to it. A
        plan that names several units of its own (`owners` of the plan) lists who takes part; an
        owner is known where its name or one of its bureaus is among them. Where more than one
        owner in five is not, the list is none of all units, and nothing is said.

    Fails::

        owners = [{ name = "総務部" }, { name = "市民部" }]
        measures = [
            { title = "い", owners = [{ name = "情報課", path = ["総務部"] }] },
            { title = "ろ", owners = [{ name = "人事課", path = ["総務部"] }] },
            { title = "は", owners = [{ name = "市民課", path = ["市民部"] }] },
            { title = "に", owners = [{ name = "税務課", path = ["市民部"] }] },
            { title = "ほ", owners = [{ name = "電算課", path = ["企画部"] }] },
        ]

    Passes::

        owners = [{ name = "総務部" }, { name = "市民部" }]
        measures = [
            { title = "い", owners = [{ name = "情報課", path = ["総務部"] }] },
            { title = "ろ", owners = [{ name = "総務部" }] },
        ]

    Fix:
        Compare with the document: correct the unit, or tell the publisher that its name is out of
        date.

    Source:
        The munidx design: `Owner`.
    """
    units = {
        compact(name): name for owner in view.plan.owners for name in (owner.name, *owner.path)
    }
    units.pop("", None)
    if len(view.plan.owners) < 2 or not units:  # noqa: PLR2004 - one alone is no list
        return
    named = [
        (item, owner)
        for item in view.owned
        if item.parent is not None
        for owner in item.node.owners
        if owner.name or owner.path
    ]
    strangers = [
        (item, owner)
        for item, owner in named
        if not any(compact(name) in units for name in (owner.name, *owner.path))
    ]
    if len(strangers) * _LISTED <= len(named):
        for item, owner in strangers:
            full = " ".join(filter(None, (*owner.path, owner.name)))
            yield found(item, owner, owner=full, units=tuple(units.values()))


@rule("MX508", "owner-alike", Severity.INFO)
def owner_alike(view: View) -> Iterator[Fault]:
    """A unit stands once in the plan, and one written almost like it stands there often.

    Why:
        情報政策科 and 情報政策 are most likely 情報政策課, and no comparison by owner finds them.
        Looked at are names that want or change their last sign (課, 係, 室), and names of six signs
        or more of which one differs that is no number and no side (第一, 東).

    Fails::

        measures = [
            { title = "い", owners = [{ name = "情報政策課" }] },
            { title = "ろ", owners = [{ name = "情報政策課" }] },
            { title = "は", owners = [{ name = "情報政策課" }] },
            { title = "に", owners = [{ name = "情報政策科" }] },
        ]

    Passes::

        measures = [
            { title = "い", owners = [{ name = "総務課" }] },
            { title = "ろ", owners = [{ name = "総務課" }] },
            { title = "は", owners = [{ name = "総務課" }] },
            { title = "に", owners = [{ name = "財務課" }] },
        ]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    uses: dict[str, list[tuple[Item, Owner]]] = defaultdict(list)
    for item in view.owned:
        for owner in item.node.owners:
            if owner.name:
                uses[owner.name].append((item, owner))
    usual = [name for name, told in uses.items() if len(told) >= _USUAL]
    for name, told in uses.items():
        like = next((one for one in usual if _alike(name, one)), "") if len(told) == 1 else ""
        if like:
            item, owner = told[0]
            yield found(item, owner, owner=name, usual=like)


def _alike(one: str, usual: str) -> bool:
    """Whether ``one`` is most likely ``usual``, with a slip in it."""
    if usual[-1] not in _UNITS:
        return False
    if one == usual[:-1]:
        return True
    if len(one) != len(usual):
        return False
    apart = [(a, b) for a, b in zip(one, usual, strict=True) if a != b]
    if len(apart) != 1 or _DISTINCT.search("".join(apart[0])):
        return False
    if one[:-1] == usual[:-1]:
        return one[-1] not in _UNITS
    return len(one) >= _LONG
