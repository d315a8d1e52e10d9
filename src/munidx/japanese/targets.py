"""Target statements (達成目標, KGI, 目標値) read into indicators.

A statement is taken as a figure only where its wording leaves no doubt: the figure ends the
statement (``満足度4.2``, ``30%削減``, ``600人を達成``), alone or in its closing bracket. A figure
that goes on into other words (``3つ以上の部``), that belongs to a name (``第6次``, ``5G``) or that
stands beside another one with as good a claim leaves the statement a target in words. Nothing
of the statement is lost: ``statement`` is what was given.
"""

import re
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from munidx.japanese.characters import align
from munidx.japanese.directions import direction_of
from munidx.japanese.figures import Figure, find_figures
from munidx.japanese.marks import is_dash
from munidx.japanese.periods import FoundPeriod
from munidx.japanese.remarks import Remark, remark_at_end
from munidx.japanese.statements import Body, body_of
from munidx.model import (
    Accumulation,
    Direction,
    FiscalYear,
    Indicator,
    Observation,
    OpenEnd,
    Quantity,
    State,
)

__all__ = ["read_target"]

LONGEST: Final = 2000
"""A longer statement is prose; it is kept in words, unread."""

_UNDETERMINED: Final = re.compile(
    r"(?:^|[\s(:後に途日今])(?:設定(?:する|予定)?|未設定|未定|検討中|調整中|策定中|設定中|今後設定)\s?\)?。?\s*$"
)
_WITHHELD: Final = re.compile(r"(?:非公表|非公開|公表しない)\s?\)?。?\s*$")
_ALTERNATIVE: Final = re.compile(r"\s*、?(?:もしくは|若しくは|または|又は|あるいは|或いは)\s*")
_FROM_TO: Final = re.compile(r"\s?(?:から|→|⇒|より)\s?")
_SEPARATED: Final = re.compile(r"\s?(?:[、,;/\n・。]|かつ|及び|および|並びに|ならびに|と)")
_END: Final = re.compile(
    r"[\s)」』\]]*(?:[をにへでとが]|まで)?\s?"
    r"(?:する|達成|完了|維持|確保|継続|到達|実施|開催|設置|導入|整備|公表|作成|選定|登録|採択|認定|配置|策定"
    r"|実現|回復|上昇|向上|増加|拡大|削減|減少|短縮|低減|抑制|増やす|減らす|引き上げる|引き下げる|抑える|保つ|なる)?"
    r"(?:を?(?:目指す|めざす|目標と?))?(?:とする|する|した|させる|される|すること)?"
    r"[\s)」』\]]*(?:\((?:\s|累計|累積|延べ|のべ|年間|毎年度?|まで|末|時点|目標|対?比|[:、])*\))?[\s。.、)]*[↑↓]?\s*"
)
_TIME_WORDS: Final = re.compile(
    r"\s?(?:末(?:日)?|中|内)?\s?(?:までに?|時点で?|には?|で|は|の|における|、|:)*\s*"
)
_BASE_TIME: Final = re.compile(
    r"\s?(?:の?(?:実績|値|数値|時点))?\s?(?:比|対比|より|から(?![^。]{0,12}まで)|と比較|に比べ|に?策定|に?制定|国勢調査|調査|の?水準)"
)
_DEADLINE: Final = re.compile(r"\s?(?:末(?:日|まで)?に?|中に?|内に?|までに?)")
_MEASURED: Final = re.compile(
    r"(?:度|率|数|値|点|指数|スコア|平均|割合|量|額|比|指標|順位|ポイント|目標|KPI|KGI|時間|寿命|年齢|日数|[:=→])\)?"
    r"[はがをのに]?\s*$"
)
_WEAK_UNITS: Final = frozenset(
    (
        "時間",
        "分",
        "秒",
        "年",
        "年間",
        "日",
        "日間",
        "か月",
        "ヶ月",
        "カ月",
        "ヵ月",
        "箇月",
        "か年",
        "歳",
        "つ",
        "度",
        "位",
        "部",
        "字",
        "題",
        "m",
        "g",
        "t",
        "L",
    )
)
_TITLE_END: Final = re.compile(
    r"(?:[\s:、,=→⇒・「『\[(\-~]|について|に関して|までに|まで|(?<!も)の|を|は|が|に|で)+$"
)
_TITLE_START: Final = re.compile(r"[\s:、,。・)」』\]~]+")
_IN_TITLE: Final = (
    ("年間", Accumulation.ANNUAL),
    ("累計", Accumulation.CUMULATIVE),
    ("累積", Accumulation.CUMULATIVE),
    ("延べ", Accumulation.CUMULATIVE),
    ("のべ", Accumulation.CUMULATIVE),
)
_RISING_WORDS: Final = re.compile(
    r"(?:以上|向上|上昇|増加|拡大|増やす|引き上げ|高める)[^、。]{0,6}$"
)
_FALLING_WORDS: Final = re.compile(
    r"(?:以下|未満|削減|減少|短縮|低減|縮減|半減|抑制|減らす|引き下げ)[^、。]{0,6}$"
)
_KEEPING_WORDS: Final = re.compile(r"(?:維持|保つ|保持|現状維持)(?:する|を図る)?[\s)。]*$")
_ARROWS: Final = {"↑": Direction.INCREASE, "↓": Direction.DECREASE}


