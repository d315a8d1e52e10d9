"""MX6xx: coherence, one place of the plan against another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from munidx.findings import Severity
from munidx.japanese.characters import compact, normalise
from munidx.japanese.marks import split_marks, stars, status_of
from munidx.japanese.numerals import find_amounts, parse_number, scale_of
from munidx.model import Item, Observation, Status
from munidx.rules.codes import coded, plain_unit
from munidx.rules.prose import texts_of
from munidx.rules.registry import Fault, found, rule
from munidx.rules.view import Seen, View

__all__: list[str] = []

_RELATIVE: Final = re.compile("[割半倍]|分の|全国平均")
"""Words whose figures are not the value itself: 3割 may be held as 30 %."""
_FIGURE: Final = re.compile(r"(?<![\d.])\d{1,18}(?:\.\d{1,12})?(?![\d.])")
_WITHIN: Final = (".", ",", "．", "，")
"""Signs beside which a figure is part of a longer one."""
_PART: Final = re.compile("(?:うち|残り|他の|新た|各|ほか)[^。]{0,4}$")
"""Words before a count that make it one of some, not of all."""
_NUMBER: Final = "[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_MORE: Final = re.compile("[^。]{0,3}(?:新た|追加|選|見直|拡充|廃止|完了|増や|減ら)")
"""Words behind a count that make it one of some."""
_ENDED: Final = (Status.ABOLISHED, Status.COMPLETED)
_RUNNING: Final = (Status.PLANNED, Status.ACTIVE, Status.ADDED)


@rule("MX601", "mark-against-status", Severity.WARNING)
def mark_against_status(view: View) -> Iterator[Fault]:
    """A title's mark (【廃止】, 【追加】) says something else than the status.

    Why:
        The mark is what the city says; a status that differs was read or edited wrongly.

    Fails::

        measures = [{ title = "遠隔相談【廃止】", status = "active" }]

    Passes::

        measures = [{ title = "相談【廃止】", status = "abolished" }, { title = "申請【重点】" }]

    Fix:
        Set the status that the mark names.

    Source:
        The munidx design: `status`.
    """
    for item in view.items[1:]:
        if "【" not in item.node.title:
            continue
        status = coded(item).status
        told = [word for mark in split_marks(item.node.title)[1] if (word := status_of(mark))]
        if told and status not in told:
            yield found(item, mark=told[0], status=status)


@rule("MX602", "figures-contradict", Severity.WARNING)
def figures_contradict(view: View) -> Iterator[Fault]:
    """One indicator has two different figures for the same time.

    Why:
        Two targets for one year, or a baseline that is not the actual of its own year: one
        of them is wrong. A lower and an upper bound do not contradict each other.

    Fails::

        [[indicators]]
        title = "利用者満足度"
        unit = "%"
        actuals = [{ year = 2023, value = 76 }, { year = 2023, value = 77 }]

    Passes::

        [[indicators]]
        title = "ごみの量"
        unit = "t"
        targets = [
            { year = 2023, value = 10, comparator = "at_least" },
            { year = 2023, value = 20, comparator = "at_most" },
        ]

    Fix:
        Compare with the document; if both are printed, tell the publisher.

    Source:
        Review of published plans.
    """
    for _, told in view.compared:
        # Only what is told of one time can contradict itself, and mostly nothing is.
        times = [(seen.series == "targets", seen.time) for seen in told]
        if len(set(times)) < len(times):
            yield from _contradictions(told)


@rule("MX608", "fact-told-twice", Severity.WARNING)
def fact_told_twice(view: View) -> Iterator[Fault]:
    """The same indicator stands in two places with different figures for the same time.

    Why:
        One of the two was not brought up to date. Indicators are the same where title,
        definition and unit are; those without a definition are not compared.

    Fails::

        [[goals]]
        title = "便利なまち"
        [[goals.indicators]]
        title = "認知度"
        definition = "市民意識調査"
        actuals = [{ year = 2023, value = 76, unit = "%" }]
        [[goals]]
        title = "伝わるまち"
        [[goals.indicators]]
        title = "認知度"
        definition = "市民意識調査"
        actuals = [{ year = 2023, value = 77, unit = "%" }]

    Passes::

        [[goals]]
        title = "便利なまち"
        indicators = [{ title = "満足度", actuals = [{ year = 2023, value = 76, unit = "%" }] }]
        [[goals]]
        title = "伝わるまち"
        indicators = [{ title = "満足度", actuals = [{ year = 2023, value = 77, unit = "%" }] }]

    Fix:
        Compare with the document; if both are printed, tell the publisher.

    Source:
        Review of published plans.
    """
    same: dict[tuple[str, str], list[tuple[Seen, ...]]] = defaultdict(list)
    plain: dict[str, str] = {}
    for item, told in view.observed:
        title, definition = view.titles[item.path], told[0].indicator.definition
        if title and definition:
            if definition not in plain:
                plain[definition] = compact(definition)
            same[title, plain[definition]].append(told)
    for places in same.values():
        if len(places) > 1:
            yield from _contradictions([seen for told in places for seen in told], apart=True)


def _contradictions(told: Sequence[Seen], *, apart: bool = False) -> Iterator[Fault]:
    """Different figures for one time; ``apart``: only of different nodes."""
    groups: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
    for seen in told:
        one = seen.observation
        if seen.time is not None and _figure(one) is not None:
            series = "targets" if seen.series == "targets" else "actuals"
            kind = (one.accumulation, one.quantity, one.comparator, plain_unit(seen.unit))
            groups[(series, seen.time, kind)].append(seen)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            differ = _figure(other.observation) != _figure(first.observation)
            if differ and not (apart and other.item.path == first.item.path):
                yield found(
                    other.item,
                    other.observation,
                    time=other.time,
                    first=_figure(first.observation),
                    second=_figure(other.observation),
                )
                break


def _figure(told: Observation) -> object:
    if told.number is not None:
        return told.number
    return None if told.low is None and told.high is None else (told.low, told.high)


@rule("MX603", "abolished-with-target", Severity.INFO)
def abolished_with_target(view: View) -> Iterator[Fault]:
    """Something abolished still has a numeric target.

    Why:
        The target will not be met, and sums and overviews that take it in are wrong.

    Fails::

        [[measures]]
        title = "遠隔相談"
        status = "abolished"
        indicators = [{ title = "利用者", targets = [{ value = 100, unit = "人" }] }]

    Passes::

        [[measures]]
        title = "遠隔相談"
        status = "abolished"
        indicators = [{ title = "利用者" }]

    Fix:
        Nothing, if it is printed so.

    Source:
        The munidx design: `status`.
    """
    abolished: set[str] = set()
    for item in view.items[1:] if view.ended else ():
        if item.parent in abolished or coded(item).status is Status.ABOLISHED:
            abolished.add(item.path)
    for item, node in view.indicators if abolished else ():
        if item.path in abolished and any(_figure(target) is not None for target in node.targets):
            yield found(item)


@rule("MX604", "figure-against-text", Severity.WARNING)
def figure_against_text(view: View) -> Iterator[Fault]:
    """A value is none of the figures in the words it was read from.

    Why:
        The words are what was published; whoever changes one must change the other. Words
        without a figure, and relative ones (3割, 半減), are not compared.

    Fails::

        [[indicators]]
        statement = "利用者満足度 80%以上"
        targets = [{ value = 75, unit = "%", text = "80%以上" }]

    Passes::

        [[indicators]]
        statement = "52百万円の財源"
        targets = [{ value = 52000000, unit = "円", text = "52百万円" }]

    Fix:
        Compare both with the document.

    Source:
        The munidx design: what was published stays beside what was understood.
    """
    behind: set[str] = set()
    for seen in view.observations:
        told = seen.observation
        text = told.text
        if not text:
            only = seen.series == "targets" and len(seen.indicator.targets) == 1
            text = seen.indicator.statement if only else ""
        if not text:
            continue
        if (
            told.low is None
            and told.high is None
            and (told.value is None or _stands_in(text, str(told.value), behind))
        ):
            continue
        # What is inferred stands elsewhere: a range in the definition, say.
        numbers = {"value": told.value, "low": told.low, "high": told.high}
        values = [n for name, n in numbers.items() if n is not None and name not in told.inferred]
        if not values or _RELATIVE.search(text):
            continue
        printed = _printed(text)
        strangers = [value for value in values if value.is_finite() and abs(value) not in printed]
        if printed and strangers:
            yield found(seen.item, told, value=strangers[0], text=text)


def _stands_in(text: str, number: str, behind: set[str]) -> bool:
    """Whether the value plainly stands in the text: most do, and need not be read.

    ``behind``: what stood behind such values before; units, mostly.
    """
    at = text.find(number)
    if at < 0:
        return False
    end = at + len(number)
    if not at and text[end:] in behind:
        return True
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    plain = not (before.isnumeric() or after.isnumeric() or before in _WITHIN or after in _WITHIN)
    if plain and not at:
        behind.add(text[end:])
    return plain


def _printed(text: str) -> set[Decimal]:
    """The figures of ``text``, as they stand and multiplied by the scale of their units."""
    printed = {Decimal(figure) for figure in _FIGURE.findall(normalise(text).replace(",", ""))}
    for amount in find_amounts(text):
        if amount.value is not None:
            printed |= {abs(amount.value), abs(amount.value * scale_of(amount.unit))}
    return printed


@rule("MX605", "count-mismatch", Severity.WARNING)
def count_mismatch(view: View) -> Iterator[Fault]:
    """The plan's own words count its goals or measures otherwise than they are.

    Why:
        A row is missing, or the text was not brought up to date. Counted are the nodes of
        the rung that the text names (8つの重要施策, 重要施策は8件), in the plan's vision and
        sections; one count that is right is enough.

    Fails::

        sections = [{ title = "体系", text = "3つの基本目標を定める" }]
        goals = [{ level = "基本目標", title = "便利" }, { level = "基本目標", title = "丁寧" }]

    Passes::

        sections = [{ title = "体系", text = "2つの基本目標を定める" }]
        goals = [{ level = "基本目標", title = "便利" }, { level = "基本目標", title = "丁寧" }]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    held = Counter(compact(node.level) for _, node in view.works)
    levels = sorted(
        (level for level in held if len(level) > 1), key=lambda level: (-len(level), level)
    )
    if not levels:
        return
    names = "|".join(map(re.escape, levels))
    count = re.compile(
        rf"(?P<number>{_NUMBER})(?:つ|個|件|本|項目)?の(?P<level>{names})"
        rf"|(?P<rung>{names})(?:は|を|が)、?(?:全部で|全体で|全|計)?(?P<many>{_NUMBER})(?:つ|個|件|本|項目)"
    )
    mentions: dict[str, list[tuple[int, object]]] = defaultdict(list)
    for text in texts_of(view.items[0]):
        plain = compact(text.text)
        for mention in count.finditer(plain):
            number = parse_number(mention["number"] or mention["many"])
            around = plain[: mention.start()][-8:], plain[mention.end() :][:6]
            if number is not None and not (_PART.search(around[0]) or _MORE.match(around[1])):
                level = mention["level"] or mention["rung"]
                mentions[level].append((int(number), text.part))
    for level, told in mentions.items():
        if held[level] not in {number for number, _ in told}:
            said, part = told[0]
            yield found(view.items[0], part, level=level, told=said, held=held[level])


