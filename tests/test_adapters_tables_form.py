"""Declarations: what fits together, and what is refused."""

from collections.abc import Callable

import pytest

from munidx.adapters.tables import CAPTIONS, FIELDS, Caption, Column, Form, Group
from munidx.model import Municipality

TOWN = Municipality(code="272230", name="門真市", prefecture="大阪府")
TITLE = Column("title", "事業名")


def form(*, title: str = "計画", **settings: object) -> Form:
    told: dict[str, object] = {"columns": (TITLE,), **settings}
    return Form(title=title, slug="x", municipality=TOWN, **told)  # type: ignore[arg-type]


def test_levels_nest_in_the_order_in_which_they_are_said() -> None:
    made = form(
        groups=(Group("柱"), Group("章", r"第\d章")),
        columns=(
            TITLE,
            Column("goal.title", "施策", level="施策"),
            Column("goal.code", "施策番号", level="施策"),
            Column("goal.title", "大綱", level="大綱"),
        ),
    )
    assert made.levels == ("柱", "章", "施策", "大綱")


def test_the_vocabulary_holds_every_word_as_it_is_compared() -> None:
    column = Column("costs", "予 算 額", "", under="令和\n６年度")
    assert form(columns=(TITLE, column), spanning=("基本 情報",)).vocabulary == {
        "事業名",
        "予算額",
        "令和6年度",
        "基本情報",
    }


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Column("titel", "事業名"), id="no such field"),
        pytest.param(lambda: Column("title"), id="no words"),
        pytest.param(lambda: Column("title", "事業名", pattern="("), id="pattern of a column"),
        pytest.param(lambda: Group("柱", "("), id="pattern of a group"),
        pytest.param(lambda: Group("柱", field="code"), id="field without a pattern"),
        pytest.param(lambda: Group("柱", "x", field="no"), id="field of a group"),
        pytest.param(lambda: Caption("title", "x"), id="field of a caption"),
        pytest.param(lambda: Caption("owners", ""), id="caption without a pattern"),
        pytest.param(lambda: Caption("label", "x"), id="label without a name"),
        pytest.param(lambda: Caption("owners", "x", label="所管"), id="owners with a name"),
        pytest.param(lambda: form(title="("), id="title"),
        pytest.param(lambda: form(boilerplate=("(",)), id="boilerplate"),
        pytest.param(lambda: form(columns=()), id="no columns"),
        pytest.param(lambda: form(needed=("code",)), id="title not needed"),
        pytest.param(lambda: form(needed=("title", "cod")), id="needed is no field"),
    ],
)
def test_what_does_not_fit_together_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError):
        make()


def test_the_vocabulary_of_fields_is_closed() -> None:
    assert {"title", "costs", "indicator.title", "evaluation.rating", "goal.title"} <= FIELDS
    assert {"label", "owners"} == CAPTIONS
    for field in FIELDS:
        assert Column(field, "語").field == field
