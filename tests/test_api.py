"""The public face: one list of names, and the functions that api.py itself defines."""

import importlib
import json
import os
import pathlib
import stat
import subprocess
import sys
from importlib.metadata import version

import pytest

import munidx
from munidx import api
from munidx.formats import FORMATS

NAMES = frozenset(
    """
    Accumulation AdapterError Change Comparator Config ConfigError Cost CostBasis Coverage Diff
    Direction Document Edition EditionStatus Effect Evaluation Finding FiscalYear Goal Indicator
    IndicatorProgress Item Kind Labels Leftover Limits Lineage Location Matching Measure Milestone
    MissingReaderError MunidxError Municipality Node Observation Obstacle OpenEnd Owner OwnerRole
    Pair PassReason PatchError Period Pin Place Plan PlanError PlanKind PlanStamp Progress
    Quantity Rating Reading Recurrence Reference Relation RollUp Rung ScheduleEntry Section
    Segment SelectionError Severity Source SourceError Stage State Status Stop Strand Term Time
    Verdict compose diff dump dumps find_config invert lineage load load_config load_pins loads
    match parse_places patch progress read resolve validate walk
    """.split()  # noqa: SIM905 - as a list it would fill two pages
)

PLAN = munidx.Plan(title="計画", measures=(munidx.Measure(code="1", title="公園"),))


def test_the_public_names_are_these() -> None:
    assert sorted(api.__all__) == sorted(NAMES)
    assert munidx.__all__ == api.__all__
    assert set(dir(munidx)) >= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(munidx, name) is getattr(api, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        munidx.nonsense  # noqa: B018 - looking is the test
    with pytest.raises(AttributeError):
        munidx.__nonsense__  # noqa: B018


def test_the_version_is_that_of_the_distribution() -> None:
    assert munidx.__version__ == version("munidx")


def _loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8"
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


HEAVY = {"typer", "rich", "lxml", "hypothesis", "pydantic", "click", "pytest"}


def test_importing_munidx_loads_next_to_nothing() -> None:
    assert not _loaded_by("import munidx") & (HEAVY | {"attr", "attrs", "cattrs", "pluggy"})


def test_using_the_library_loads_no_command_line_and_no_reader() -> None:
    code = "import munidx; munidx.diff(munidx.Plan(), munidx.loads('munidx = 1'))"
    assert not _loaded_by(code) & HEAVY


def test_diff_stays_the_function_when_its_package_is_imported() -> None:
    importlib.import_module("munidx.diff.changes")
    assert callable(munidx.diff)
    assert munidx.diff(PLAN, PLAN).changes == ()


def test_progress_stays_the_function_when_its_module_is_imported() -> None:
    module = importlib.import_module("munidx.progress")
    assert munidx.progress is module.progress
    assert munidx.progress(PLAN).indicators == ()


def test_lineage_stays_the_function_when_its_module_is_imported() -> None:
    module = importlib.import_module("munidx.lineage")
    assert munidx.lineage is module.lineage
    assert len(munidx.lineage([PLAN, PLAN]).strands) == 2


def test_attributes_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(munidx, "novelty", 7, raising=False)
    assert vars(munidx)["novelty"] == 7


@pytest.mark.parametrize("to", FORMATS)
def test_what_was_dumped_is_loaded(to: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / f"plan.{to}"
    munidx.dump(PLAN, path)
    assert munidx.load(path) == PLAN
    assert path.read_text(encoding="utf-8") == munidx.dumps(PLAN, to=to)
    assert munidx.loads(munidx.dumps(PLAN, to=to)) == PLAN


def test_the_form_may_be_told_apart_from_the_name(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "plan"
    munidx.dump(PLAN, path, to="json")
    assert json.loads(path.read_text(encoding="utf-8"))["munidx"] == 1


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: pathlib.Path) -> None:
    path, other = tmp_path / "plan.toml", tmp_path / "other"
    munidx.dump(PLAN, path)
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: pathlib.Path) -> None:
    path, link = tmp_path / "plan.toml", tmp_path / "link.toml"
    path.touch(mode=0o600)
    link.symlink_to(path)
    munidx.dump(PLAN, link)
    assert link.is_symlink()
    assert munidx.load(path) == PLAN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failed_dump_leaves_the_old_file_and_no_other(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(pathlib.Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        munidx.dump(PLAN, path)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs /dev/null")  # noqa: PTH110
def test_a_device_is_written_to_not_replaced() -> None:
    munidx.dump(PLAN, "/dev/null")
    assert stat.S_ISCHR(pathlib.Path("/dev/null").stat().st_mode)


def test_faults_of_a_text_name_the_file_that_was_told() -> None:
    with pytest.raises(munidx.PlanError) as caught:
        munidx.loads('munidx = 1\ntitel = "x"\n', "some.toml")
    assert str(caught.value.location) == "some.toml:2:1"


def test_a_text_with_a_lone_surrogate_is_a_plan_error() -> None:
    with pytest.raises(munidx.PlanError):
        munidx.loads('munidx = 1\ntitle = "\ud800"\n')


def test_reading_nothing_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        munidx.read()


def test_read_takes_canonical_files_and_bytes(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "plan.toml"
    munidx.dump(PLAN, path)
    source = munidx.Source("x", munidx.dumps(PLAN, to="json").encode())
    assert munidx.read(path, str(path), source) == munidx.Reading(plans=(PLAN, PLAN, PLAN))


def test_read_reads_documents_by_an_installed_city(
    cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities.is_dir()
    reading = munidx.read(document)
    assert [measure.title for measure in reading.plans[0].measures] == [
        "公園の整備",
        "図書館の開館",
    ]
    assert reading.coverage.unread == 0
    assert reading.coverage.passed == {munidx.PassReason.PAGE_NUMBER: 2}


def test_canonical_files_stand_before_what_was_published(
    cities: pathlib.Path, document: pathlib.Path, plan: pathlib.Path
) -> None:
    assert cities.is_dir()
    reading = munidx.read(document, plan, adapter="kaku")
    assert [each.title for each in reading.plans] == ["見本計画", "架空市計画"]


def test_a_file_over_the_limit_is_refused(plan: pathlib.Path) -> None:
    with pytest.raises(munidx.SourceError) as caught:
        munidx.load(plan, limits=munidx.Limits(bytes=10))
    assert caught.value.code == "file-too-large"
