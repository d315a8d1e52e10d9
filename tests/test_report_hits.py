"""Within a text of several lines a finding points at the very line."""

import pytest

from munidx.findings import Finding, Severity
from munidx.place import Location
from munidx.report.hits import hits_of, sharpened
from munidx.report.quotes import of_text


def finding(line: int | None, column: int | None, **params: object) -> Finding:
    place = Location(document="plan.toml", line=line, column=column)
    return Finding(code="MX707", severity=Severity.WARNING, location=place, params=params)


TEXT = '''\
title = "窓口<br>"
description = """
一行目
二行目に<br>と\\u200b
""" # <b>
other = \'\'\'<i>
令和5(2024)年度\'\'\'
open = """
<p>'''


@pytest.mark.parametrize(
    ("line", "params", "place"),
    [
        (2, {"characters": ("<br>",)}, (4, 5)),
        (2, {"characters": ("U+200B",)}, (4, 10)),
        (2, {"characters": ("U+FFFD", "<br>")}, (4, 5)),
        (2, {"text": "二行目に"}, (4, 1)),
        (2, {"characters": ("<b>",)}, (2, 15)),
        (2, {"field": "一行目", "times": 3, "text": ""}, (2, 15)),
        (6, {"text": "令和5(2024)年度"}, (7, 1)),
        (6, {"characters": ("<i>",)}, (6, 12)),
        (8, {"characters": ("<p>",)}, (9, 1)),
        (8, {"characters": ("<q>",)}, (8, 8)),
        (1, {"characters": ("<br>",)}, (1, 9)),
        (99, {"characters": ("<br>",)}, (99, 1)),
    ],
)
def test_the_line_is_that_of_what_is_named(
    line: int, params: dict[str, object], place: tuple[int, int]
) -> None:
    lines = TEXT.split("\n")
    column = lines[line - 1].find("= ") + 3 if line <= len(lines) else 1
    told = sharpened(lines, finding(line, column, **params))
    assert (told.line, told.column) == place


def test_a_place_without_line_or_column_stays() -> None:
    for one in (finding(None, None, text="窓口"), finding(2, None, text="一行目")):
        assert sharpened(TEXT.split("\n"), one) == one.location


def test_what_is_named_is_what_the_caret_marks() -> None:
    quote = of_text(TEXT)(finding(4, 5, characters=("<br>",)))
    assert quote is not None
    assert quote.parts[1] == "<br>"
    assert list(hits_of(finding(1, 1, characters=("U+200B",))))[:2] == ["\u200b", "\\u200b"]
