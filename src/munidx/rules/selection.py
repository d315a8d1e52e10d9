"""Which rules are meant: by code, beginning of a code, family or name."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from munidx.errors import MunidxError
from munidx.rules.registry import Rule, all_rules

__all__ = ["chosen", "known", "select_rules"]

_DIGITS: Final = str.maketrans("OIL", "011")


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that ``select`` means (none given: all), without those of ``ignore``.

    Raises:
        MunidxError: As :func:`known`.
    """
    rules = all_rules()
    known((*select, *ignore), rules)
    return chosen(rules, select, ignore)


def chosen(
    rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """As :func:`select_rules`, of ``rules``, whatever else the selectors name."""
    return tuple(
        rule
        for rule in rules
        if (not select or any(rule.chosen(selector) for selector in select))
        and not any(rule.chosen(selector) for selector in ignore)
    )


def known(selectors: Iterable[str], rules: Sequence[Rule]) -> None:
    """Raise where one of ``selectors`` means none of ``rules``.

    Raises:
        MunidxError: ``rule-misspelt`` (``nearest``) or ``rule-unknown``.
    """
    for selector in selectors:
        if any(rule.chosen(selector) for rule in rules):
            continue
        nearest = _nearest(selector[:80], rules)
        if nearest:
            raise MunidxError("rule-misspelt", selector=selector, nearest=nearest)
        raise MunidxError("rule-unknown", selector=selector)


def _nearest(selector: str, rules: Sequence[Rule]) -> str:
    all_codes = [rule.code for rule in rules]
    # Letters that were taken for digits, before what merely looks alike.
    alike = selector.upper().translate(_DIGITS)
    if alike in all_codes:
        return alike
    codes = difflib.get_close_matches(selector.upper(), all_codes, 1, 0.7)
    names = difflib.get_close_matches(selector.lower(), [rule.name for rule in rules], 1, 0.7)
    return "".join(codes or names)
