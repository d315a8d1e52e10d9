"""Strategies for the values and parts that goals, measures and indicators share.

:mod:`munidx.testing.strategies` names all of them again: import from there.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from munidx.model import (
    Cost,
    CostBasis,
    Document,
    Edition,
    EditionStatus,
    Evaluation,
    FiscalYear,
    Labels,
    Milestone,
    Municipality,
    OpenEnd,
    Owner,
    OwnerRole,
    Period,
    Rating,
    Recurrence,
    Reference,
    Relation,
    ScheduleEntry,
    Section,
    Term,
    Time,
    check_digit,
)
from munidx.place import Place, format_places

__all__ = [
    "codes",
    "costs",
    "decimals",
    "documents",
    "editions",
    "evaluations",
    "few",
    "fiscal_years",
    "fractions",
    "labels",
    "members",
    "milestones",
    "municipalities",
    "owners",
    "periods",
    "ratings",
    "references",
    "schedule_entries",
    "sections",
    "sources",
    "sparse",
    "terms",
    "texts",
    "times",
    "titles",
]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_COUNTS: Final = st.integers(0, 4)
"""How many of its fields an object has set, beside those that it always has."""

_WORDS: Final = (
    "行政手続のオンライン化",
    "窓口の待ち時間",
    "子育て支援",
    "防災訓練の実施",
    "ＤＸ推進",
    "㈱と①の整備",
    "2　協働のまちづくり",
    "RPA導入件数",
    "ｶﾀｶﾅ",
    "満足度（％）",
    "⺠間活⽤",
)
"""Titles such as cities print: full and half width, circled numbers, Kangxi radicals."""

_HOSTILE: Final = (
    "\x1b[31mred\x1b[0m",
    "two\nlines",
    "a\r\nb\rc",
    "ends with space \nand tab\t\n",
    '"""',
    "'''",
    'back\\slash "quoted"',
    "\n\nleading",
    "\x00\x07\x7f\x85\u2028",
    "\ufeffmark",
    "munidx = 1",
    "[[goals]]",
    "# no comment",
    "𠮷野家の髙﨑",
    "e\u0301 and \u200f",
    "\ue000\ue001\ue002",
    "{}[]/#%;,!",
)
"""What breaks naive writers and readers of TOML, JSON, terminals and locators."""

_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2060


@cache
def texts() -> SearchStrategy[str]:
    """Running text: empty, like a city's, or hostile; never with lone surrogates."""
    return st.one_of(
        st.just(""),
        st.sampled_from(_WORDS),
        st.sampled_from(_HOSTILE),
        st.lists(st.sampled_from(_WORDS + _HOSTILE), max_size=3).map("".join),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    )


@cache
def titles() -> SearchStrategy[str]:
    """Titles: mostly like a city's, now and then empty or hostile."""
    tailed = st.tuples(st.sampled_from(_WORDS), st.integers(1, 9)).map(
        lambda pair: f"{pair[0]}{pair[1]}"
    )
    return st.one_of(st.sampled_from(_WORDS), tailed, texts())


@cache
def codes() -> SearchStrategy[str]:
    """Numbers as published: ``1``, ``1-2``, ``(3)``, ``①``; few, so that siblings share some."""
    return st.one_of(
        st.sampled_from(("", "", "1", "2", "3", "1-2", "(3)", "①", "１", "5-2-(1)", "A/1", "10%")),
        st.integers(1, 30).map(str),
    )


@cache
def sources() -> SearchStrategy[str]:
    """Locators that :func:`munidx.place.parse_places` reads, most of them empty or one line."""
    number = st.integers(1, 400)
    names = st.sampled_from(("003", "plan.pdf", "令和6 年度.html", "a#b;c,d!e.txt"))
    line = st.builds(lambda name, at: Place(document=name, line=at), names, number)
    lines = st.builds(
        lambda name, at, more: Place(document=name, line=at, last=at + more), names, number, number
    )
    cell = st.builds(
        lambda name, page, row: Place(document=name, page=page, table=1, row=row, column=2),
        names,
        number,
        number,
    )
    sheet = st.builds(
        lambda name, row: Place(document=name, sheet="施策 1", cell=f"B{row}:C{row + 1}"),
        names,
        number,
    )
    places = st.one_of(line, lines, cell, sheet)
    return st.one_of(st.just(""), st.lists(places, max_size=2).map(format_places))


@cache
def fiscal_years() -> SearchStrategy[FiscalYear]:
    """Fiscal years around those of living plans."""
    return st.integers(_FIRST_YEAR, _LAST_YEAR).map(FiscalYear)


@cache
def times() -> SearchStrategy[Time]:
    """Times of every precision: fiscal year, calendar year, month, day, half, quarter."""
    year = st.integers(_FIRST_YEAR, _LAST_YEAR)
    return st.one_of(
        fiscal_years(),
        year.map(str),
        st.tuples(year, st.integers(1, 12)).map(lambda told: "{}-{:02}".format(*told)),
        st.dates().filter(lambda day: 1868 <= day.year <= 2999).map(str),  # noqa: PLR2004
        st.tuples(year, st.sampled_from(("H1", "H2", "Q1", "Q4"))).map(
            lambda told: "FY{}-{}".format(*told)
        ),
    )


@cache
def periods() -> SearchStrategy[Period]:
    """Periods, open ends and reversed ones included."""
    return st.builds(Period, start=st.none() | times(), end=st.none() | times())


@cache
def decimals() -> SearchStrategy[Decimal]:
    """Decimals as printed and at the codec's bounds; trailing zeros, never NaN."""
    return st.one_of(
        st.decimals(-1000, 1000, places=1),
        st.integers(-(10**12), 10**12).map(Decimal),
        st.decimals(-(10**20), 10**20, places=15),
        st.sampled_from(
            ("80", "4.20", "0", "-0.0", "1E+3", "1E-7", "0.1", "99999999999999999999")
        ).map(Decimal),
    )