def read_target(statement: str, *, source: str = "") -> Indicator:
    """The indicator that a target statement describes, with its target.

    Args:
        statement: The words as published; kept as they are.
        source: The locator for the indicator and its target.

    Returns:
        An indicator with ``title`` (the words that name what is measured, a part of the
        statement), ``unit``, ``direction`` (named in ``inferred``, for no form prints it here,
        unless an arrow does), ``data_source`` and ``targets``: mostly one, of which ``value``
        is the printed magnitude (30 for ``30%削減``, whose quantity is a change and whose
        direction is decrease), several where each has its own year; none for a blank.
    """
    told = _without_words(statement, source)
    if told is not None:
        return told
    body = body_of(align(statement))
    figures = find_figures(body.aligned.text[: body.end], body.gaps)
    figures = tuple(figure for figure in figures if figure.start >= body.start)
    series = _series(body, figures)
    if series:
        return _indicator(
            statement, body, series[0].figure, tuple(_observe(body, one) for one in series), source
        )
    body, figures, beside = _without_remark(body, figures, source)
    first_end, alternative = _split_alternative(body, figures)
    chosen = _choose(body, figures, first_end) if beside is not Remark.OPEN else None
    if chosen is None:
        return _words(statement, body, source)
    target = _observe(body, _Dated(chosen, _time_of(body)))
    if alternative is not None:
        target = evolve(target, alternatives=(_alternative(body, figures, alternative),))
    read = _indicator(statement, body, chosen, (evolve(target, source=source),), source)
    read = _with_baseline(read, body, figures, chosen, source)
    if isinstance(beside, Indicator):
        return evolve(read, baseline=read.baseline or beside.baseline, actuals=beside.actuals)
    return read


def _without_remark(
    body: Body, figures: tuple[Figure, ...], source: str
) -> tuple[Body, tuple[Figure, ...], Indicator | Remark | None]:
    """The text without a bracket that only remarks on the figure before it, and what that says."""
    found = remark_at_end(body.masked[: body.end])
    if not found:
        return body, figures, None
    start, sort = found
    outer = tuple(figure for figure in figures if figure.end <= start)
    inner = figures[len(outer) :]
    if not inner or not _choose(body, outer, start):
        return body, figures, None
    if sort is Remark.OPEN:
        return body, figures, sort
    times = [one for _, end, one in body.periods if end > start]
    seen = _observe(body, _Dated(inner[0], times[0] if len(times) == 1 else None))
    seen = evolve(seen, source=source)
    beside = Indicator()
    if len(inner) == 1 and sort is Remark.REACHED:
        beside = Indicator(actuals=(seen,))
    elif len(inner) == 1 and sort is Remark.START:
        beside = Indicator(baseline=seen)
    periods = tuple(one for one in body.periods if one[1] <= start)
    shorter = evolve(body, end=start, masked=body.masked[:start], periods=periods)
    return shorter, outer, beside


def _without_words(statement: str, source: str) -> Indicator | None:
    """What is no statement to be read: a blank, a dash, a text too long."""
    if not statement.strip():
        return Indicator(statement=statement, source=source)
    if len(statement) > LONGEST:
        return _in_words(statement, statement.strip(), "", source)
    if is_dash(statement):
        return _without_figure(statement, "", State.NOT_APPLICABLE, source)
    return None


@frozen
class _Dated:
    figure: Figure
    period: FoundPeriod | None


