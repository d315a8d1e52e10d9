"""The pages of Python that a new city begins with: its adapter and the test of its contract."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from munidx.adapters.tables.form import Caption, Form, Group
from munidx.model import Municipality
from munidx.report.terminal import width_of
from munidx.scaffold.proposal import Proposal
from munidx.scaffold.python import WIDTH, call, commented, literal, pattern
from munidx.scaffold.roles import Part

__all__ = ["adapter_page", "class_of", "contract_page"]

_UNTITLED: Final = '''\
HEADER = frozenset({{{words}}})
"""Words of the header. The form prints no title: it is known by these."""
TITLE = {title}
"""What the list is called, where it prints no title."""


class {name}(TableAdapter):
    """A form that prints no title, or not always."""

    def recognise(self, document: Publication) -> Recognition:
        """Score by all words of the header, where there is no title."""
        rows = (line for line in document.lines() if isinstance(line, Row))
        words = {{compact(cell.text) for row in rows for cell in row.cells}}
        if words >= HEADER:
            return Recognition(score=0.9, reasons=("header",))
        return super().recognise(document)

    def read(self, document: Publication) -> Reading:
        """Read the list, and give it the name that it does not print."""
        reading = super().read(document)
        plans = tuple(
            plan if plan.title else evolve(plan, title=TITLE, inferred=("title", *plan.inferred))
            for plan in reading.plans
        )
        return evolve(reading, plans=plans)
'''
_CLASS_VARIABLES: Final = (
    "from collections.abc import Mapping",
    "from typing import ClassVar\n",
)
_PROSE: Final = '''\
class {name}:
    """Knows the document by its title; all else is left over until it is read here."""

    def recognise(self, document: Publication) -> Recognition:
        """Score by the title."""
        if _title(document) is None:
            return Recognition(score=0.0, reasons=("title",))
        return Recognition(score=0.9)

    def read(self, document: Publication) -> Reading:
        """Read the document into one plan."""
        line = _title(document)
        if line is None:
            return Reading()
        found = TITLE.fullmatch(compact(line.text))
        label = found.groupdict().get("year", "") if found else ""
        year = parse_fiscal_year(label)
        source = str(line.place)
        plan = Plan(
            id={id},
            title=" ".join(line.text.split()),
            kind=PlanKind.{kind},
            municipality=CITY,
            edition=Edition(label=label, year=year, source=source) if year else None,
            source=source,
            inferred=("municipality",),
        )
        return Reading(plans=(plan,))


def _title(document: Publication) -> Block | Cell | None:
    """The line or cell that is the title."""
    parts = (
        part
        for line in document.lines()
        for part in (line.cells if isinstance(line, Row) else (line,))
    )
    return next((part for part in parts if TITLE.fullmatch(compact(part.text))), None)
'''


def adapter_page(proposal: Proposal) -> str:
    """``adapter.py``."""
    place = proposal.municipality
    title = proposal.headline.core if proposal.headline else proposal.title
    parts = [
        f'"""{_plain(place.name)}: {_plain(title)}."""\n',
        _imports(proposal),
        "",
        f'__all__ = ["{_exported(proposal)}", "munidx_adapter"]\n',
        _body(proposal),
        "",
        "@hookimpl",
        "def munidx_adapter() -> Adapter:",
        f'    """The adapter of {_plain(place.name)}."""',
        f"    return {_made(proposal)}",
    ]
    return "\n".join(parts) + "\n"


def class_of(city: str) -> str:
    """The name of a city's class: mihon_shi → MihonShi."""
    return "".join(part.capitalize() for part in city.split("_"))


def _plain(text: str) -> str:
    """``text`` as it may stand in a docstring."""
    told = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return told.replace("\\", "").replace('"', "")


def _exported(proposal: Proposal) -> str:
    return "FORM" if proposal.form else class_of(proposal.city)


def _made(proposal: Proposal) -> str:
    if proposal.form is None:
        return f"{class_of(proposal.city)}()"
    return f"{class_of(proposal.city) if proposal.title else 'TableAdapter'}(FORM)"


def _imports(proposal: Proposal) -> str:
    form = proposal.form
    model = ["Municipality", "PlanKind"]
    named: dict[str, list[str]] = {"munidx.adapters": ["Adapter"]}
    if form is None:
        named |= {
            "munidx.document": ["Block", "Cell", "Row"],
            "munidx.japanese.characters": ["compact"],
            "munidx.japanese.eras": ["parse_fiscal_year"],
        }
        named["munidx.adapters"] += ["Publication", "Reading", "Recognition"]
        model = ["Edition", "Municipality", "Plan", "PlanKind"]
    else:
        named["munidx.adapters.tables"] = _of_tables(form)
    if proposal.title:
        named |= {"munidx.document": ["Row"], "munidx.japanese.characters": ["compact"]}
        named["munidx.adapters"] += ["Publication", "Reading", "Recognition"]
    named["munidx.adapters"].append("hookimpl")
    named["munidx.model"] = model
    lines = ["import re\n"] if form is None else []
    lines += ["from attrs import evolve\n"] if proposal.title else []
    lines += [_import(module, named[module]) for module in sorted(named)]
    return "\n".join(lines)


