import pathlib
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def test_a_plan_is_a_tree(run: Run, plan: pathlib.Path) -> None:
    ran = run("show", plan)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "見本計画\n"
        "  272299-sectoral-sample\n"
        "└─ 1 くらし\n"
        "   └─ 1 電子申請  [情報課]\n"
        "      └─ 電子申請率 → FY2025 80%\n"
        "\n"
        "1 goal, 1 measure, 1 indicator\n"
    )


def test_what_a_title_would_do_to_a_terminal_is_shown_instead(run: Run, plan: pathlib.Path) -> None:
    text = plan.read_text(encoding="utf-8")
    hostile = text.replace("くらし", r"\u001b]0;owned\u0007\u202eくらし")
    ran = run("show", "-", stdin=hostile.encode())
    assert ran.code == 0
    assert "くらし" in ran.out
    assert not set("\x1b\x07\u202e") & set(ran.out)


def test_a_document_is_shown_like_a_plan(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    ran = run("show", document)
    assert ran.code == 0
    assert "└─ 図書館の開館" in ran.out
