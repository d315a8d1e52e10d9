"""The 新旧対照表 as a document and as a sheet: whole packages, whose text is text."""

import io
import pathlib
import shutil
import subprocess
import zipfile
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from munidx.diff import diff
from munidx.model import Goal, Measure, Plan
from munidx.report.changes import diff_file, render_diff
from munidx.report.layout import Layout
from munidx.report.package import package

WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
APPLY = Measure(code="1", title="電子申請", description="窓口を開く。\n夜も開く。")
PARK = Measure(code="2", title="公園の再整備")
OLD = Plan(title="見本計画", goals=(Goal(code="1", title="くらし", measures=(APPLY, PARK)),))
NEW = Plan(
    title="見本計画",
    goals=(Goal(code="1", title="くらし", measures=(evolve(APPLY, title="電子の申請"),)),),
)
EVIL = '=HYPERLINK("x")<w:t>&amp;\x00\x1b\u202e\ufffe\uffff'


def parts(form: str, old: Plan = OLD, new: Plan = NEW, layout: Layout | None = None) -> Any:  # noqa: ANN401
    data = diff_file(diff(old, new), old, new, form, layout=layout)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def cells(form: str, *given: Any) -> list[list[str]]:  # noqa: ANN401
    read = parts(form, *given)
    if form == "docx":
        table = read["word/document.xml"].findall(".//w:tr", WORD)
        return [
            [
                "|".join(map(_text, cell.findall(".//w:p", WORD)))
                for cell in row.findall("w:tc", WORD)
            ]
            for row in table
        ]
    table = read["xl/worksheets/sheet1.xml"].findall(".//s:row", SHEET)[1:]
    return [[_text(cell).replace("\n", "|") for cell in row] for row in table]


def _text(node: Any) -> str:  # noqa: ANN401
    return "".join(node.itertext())


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_table_is_that_of_the_page(form: str) -> None:
    assert cells(form) == [
        ["改正後（案）", "現行", "備考"],
        ["1　くらし", "1　くらし", ""],
        ["1　電子の申請|（略）", "1　電子申請|（略）", "名称の変更"],
        ["（削る）", "2　公園の再整備", "削除"],
    ]
    swapped = cells(form, OLD, NEW, Layout(old_first=True, remarks=False, deleted="（削除）"))
    assert swapped[0] == ["現行", "改正後（案）"]
    assert swapped[-1] == ["2　公園の再整備", "（削除）"]


def test_changed_words_are_underlined() -> None:
    document = parts("docx")["word/document.xml"]
    marked = [
        _text(run)
        for run in document.findall(".//w:r", WORD)
        if run.find(".//w:u", WORD) is not None
    ]
    sheet = parts("xlsx")["xl/worksheets/sheet1.xml"]
    runs = [
        _text(run)
        for run in sheet.findall(".//s:r", SHEET)
        if run.find(".//s:u", SHEET) is not None
    ]
    assert marked == runs == ["の", "2　公園の再整備"]


def test_both_print_on_a4_landscape_with_their_head_on_each_sheet() -> None:
    document, workbook = parts("docx")["word/document.xml"], parts("xlsx")
    size = document.find(".//w:pgSz", WORD)
    assert sorted(size.attrib.values()) == ["11906", "16838", "landscape"]
    assert document.find(".//w:tr/w:trPr/w:tblHeader", WORD) is not None
    setup = workbook["xl/worksheets/sheet1.xml"].find(".//s:pageSetup", SHEET)
    assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
    assert _text(workbook["xl/workbook.xml"].find(".//s:definedName", SHEET)).endswith("$2:$2")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_hostile_texts_stay_text(form: str) -> None:
    bad = evolve(APPLY, title=EVIL, description=EVIL)
    new = Plan(title=EVIL, goals=(Goal(code="=1+1", title=EVIL, measures=(bad,)),))
    told = str(cells(form, OLD, new))
    assert '=HYPERLINK("x")<w:t>&amp;<U+0000><U+001B><U+202E>\ufffd\ufffd' in told
    read = parts(form, OLD, new)
    assert not any(node.tag.endswith("}f") for root in read.values() for node in root.iter("*"))
    kinds = {cell.get("t") for root in read.values() for cell in root.findall(".//s:c", SHEET)}
    assert kinds <= {"inlineStr"}


def test_a_cell_holds_no_more_than_a_spreadsheet_takes() -> None:
    long = Plan(measures=(Measure(title="電子申請", description="長" * 40_000),))
    (_, row) = cells("xlsx", Plan(), long)
    assert len(row[0]) < 32_768
    assert row[0].endswith("（以下略）")


def test_rows_are_as_tall_as_their_texts() -> None:
    long = Plan(measures=(Measure(title="電子申請", description="長" * 100), PARK))
    new = evolve(long, measures=(evolve(long.measures[0], description="短" * 2000), PARK))
    heights = [
        [
            float(row.get("ht"))
            for row in parts("xlsx", Plan(), plan)[name].findall(".//s:row", SHEET)
        ]
        for plan in (long, new)
        for name in ("xl/worksheets/sheet1.xml",)
    ]
    # Title, heads, and a measure of five lines (one of its title, four of its text).
    assert heights[0] == [20.5, 20.5, 86.5, 20.5]
    assert heights[1][2] == 409


def test_the_same_table_is_the_same_file_and_no_text() -> None:
    assert package({"a": "<b/>"}) == package({"a": "<b/>"})
    with pytest.raises(TypeError):
        render_diff(diff(OLD, NEW), OLD, NEW, "docx")


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_an_office_suite_opens_it(tmp_path: pathlib.Path, form: str) -> None:
    assert OFFICE is not None
    path = tmp_path / f"table.{form}"
    path.write_bytes(diff_file(diff(OLD, NEW), OLD, NEW, form))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [
        OFFICE,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "table.pdf").read_bytes().startswith(b"%PDF")
