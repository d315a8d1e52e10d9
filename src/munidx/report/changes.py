"""A diff as text for people and as JSON for programs; a further format is one entry here."""

from collections.abc import Callable, Mapping
from typing import Final

from munidx.diff.changes import Diff
from munidx.diff.exchange import to_data
from munidx.formats.json import encode_rows
from munidx.model import Plan
from munidx.place import Location
from munidx.report.comparison import Comparison
from munidx.report.forms import Form, late
from munidx.report.layout import Layout

__all__ = ["FORMATS", "diff_file", "render_diff"]


def render_diff(
    diff: Diff,
    old: Plan,
    new: Plan,
    form: str = "text",
    *,
    lang: str = "en",
    colour: bool = False,
    width: int = 100,
) -> str:
    """``diff`` in ``form``, one of :data:`FORMATS`; as text, no changes are no text.

    Args:
        diff: What changed.
        old: The older plan, for the titles of what the changed nodes hang from.
        new: The newer plan.
        form: A form that is text.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text.
        width: Columns of the terminal, at which lines are broken (text only).

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
        TypeError: ``form`` is no text.
    """
    made = FORMATS[form].make(Comparison(diff, old, new, lang=lang, colour=colour, width=width))
    if isinstance(made, bytes):
        raise TypeError(form)
    return made


def diff_file(
    diff: Diff,
    old: Plan,
    new: Plan,
    form: str,
    *,
    lang: str = "en",
    where: Callable[[str], Location] | None = None,
    layout: Layout | None = None,
) -> bytes:
    """``diff`` as the content of a file in ``form``, one of :data:`FORMATS`; text is UTF-8.

    Args:
        diff: What changed.
        old: The older plan.
        new: The newer plan.
        form: The form.
        lang: ``en`` or ``ja``, for the forms that have words of their own.
        where: The place of a path of ``new`` in a file that a tool can point at.
        layout: Of a 新旧対照表.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
    """
    view = Comparison(diff, old, new, lang=lang, where=where, layout=layout or Layout())
    made = FORMATS[form].make(view)
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def _json(view: Comparison) -> str:
    return encode_rows(to_data(view.diff))


FORMATS: Final[Mapping[str, Form[[Comparison]]]] = {
    "text": Form(late("changes_text", "changes"), people=True),
    "concise": Form(late("concise", "changes"), people=True),
    "json": Form(_json),
    "jsonl": Form(late("lines", "changes")),
    "markdown": Form(late("markdown", "changes")),
    "github": Form(late("github", "changes")),
    "html": Form(late("page", "changes")),
    "taishohyo": Form(late("taishohyo_html", "changes")),
    "docx": Form(late("taishohyo_docx", "changes")),
    "xlsx": Form(late("taishohyo_xlsx", "changes")),
}
"""The forms by the names that ``--format`` takes."""