@rule("MX606", "rating-mismatch", Severity.WARNING)
def rating_mismatch(view: View) -> Iterator[Fault]:
    """A rating's score is above its scale, or not the number of its stars.

    Why:
        A rating is read by its stars and compared by its score.

    Fails::

        goals = [{ title = "協働", evaluations = [{ rating = { text = "☆☆☆", score = 4 } }] }]

    Passes::

        [[goals]]
        title = "協働"
        evaluations = [{ rating = { text = "☆☆☆", score = 3, scale = 4 } }]

    Fix:
        Compare with the document.

    Source:
        The munidx design: `Evaluation.rating`.
    """
    for item, told in view.evaluations:
        rating = told.rating
        if rating is None or rating.score is None:
            continue
        row = stars(rating.text, rating.scale)
        beyond = rating.scale is not None and rating.score > rating.scale
        if beyond or (row is not None and row.score != rating.score):
            part = rating if rating.source else told
            yield found(item, part, score=rating.score, scale=rating.scale, text=rating.text)


@rule("MX607", "active-under-ended", Severity.WARNING)
def active_under_ended(view: View) -> Iterator[Fault]:
    """A measure goes on although what it belongs to is abolished or completed.

    Why:
        Either it was forgotten when the whole was ended, or it goes on elsewhere.

    Fails::

        [[measures]]
        title = "遠隔相談"
        status = "abolished"
        measures = [{ title = "機器の導入", status = "active" }]

    Passes::

        [[measures]]
        title = "遠隔相談"
        status = "abolished"
        measures = [{ title = "機器の導入", status = "completed" }]

    Fix:
        Compare with the document.

    Source:
        The munidx design: `status`.
    """
    for item, node in view.works:
        above = view.by_path[item.parent or ""]
        ended = getattr(above.node, "status", None)
        if node.status in _RUNNING and ended in _ENDED:
            yield found(item, status=node.status, parent=_title(above), ended=ended)


def _title(item: Item) -> str:
    return item.node.title or item.path
