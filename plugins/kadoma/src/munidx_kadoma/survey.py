"""Figures of surveys: what stands in bullets, notes and boxes beside the text, kept typed.

The plan has no indicator of its own. What its pictures and boxes tell of surveys becomes
indicators without targets, one for each figure: a figure of an age group is another indicator
than that of the next group, told apart by the label 年代.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attrs import define, evolve, field

from munidx.japanese.characters import align, normalise
from munidx.japanese.eras import find_times
from munidx.japanese.marks import split_bullet
from munidx.japanese.periods import find_periods
from munidx.model import Comparator, FiscalYear, Indicator, Labels, Observation, Period, State
from munidx.place import merge_sources
from munidx_kadoma.outline import Said, sources

__all__ = ["Box", "Survey", "bullet", "extended", "is_field", "notes", "with_answer"]

_AGE: Final = "年代"
_LONGEST: Final = 400  # no bullet or field is longer; a longer one stays words

# For normalised text.
_NAME: Final = re.compile(
    r"\s*(?:<[^<>]{1,30}>)?\s*(?P<name>[^「」]{0,60}「[^「」]{0,60}(?:アンケート|調査)[^「」]{0,20}」)"
)
_TOPIC: Final = re.compile(r"より\s*「(?P<topic>[^「」]{1,80})」")
_SAID: Final = re.compile(
    r"(?:\d{1,3}\s*(?:代|歳)(?:\s*(?:以上|以下|未満))?|全体|無回答)\s*(?:\.{3,}|…+|:)\s*\S.*"
)
_SHARE: Final = re.compile(
    r"「(?P<group>[^「」]{1,20})」\s*(?:の\s*割合)?\s*[がは]\s*(?P<value>\d{1,3}(?:\.\d{1,4})?)\s*(?P<unit>%)"
)
_SHARED: Final = re.compile(r"」\s*(?:及び|および|並びに|と|や|・|、)?\s*「[^「」]{1,20}$")
_EARLIER: Final = re.compile(r"前回|前年|昨年|一昨年")
_PERCENT: Final = re.compile(r"\d\s*%")
_SUBJECT: Final = re.compile(r"(?P<title>[^、。]{1,60}?)については?")
_FIELD: Final = re.compile(r"(?P<key>[^:。、]{1,20}?)\s*:\s*(?P<value>\S.*)?")
_FIGURE: Final = re.compile(
    r"(?P<about>約|およそ|概ね)?\s*(?P<value>\d[\d,]{0,14}(?:\.\d{1,4})?)\s*(?P<unit>%|[^\d\s()、。,.%]{0,4})"
)
_COUNTED: Final = re.compile(
    r"(?P<title>[^()、。:\d][^()、。:]{0,40}?)(?P<value>\d[\d,]{0,14})\s*(?P<unit>名|人|件|世帯)(?=[、)])"
)
_REMARK: Final = re.compile(r"(?<=\S)\s*\([^()]{1,60}\)\s*$")
_WHEN: Final = re.compile(r"(?:調査|実施)?(?:期間|時期|日|年月)")


@define
class Survey:
    """A survey that a caption names: ``<参考> …「…アンケート」結果より「…について」``."""

    captions: list[Said]
    above: "Survey | None" = None
    """The survey before it, which a caption without a name of its own goes on with."""
    open: bool = False
    """Whether the last bullet may go on in the next line."""

    voices: bool = False
    """Whether the last bullet was an answer in words."""

    @property
    def named(self) -> "Survey | None":
        """Itself where it has a name of its own, else the one above it."""
        own = _NAME.match(align("".join(said.text for said in self.captions)[:_LONGEST]).text)
        return self if own else self.above

    @property
    def name(self) -> str:
        """The survey as published."""
        text = "".join(said.text for said in self.captions)
        aligned = align(text[:_LONGEST])
        found = _NAME.match(aligned.text)
        if found:
            return aligned.cut(*found.span("name")).strip()
        return self.above.name if self.above else ""

    @property
    def year(self) -> FiscalYear | None:
        """The fiscal year in which it was made, where the caption prints one."""
        for found in find_times(self.name[:_LONGEST]):
            if isinstance(found.time, FiscalYear):
                return found.time
        return None

    @property
    def topic(self) -> str:
        """What was asked."""
        aligned = align("".join(said.text for said in self.captions)[:_LONGEST])
        found = _TOPIC.search(aligned.text)
        if found:
            return aligned.cut(*found.span("topic"))
        rest = re.fullmatch(r"\s*[<〈](参考)?(?P<own>[^<>〈〉]*)[>〉]\s*(?P<text>.*)", aligned.text)
        if rest is None:
            return aligned.original.strip()
        return aligned.cut(*rest.span("text" if rest["text"] else "own")).strip()

    @property
    def places(self) -> str:
        """Where its name stands."""
        own = sources(self.captions)
        return merge_sources([own, self.above.places]) if self.above else own


@define
class Box:
    """A box of fields beside an item: ``調査対象: 全部局``, ``行政手続等の数: 2,523``."""

    heading: Said
    fields: list[tuple[str, list[Said], list[str]]] = field(factory=list)
    """Each field's name, its lines, and its values line by line."""

    def add(self, said: Said) -> bool:
        """Take a line of the box; whether it was one."""
        found = _split(said.text)
        if found:
            self.fields.append((found[0], [said], [found[1]] if found[1] else []))
        elif self.fields and not said.ended:
            self.fields[-1][1].append(said)
            self.fields[-1][2].append(said.text)
        else:
            return False
        return True

    def indicators(self) -> Iterator[Indicator]:
        """An indicator for each field that is a figure; the other fields are its labels."""
        labels = {}
        period: Period | None = None
        figures = []
        for name, lines, values in self.fields:
            value = "".join(values)
            found = _FIGURE.fullmatch(_REMARK.sub("", normalise(value)))
            if found:
                figures.append((name, lines, value, found))
                continue
            labels[name] = value
            told = find_periods(value[:_LONGEST]) if _WHEN.fullmatch(name) else ()
            period = told[0].period if told else period
        for name, lines, value, found in figures:
            yield Indicator(
                title=name,
                statement="\n".join(said.text for said in lines),
                data_source=self.heading.text,
                actuals=(
                    Observation(
                        period=period,
                        value=_decimal(found["value"]),
                        comparator=_about(found),
                        unit=found["unit"],
                        text=value,
                        source=sources(lines),
                    ),
                ),
                labels=Labels(labels),
                source=sources([self.heading], *(lines for _, lines, _ in self.fields)),
            )

    @property
    def told(self) -> bool:
        """Whether a figure is among its fields, so that all of it is held."""
        return any(True for _ in self.indicators())


