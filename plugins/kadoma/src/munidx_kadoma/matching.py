"""What the document tells several times: brought together, and compared.

An item stands in the contents, in the overview, above its chapter and in the schedule. The
chapter's words are held; the others are passed as repeats where they are the same, and reported
where they are not.
"""

from collections import deque

from munidx.adapters import PassReason
from munidx_kadoma.outline import GoalRecord, ItemRecord, Outline, Said, StepRecord
from munidx_kadoma.words import joined, key_of

__all__ = ["compare"]


def compare(outline: Outline) -> None:
    """Give the schedule's rows to their items, and compare what is told twice."""
    _goals(outline)
    _listed(outline)
    _schedule(outline)
    _viewpoints(outline)
    _announced(outline)
    for name, number, said in outline.counts:
        found = len(outline.goals if name == "基本目標" else outline.viewpoints)
        if found != number:
            outline.find("MX925", said, field=name, expected=number, found=found)
    address = outline.labels.get("住所") or outline.labels.get("郵便番号")
    if address and not outline.owners:
        # An imprint that stops here may have been cut within a number.
        outline.find("MX930", address, section="発行者")
    for goal in outline.goals.values():
        for item in goal.items:
            _whole(outline, item)
    for said in outline.terms[-1].lines[-1:] if outline.terms else []:
        if not said.ended and not said.item:
            outline.find("MX921", said, field="glossary", text=said.text[-20:])


def _whole(outline: Outline, item: ItemRecord) -> None:
    """Report what an item of the form always has and this one lacks."""
    if item.code is None:
        return
    if not item.actions:
        outline.find("MX930", item.code, section="取組の方向性")
    if not item.target:
        outline.find("MX930", item.code, section="めざす姿")


def _goals(outline: Outline) -> None:
    """The first title of a goal is held, the others are repeats or in conflict with it."""
    if not outline.goals:
        outline.find("MX930", None, section="基本目標")
    before = 0
    for code, goal in outline.goals.items():
        if int(code) != before + 1:
            outline.find("MX922", goal.places[0], expected=before + 1, found=code)
        before = int(code)
        _same(outline, goal)


def _same(outline: Outline, goal: GoalRecord) -> None:
    held = goal.titles[0]
    for said in goal.titles[1:]:
        if key_of(said.text) != key_of(held.text):
            outline.find("MX926", said, field="title", first=held.text, second=said.text)
    own = {title.source for title in goal.titles if key_of(title.text) == key_of(held.text)}
    for place in goal.places:
        if place.source in own and place.source != held.source:
            outline.skip(place, PassReason.REPEAT)


def _listed(outline: Outline) -> None:
    """Items as contents and overview name them, against their chapters."""
    numbers = {(c, item.number): item for c, goal in outline.goals.items() for item in goal.items}
    titles = {(c, item.key): item for c, goal in outline.goals.items() for item in goal.items}
    wanted: set[tuple[str, str]] = set()
    contents = {said for _, _, said in outline.listed}
    for code, number, said in [*outline.listed, *outline.overview]:
        item = numbers.get((code, number))
        alike = titles.get((code, key_of(said.text)))
        if item is not None and key_of(said.text) == item.key:
            # A line of the contents is passed as such already.
            if said not in contents:
                outline.skip(said, PassReason.REPEAT, f"({number}) {said.text}")
        elif item is not None or alike is not None:
            first = item.title.text if item else alike.number if alike else ""
            outline.find("MX926", said, field="title", first=first, second=said.text)
        elif (code, number) not in wanted:
            wanted.add((code, number))
            outline.find("MX930", said, section=f"{code}-({number}) {said.text}")


def _schedule(outline: Outline) -> None:
    """The schedule's groups by their titles; where one is printed differently, by its place."""
    waiting: dict[str, deque[ItemRecord]] = {}
    items = list(outline.items())
    for item in items:
        waiting.setdefault(item.key, deque()).append(item)
    strange: list[int] = []
    for place, (said, steps) in enumerate(outline.groups):
        alike = waiting.get(key_of(said.text))
        if alike:
            outline.skip(said, PassReason.REPEAT)
            _give(outline, alike.popleft(), said, steps)
        else:
            strange.append(place)
    left = [item for item in items if not item.scheduled]
    paired = len(left) == len(strange)
    for number, place in enumerate(strange):
        said, steps = outline.groups[place]
        if paired:
            item = left[number]
            outline.find("MX926", said, field="title", first=item.title.text, second=said.text)
        else:
            item = ItemRecord(None, "", Said(joined(said.text), said.source))
            outline.strays.append(item)
            outline.find("MX930", said, section=said.text)
        _give(outline, item, said, steps)
    if items and not outline.groups:
        outline.info("MX930", None, section="スケジュール")
    for item in items if outline.groups else []:
        if not item.scheduled:
            outline.find("MX930", item.code, section="スケジュール")


def _give(outline: Outline, item: ItemRecord, said: Said, steps: list[StepRecord]) -> None:
    item.steps += steps
    item.scheduled = True
    if not steps:
        outline.find("MX930", said, section="個別施策")


def _viewpoints(outline: Outline) -> None:
    held = {key_of(record.title[0].text) for record in outline.viewpoints}
    for number, said in outline.drawn:
        if key_of(said.text) in {f"{number}{key}" for key in held}:
            outline.skip(said, PassReason.REPEAT)


def _announced(outline: Outline) -> None:
    """Headings of the contents that the document does not have."""
    for said in outline.announced:
        if key_of(said.text) not in outline.met:
            outline.find("MX930", said, section=said.text)