def _choose(body: Body, figures: tuple[Figure, ...], end: int) -> Figure | None:
    """The figure that ends the text up to ``end`` and is clearly meant, or None."""
    before = [figure for figure in figures if figure.end <= end]
    if not before or not _END.fullmatch(body.masked[before[-1].end : end]):
        return None
    last = before[-1]
    named = _MEASURED.search(body.masked[body.start : last.start][-12:]) is not None
    weak = last.fraction is None and (not last.unit or last.unit in _WEAK_UNITS)
    if weak and not last.worded and not named and not _is_zero(body, last):
        return None
    for other in before[:-1]:
        between = body.masked[other.end : last.start]
        apart = _SEPARATED.match(between) or not between.strip()
        if apart and (other.unit or other.worded):
            return None
    return last


def _is_zero(body: Body, figure: Figure) -> bool:
    return "ゼロ" in body.aligned.text[figure.start : figure.end]


def _split_alternative(body: Body, figures: tuple[Figure, ...]) -> tuple[int, int | None]:
    """Where the first of two alternatives ends and the second begins (None: there is but one)."""
    for found in _ALTERNATIVE.finditer(body.masked, body.start):
        if found.end() < body.end and _choose(body, figures, found.start()):
            return found.start(), found.end()
    return body.end, None


def _alternative(body: Body, figures: tuple[Figure, ...], start: int) -> Observation:
    """What would do as well: a figure where the rest has a clear one, else words."""
    rest = tuple(figure for figure in figures if figure.start >= start)
    chosen = _choose(evolve(body, start=start), rest, body.end)
    if chosen:
        return _observe(body, _Dated(chosen, None))
    return Observation(state=State.QUALITATIVE, text=body.cut(start, body.end))


def _series(body: Body, figures: tuple[Figure, ...]) -> tuple[_Dated, ...]:
    """Figures each with its own time (``77%(R4)→8割(R5~6)``); empty where it is no such row."""
    if len(figures) < 2 or len(figures) != len(body.periods):  # noqa: PLR2004 - a row
        return ()
    parts: list[tuple[int, int, object]] = [(one.start, one.end, one) for one in figures]
    parts = sorted([*parts, *body.periods], key=lambda part: part[:2])
    kinds = [isinstance(part[2], Figure) for part in parts]
    if kinds != [kinds[0], not kinds[0]] * len(figures):
        return ()
    for (_, end, _), (start, _, _) in pairwise(parts):
        if not re.fullmatch(
            r"[\s()→⇒、,:・/;に\[\]=]*(?:までに|末)?[\s():]*", body.aligned.text[end:start]
        ):
            return ()
    if not _END.fullmatch(body.masked[parts[-1][1] : body.end]):
        return ()
    return tuple(
        _Dated(figure, period) for figure, (_, _, period) in zip(figures, body.periods, strict=True)
    )


def _time_of(body: Body) -> FoundPeriod | None:
    """The one time of the statement that is not what it compares with."""
    text = body.aligned.text
    told = [found for _, end, found in body.periods if not _BASE_TIME.match(text, end)]
    return told[0] if len(told) == 1 else None


def _observe(body: Body, dated: _Dated) -> Observation:
    figure = dated.figure
    observation = Observation(text=body.cut(figure.start, figure.end))
    return _dated(figure.put_into(observation), dated.period)


def _dated(observation: Observation, found: FoundPeriod | None) -> Observation:
    """``observation`` with its year, date or period, as printed."""
    if found is None:
        return observation
    period = found.period
    time = period.end if found.open is OpenEnd.START else period.start
    if period.start != period.end and found.open is not OpenEnd.START:
        return evolve(observation, period=period)
    if isinstance(time, FiscalYear):
        return evolve(observation, year=time)
    return evolve(observation, date=time)


def _indicator(
    statement: str, body: Body, figure: Figure, targets: tuple[Observation, ...], source: str
) -> Indicator:
    start, end = _title(body, figure)
    title = " ".join(body.cut(start, end).split())
    accumulation = next((sort for word, sort in _IN_TITLE if word in title), None)
    targets = tuple(
        evolve(
            target,
            source=source,
            accumulation=target.accumulation or _accumulation(body, figure) or accumulation,
        )
        for target in targets
    )
    arrow = _ARROWS.get(body.masked.rstrip()[-1:])
    direction = arrow or figure.direction or _rest_direction(body, figure) or direction_of(title)
    return Indicator(
        title=title,
        statement=statement,
        data_source=body.survey,
        unit=figure.unit,
        direction=direction,
        targets=targets,
        source=source,
        inferred=("direction",) if direction and not arrow else (),
    )


def _accumulation(body: Body, figure: Figure) -> Accumulation | None:
    """累計 or 年間 in the bracket behind the figure."""
    behind = re.match(r"\s?\(([^()]{1,12})\)", body.masked[figure.end :])
    return next((sort for word, sort in _IN_TITLE if behind and word in behind[1]), None)