def is_field(text: str) -> bool:
    """Whether a line is a field: a short name, a colon, a value."""
    return _split(text) is not None


def bullet(said: Said, survey: Survey) -> tuple[Indicator, ...]:
    """What a bullet under a survey's caption tells: figures of groups, or words."""
    text = split_bullet(said.text)[1].strip()
    aligned = align(text[:_LONGEST])
    places = merge_sources([said.source, survey.places])
    shell = Indicator(data_source=survey.name, source=places)
    voice = _SAID.fullmatch(aligned.text) if len(text) <= _LONGEST else None
    if voice:
        seen = Observation(year=survey.year, state=State.QUALITATIVE, text=text, source=said.source)
        return (evolve(shell, title=survey.topic, actuals=(seen,)),)
    subject = _SUBJECT.match(aligned.text)
    title = aligned.cut(*subject.span("title")).strip() if subject else survey.topic
    shares = list(_SHARE.finditer(aligned.text))
    if len(text) > _LONGEST or not shares or not _is_plain(aligned.text, shares):
        seen = Observation(year=survey.year, state=State.QUALITATIVE, text=text, source=said.source)
        return (evolve(shell, title=_bare(title), statement=text, actuals=(seen,)),)
    # The clause of a figure begins behind the comma before it: 「…、次いで「60代」が…」.
    cuts = [aligned.text.rfind("、", 0, found.start()) + 1 for found in shares[1:]]
    bounds = [0, *cuts, len(aligned.text)]
    return tuple(
        evolve(
            shell,
            title=_bare(title),
            statement=aligned.cut(bounds[number], bounds[number + 1]).strip(),
            labels=Labels({_AGE: aligned.cut(*found.span("group"))}),
            actuals=(
                Observation(
                    year=survey.year,
                    value=_decimal(found["value"]),
                    unit=found["unit"],
                    text=aligned.cut(found.start("value"), found.end("unit")),
                    source=said.source,
                ),
            ),
        )
        for number, found in enumerate(shares)
    )


