"""One file of a repository in the report of its changes, as ``git diff`` shows file by file."""

from collections.abc import Mapping, Sequence
from typing import Final

from munidx.diff.changes import Diff
from munidx.errors import MunidxError
from munidx.model import Plan
from munidx.report.catalogue import error_hint, error_sentence, word
from munidx.report.changes import render_diff
from munidx.report.comparison import ARROW
from munidx.report.markdown import markdown_text
from munidx.report.terminal import harmless, paint
from munidx.report.tree import render_tree

__all__ = ["FORMS", "Revised"]

FORMS: Final = ("text", "concise", "markdown")
"""The forms of :data:`munidx.report.changes.FORMATS` that can follow one another."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "added": "A new plan:",
        "removed": "The plan is removed:",
        "unmerged": "The file is unmerged: resolve the conflict first.",
        "unreadable": "No plan to compare; git diff --no-ext-diff shows the text.",
    },
    "ja": {
        "added": "新しい計画です：",
        "removed": "計画が削除されました：",
        "unmerged": "統合が終わっていません。先に競合を解消してください。",
        "unreadable": "比較できる計画ではありません。本文は git diff --no-ext-diff で見られます。",
    },
}


class Revised:
    """What is to be told of a file: a sentence, a plan, or a diff, below the file's name."""

    def __init__(self, names: Sequence[str], form: str, *, lang: str, colour: bool) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._form = form
        self._lang = lang
        self._colour = colour

    def unmerged(self) -> str:
        """A conflict is not resolved: there is no one file to compare."""
        return self._told([_WORDS[self._lang]["unmerged"]])

    def unreadable(self, error: MunidxError) -> str:
        """A side is no plan, or a broken one."""
        place = str(error.location)
        told = error_sentence(error, self._lang), error_hint(error, self._lang)
        first = ": ".join(part for part in (place, told[0]) if part)
        return self._told([first, told[1], _WORDS[self._lang]["unreadable"]])

    def whole(self, plan: Plan, *, added: bool) -> str:
        """There is but one side."""
        colour = self._colour and self._form != "markdown"
        tree = render_tree(plan, lang=self._lang, colour=colour)
        head = _WORDS[self._lang]["added" if added else "removed"]
        if self._form == "markdown":
            # Indented, so that it is shown as it is.
            lines = "\n".join(f"    {line}" for line in tree.splitlines())
            return f"{self._name()}\n\n{markdown_text(head)}\n\n{lines}\n\n"
        return f"{self._name()}\n{head}\n{tree}\n"

    def compared(self, diff: Diff, old: Plan, new: Plan) -> str:
        """Both sides are plans."""
        if not diff.changes:
            return self._told([word("no-changes", self._lang)])
        gap = "\n" if self._form == "markdown" else ""
        report = render_diff(diff, old, new, self._form, lang=self._lang, colour=self._colour)
        return f"{self._name()}\n{gap}{report}\n"

    def _name(self) -> str:
        name = ARROW.join(self._names)
        if self._form == "markdown":
            return f"**{markdown_text(name)}**"
        return paint(harmless(name), "title", on=self._colour)

    def _told(self, sentences: Sequence[str]) -> str:
        lines = [sentence for sentence in sentences if sentence]
        if self._form == "markdown":
            return "\n\n".join([self._name(), *map(markdown_text, lines)]) + "\n\n"
        return "\n".join([self._name(), *(f"  {harmless(line)}" for line in lines), "", ""])