def _of_tables(form: Form) -> list[str]:
    used = {"Caption": form.captions, "Column": True, "Form": True, "Group": form.groups}
    return [*(name for name, there in used.items() if there), "TableAdapter", "Unknown"]


def _import(module: str, names: Iterable[str]) -> str:
    return f"from {module} import {', '.join(names)}"


def _body(proposal: Proposal) -> str:
    city = _municipality(proposal.municipality)
    if proposal.form:
        own = f"\n{_own(proposal)}\n" if proposal.title else ""
        return f"CITY = {city}\n\n{_form(proposal, proposal.form)}\n{own}"
    headline = proposal.headline
    title = headline.pattern if headline else ""
    return "\n".join(
        [
            f"CITY = {city}",
            call("TITLE = re.compile", [pattern(title)], 0),
            '"""The title, its white space removed."""\n\n',
            _PROSE.format(
                name=class_of(proposal.city),
                id=literal(f"{proposal.municipality.code}-{proposal.kind.value}-{proposal.slug}"),
                kind=proposal.kind.name,
            ),
        ]
    )


def _municipality(place: Municipality) -> str:
    told = {"code": place.code, "name": place.name, "prefecture": place.prefecture}
    return call("Municipality", [f"{name}={literal(value)}" for name, value in told.items()], 0)


def _own(proposal: Proposal) -> str:
    return _UNTITLED.format(
        name=class_of(proposal.city),
        words=", ".join(literal(word) for word in proposal.heads),
        title=literal(proposal.title),
    )


def _form(proposal: Proposal, form: Form) -> str:
    lines = [
        "FORM = Form(",
        f"    title={pattern(form.title)},",
        f"    slug={literal(form.slug)},",
        "    municipality=CITY,",
        f"    kind=PlanKind.{form.kind.name},",
        *(() if form.one_year else ("    one_year=False,",)),
        *((f"    level={literal(form.level)},",) if form.level else ()),
        "    columns=(",
        *_columns(proposal),
        "    ),",
        *_several("groups", map(_group, form.groups)),
        *_several("captions", map(_caption, form.captions)),
        *_several("spanning", map(literal, form.spanning)),
        *_several("boilerplate", map(pattern, form.boilerplate)),
        *((f"    least={form.least},",) if form.least != 3 else ()),  # noqa: PLR2004
        "    unknown=Unknown.LEFTOVER,",
        ")",
    ]
    return "\n".join(lines)


def _several(name: str, members: Iterable[str]) -> Iterator[str]:
    told = list(members)
    if told:
        line = f"    {name}=({', '.join(told)}{',' if len(told) == 1 else ''}),"
        if width_of(line) <= WIDTH:
            yield line
            return
        yield f"    {name}=("
        yield from (f"        {member}," for member in told)
        yield "    ),"


def _columns(proposal: Proposal) -> Iterator[str]:
    first = next((part for part in proposal.parts if part.unitless), None)
    for part in proposal.parts:
        meaning = part.meaning
        if meaning is None:
            continue
        if part.guessed:
            yield commented(f"A guess: {part.heading}", 8)
        if part is first:
            yield commented('No unit is printed: say unit="千円", or whatever it is.', 8)
        arguments = [literal(meaning.field), *map(literal, meaning.words)]
        arguments += [
            f"{name}={literal(value)}"
            for name in ("under", "level", "funding", "category")
            if (value := getattr(meaning, name))
        ]
        if meaning.carried:
            arguments.append("carried=True")
        if meaning.pattern:
            arguments.append(f"pattern={pattern(meaning.pattern)}")
        yield call("Column", arguments, 8, ",")
    if proposal.strange:
        yield commented("Left over until a column says what these are:", 8)
        yield from (commented(_where(part), 8) for part in proposal.strange)


def _where(part: Part) -> str:
    return f"{part.heading} ({part.place})"


def _group(group: Group) -> str:
    arguments = [literal(group.level)]
    if group.pattern:
        arguments.append(pattern(group.pattern.pattern))
    return call("Group", arguments, 8).strip()


def _caption(caption: Caption) -> str:
    arguments = [literal(caption.field), pattern(caption.pattern.pattern)]
    if caption.label:
        arguments.append(f"label={literal(caption.label)}")
    return call("Caption", arguments, 8).strip()


def contract_page(
    proposal: Proposal, capabilities: Iterable[str], exempt: Mapping[str, str]
) -> str:
    """The test of the contract.

    Args:
        proposal: The city.
        capabilities: The fields that the samples fill.
        exempt: What does not hold yet, with the reason.
    """
    told = [literal(name) for name in capabilities]
    lines = [
        f'"""The contract of every adapter, held by {_plain(proposal.municipality.name)}\'s."""\n',
        *(_CLASS_VARIABLES if exempt else ()),
        "from munidx.testing import AdapterContract\n\n",
        f"class Test{class_of(proposal.city)}(AdapterContract):",
        f"    adapter = {literal(proposal.city)}",
    ]
    if told:
        lines += ["    capabilities = (", *(f"        {name}," for name in told), "    )"]
    if exempt:
        lines.append("    exempt: ClassVar[Mapping[str, str]] = {")
        for name, reason in exempt.items():
            lines.append(f"        {literal(name)}: (")
            lines.append(f"            {literal(reason)}")
            lines.append("        ),")
        lines.append("    }")
    return "\n".join(lines) + "\n"
