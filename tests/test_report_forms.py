"""Whatever two plans hold, every form of their diff is whole and of its own kind."""

import io
import json
import re
import zipfile

import pytest
from hypothesis import given
from lxml import etree
from lxml import html as lxml_html

from munidx.diff import diff
from munidx.findings import Finding, Severity
from munidx.model import Plan
from munidx.report.changes import FORMATS, diff_file
from munidx.report.comparison import Comparison
from munidx.report.findings import FORMATS as FINDINGS_FORMATS
from munidx.report.findings import findings_file
from munidx.report.taishohyo import rows
from munidx.testing import strategies
from munidx.testing.profiles import examples

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PACKAGES = ("docx", "xlsx")


@examples(100)
@given(strategies.plan_pairs())
def test_every_form_of_every_diff_is_whole_property(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    found = diff(old, new)
    made = {form: diff_file(found, old, new, form, lang="ja") for form in FORMATS}
    count = len(found.changes)
    texts = {form: data.decode() for form, data in made.items() if form not in PACKAGES}
    assert not any(CONTROL.search(text) for text in texts.values())
    assert all(texts[form].count("\n") == count for form in ("concise", "jsonl", "github"))
    assert len(json.loads(texts["json"])["changes"]) == count
    page = lxml_html.document_fromstring(texts["html"])
    assert len(page.findall(".//article")) == count
    for form in ("html", "taishohyo"):
        shown = lxml_html.document_fromstring(texts[form])
        assert len(shown.findall(".//script")) == (form == "html")
    for form in PACKAGES:
        with zipfile.ZipFile(io.BytesIO(made[form])) as archive:
            assert all(
                etree.fromstring(archive.read(name)) is not None for name in archive.namelist()
            )


@examples(100)
@given(strategies.plan_pairs())
def test_every_change_has_a_remark_in_the_table_property(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    view = Comparison(diff(old, new), old, new)
    told = rows(view)
    assert bool(told) == bool(view.diff.changes)
    assert bool([row for row in told if row.remark]) == bool(view.diff.changes)


@pytest.mark.parametrize("form", list(FINDINGS_FORMATS))
def test_what_utf_8_cannot_hold_is_shown_by_number(form: str) -> None:
    finding = Finding(code="MX114", severity=Severity.INFO, title="い\ud800", path="\udfff")
    assert findings_file([("\ud800", (finding,))], form).decode()
