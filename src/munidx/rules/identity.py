"""MX101 to MX111: identity, what names a plan and its nodes."""

from collections.abc import Iterator
from typing import Final

from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.model import Item, normal_code
from munidx.rules.codes import coded, name_of
from munidx.rules.registry import Fault, found, rule
from munidx.rules.view import View

__all__: list[str] = []

_PREFECTURES: Final = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]
"""In the order of their JIS X 0401 codes, from 01."""


@rule("MX101", "duplicate-code", Severity.WARNING)
def duplicate_code(view: View) -> Iterator[Fault]:
    """Siblings of one kind carry the same code.

    Why:
        A reader who is told "measure 3" must find one. Most often a row was copied, or two
        rows were numbered apart and then put together.

    Fails::

        measures = [{ code = "1", title = "電子申請" }, { code = "１", title = "窓口改革" }]

    Passes::

        [[goals]]
        code = "1"
        title = "便利なまち"
        measures = [{ code = "1", title = "電子申請" }]

        [[goals]]
        code = "2"
        title = "丁寧なまち"
        measures = [{ code = "1", title = "窓口改革" }]

    Fix:
        Compare with the published document: correct the code, or keep it if it was published
        so. Codes are compared as paths do (NFKC, without white space), and only among nodes
        on the same rung; where a bureau's own list begins, the numbers may begin anew, unless
        elsewhere in the plan they go on.

    Source:
        The munidx design: a path addresses a node by its code.
    """
    for group in view.numberings:
        first: dict[str, Item] = {}
        for item in group:
            coding = view.codings.get(item.path)
            earlier = first.setdefault(coding.code, item) if coding and coding.code else item
            if earlier is not item:
                yield found(item, code=coded(item).code, other=name_of(earlier))


@rule("MX102", "duplicate-id", Severity.ERROR)
def duplicate_id(view: View) -> Iterator[Fault]:
    """Two nodes carry the same permanent identifier.

    Why:
        An identifier is what a diff trusts most; with two holders it names neither. Where
        both have the same title too, the same thing is probably printed in two places, and
        the finding is a warning.

    Fails::

        measures = [{ id = "p-1", title = "電子申請" }, { id = "p-1", title = "窓口改革" }]

    Passes::

        measures = [{ id = "p-1", title = "電子申請" }, { id = "p-2", title = "窓口改革" }]

    Fix:
        Give each node the identifier that its publisher printed for it, or none.

    Source:
        The munidx design: identity.
    """
    first: dict[str, Item] = {}
    for item in view.having("id"):
        earlier = first.setdefault(item.node.id, item)
        if earlier is not item:
            same = view.titles[earlier.path] == view.titles[item.path]
            severity = Severity.WARNING if same else None
            yield found(item, severity=severity, id=item.node.id, other=name_of(earlier))


@rule("MX103", "empty-title", Severity.WARNING)
def empty_title(view: View) -> Iterator[Fault]:
    """A plan, goal or measure has no title, or an indicator neither title nor statement.

    Why:
        Nobody can speak of what has no name; and it is what a misread table looks like.

    Fails::

        measures = [{ code = "1", title = "　" }]

    Passes::

        title = "DX推進計画"
        [[measures]]
        code = "1"
        title = "電子申請"
        indicators = [{ statement = "利用者満足度 80%以上" }]

    Fix:
        Look at the place in the document; a blank first cell often means a row that goes on.

    Source:
        The munidx design: the model.
    """
    for item in view.items:
        if not (item.node.title or getattr(item.node, "statement", "")).strip():
            yield found(item, kind=type(item.node).__name__.lower())


@rule("MX104", "municipality-code", Severity.ERROR)
def municipality_code(view: View) -> Iterator[Fault]:
    """The municipality's code is not six digits with the right check digit.

    Why:
        The code is how plans of one city are brought together; a wrong digit makes another
        city of it, or none.

    Fails::

        municipality = { code = "272298", name = "四條畷市" }

    Passes::

        municipality = { code = "272299", name = "四條畷市" }

    Fix:
        Take the six-digit code (全国地方公共団体コード), check digit included.

    Source:
        総務省「全国地方公共団体コード仕様」.
    """
    city = view.plan.municipality
    if city and city.code and not city.valid:
        yield found(view.items[0], city, code=city.code, name=city.name)


