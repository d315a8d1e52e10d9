from munidx.errors import AdapterError, PlanError, SourceError
from munidx.place import Location
from munidx.report.errors import render_error


def test_an_error_has_its_place_its_sentence_and_a_hint() -> None:
    error = SourceError("file-missing", location=Location(document="a.txt"))
    first, second = render_error(error).splitlines()
    assert first.startswith("a.txt: ")
    assert "file-missing" not in first
    assert second.startswith("  ")


def test_an_error_without_a_place_is_munidx_s() -> None:
    assert render_error(SourceError("no-such-code")) == "munidx: no-such-code\n"


def test_further_faults_have_a_line_each_and_the_rest_is_counted() -> None:
    def fault(line: int) -> PlanError:
        return PlanError("no-such-code", location=Location(document="a.toml", line=line, column=1))

    error = fault(1)
    error.others = tuple(fault(line) for line in range(2, 15))
    lines = render_error(error).splitlines()
    assert lines[9] == "a.toml:10:1: no-such-code"
    assert lines[10] == "  and 4 more"
    error.others = error.others[:2]
    assert len(render_error(error).splitlines()) == 3


def test_an_unknown_document_tells_how_near_each_city_came() -> None:
    nearest = (
        ("kadoma", 0.3, ("title",)),
        ("itami", 0.0, ("cues",)),
        ("toyonaka", 0.0, ("media-type",)),
        ("x", 0.0, ()),
    )
    text = render_error(AdapterError("adapter-unknown-document", nearest=nearest))
    assert "  kadoma: 0.30 (title)\n" in text
    assert "  itami: 0.00 (none of its words occur)\n" in text
    assert "  toyonaka: 0.00 (reads no such form)\n" in text
    assert "  x: 0.00\n" in text
    text = render_error(AdapterError("adapter-unknown-document", nearest=()))
    assert "No adapter is installed" in text


def test_hostile_parameters_do_nothing() -> None:
    error = SourceError("no-such-code", location=Location(document="\x1b[2J"), what="\x07\n")
    text = render_error(error)
    assert not set("\x1b\x07") & set(text)
    assert text.count("\n") == 1
