"""``munidx new-adapter``: what it writes is green at once, whole or not there at all."""

import csv
import io
import os
import pathlib
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from munidx.cli import main
from munidx.document import Source
from munidx.errors import SelectionError, SourceError
from munidx.model import Goal, Indicator, Measure, Plan, walk
from munidx.scaffold import Written, check_city, write_package
from munidx.testing.requirements import Sample

TOWN = "272507:見本市"
TITLE = "令和8年度 見本市実施計画 事業一覧"
HEAD = [
    ["施策", "No.", "事業名", "担当課", "成果指標", "", "", "年度別事業費", "", "備考"],
    ["", "", "", "", "指標名", "R6実績", "R8目標", "R8", "R9", ""],
]
ROWS = [
    [
        "安全なまち",
        "1",
        "街灯の更新",
        "防災課",
        "更新した灯数",
        "10",
        "20",
        "1,000",
        "1,500",
        "新規",
    ],
    ["", "2", "避難所の整備", "防災課", "整備した所数", "3", "5", "2,000", "2,500", ""],
    [
        "学びのまち",
        "3",
        "図書館の開館時間の延長",
        "教育課",
        "来館者数",
        "100",
        "120",
        "300",
        "0",
        "",
    ],
    ["", "4", "給食の調理場", "教育課", "食数", "900", "950", "4,000", "4,100", ""],
    ["合計", "", "", "", "", "", "", "7,300", "8,100", ""],
]
WHOLE = [[TITLE], ["（単位：千円）"], *HEAD, *ROWS]


def as_csv(rows: list[list[str]], encoding: str = "cp932") -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_text(rows: list[list[str]]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def as_html(rows: list[list[str]]) -> bytes:
    lines = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows[2:]
    )
    return (
        f"<html><body><h1>{rows[0][0]}</h1><p>{rows[1][0]}</p><table>{lines}</table></body></html>"
    ).encode()


def as_sheet(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([text or None for text in row])
    for span in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:I3", "J3:J4", "A5:A6", "A7:A8"):
        sheet.merge_cells(span)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_word(rows: list[list[str]]) -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>"
        for row in rows[2:]
    )
    body = f"{paragraph(rows[0][0])}{paragraph(rows[1][0])}<w:tbl>{table}</w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return stream.getvalue()


FORMS = {
    "list.csv": as_csv(WHOLE),
    "list.txt": as_text(WHOLE),
    "list.html": as_html(WHOLE),
    "list.xlsx": as_sheet(WHOLE),
    "list.docx": as_word(WHOLE),
}
PDF = pathlib.Path(__file__).parent / "fixtures" / "pdf" / "prose-writer-ipa.pdf"
IN_CI = os.environ.get("MUNIDX_PROFILE") == "ci"
QUICK = [] if IN_CI else ["-k", "not truncation and not renumbered"]
GROUPED = """\
令和8年度見本市当初予算一覧

一般会計
【総務部】
施策1 安全
款\t事業名\t室課名\t予算額\t国庫支出金\t謎
2 総務費\t街灯\t防災課\t12\t1\tいろはにほへと
3 民生費\t避難所\t防災課\t34\t2\tちりぬるをわか

【福祉部】
施策2 学び
款\t事業名\t室課名\t予算額\t国庫支出金\t謎
3 民生費\t図書館\t教育課\t56\t3\tよたれそつねな
10 教育費\t給食\t教育課\t78\t4\tらむうゐのおく
"""
PROSE = """\
見本町 移動の計画 2026年度

町は毎日のバスを走らせる。
乗る人の数を数え、次の年に生かす。
"""


