"""What findings say in English: code → sentence, hint, and the sentence for a whole plan."""

from collections.abc import Mapping
from typing import Final

__all__ = ["FINDINGS"]

_COMPARE: Final = "Compare with the published document."
_LOOK: Final = "See whether the document prints it and it was not read."
_PUBLISHER: Final = "Nothing to correct in the plan file; tell the publisher."

FINDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "MX101": ("Code {code} is also that of its sibling “{other}”.", _COMPARE),
    "MX102": (
        "The identifier {id} is also that of “{other}”.",
        "Give each node the identifier that its publisher printed for it, or none.",
    ),
    "MX103": (
        "This {kind} has no title.",
        "A blank first cell often means that the row above goes on.",
    ),
    "MX104": (
        "{code} is no municipality code: it must have six digits, the last a check digit.",
        "Take the code from the national list (全国地方公共団体コード).",
    ),
    "MX105": (
        "The reference leads to “{target}”, which this plan does not hold.",
        "Correct the reference; after a renumbering old numbers stay behind.",
    ),
    "MX106": ("The numbering leaves out {missing} before this one.", _COMPARE),
    "MX107": ("Code {code} stands after {after}.", _COMPARE),
    "MX108": (
        "The same title stands at its sibling {other}, and nothing tells the two apart.",
        "Remove the one that was entered twice, or give what tells them apart.",
    ),
    "MX109": (
        "The former code is the present one, {code}.",
        "Enter the number that the publisher names as the old one, or none.",
    ),
    "MX110": (
        "Code {code} belongs to {expected}, not to {prefecture}.",
        "Correct the code or the prefecture.",
    ),
    "MX111": (
        "The plan's id {id} should begin with {expected}.",
        "An id is <municipality code>-<kind>-<slug>, the same in every edition.",
    ),
    "MX112": (
        "This stands {depth} rungs deep.",
        "Look where the first of the nested nodes ends in the document.",
    ),
    "MX113": (
        "Code {code} does not belong under {parent}, as its siblings' codes do.",
        "Correct the code, or put the node where it belongs.",
    ),
    "MX114": (
        "The plan holds no goal, no measure and no indicator.",
        "See what was left unread: munidx convert --coverage.",
    ),
    "MX115": ("Nothing stands below this goal: no goal, no measure, no indicator.", _LOOK),
    "MX116": (
        "The measure {code} stands a second time; first at {other}.",
        "Nothing to do if it is printed again (再掲); mind it when adding up.",
    ),
    "MX201": ("The period ends ({end}) before it starts ({start}).", _COMPARE),
    "MX202": ("It ends ({end}) before it starts ({start}).", _COMPARE),
    "MX203": (
        "The target is for {time}, outside the plan's period from {start} to {end}.",
        "If it is printed so, ask which plan carries the target on.",
    ),
    "MX204": (
        "A figure that was measured or spent is of {time}; the edition is of {edition} or before.",
        "Correct the year; enter a forecast as a target.",
    ),
    "MX205": ("The baseline is of {baseline}, the last target of {target}.", _COMPARE),
    "MX206": (
        "“{text}” in {field}: by the era the year is {era_year}, in brackets it is {western}.",
        _PUBLISHER,
    ),
    "MX207": (
        "It ended in {end} and is still {status} in the edition of {edition}.",
        "Correct the end or the status, as the document has it.",
    ),
    "MX208": (
        "The schedule says nothing between {after} and {until}.",
        "If an arrow runs across the blank cells, give the entry its end.",
    ),
    "MX209": (
        "The edition is of {time}, after the plan's period, which ended in {end}.",
        "Correct the period or the edition; a last edition has the status final.",
    ),
    "MX210": (
        "An evaluation is of {time}; the edition is of {edition} or before.",
        "Correct the year; plans for the next year belong to next_steps.",
    ),
    "MX211": (
        "It is counted by calendar years and by fiscal years.",
        "年 is often written where 年度 is meant: compare with the document.",
    ),
    "MX212": (
        "Its time, {time}, lies outside the plan's period from {start} to {end}.",
        _COMPARE,
    ),
    "MX301": (
        "The measure has no indicator.",
        _LOOK,
        "{count} of {total} measures have no indicator.",
    ),
    "MX302": (
        "The indicator has no target.",
        _LOOK,
        "{count} of {total} indicators have no target.",
    ),
    "MX303": ("The target is still to be set: {text}", "Ask the owner by when it will be set."),
    "MX304": (
        "The target does not say by when.",
        "Nothing to do if none is printed: a year is never filled in from the period.",
        "{count} of {total} targets do not say by when.",
    ),
    "MX305": (
        "The target {value} has no unit.",
        "Look in the indicator's name, its definition and the table's head.",
    ),
    "MX306": ("The figures have different units: {units}.", _COMPARE),
    "MX307": (
        "The target is in words and cannot be measured: {text}",
        "For the next edition, ask for a figure or a date.",
        "{count} of {total} indicators have targets in words only.",
    ),
    "MX308": (
        "{value} % is no share of a whole ({series}).",
        "A decimal point may have been lost: compare with the document.",
    ),
    "MX309": (
        (
            "The target {target} lies on the wrong side of the baseline {baseline}"
            " (direction: {direction})."
        ),
        "If it is printed so, ask why less is enough.",
    ),
    "MX310": (
        "The target is the baseline, {value}, though the direction is {direction}.",
        "If the level is to be kept, the direction is maintain.",
    ),
    "MX311": (
        "The target goes from {before} to {after} in {time}, against its direction.",
        _COMPARE,
    ),
    "MX312": (
        "The target is “{comparator}”, but the direction is {direction}.",
        "An inferred direction may be wrong: give it in the plan.",
    ),
    "MX313": (
        "The figures run from {low} to {high}: a unit or a decimal point may be wrong.",
        _COMPARE,
    ),
    "MX314": ("The range ends ({high}) below its start ({low}).", _COMPARE),
    "MX315": (
        "The state is “{state}”, which does not go with what the observation holds ({series}).",
        "Correct the state, or enter the value that is printed.",
    ),
    "MX316": (
        "The {series} leave out {missing}.",
        "Nothing to do for a survey that is not held every year.",
    ),
    "MX401": (
        (
            "The printed total is {printed} yen, the sum of {rows} rows below is {sum} yen"
            " (difference {difference}; {year}, {category})."
        ),
        "Compare each row with the document.",
    ),
    "MX402": ("The amount is below zero: {amount} yen.", "A dash may have been read as a minus."),
    "MX403": (
        "The amount of {amount} yen does not say for which year it is.",
        "See whether the year stands in the table's head.",
        "{count} of {total} amounts do not say for which year they are.",
    ),
    "MX404": (
        "{amount} yen in {year} is out of scale: usual here is {usual} yen.",
        "Look at the unit in the table's head (円, 千円).",
    ),
    "MX405": (
        "The amount is {amount} yen, but the text “{text}” says {expected} yen.",
        "Amounts are whole yen: correct the amount or the text.",
    ),
    "MX406": (
        "{year} has a personnel cost and no project cost.",
        "A project without expenses is printed as 0: compare with the document.",
    ),
    "MX407": ("There are two amounts for {year}, {category}.", _COMPARE),
    "MX501": (
        "Nobody is named who answers for this measure.",
        _LOOK,
        "{count} of {total} measures name nobody who answers for them.",
    ),
    "MX502": ("More than one unit leads: {owners}.", "Nothing to do if it is printed so."),
    "MX503": ("{owner} is named twice.", "Compare with the document and remove the second."),
    "MX504": (
        "An owner has no name, no bureau and no person.",
        "Enter the unit that is printed, or leave the owner out.",
    ),
    "MX505": ("The unit's name ends twice in the same word: {owner}.", _PUBLISHER),
    "MX506": ("{owner} stands under {bureau} here, elsewhere under {usual}.", _COMPARE),
    "MX507": (
        "{owner} is none of the units that this edition lists: {units}.",
        "Correct the unit, or tell the publisher that its name is out of date.",
    ),
    "MX508": ("{owner} stands nowhere else in this edition; {usual} may be meant.", _COMPARE),
    "MX601": (
        "The title is marked “{mark}”, the status is “{status}”.",
        "Set the status that the mark names.",
    ),
    "MX602": ("For {time} there are two figures: {first} and {second}.", _COMPARE),
    "MX603": (
        "It is abolished and still has a numeric target.",
        "Nothing to do if it is printed so; mind it in overviews.",
    ),
    "MX604": (
        "The value is {value}, the words say “{text}”.",
        "Whoever changes one must change the other: compare both with the document.",
    ),
    "MX605": ("The text counts {told} of “{level}”, the plan holds {held}.", _COMPARE),
    "MX606": (
        "The rating “{text}” does not go with the score {score} (highest: {scale}).",
        _COMPARE,
    ),
    "MX607": ("It is {status}, but “{parent}” above it is {ended}.", _COMPARE),
    "MX608": (
        "The same indicator says {first} for {time} elsewhere, here {second}.",
        _PUBLISHER,
    ),
    "MX609": (
        "It says that all indicators met their targets; “{indicator}” did not ({time}).",
        "Compare both with the document; if both are printed, ask the publisher.",
    ),
    "MX701": (
        "A character was lost ({characters}; {times} in {fields}).",
        "Read the document again in its right encoding, or enter the character.",
    ),
    "MX702": ("Unseen characters ({characters}; {times} in {fields}).", "Remove them."),
    "MX703": (
        "Radicals stand in place of kanji ({characters}; {times} in {fields}).",
        "Replace them with the kanji they stand for.",
        "In {count} of {total} places radicals stand in place of kanji.",
    ),
    "MX704": ("The brackets do not match in {field}: {text}", _COMPARE),
    "MX705": (
        "The title seems to be cut: {title}",
        "Look for the other half in the document.",
    ),
    "MX706": (
        "Characters that only the publisher's font shows ({characters}; {times} in {fields}).",
        "Look at the document and enter the character in Unicode.",
    ),
    "MX707": (
        "HTML was taken for text ({characters}; {times} in {fields}).",
        "The adapter should read such cells as HTML.",
    ),
    "MX708": ("The title begins or ends with white space.", "Remove it."),
    "MX709": (
        "The text was read in the wrong encoding ({characters}; {times} in {fields}).",
        "Read the document again in its right encoding.",
    ),
}
