"""``munidx new-adapter``: the package of a new city, made from documents of its form."""

import pathlib
from typing import Annotated

from munidx.adapters.host import SURE, Host
from munidx.cli.declared import Argument, Option
from munidx.cli.outputs import emit
from munidx.cli.session import language, limits
from munidx.errors import SelectionError
from munidx.readers import open_source
from munidx.report.new_adapter import Heading, NewAdapter, render_new_adapter
from munidx.scaffold import Written, check_city, write_package

__all__ = ["command"]


def command(
    city: Annotated[
        str, Argument(metavar="CITY", help="The name of the adapter: small letters, as in turku.")
    ],
    samples: Annotated[
        list[str] | None,
        Option(
            "--sample", metavar="FILE", help="A document of the form; as often as there are files."
        ),
    ] = None,
    municipality: Annotated[
        str | None,
        Option("--municipality", metavar="NAME|CODE", help="Whose it is; else the samples tell."),
    ] = None,
    output: Annotated[
        str | None,
        Option("--output", "-o", metavar="DIR", help="The new folder; else munidx-CITY."),
    ] = None,
) -> int:
    """Write the package of a new city from documents of its form."""
    if not samples:
        raise SelectionError("argument-missing", name="--sample", command="munidx new-adapter")
    check_city(city)
    bounds = limits()
    sources = [open_source(path, bounds) for path in samples]
    folder = pathlib.Path(output or f"munidx-{city.replace('_', '-')}")
    written = write_package(
        city, sources, folder, municipality=municipality, lang=language(), limits=bounds
    )
    emit(render_new_adapter(_told(written), lang=language()))
    return 0


def _told(written: Written) -> NewAdapter:
    proposal = written.proposal
    return NewAdapter(
        folder=str(written.folder),
        municipality=proposal.municipality,
        kind=proposal.kind,
        title=proposal.headline.text if proposal.headline else "",
        own_title=proposal.title,
        headings=tuple(
            Heading(
                words=part.heading,
                field=part.meaning.field if part.meaning else "",
                place=part.place,
                guessed=part.guessed,
                unitless=part.unitless,
            )
            for part in proposal.parts
        ),
        samples=written.readings,
        known=_known(written),
    )


def _known(written: Written) -> tuple[str, ...]:
    """The installed cities that are sure of a sample: with them the new one would clash."""
    host = Host()
    found = {
        one.name
        for publication in written.publications
        for one in host.recognise(publication)
        if one.score >= SURE
    }
    return tuple(sorted(found))