def _is_plain(text: str, shares: list[re.Match[str]]) -> bool:
    """Whether each percentage is one group's, of this survey; else the words alone are held."""
    return (
        len(shares) == len(_PERCENT.findall(text))
        and not any(_SHARED.search(text, 0, found.end("group")) for found in shares)
        and not _EARLIER.search(text)
        and not find_times(text)
    )


def extended(indicator: Indicator, said: Said) -> Indicator:
    """A bullet's words with the line after it, which belongs to it."""
    *others, seen = indicator.actuals
    places = merge_sources([seen.source, said.source])
    longer = evolve(seen, text=f"{seen.text}\n{said.text}", source=places)
    return evolve(
        indicator, actuals=(*others, longer), source=merge_sources([indicator.source, said.source])
    )


def with_answer(indicator: Indicator, answer: Indicator) -> Indicator:
    """A free question with one more answer."""
    return evolve(
        indicator,
        actuals=(*indicator.actuals, *answer.actuals),
        source=merge_sources([indicator.source, answer.source]),
    )


def notes(said: Said, survey: Survey) -> Iterator[Indicator]:
    """The figures of a note on how a survey was made: 回答率, 回答者数."""
    aligned = align(said.text[:_LONGEST])
    whole = _FIELD.fullmatch(aligned.text)
    places = merge_sources([said.source, survey.places])
    shell = Indicator(data_source=survey.name, source=places)
    first = _FIGURE.match(whole["value"]) if whole and whole["value"] else None
    if whole and first and first["unit"] == "%":
        start = whole.start("value")
        seen = Observation(
            year=survey.year,
            value=_decimal(first["value"]),
            comparator=_about(first),
            unit="%",
            text=aligned.cut(start, start + first.end()),
            source=said.source,
        )
        words = aligned.cut(0, start + first.end())
        yield evolve(
            shell, title=aligned.cut(*whole.span("key")).strip(), statement=words, actuals=(seen,)
        )
        for found in _COUNTED.finditer(aligned.text):
            seen = Observation(
                year=survey.year,
                value=_decimal(found["value"]),
                unit=found["unit"],
                text=aligned.cut(found.start("value"), found.end("unit")),
                source=said.source,
            )
            title = aligned.cut(*found.span("title")).strip()
            yield evolve(shell, title=title, statement=aligned.cut(*found.span()), actuals=(seen,))


def _split(text: str) -> tuple[str, str] | None:
    aligned = align(text) if len(text) <= _LONGEST else None
    found = _FIELD.fullmatch(aligned.text) if aligned else None
    if not aligned or not found or not found["key"].strip():
        return None
    value = aligned.cut(*found.span("value")).strip() if found["value"] else ""
    return aligned.cut(*found.span("key")).strip(), value


def _bare(title: str) -> str:
    """A title without the quotation marks around the whole of it."""
    whole = re.fullmatch(r"「([^「」]*)」", title)
    return whole[1] if whole else title


def _about(found: re.Match[str]) -> Comparator | None:
    return Comparator.ABOUT if found["about"] else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
