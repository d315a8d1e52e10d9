"""An adapter that breaks a requirement of the contract is told so, by that requirement."""

import functools
import itertools
import pathlib
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint

import pytest

from munidx.adapters.host import GROUP, Host
from munidx.document import Cell, Publication, Row, Source, Table
from munidx.errors import AdapterError, MunidxError, SourceError
from munidx.formats import toml
from munidx.model import Measure, Plan, format_path, walk
from munidx.place import parse_places
from munidx.readers import read_source
from munidx.testing import AdapterContract, Sample, contract, requirements
from munidx.testing.damage import renumbered, truncated

MANIFEST = """
munidx = ">=0.1"
[municipality]
code = "272299"
name = "四條畷市"
prefecture = "大阪府"
[[documents]]
kind = "sectoral"
media_types = ["text/plain", "text/html"]
cues = [{cues}]
"""

CODE = """
import re
from munidx.adapters import Leftover, Reading, Recognition, hookimpl
from munidx.document import Block
from munidx.findings import Finding, Severity
from munidx.model import Goal, Measure, Plan

class Adapter:
    calls = 0

    def recognise(self, document):
        return Recognition(score=SCORE)

    def read(self, document):
        Adapter.calls += 1
        text = document.text()
        lines = [line for line in document.lines() if isinstance(line, Block)]
        measures = []
        for line in lines:
            found = re.match(r"(\\d+) (\\S+)", line.text)
            if found:
                measures.append(
                    Measure(code=found[1], title=found[2], id=ID, source=str(line.place))
                )
        findings = ()
        first = str(next(document.lines()).place)
        plan = Plan(title="見本計画", measures=tuple(measures), source=first)
        CHANGE
        return Reading(plans=plans, findings=findings)

@hookimpl
def munidx_adapter():
    return Adapter()
"""

DOCUMENT = "見本計画\n\n1 植樹\n\n2 清掃\n\n3 点検\n"

Make = Callable[..., Sample]
_numbers = itertools.count()