def names(folder: pathlib.Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def write(folder: pathlib.Path, *sources: Source, told: str | None = TOWN) -> Written:
    return write_package("mihon", sources, folder / "new", municipality=told)


def install(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``pip install`` does, but for the building."""
    code = folder / "src"
    info = code / "munidx_mihon-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: munidx-mihon\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[munidx.adapters]\nmihon = munidx_mihon.adapter\n")
    monkeypatch.syspath_prepend(code)
    monkeypatch.setenv("PYTHONPATH", str(code))
    monkeypatch.setenv("MUNIDX_ADAPTERS", "mihon")
    for name in [name for name in sys.modules if name.startswith("munidx_mihon")]:
        monkeypatch.delitem(sys.modules, name)


def faults(folder: pathlib.Path, name: str) -> list[str]:
    """What the contract says of a sample; its repeated readings aside, which take their time."""
    sample = Sample("mihon", folder / "tests" / "samples" / name)
    asked = (
        *(sample.is_not_empty, sample.is_recognised, sample.has_stable_paths, sample.is_verbatim),
        *(sample.names_its_places, sample.has_no_errors, sample.survives_writing),
        *(sample.differs_not_from_itself, sample.refuses_strangers),
    )
    found = [fault for requirement in asked for fault in requirement()]
    unread = folder / "tests" / "golden" / f"{name}.unread"
    expected = unread.read_text().splitlines() if unread.exists() else []
    return found + [f"unread {one}" for one in sample.unread_places() if one not in expected]


def counts(plan: Plan) -> tuple[int, int, int]:
    nodes = [item.node for item in walk(plan)]
    return (
        sum(isinstance(node, Goal) for node in nodes),
        sum(isinstance(node, Measure) for node in nodes),
        sum(isinstance(node, Indicator) for node in nodes),
    )


@pytest.mark.parametrize("name", FORMS)
def test_a_list_is_read_wholly_in_every_form(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    written = write(tmp_path, Source(name, FORMS[name]))
    ((told, reading),) = written.readings
    (plan,) = reading.plans
    assert (told, counts(plan), reading.coverage.unread) == (name, (2, 4, 4), 0)
    first, *_ = plan.goals[0].measures
    assert (first.title, first.code, first.owners[0].name) == ("街灯の更新", "1", "防災課")
    assert [cost.amount for cost in first.costs] == [1000000, 1500000]
    assert [str(cost.year) for cost in first.costs] == ["2026", "2027"]
    assert [one.value for one in first.indicators[0].targets] == [20]
    assert first.labels == {"備考": "新規"}
    install(written.folder, monkeypatch)
    assert faults(written.folder, name) == []


def test_the_tests_of_a_new_package_are_green_as_they_are(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write(
        tmp_path, Source("list.csv", FORMS["list.csv"]), Source("z.txt", as_text(WHOLE))
    )
    install(written.folder, monkeypatch)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *QUICK, written.folder],
        cwd=tmp_path,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "passed" in ran.stdout
    assert "skipped" not in ran.stdout


def test_what_is_written_is_in_the_style_of_the_house(tmp_path: pathlib.Path) -> None:
    home = pathlib.Path(__file__).parents[1]
    bare = as_csv([[*HEAD[0][:4], "R8予算額(千円)", "特記"], *ROWS_BARE])
    samples = {"a": FORMS["list.csv"], "b": bare, "c": PROSE.encode(), "d": PDF.read_bytes()}
    samples["e"] = GROUPED.encode()
    for name, data in samples.items():
        write_package("mihon", [Source(name, data)], tmp_path / name, municipality=TOWN)
    ruff = [sys.executable, "-m", "ruff"]
    for call in (["format", "--diff"], ["check", "--ignore", "INP001,D101"]):
        ran = subprocess.run(
            [*ruff, *call, "--no-cache", "--config", str(home / "pyproject.toml"), str(tmp_path)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


ROWS_BARE = [[*row[:4], row[7], f"よくわからない{row[1]}"] for row in ROWS[:4]]


def test_a_list_without_a_title_is_named_by_the_adapter(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = as_csv([["施策", "No.", "事業名", "担当課", "R8予算額(千円)", "特記"], *ROWS_BARE])
    written = write(tmp_path, Source("bare.csv", data))
    assert written.proposal.title == "見本市 事業一覧"
    ((_, reading),) = written.readings
    assert (reading.plans[0].title, counts(reading.plans[0])) == ("見本市 事業一覧", (2, 4, 0))
    assert [part.heading for part in written.proposal.strange] == ["特記"]
    unread = (written.folder / "tests/golden/bare.csv.unread").read_text().splitlines()
    assert unread[0] == "bare.csv#L1c6\t特記"
    assert len(unread) == 5
    install(written.folder, monkeypatch)
    assert faults(written.folder, "bare.csv") == []


def test_a_document_without_tables_is_known_by_its_title(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write(tmp_path, Source("plan.txt", PROSE.encode()), told="252093")
    assert (written.proposal.form, written.proposal.kind) == (None, "sectoral")
    ((_, reading),) = written.readings
    (plan,) = reading.plans
    assert (plan.title, plan.edition and plan.edition.year) == ("見本町 移動の計画 2026年度", 2026)
    install(written.folder, monkeypatch)
    assert faults(written.folder, "plan.txt") == ["plan '見本町 移動の計画 2026年度' holds nothing"]
    page = (written.folder / "tests/test_mihon_contract.py").read_text()
    assert '"is_not_empty[plan.txt]": (' in page


def test_a_document_that_says_nothing_of_itself(tmp_path: pathlib.Path) -> None:
    written = write(tmp_path, Source("note.txt", "これは何でもない。\n".encode()))
    ((_, reading),) = written.readings
    assert written.proposal.headline is not None
    assert reading.plans[0].title == "これは何でもない。"


def test_nothing_is_overwritten_and_nothing_half_written(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source("list.csv", FORMS["list.csv"])
    write(tmp_path, source)
    with pytest.raises(SelectionError) as caught:
        write(tmp_path, source)
    assert caught.value.code == "folder-exists"
    assert names(tmp_path) == ["new"]

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("munidx.scaffold.package._around", fails)
    with pytest.raises(SourceError) as told:
        write_package("mihon", [source], tmp_path / "other", municipality=TOWN)
    assert (told.value.code, names(tmp_path)) == ("file-unwritable", ["new"])


@pytest.mark.parametrize(
    "city", ["", "Turku", "1st", "../up", "a/b", "a-b", "a b", "市", "a" * 40, "a__b", "class\n"]
)
def test_hostile_names_of_cities_are_refused(city: str) -> None:
    with pytest.raises(SelectionError) as caught:
        check_city(city)
    assert caught.value.code == "city-name-wrong"


def test_the_name_of_an_installed_adapter_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SelectionError) as caught:
        write_package("kadoma", [Source("a.csv", FORMS["list.csv"])], tmp_path / "new")
    assert caught.value.code == "city-taken"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("a.csv", "A.CSV"), "sample-twice"),
        ((".hidden",), "sample-name-wrong"),
        (("a\nb.csv",), "sample-name-wrong"),
        (("../a.csv",), "sample-name-wrong"),
    ],
)
def test_names_of_samples_that_no_folder_can_hold(
    tmp_path: pathlib.Path, given: tuple[str, ...], code: str
) -> None:
    with pytest.raises(SelectionError) as caught:
        write(tmp_path, *(Source(name, FORMS["list.csv"]) for name in given))
    assert (caught.value.code, names(tmp_path)) == (code, [])


def test_words_that_would_be_code_stay_words(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nasty = ['"); import os; os.abort(); ("', '特記"""\\', "\u202eevil\u2028x", "{}\\u0041 #"]
    head = [*HEAD[0][:4], *nasty]
    rows = [[TITLE + '"""\\'], head, *[[*row[:4], *"あいうえ"] for row in ROWS[:4]]]
    written = write(tmp_path, Source("nasty.csv", as_csv(rows, "utf-8")))
    install(written.folder, monkeypatch)
    assert faults(written.folder, "nasty.csv") == []
    page = (written.folder / "src/munidx_mihon/adapter.py").read_text()
    assert "\u202e" not in page


def test_the_command(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("list.csv").write_bytes(FORMS["list.csv"])
    call = ["new-adapter", "mihon", "--sample", "list.csv", "--municipality", TOWN]
    assert main(call) == 0
    told = capsys.readouterr().out
    assert "munidx-mihon: an adapter for 大阪府見本市 (272507)" in told
    assert "list.csv: 2 goals, 4 measures, 4 indicators; all of it is read" in told
    assert main([*call, "--lang", "ja"]) == 2
    assert "既に存在するため、上書きしません。" in capsys.readouterr().err
    assert main([*call, "-o", "ja", "--lang", "ja"]) == 0
    assert "全て読み取れます" in capsys.readouterr().out
    assert "テストは、作成した時点で全て合格します。" in pathlib.Path("ja/README.md").read_text()
    assert main(["new-adapter", "mihon"]) == 2
    assert "--sample" in capsys.readouterr().err


def test_groups_captions_guesses_and_patterns_are_declared(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write(tmp_path, Source("a.txt", GROUPED.encode()))
    page = (written.folder / "src/munidx_mihon/adapter.py").read_text()
    for words in (
        *("# A guess: 室課名", "# No unit is printed:", "# 謎 (a.txt#L6c6)", '"施策", r"施策'),
        *(
            'Caption("label", ',
            'label="会計"',
            'Caption("owners", r"【',
            "pattern=r",
            'funding="国庫',
        ),
    ):
        assert words in page
    ((_, reading),) = written.readings
    first = reading.plans[0].goals[0]
    assert (first.code, first.title, first.level) == ("1", "安全", "施策")
    assert (first.goals[0].code, first.goals[0].title) == ("2", "総務費")
    assert first.goals[0].measures[0].labels["会計"] == "一般会計"
    install(written.folder, monkeypatch)
    assert faults(written.folder, "a.txt") == []
