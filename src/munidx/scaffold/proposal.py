"""What a new adapter is to be, as far as the samples show it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve, frozen

from munidx.adapters.tables.form import Column, Form, Unknown
from munidx.document import Publication
from munidx.errors import SelectionError
from munidx.japanese.characters import compact
from munidx.model import Municipality, PlanKind
from munidx.scaffold.groups import boilerplate_of, groups_of
from munidx.scaffold.headline import Headline, first_line, headline_of, kind_of
from munidx.scaffold.roles import Part, parts_of
from munidx.scaffold.seen import Seen, look
from munidx.scaffold.whose import municipality_named, municipality_of

__all__ = ["Proposal", "propose"]

_BEGINNING: Final = 30  # lines among which a city names itself
_TEXT: Final = 400_000  # characters in which names are counted
_CUES: Final = 5
_UNIT: Final = re.compile(r"単位[:は]?[十百千万億]{0,3}円")
_SLUGS: Final = {PlanKind.PROJECT_LIST: "projects", PlanKind.BUREAU_GOALS: "bureau"}
_YEARLY: Final = {PlanKind.PROJECT_LIST, PlanKind.EVALUATION, PlanKind.BUREAU_GOALS}


@frozen(kw_only=True)
class Proposal:
    """An adapter for the form of the samples."""

    city: str
    """The slug."""
    municipality: Municipality
    kind: PlanKind
    slug: str
    headline: Headline | None
    """None: no line of the first sample looks like a title."""
    title: str
    """What to call a plan whose document prints no title; "" if all samples print one."""
    form: Form | None
    """What its tables mean; None: there is no table with a column of titles."""
    parts: tuple[Part, ...]
    """The columns of the form with where they were seen, and those that nobody knows."""
    heads: tuple[str, ...]
    """The words of the header, for forms without a title."""
    cues: tuple[str, ...]
    media_types: tuple[str, ...]

    @property
    def strange(self) -> tuple[Part, ...]:
        """The columns that nobody knows."""
        return tuple(part for part in self.parts if part.meaning is None)


def propose(city: str, publications: Sequence[Publication], told: str | None = None) -> Proposal:
    """What to write for a city, called ``city``, whose documents are ``publications``.

    Args:
        city: The slug.
        publications: The samples, each read by itself.
        told: The municipality as the user names it; absent: as the samples do.

    Raises:
        SelectionError: Nobody can tell whose document it is; see
            :func:`~munidx.scaffold.whose.municipality_of`.
    """
    seen = [look(publication) for publication in publications]
    place = municipality_named(told) if told else _named(publications)
    noted = any(_UNIT.search(compact(one.text()[:_TEXT])) for one in publications)
    parts, heads = parts_of([table for one in seen for table in one.tables], noted=noted)
    columns = tuple(part.meaning.column() for part in parts if part.meaning)
    is_form = any(column.field == "title" for column in columns)
    headline = _headline(seen, place, is_form=is_form)
    kind = _kind(headline, columns if is_form else ())
    untitled = is_form and not all(_has_title(headline, one) for one in seen)
    proposal = Proposal(
        city=city,
        municipality=place,
        kind=kind,
        slug=_SLUGS.get(kind, "plan"),
        headline=headline,
        title=_own_title(headline, place, kind) if untitled else "",
        form=None,
        parts=parts if is_form else (),
        heads=heads if is_form else (),
        cues=_cues(headline, heads if is_form else (), place),
        media_types=tuple(sorted({kind for one in publications for kind in one.media_types})),
    )
    return evolve(proposal, form=_form(proposal, columns, seen)) if is_form else proposal


def _named(publications: Sequence[Publication]) -> Municipality:
    text = "\n".join(publication.text()[:_TEXT] for publication in publications)
    lines = (line for one in publications for line in one.text()[:_TEXT].splitlines()[:_BEGINNING])
    return municipality_of(text, "\n".join(lines))


def _headline(seen: Sequence[Seen], place: Municipality, *, is_form: bool) -> Headline | None:
    """The title of the first sample that prints one; without a table there must be one."""
    if is_form:
        return next(filter(None, (headline_of(one.before, place.name) for one in seen)), None)
    lines = [[saying for saying in one.sayings if not saying.caption] for one in seen]
    titles = [headline_of(sayings, place.name) or first_line(sayings) for sayings in lines]
    if not titles or titles[0] is None:
        raise SelectionError("sample-untitled")
    return titles[0]


def _has_title(headline: Headline | None, seen: Seen) -> bool:
    return headline is not None and any(
        re.fullmatch(headline.pattern, compact(saying.text)) for saying in seen.before
    )


def _kind(headline: Headline | None, columns: Iterable[Column]) -> PlanKind:
    if headline:
        return kind_of(headline.text)
    fields = {column.field for column in columns}
    return PlanKind.EVALUATION if "evaluation.rating" in fields else PlanKind.PROJECT_LIST


def _own_title(headline: Headline | None, place: Municipality, kind: PlanKind) -> str:
    if headline:
        return headline.core
    return f"{place.name} {'事業評価' if kind is PlanKind.EVALUATION else '事業一覧'}"


def _cues(headline: Headline | None, heads: Sequence[str], place: Municipality) -> tuple[str, ...]:
    """Words at which the host knows a document that may be of the city."""
    if headline:
        return (headline.core,)
    return tuple(sorted(heads, key=len, reverse=True)[:_CUES]) or (place.name,)


def _form(proposal: Proposal, columns: tuple[Column, ...], seen: Sequence[Seen]) -> Form:
    headline = proposal.headline
    pattern = re.compile(headline.pattern) if headline else None
    sayings = [
        saying
        for one in seen
        for saying in one.sayings
        if not (pattern and pattern.fullmatch(compact(saying.text)))
    ]
    groups, captions = groups_of(sayings)
    return Form(
        title=headline.pattern if headline else re.escape(proposal.title),
        slug=proposal.slug,
        municipality=proposal.municipality,
        kind=proposal.kind,
        one_year=proposal.kind in _YEARLY and not (headline and headline.several),
        columns=columns,
        groups=groups,
        captions=captions,
        level=_level(columns),
        spanning=_spanning(columns, seen),
        boilerplate=boilerplate_of(sayings),
        least=min(3, len(columns)),
        unknown=Unknown.LEFTOVER,
    )


def _spanning(columns: Iterable[Column], seen: Sequence[Seen]) -> tuple[str, ...]:
    """Words over several columns that no column is known by."""
    known = {word for column in columns for word in (*column.words, *column.under)}
    return tuple(dict.fromkeys(word for one in seen for word in one.spanning if word not in known))


def _level(columns: Iterable[Column]) -> str:
    """What the city calls a row."""
    words = [word for column in columns if column.field == "title" for word in column.words]
    known = ("事業", "取組", "施策", "プロジェクト", "アクション")
    return next((name for name in known if any(name in word for word in words)), "")