@pytest.fixture
def make(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """A sample of a city whose adapter is sound but for what is told."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def build(
        change: str = "plans = (plan,)",
        *,
        document: str = DOCUMENT,
        cues: str = '"見本計画"',
        score: str = "0.9",
        identity: str = '""',
    ) -> Sample:
        package = f"munidx_contract{next(_numbers)}"
        made.append(package)
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        code = CODE.replace("CHANGE", change).replace("SCORE", score).replace("ID", identity)
        (folder / "adapter.py").write_text(code, encoding="utf-8")
        (folder / "adapter.toml").write_text(MANIFEST.replace("{cues}", cues), encoding="utf-8")
        (folder / "samples").mkdir()
        path = folder / "samples" / "plan.txt"
        path.write_text(document, encoding="utf-8")
        entry = EntryPoint("mihon", f"{package}.adapter", GROUP)
        for module in (requirements, contract):
            monkeypatch.setattr(module, "Host", functools.partial(Host, [entry]))
        return Sample("mihon", path)

    yield build
    for module in [each for each in sys.modules if each.partition(".")[0] in made]:
        del sys.modules[module]


def faults(sample: Sample, requirement: str) -> list[str]:
    return list(getattr(sample, requirement)())


_ALL = (
    "is_not_empty",
    "is_recognised",
    "is_deterministic",
    "has_stable_paths",
    "is_verbatim",
    "names_its_places",
    "keeps_ids_when_renumbered",
    "has_no_errors",
    "survives_writing",
    "differs_not_from_itself",
    "bears_truncation",
    "refuses_strangers",
)


def test_a_sound_adapter_holds_all(make: Make) -> None:
    sample = make()
    assert {name: faults(sample, name) for name in _ALL} == {name: [] for name in _ALL}
    assert sample.unread_places() == ()
    assert {"measures", "title", "code"} <= sample.parts()
    assert "costs" not in sample.parts()


@pytest.mark.parametrize(
    ("requirement", "change", "told"),
    [
        ("is_not_empty", "plans = ()", "no plan"),
        ("is_not_empty", "plans = (Plan(title=' '),)", "no title"),
        ("is_not_empty", "plans = (Plan(title='見本計画'),)", "holds nothing"),
        (
            "is_deterministic",
            "plans = (Plan(title='見本計画', id=str(Adapter.calls)),)",
            "second reading",
        ),
        (
            "is_verbatim",
            "plans = (Plan(title='見本計画', measures=(Measure(title='作り話'),)),)",
            "does not stand at no place",
        ),
        ("names_its_places", "plans = (Plan(title='見本計画', source='plan.txt#L99'),)", "L99"),
        (
            "has_no_errors",
            "plans = (plan,); findings = (Finding(code='MX920', severity=Severity.ERROR),)",
            "MX920",
        ),
        (
            "differs_not_from_itself",
            "plans = (Plan(title='見本計画', vision=str(Adapter.calls)),)",
            "reworded",
        ),
        ("bears_truncation", "plans = (plan,); measures[2]", "IndexError"),
        ("refuses_strangers", "plans = (plan,); text.index('植樹')", "ValueError"),
        ("refuses_strangers", "plans = (plan,)\n        if '植樹' not in text: return", "NoneType"),
    ],
)
def test_a_fault_is_told(make: Make, requirement: str, change: str, told: str) -> None:
    found = faults(make(change), requirement)
    assert found
    assert told in found[0]


def test_a_city_that_is_not_sure_or_takes_everything_is_told(make: Make) -> None:
    assert faults(make(score="0.4"), "is_recognised") == [
        "sure of it (a score of 0.5 or more): nobody"
    ]
    greedy = faults(make(cues='"見本計画", "市"'), "refuses_strangers")
    assert [fault.partition(" ")[0] for fault in greedy] == ["letter.txt", "evaluation.html"]


def test_an_id_made_from_a_number_is_told(make: Make) -> None:
    found = faults(make(identity="found[1]"), "keeps_ids_when_renumbered")
    assert found == ["1 ↔ 2: the id of '植樹' became ['2']", "1 ↔ 2: the id of '清掃' became ['1']"]


def test_a_text_over_a_break_and_parts_read_apart_stand(make: Make) -> None:
    change = (
        "plans = (Plan(title='見本計画', measures=("
        "Measure(title='植樹点検', source='plan.txt#L3-L7'),"
        "Measure(title='清掃、植樹', source='plan.txt#L3-L5'))),)"
    )
    assert faults(make(change), "is_verbatim") == []


def test_what_is_unread_is_told_by_place(make: Make) -> None:
    sample = make(document=DOCUMENT + "\n欄外の 文\n")
    assert sample.unread_places() == ("plan.txt#L9\t欄外の 文",)


class Mihon(AdapterContract):
    adapter = "mihon"


def beside(sample: Sample) -> type[AdapterContract]:
    """The tests of a city whose test file lies beside ``sample``'s folder."""

    class Beside(Mihon):
        @classmethod
        def _folder(cls) -> pathlib.Path:
            return sample.path.parent.parent

    return Beside


def test_a_contract_that_holds(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = make()
    tests = beside(sample)()
    tests.test_names_an_installed_adapter()
    tests.test_has_samples()
    tests.test_exemptions_have_reasons()
    tests.test_shows_its_capabilities()
    with pytest.raises(AssertionError, match=r"MUNIDX_GOLDEN=write pytest"):
        tests.test_equals_its_golden_file(sample)
    monkeypatch.setenv("MUNIDX_GOLDEN", "write")
    tests.test_equals_its_golden_file(sample)
    monkeypatch.delenv("MUNIDX_GOLDEN")
    for name in dir(tests):
        if name.startswith("test_") and "sample" in getattr(tests, name).__annotations__:
            getattr(tests, name)(sample)


def test_a_changed_reading_fails_by_its_line(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = make()
    tests = beside(sample)()
    monkeypatch.setenv("MUNIDX_GOLDEN", "write")
    tests.test_equals_its_golden_file(sample)
    monkeypatch.delenv("MUNIDX_GOLDEN")
    sample.path.write_text(DOCUMENT.replace("清掃", "清掃の日"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r'line 6: golden .*清掃", .*, read .*清掃の日'):
        tests.test_equals_its_golden_file(Sample("mihon", sample.path))
    golden = sample.path.parent.parent / "golden" / "plan.txt.toml"
    golden.write_text(golden.read_text(encoding="utf-8") + "more = 1\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"golden 'more = 1', read '\(the end\)'"):
        tests.test_equals_its_golden_file(sample)


def test_an_unread_place_is_listed_or_fails(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = make(document=DOCUMENT + "\n欄外\n")
    tests = beside(sample)()
    with pytest.raises(AssertionError, match="no golden file"):
        tests.test_reads_everything(sample)
    monkeypatch.setenv("MUNIDX_GOLDEN", "write")
    tests.test_reads_everything(sample)
    monkeypatch.delenv("MUNIDX_GOLDEN")
    tests.test_reads_everything(sample)
    listed = sample.path.parent.parent / "golden" / "plan.txt.unread"
    assert listed.read_text(encoding="utf-8") == "plan.txt#L9\t欄外\n"


def test_what_a_contract_lacks_fails(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = make()
    tests = beside(sample)
    monkeypatch.setattr(tests, "capabilities", ("costs", "measures"))
    with pytest.raises(AssertionError, match=r"in no sample: costs$"):
        tests().test_shows_its_capabilities()
    monkeypatch.setattr(tests, "samples", "elsewhere")
    with pytest.raises(AssertionError, match="no document"):
        tests().test_has_samples()
    monkeypatch.setattr(tests, "adapter", "turku")
    with pytest.raises(AssertionError, match="'turku' is not installed"):
        tests().test_names_an_installed_adapter()


@pytest.mark.parametrize(
    ("exempt", "told"),
    [
        ({"is_verbatim": "  "}, "gives no reason"),
        ({"is_poetic": "the form rhymes, and so do we"}, "names nothing"),
        ({"is_verbatim[other.txt]": "a sample that there is not"}, "names nothing"),
    ],
)
def test_exemptions_need_a_requirement_and_a_reason(
    make: Make, monkeypatch: pytest.MonkeyPatch, exempt: dict[str, str], told: str
) -> None:
    tests = beside(make())
    monkeypatch.setattr(tests, "exempt", exempt)
    with pytest.raises(AssertionError, match=told):
        tests().test_exemptions_have_reasons()


@pytest.mark.parametrize("name", ["is_verbatim", "is_verbatim[plan.txt]"])
def test_an_exemption_holds_as_long_as_its_fault(
    make: Make, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sample = make("plans = (Plan(title='見本計画', measures=(Measure(title='作り話'),)),)")
    tests = beside(sample)
    with pytest.raises(AssertionError, match="is_verbatim: 1 faults"):
        tests().test_is_verbatim(sample)
    monkeypatch.setattr(tests, "exempt", {name: "the title stands in a picture"})
    tests().test_is_verbatim(sample)
    tests().test_exemptions_have_reasons()
    sound = make()
    with pytest.raises(AssertionError, match="take the exemption away"):
        tests().test_is_verbatim(sound)


def test_a_folder_is_one_document_of_several_files(make: Make, tmp_path: pathlib.Path) -> None:
    make()
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "b.txt").write_text("2 清掃\n", encoding="utf-8")
    (folder / "a.txt").write_text("見本計画\n\n1 植樹\n", encoding="utf-8")
    sample = Sample("mihon", folder)
    assert [source.name for source in sample.sources] == ["a.txt", "b.txt"]
    assert [measure.title for measure in sample.reading.plans[0].measures] == ["植樹", "清掃"]
    assert all(source[0].name == "a.txt" for _, source in truncated(sample.sources))


def test_a_cut_that_no_reader_takes_is_no_fault(make: Make) -> None:
    assert faults(make(document="\n" * 40 + DOCUMENT), "bears_truncation") == []


def test_codes_in_cells_change_places() -> None:
    text = "表\n\n番号\t名\n1\t甲\n2\t乙\n"
    publication = read_source(Source("a.txt", text.encode()))
    measures = (
        Measure(code="1", title="甲", source="a.txt#L4"),
        Measure(code="2", title="乙", source="a.txt#L5c1-c2"),
    )
    ((what, swapped),) = renumbered(publication, (Plan(measures=measures),))
    assert what == "1 ↔ 2"
    assert swapped.text().splitlines()[2:] == ["2\t甲", "1\t乙"]


def test_siblings_whose_codes_stand_nowhere_are_left_out() -> None:
    row = Row(cells=(Cell(text="甲", place=parse_places("a#L1c1")[0], column=0),),
              place=parse_places("a#L1")[0])  # fmt: skip
    table = Table(rows=(row,), place=parse_places("a#L1")[0])
    measures = tuple(Measure(code=code, title="甲", source="a#L1") for code in "12")
    publication = Publication(documents=(), blocks=(table,))
    assert list(renumbered(publication, (Plan(measures=measures),))) == []


def test_paths_that_are_not_stable_are_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = make()
    monkeypatch.setattr(requirements, "walk", lambda plan: [*walk(plan), *walk(plan)])
    twice = faults(sample, "has_stable_paths")
    assert len(twice) == len(list(walk(sample.reading.plans[0])))
    assert twice[-1] == "the path measures[3] names two nodes"
    monkeypatch.setattr(requirements, "walk", walk)
    monkeypatch.setattr(requirements, "format_path", lambda _: "measures[9]")
    assert faults(sample, "has_stable_paths")[-1].endswith("another one after parsing")
    monkeypatch.setattr(requirements, "format_path", format_path)
    monkeypatch.setattr(requirements, "resolve", lambda *_: None)
    assert faults(sample, "has_stable_paths")[-1].endswith("leads to another node")


def test_a_plan_that_is_another_one_after_writing_is_told(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = make()
    monkeypatch.setattr(toml, "loads", lambda _: Plan(title="別の計画"))
    assert faults(sample, "survives_writing") == [
        "plan '見本計画' is another one after munidx.formats.toml"
    ]


def test_the_words_of_the_form_need_not_stand_in_the_document(make: Make) -> None:
    change = "plans = (Plan(title='見本計画', measures=(Measure(title='植樹', level='事業',"
    change += " labels=Labels({'区分': '点検'})),), source='plan.txt#L1'),)"
    sample = make(f"from munidx.model import Labels; {change}")
    assert faults(sample, "is_verbatim") == []


@pytest.mark.parametrize("error", [AdapterError("adapter-missing"), SourceError("not-text")])
def test_a_clean_refusal_is_no_fault(
    make: Make, monkeypatch: pytest.MonkeyPatch, error: MunidxError
) -> None:
    sample = make()

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Host, "read", refuse)
    assert faults(sample, "bears_truncation") == []


def test_each_sample_is_a_test_of_its_own(make: Make) -> None:
    sample = make()
    told: list[tuple[str, list[Sample], list[str]]] = []

    class Metafunc:
        fixturenames = ("sample",)

        def parametrize(self, name: str, values: list[Sample], ids: list[str]) -> None:
            told.append((name, values, ids))

    tests = beside(sample)()
    tests.pytest_generate_tests(Metafunc())  # type: ignore[arg-type]
    ((name, values, ids),) = told
    assert (name, ids) == ("sample", ["plan.txt"])
    assert [each.path for each in values] == [sample.path]
    monkey = type("Other", (Metafunc,), {"fixturenames": ()})()
    tests.pytest_generate_tests(monkey)
    assert len(told) == 1
    assert Mihon._folder() == pathlib.Path(__file__).parent
