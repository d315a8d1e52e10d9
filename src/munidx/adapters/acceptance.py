"""Taking over what an adapter read: checked, completed with documents, measured.

An adapter's reading is a stranger's: wrong types end in one error, sources that name nothing
become findings, and how much was read is measured here, not declared there.
"""

from collections.abc import Iterator

import attrs
from attrs import evolve

from munidx.adapters.contract import Leftover, Reading
from munidx.adapters.coverage import measure
from munidx.adapters.loading import guarded
from munidx.adapters.stretches import Layout
from munidx.document import Publication
from munidx.errors import AdapterError
from munidx.findings import Finding, Severity
from munidx.model import Document, Municipality, Plan, walk
from munidx.place import Location, Place, parse_places

__all__ = ["accept"]


def accept(
    reading: object,
    publication: Publication,
    adapter: str,
    version: str,
    city: Municipality | None = None,
) -> Reading:
    """``reading`` as the host hands it on.

    The plans know their documents; the findings are those of the readers, of the adapter, of
    sources that name nothing (``MX904``), of plans that are not of ``city`` (``MX909``), and
    one for each unread stretch (``MX901``); without a plan there is ``MX905``.

    Raises:
        AdapterError: ``adapter-reading-wrong`` (``adapter``, ``type``): it is no reading, or
            holds what none may hold.
    """
    checked = _checked(reading, adapter)
    whole = guarded(
        "adapter-reading-wrong", adapter, lambda: _complete(checked, publication, adapter, version)
    )
    return evolve(whole, findings=(*whole.findings, *_of_others(whole.plans, adapter, city)))


def _checked(reading: object, adapter: str) -> Reading:
    if not isinstance(reading, Reading):
        raise _wrong(adapter, reading)
    kinds = ((reading.plans, Plan), (reading.findings, Finding), (reading.leftovers, Leftover))
    for members, kind in kinds:
        if not isinstance(members, tuple):
            raise _wrong(adapter, members)
        for member in members:
            if not isinstance(member, kind):
                raise _wrong(adapter, member)
    return reading


def _wrong(adapter: str, value: object) -> AdapterError:
    return AdapterError("adapter-reading-wrong", adapter=adapter, type=type(value).__name__)


def _complete(reading: Reading, publication: Publication, adapter: str, version: str) -> Reading:
    plans = tuple(
        evolve(plan, documents=_documents(plan, publication, adapter, version))
        for plan in reading.plans
    )
    layout = Layout.of(publication)
    coverage = measure(publication, plans, reading.leftovers, layout=layout)
    findings = [*publication.findings, *reading.findings]
    if not plans:
        findings.append(_finding("MX905", Severity.ERROR, adapter=adapter))
    findings += _bad_sources(plans, reading.leftovers, layout)
    findings += [_unread(leftover) for leftover in coverage.unread_places]
    return Reading(
        plans=plans, findings=tuple(findings), leftovers=reading.leftovers, coverage=coverage
    )


def _of_others(
    plans: tuple[Plan, ...], adapter: str, city: Municipality | None
) -> Iterator[Finding]:
    for plan in plans:
        found = plan.municipality
        if city and found and found.code not in {"", city.code}:
            expected, other = (f"{one.name} ({one.code})" for one in (city, found))
            yield _finding(
                "MX909",
                Severity.ERROR,
                title=plan.title,
                adapter=adapter,
                expected=expected,
                found=other,
            )


def _documents(
    plan: Plan, publication: Publication, adapter: str, version: str
) -> tuple[Document, ...]:
    """The publication's documents; where from and since when, only an adapter may know."""
    told = {document.name: document for document in plan.documents}
    documents = []
    for document in publication.documents:
        known = told.get(document.name, document)
        documents.append(
            evolve(
                document,
                url=document.url or known.url,
                published=document.published or known.published,
                license=document.license or known.license,
                adapter=adapter,
                adapter_version=version,
            )
        )
    return tuple(documents)


def _bad_sources(
    plans: tuple[Plan, ...], leftovers: tuple[Leftover, ...], layout: Layout
) -> Iterator[Finding]:
    """A finding for each source that is no locator, or names a place that there is not."""
    seen: set[str] = set()
    for path, title, source in _sources(plans, leftovers):
        if source and source not in seen:
            seen.add(source)
            if not _names_places(source, layout):
                yield _finding("MX904", Severity.ERROR, path=path, title=title, source=source)


def _sources(
    plans: tuple[Plan, ...], leftovers: tuple[Leftover, ...]
) -> Iterator[tuple[str, str, str]]:
    for plan in plans:
        for item in walk(plan):
            yield item.path, item.node.title, item.node.source
            for source in _part_sources(item.node):
                yield item.path, item.node.title, source
    for leftover in leftovers:
        yield "", "", leftover.source


def _part_sources(node: object) -> Iterator[str]:
    """The sources of a node's parts; its child nodes are walked on their own."""
    stack = [node]
    while stack:
        thing: object = stack.pop()
        for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
            if attribute.name in {"goals", "measures"}:
                continue
            value = getattr(thing, attribute.name)
            parts = value if isinstance(value, tuple) else (value,)
            for part in parts:
                if attrs.has(type(part)):
                    yield getattr(part, "source", "")
                    stack.append(part)


def _names_places(source: str, layout: Layout) -> bool:
    try:
        places = parse_places(source)
    except ValueError:
        return False
    return all(layout.at(place) for place in places)


def _unread(leftover: Leftover) -> Finding:
    (place,) = parse_places(leftover.source)
    return _finding("MX901", Severity.WARNING, place, source=leftover.source, text=leftover.text)


def _finding(
    code: str,
    severity: Severity,
    place: Place | None = None,
    *,
    path: str = "",
    title: str = "",
    **params: object,
) -> Finding:
    location = place.location if place else Location()
    return Finding(
        code=code, severity=severity, params=params, path=path, title=title, location=location
    )