@rule("MX105", "dangling-reference", Severity.WARNING)
def dangling_reference(view: View) -> Iterator[Fault]:
    """A reference into this plan names a code or title that the plan does not hold.

    Why:
        After a renumbering, references to the old numbers stay behind and lead nowhere.

    Fails::

        id = "272299-sectoral-dx"
        [[measures]]
        code = "1"
        title = "電子申請"
        references = [{ plan = "272299-sectoral-dx", code = "9" }]

    Passes::

        id = "272299-sectoral-dx"
        [[measures]]
        code = "1"
        title = "電子申請"
        references = [
            { plan = "272299-sectoral-dx", code = "2" }, { plan = "総合計画", code = "9" },
        ]
        [[measures]]
        code = "2"
        title = "窓口改革"

    Fix:
        Correct the reference. Only references that name this plan, by its id or its title,
        can be checked.

    Source:
        The munidx design: `Reference`.
    """
    names = {compact(name) for name in (view.plan.id, view.plan.title)} - {""}
    for item in view.having("references"):
        for reference in item.node.references:
            if compact(reference.plan) not in names:
                continue
            code, title = normal_code(reference.code), compact(reference.title)
            if code not in view.codes if code else title and title not in view.plain_titles:
                yield found(item, reference, target=reference.code or reference.title)


@rule("MX109", "former-code-current", Severity.WARNING)
def former_code_current(view: View) -> Iterator[Fault]:
    """A node names its present code as its former one.

    Why:
        A former code that is the present one says nothing; the old number was most likely
        overwritten.

    Fails::

        measures = [{ code = "2", former_codes = ["2"], title = "電子申請" }]

    Passes::

        measures = [{ code = "2", former_codes = ["3"], title = "電子申請" }]

    Fix:
        Enter the number that the publisher names as the old one, or none.

    Source:
        The munidx design: identity.
    """
    for item in view.items[1:]:
        node = coded(item)
        if not node.former_codes:
            continue
        code = normal_code(node.code)
        if code and code in {normal_code(former) for former in node.former_codes}:
            yield found(item, code=node.code)


@rule("MX110", "municipality-prefecture", Severity.WARNING)
def municipality_prefecture(view: View) -> Iterator[Fault]:
    """The municipality's code belongs to another prefecture than the one named.

    Why:
        The first two digits of the code are the prefecture's number. City names repeat
        across prefectures (府中市, 伊達市), so the prefecture must be right.

    Fails::

        municipality = { code = "272299", name = "四條畷市", prefecture = "兵庫県" }

    Passes::

        municipality = { code = "272299", name = "四條畷市", prefecture = "大阪府" }

    Fix:
        Correct the code or the prefecture.

    Source:
        JIS X 0401 (都道府県コード).
    """
    city = view.plan.municipality
    if city is None or not city.valid or not city.prefecture:
        return
    number = int(city.code[:2])
    expected = _PREFECTURES[number - 1] if 1 <= number <= len(_PREFECTURES) else ""
    if compact(city.prefecture) != expected:
        yield found(
            view.items[0],
            city,
            code=city.code,
            prefecture=city.prefecture,
            expected=expected or None,
        )


@rule("MX111", "plan-id", Severity.WARNING)
def plan_id(view: View) -> Iterator[Fault]:
    """The plan's id does not begin with its municipality's code and its kind.

    Why:
        The id is `<municipality code>-<kind>-<slug>` in every edition; one of another form
        belongs to another plan, or will not be found again.

    Fails::

        id = "272230-sectoral-dx"
        kind = "sectoral"
        municipality = { code = "272299" }

    Passes::

        id = "272299-sectoral-dx"
        kind = "sectoral"
        municipality = { code = "272299" }

    Fix:
        Correct the id, the kind or the municipality, whichever is wrong.

    Source:
        The munidx design: identity.
    """
    plan = view.plan
    if not plan.id or plan.municipality is None or not plan.municipality.code:
        return
    expected = f"{plan.municipality.code}-{plan.kind.value if plan.kind else ''}".rstrip("-")
    if not plan.id.replace("_", "-").startswith(expected.replace("_", "-") + "-"):
        yield found(view.items[0], id=plan.id, expected=f"{expected}-…")
