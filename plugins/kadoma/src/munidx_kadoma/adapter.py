"""門真市: which of its forms a document is, and the reader of that form."""

from typing import Final

from munidx.adapters import Adapter, Publication, Reading, Recognition, hookimpl
from munidx_kadoma import dx_plan, proposals

__all__ = ["Kadoma", "munidx_adapter"]

_FORMS: Final[tuple[Adapter, ...]] = (proposals, dx_plan)


class Kadoma:
    """Reads 事業提案一覧表 and the DX推進計画."""

    def recognise(self, document: Publication) -> Recognition:
        """Be as sure as the surest of the forms."""
        return max((form.recognise(document) for form in _FORMS), key=lambda found: found.score)

    def read(self, document: Publication) -> Reading:
        """Read by the form that fits best."""
        form = max(_FORMS, key=lambda form: form.recognise(document).score)
        return form.read(document)


@hookimpl
def munidx_adapter() -> Adapter:
    """The adapter of 門真市."""
    return Kadoma()