def _rest_direction(body: Body, figure: Figure) -> Direction | None:
    """The direction that the words behind the figure give: 上昇, 削減, 維持."""
    rest = body.masked[figure.end : body.end]
    if _KEEPING_WORDS.search(rest):
        return Direction.MAINTAIN
    return _wording(rest)


def _wording(text: str) -> Direction | None:
    if _RISING_WORDS.search(text):
        return Direction.INCREASE
    return Direction.DECREASE if _FALLING_WORDS.search(text) else None


def _title(body: Body, figure: Figure) -> tuple[int, int]:
    """The words before the figure that name what is measured: one unbroken part of the text.

    It reaches back to the time or the opening bracket before it; where nothing but a particle
    stands there, the part before is taken.
    """
    text = body.aligned.text
    cuts = [body.start]
    for start, end, _ in body.periods:
        if end <= figure.start:
            words = _BASE_TIME.match(text, end) or _TIME_WORDS.match(text, end)
            cuts += [start, min(words.end() if words else end, figure.start)]
    pieces = [
        (start, end) for start, end in zip(cuts[::2], [*cuts[1::2], figure.start], strict=True)
    ]
    for start, end in reversed(pieces):
        opened = text.rfind("(", start, end)
        if opened >= 0 and ")" not in text[opened:end]:
            inner = _trim(text, opened + 1, end)
            if inner[0] < inner[1]:
                return inner
        else:
            opened = end
        trimmed = _trim(text, start, opened)
        if trimmed[0] < trimmed[1]:
            return trimmed
    return body.start, body.start


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the punctuation and particles at its ends."""
    lead = _TITLE_START.match(text, start, end)
    start = lead.end() if lead else start
    tail = _TITLE_END.search(text[start:end])
    return start, max(start, start + tail.start() if tail else end)


def _with_baseline(
    read: Indicator, body: Body, figures: tuple[Figure, ...], chosen: Figure, source: str
) -> Indicator:
    """60%から80%に: the first figure is where it starts from."""
    place = figures.index(chosen)
    if not place or read.targets[0].quantity is not Quantity.LEVEL:
        return read
    first = figures[place - 1]
    between = body.aligned.text[first.end : chosen.start]
    if not _FROM_TO.fullmatch(between) or first.unit not in ("", chosen.unit):
        return read
    if first.quantity is not Quantity.LEVEL:
        return read
    start, end = _title(body, first)
    title = " ".join(body.cut(start, end).split())
    direction = read.direction
    if (
        direction is None
        and None not in (first.value, chosen.value)
        and first.value != chosen.value
    ):
        rises = chosen.value > first.value  # type: ignore[operator]  # neither is None here
        direction = Direction.INCREASE if rises else Direction.DECREASE
    return evolve(
        read,
        title=title,
        baseline=evolve(_observe(body, _Dated(first, None)), source=source),
        direction=direction or direction_of(title),
        inferred=("direction",) if direction or direction_of(title) else (),
    )


def _words(statement: str, body: Body, source: str) -> Indicator:
    """A statement without a figure to be reached: words, or what they say of the figure."""
    text = body.aligned.text[: body.end]
    for pattern, state in ((_UNDETERMINED, State.UNDETERMINED), (_WITHHELD, State.WITHHELD)):
        if found := pattern.search(text):
            opened = text.rfind("(", body.start)
            end = opened if opened >= 0 else max(body.start, found.start())
            start, end = _trim(text, body.start, end)
            title = " ".join(body.cut(start, end).split())
            return _without_figure(statement, title, state, source)
    read = _in_words(statement, body.cut(body.start, body.end), body.survey, source)
    told = [
        one for one in body.periods if _DEADLINE.match(text, one[1]) or one[2].open is OpenEnd.START
    ]
    if len(told) == 1 and len(body.periods) == 1:
        read = evolve(read, targets=(_dated(read.targets[0], told[0][2]),))
    return read


def _in_words(statement: str, title: str, survey: str, source: str) -> Indicator:
    """A target in words; its direction only where the closing words say it."""
    direction = _wording(align(statement[-40:]).text)
    read = _without_figure(statement, " ".join(title.split()), State.QUALITATIVE, source)
    return evolve(
        read,
        data_source=survey,
        direction=direction,
        inferred=("direction",) if direction else (),
    )


def _without_figure(statement: str, title: str, state: State, source: str) -> Indicator:
    target = Observation(state=state, text=statement.strip(), source=source)
    return Indicator(title=title, statement=statement, targets=(target,), source=source)
