"""A diff as text for people and as JSON for programs; a further format is one entry here.

The text is grouped by effect, what was weakened first and what is unclear right after it. Each
change is one line (kind, title, where it hangs, old → new) and, below it, its places in both
documents; the last line counts.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from munidx.diff.changes import Change, Diff, Effect, Kind
from munidx.diff.exchange import to_data
from munidx.formats.json import encode_rows
from munidx.model import Plan
from munidx.place import Location
from munidx.report.catalogue import effect_word, kind_word, word
from munidx.report.comparison import ARROW, Comparison, body, doubt, stamp_text
from munidx.report.forms import Form, late
from munidx.report.layout import Layout
from munidx.report.terminal import harmless, pad, paint
from munidx.report.values import shorten

__all__ = ["FORMATS", "diff_file", "render_diff"]


def render_diff(
    diff: Diff,
    old: Plan,
    new: Plan,
    form: str = "text",
    *,
    lang: str = "en",
    colour: bool = False,
) -> str:
    """``diff`` in ``form``, one of :data:`FORMATS`; as text, no changes are no text.

    Args:
        diff: What changed.
        old: The older plan, for the titles of what the changed nodes hang from.
        new: The newer plan.
        form: A form that is text.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
        TypeError: ``form`` is no text.
    """
    made = FORMATS[form].make(Comparison(diff, old, new, lang=lang, colour=colour))
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


def _text(view: Comparison) -> str:
    changes, colour, lang = view.diff.changes, view.colour, view.lang
    if not changes:
        return ""
    lines = [f"{stamp_text(view.diff.old)}{ARROW}{stamp_text(view.diff.new)}"]
    for effect in Effect:
        group = [change for change in changes if change.effect is effect]
        if group:
            heading = f"{effect_word(effect, lang)} ({len(group)})"
            lines += ["", paint(paint(heading, effect.value, on=colour), "title", on=colour)]
        for change in group:
            lines += _lines(view, change, colour)
    counts = word("comma", lang).join(
        word("effect-count", lang, n=count, effect=effect_word(Effect(name), lang))
        for name, count in view.diff.summary.items()
    )
    total = "changes" if len(changes) > 1 else "changes-one"
    return "\n".join([*lines, "", word(total, lang, n=len(changes), counts=counts), ""])


def _lines(view: Comparison, change: Change, colour: bool) -> Iterator[str]:
    title, context = (
        harmless(shorten(change.title, 80)) or word("untitled", view.lang),
        harmless(view.context(change)),
    )
    if change.kind is Kind.RENUMBERED and len(change.new_paths) > 1:
        count = word("numbers", view.lang, n=len(change.new_paths))
        title, context = context or f"({word('plan', view.lang)})", count
    kind = pad(kind_word(change.kind, view.lang), 16)
    head = f"  {kind}  {paint(title, 'title', on=colour)}"
    yield head + (paint(f"  ({context})", "dim", on=colour) if context else "")
    told = body(change, view.lang, colour=colour)
    if told:
        yield f"      {told}"
    notes = [note for note in (view.places(change), doubt(change, view.lang)) if note]
    if notes:
        yield "      " + paint("  ".join(notes), "dim", on=colour)


def _json(view: Comparison) -> str:
    return encode_rows(to_data(view.diff))


FORMATS: Final[Mapping[str, Form[[Comparison]]]] = {
    "text": Form(_text, people=True),
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
