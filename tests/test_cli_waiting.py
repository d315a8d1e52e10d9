import io
import pathlib
import sys

import pytest

from munidx.cli import waiting as module
from munidx.cli.waiting import waiting
from munidx.document import Source
from munidx.readers import read_source
from munidx.readers.watching import came_to, watched

PDF = pathlib.Path(__file__).parent / "fixtures" / "pdf" / "list-writer-vl.pdf"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pdf_tells_each_page_that_it_comes_to() -> None:
    came: list[tuple[str, int, int]] = []
    with watched(lambda *told: came.append(told)):
        read_source(Source("list.pdf", PDF.read_bytes()))
    assert came == [("list.pdf", page, len(came)) for page in range(1, len(came) + 1)]
    assert came
    read_source(Source("list.pdf", PDF.read_bytes()))
    assert len(came) == came[0][2]


def test_a_long_reading_shows_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    now = iter((0.0, 0.5, 1.5, 1.6, 2.0))
    monkeypatch.setattr("munidx.cli.waiting.time.monotonic", lambda: next(now))
    with waiting():
        for page in range(1, 5):
            came_to("plan\x1b[31m.pdf", page, 600)
    lines = stream.getvalue().split("\r\x1b[K")
    assert lines == ["", "plan?[31m.pdf: p. 2/600", "plan?[31m.pdf: p. 4/600", ""]


def test_a_short_one_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with waiting():
        came_to("plan.pdf", 1, 1)
    assert stream.getvalue() == ""


def test_where_there_is_no_terminal_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "_PATIENCE", -1.0)
    with waiting():
        came_to("plan.pdf", 1, 600)
    assert stream.getvalue() == ""