@cache
def fractions() -> SearchStrategy[Fraction]:
    """Exact fractions: 1/3, -2/7, 2/1."""
    return st.builds(Fraction, st.integers(-50, 50), st.integers(1, 50))


@cache
def municipalities() -> SearchStrategy[Municipality]:
    """Municipalities with valid codes and, now and then, with wrong ones."""
    valid = (
        st.integers(1000, 47999)
        .map(lambda number: f"{number:05}")
        .map(lambda code: code + check_digit(code))
    )
    return st.builds(
        Municipality,
        code=st.one_of(valid, st.sampled_from(("", "272291", "27229"))),
        name=st.sampled_from(("", "四條畷市", "門真市")),
        prefecture=st.sampled_from(("", "大阪府")),
    )


@cache
def labels() -> SearchStrategy[Labels]:
    """A city's own words, with names that need quoting."""
    names = st.one_of(st.sampled_from(("事業区分", "種別", "a.b", "")), texts())
    return st.one_of(
        st.builds(Labels), st.dictionaries(names, texts(), min_size=1, max_size=2).map(Labels)
    )


@cache
def documents() -> SearchStrategy[Document]:
    """The published files that a plan names."""
    return st.builds(
        Document,
        name=st.sampled_from(("", "003", "plan.pdf")),
        sha256=st.sampled_from(("", "0" * 64)),
        media_type=st.sampled_from(("", "text/html")),
        url=texts(),
        published=st.sampled_from(("", "2024-08-31")),
    )


@cache
def owners() -> SearchStrategy[Owner]:
    """Units with the bureaus above them."""
    units = st.sampled_from(("", "情報政策課", "総務課", "総務部"))
    return sparse(Owner, name=units, path=few(units), role=members(OwnerRole), person=texts())


@cache
def references() -> SearchStrategy[Reference]:
    """Other plans and laws."""
    return sparse(Reference, relation=members(Relation), title=titles(), code=codes(), plan=texts())


@cache
def costs() -> SearchStrategy[Cost]:
    """Money of one year, in yen."""
    return sparse(
        Cost,
        year=fiscal_years(),
        amount=st.integers(-(10**12), 10**12),
        category=st.sampled_from(("project", "personnel", "事業費")),
        basis=members(CostBasis),
        funding=texts(),
        budget_code=st.just("02-01-03"),
        total=st.booleans(),
        text=texts(),
    )


@cache
def schedule_entries() -> SearchStrategy[ScheduleEntry]:
    """Lines of a schedule."""
    return sparse(
        ScheduleEntry,
        start=times(),
        end=times(),
        open=members(OpenEnd),
        recurrence=members(Recurrence),
        text=texts(),
    )


@cache
def ratings() -> SearchStrategy[Rating]:
    """Marks of a reviewer, with and without a number."""
    return sparse(
        Rating,
        text=st.sampled_from(("☆☆☆", "A", "4")),
        score=st.integers(0, 5),
        scale=st.integers(1, 5),
    )


@cache
def evaluations() -> SearchStrategy[Evaluation]:
    """What was found when a node was looked back on."""
    return sparse(
        Evaluation,
        year=fiscal_years(),
        rating=ratings(),
        reviewer=texts(),
        plan=texts(),
        reason=texts(),
        results=texts(),
        issues=texts(),
        next_steps=texts(),
    )


@cache
def editions() -> SearchStrategy[Edition]:
    """Editions of a plan."""
    return sparse(
        Edition, label=titles(), year=fiscal_years(), date=times(), status=members(EditionStatus)
    )


@cache
def milestones() -> SearchStrategy[Milestone]:
    """Dated events."""
    return sparse(Milestone, date=times(), text=texts())


@cache
def terms() -> SearchStrategy[Term]:
    """Entries of a glossary."""
    return sparse(Term, term=titles(), text=texts())


@cache
def sections() -> SearchStrategy[Section]:
    """Narrative."""
    return sparse(Section, title=titles(), text=texts())


def few(items: SearchStrategy[T], most: int = 2) -> SearchStrategy[tuple[T, ...]]:
    """Tuples of up to ``most`` of ``items``."""
    return st.lists(items, max_size=most).map(tuple)


def members(kind: type[E]) -> SearchStrategy[E]:
    """The members of a vocabulary."""
    return st.sampled_from(list(kind))


def sparse(
    kind: Callable[..., T],
    always: Mapping[str, SearchStrategy[Any]] | None = None,
    /,
    **fields: SearchStrategy[Any],
) -> SearchStrategy[T]:
    """Objects of which only a few fields are set, any of them: small, and yet all combinations.

    Args:
        kind: A class of the model that has ``source`` and ``inferred``.
        always: Fields that every object has set.
        fields: Fields of which up to four are set.
    """
    fields["inferred"] = few(st.sampled_from(sorted(fields)))
    fields["source"] = sources()
    return _filled(kind, always or {}, fields)


@st.composite
def _filled(
    draw: st.DrawFn,
    kind: Callable[..., T],
    always: Mapping[str, SearchStrategy[Any]],
    fields: Mapping[str, SearchStrategy[Any]],
) -> T:
    names = st.sampled_from(sorted(fields))
    told = {name: draw(values) for name, values in always.items()}
    # A count first: hypothesis makes lists so short that some fields would hardly ever be set.
    chosen = {draw(names) for _ in range(draw(_COUNTS))}
    return kind(**told, **{name: draw(fields[name]) for name in sorted(chosen)})
