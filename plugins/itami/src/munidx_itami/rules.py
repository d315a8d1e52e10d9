"""The rules that hold for the plans of 伊丹市 alone."""

import re
from collections.abc import Iterator
from typing import Final

from munidx.findings import Severity
from munidx.model import Goal, Measure, normal_code
from munidx.rules.registry import Fault, Rule, Wording, found
from munidx.rules.view import View

__all__ = ["RULES"]

_DIGITS: Final = {"大綱": 1, "施策": 2, "実施施策": 3, "事務事業": 6}
"""The digits that the number of each rung has: each begins with that of the rung above."""


def code_form(view: View) -> Iterator[Fault]:
    """Numbers that are not of the form 6 - 61 - 611 - 611010."""
    for item, node in view.works:
        digits = _DIGITS.get(node.level)
        code = normal_code(node.code)
        if digits is None or not code:
            continue
        above = view.by_path[item.parent].node if item.parent else None
        stem = normal_code(above.code) if isinstance(above, Goal | Measure) else ""
        if not (re.fullmatch(rf"[0-9]{{{digits}}}", code) and code.startswith(stem)):
            yield found(item, code=node.code, level=node.level, stem=stem or None, digits=digits)


_EXAMPLES: Final = """\
Fails::

    [[goals]]
    code = "611"
    level = "実施施策"
    title = "市政情報の共有"
    measures = [{ code = "612010", level = "事務事業", title = "広報紙の発行" }]

Passes::

    [[goals]]
    code = "611"
    level = "実施施策"
    title = "市政情報の共有"
    measures = [{ code = "611010", level = "事務事業", title = "広報紙の発行" }]
"""

RULES: Final = (
    Rule(
        code="ITAMI101",
        name="itami-code-form",
        severity=Severity.WARNING,
        check=code_form,
        wordings={
            "en": Wording(
                sentence=(
                    "{code} is no number of a {level}: it should have {digits} digits and begin"
                    " with {stem}."
                ),
                hint="Compare with the sheet; a project's number is printed before its title.",
                page=f"""\
A number is not of the form 6 - 61 - 611 - 611010, or not that of the rung above.

Why:
    In Itami's evaluation the number of a 大綱 has one digit, that of a 施策 two, of a 実施施策
    three and of a 事務事業 six, and each begins with the number above it. One that does not was
    read into another sheet, or a digit is wrong.

{_EXAMPLES}
Fix:
    Compare with the sheet; a project's number is printed before its title.

Source:
    伊丹市 行政評価（事後評価）: the numbers of its sheets.
""",
            ),
            "ja": Wording(
                sentence=(
                    "「{code}」は{level}の番号の形になっていません（{digits}桁、上位の番号：{stem}）。"
                ),
                hint="評価シートと照合してください。事務事業コードは名称の前に記載されています。",
                page=f"""\
番号が「6 - 61 - 611 - 611010」の形でないか、上位の番号で始まっていません。

Why:
    伊丹市の行政評価では、大綱は1桁、施策は2桁、実施施策は3桁、事務事業は6桁の番号を持ち、
    それぞれ上位の番号で始まります。そうでない番号は、別のシートに読み込まれたか、数字の
    誤りです。

{_EXAMPLES}
Fix:
    評価シートと照合してください。事務事業コードは名称の前に記載されています。

Source:
    伊丹市 行政評価（事後評価）の評価シートの番号。
""",
            ),
        },
    ),
)
"""Given to munidx by the hook ``munidx_rules``."""
