"""What quotes the lines that findings are about: out of a file or a document, once it is asked."""

import functools

from munidx.cli.inputs import Given
from munidx.findings import Finding
from munidx.formats import decode
from munidx.report.quotes import Quote, Quoter, of_publication, of_text

__all__ = ["quoter_of"]


def quoter_of(given: Given) -> Quoter:
    """The quotations for findings about ``given``; its lines are taken apart once, if at all."""

    @functools.cache
    def quoter() -> Quoter:
        if given.publication is not None:
            return of_publication(given.publication)
        return of_text(decode(given.canonical.data) if given.canonical else "")

    def quote(finding: Finding) -> Quote | None:
        return quoter()(finding)

    return quote
