"""Reading published documents for a command: apart, for canonical files need none of it."""

from collections.abc import Sequence

from attrs import evolve

from munidx.adapters import Reading
from munidx.adapters.host import Host
from munidx.adapters.isolation import Isolation
from munidx.api import read
from munidx.cli.outputs import complain
from munidx.cli.session import is_isolated, language, limits
from munidx.cli.waiting import waiting
from munidx.document import Publication, Source
from munidx.errors import MunidxError
from munidx.garbage import collected
from munidx.report.adapters import render_problems
from munidx.report.coverage import render_met

__all__ = ["read_published"]


class _Host(Host):
    """The installed cities; it keeps what they read, for reports that quote it."""

    publication: Publication | None = None

    def read(self, publication: Publication, adapter: str | None = None) -> Reading:
        self.publication = publication
        return super().read(publication, adapter)


def read_published(
    sources: Sequence[Source], adapter: str | None, name: str, *, tell: bool
) -> tuple[Reading, Publication | None]:
    """What ``sources`` hold, read by the installed cities, and the publication they read.

    Adapters that cannot be used are told on standard error, and so is what the reading met,
    unless ``tell`` is false. Errors name the source as ``name`` does.

    Raises:
        MunidxError: As :func:`munidx.read`.
    """
    host = _Host(isolation=Isolation() if is_isolated() else None)
    try:
        with collected(), waiting():
            reading = read(*sources, adapter=adapter, host=host, limits=limits())
    except MunidxError as error:
        if error.location.document in {"", sources[0].name}:
            error.location = evolve(error.location, document=name)
        raise
    finally:
        complain(render_problems(host.problems, lang=language()))
    if tell:
        complain(render_met(reading, name, lang=language()))
    return reading, host.publication
