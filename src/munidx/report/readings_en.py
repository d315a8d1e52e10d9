"""What readings met, said in English: code → sentence, hint."""

from collections.abc import Mapping
from typing import Final

__all__ = ["READINGS"]

_COMPARE: Final = "Compare with the published document."

READINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "MX900": (
        "The rule {rule} ({name}) failed on this plan with {error}; the others ran.",
        "Please report it, with the plan if you can.",
    ),
    "MX901": (
        "Not read: {text}",
        "The adapter does not know this part; nothing of it is in the plan.",
    ),
    "MX902": (
        "{characters} characters could not be decoded.",
        "The document may be damaged, or be in another encoding.",
    ),
    "MX903": (
        "The page ends within a tag that was never closed: what follows it is lost.",
        "Fetch the page again; the file may have been cut off.",
    ),
    "MX904": (
        "The adapter names a place that the document does not have: {source}",
        "Please report it to the adapter's author.",
    ),
    "MX905": (
        "The adapter {adapter} knows the document, and read no plan from it.",
        "The form may have changed since the adapter was written.",
    ),
    "MX906": (
        "Nothing matches this suppression of {rule} any more: {reason}",
        "Remove it.",
    ),
    "MX907": (
        "This suppression of {rule} held until {until}: {reason}",
        "Decide anew: extend it, or correct the plan.",
    ),
    "MX908": (
        "A rule of the adapter {adapter} cannot be used: {reason}",
        "Please report it to the adapter's author.",
    ),
    "MX909": (
        "The adapter {adapter} is for {expected} and read a plan of {found}.",
        "Please report it to the adapter's author, with the document.",
    ),
    "MX910": (
        "The adapter {adapter} cannot be used: {reason}",
        "See: munidx adapters",
    ),
    "MX911": (
        "The page holds pictures and no text: nothing of it was read.",
        "It may be a scan. Ask the publisher for a file with text.",
    ),
    "MX912": (
        "The page cannot be opened: nothing of it was read.",
        "The file may be damaged. Fetch it again.",
    ),
    "MX913": (
        "{characters} letters are of a font that does not say which characters they are.",
        "What stands for them is no text. Compare with the published document.",
    ),
    "MX914": (
        "The page has {rules} dotted rules; they were not taken as edges of cells.",
        "What they part may stand in one cell, or outside of a table.",
    ),
    "MX915": (
        "A table over the pages {pages} was joined; {rows} header rows are repeated on each.",
        "",
    ),
    "MX916": (
        "The page draws too many lines to look for tables among them; its text was read.",
        "",
    ),
    "MX917": (
        "Cells of the table are no rectangles, and were cut into such.",
        _COMPARE,
    ),
    "MX918": (
        "Hidden parts were read as well: {hidden}",
        "They are not visible in the published file.",
    ),
    "MX919": (
        "The text holds tracked changes: {inserted} insertions were read, {deleted} deletions not.",
        "The published file may be a draft.",
    ),
    "MX920": (
        "A row was not understood: {text}",
        _COMPARE,
    ),
    "MX921": (
        "“{text}” was not understood ({field}).",
        _COMPARE,
    ),
    "MX922": (
        "Row {found} stands where row {expected} was expected.",
        "A row may be missing: compare with the published document.",
    ),
    "MX923": (
        "The text was cut by the end of a line or page and was joined ({field}).",
        _COMPARE,
    ),
    "MX924": (
        "The document leaves open what belongs to {field}: it was read from {rule}.",
        _COMPARE,
    ),
    "MX925": (
        "{expected} were announced ({field}), {found} were read.",
        _COMPARE,
    ),
    "MX926": (
        "One fact is printed as “{first}” and as “{second}”.",
        _COMPARE,
    ),
    "MX927": (
        "“{text}” leaves a part of the date open.",
        "Enter it when it has been decided.",
    ),
    "MX928": (
        "In “{text}” the era's year is {era}, the Western year {western}.",
        "Find out which of the two is meant.",
    ),
    "MX929": (
        "The form does not know the column “{column}”.",
        "Its cells are labels, or unread; the form may have changed since the adapter was written.",
    ),
    "MX930": (
        "The document holds no {section}.",
        "The form may have changed: see what is unread.",
    ),
    "MX931": (
        "The part “{text}” is not known, and was not read.",
        "The form may have changed since the adapter was written.",
    ),
    "MX932": (
        "{value} is not printed ({field}); it was inferred from: {reasons}",
        _COMPARE,
    ),
    "MX933": (
        "The quotes do not balance; each was read as it stands.",
        "A cell with a line break in it may stand in two rows.",
    ),
    "MX942": (
        "By their order, figures (lines {lines}) were given to indicator {indicator}: {figures}",
        _COMPARE,
    ),
    "MX943": (
        "The figures {figures} (lines {lines}) may belong to another indicator than {indicator}.",
        "Look at them in the published document.",
    ),
    "MX944": (
        "Indicator {indicator} has {targets} targets for {years} years.",
        _COMPARE,
    ),
    "MX945": (
        "The actuals of indicator {indicator} were not read: {figures} figures stand there.",
        _COMPARE,
    ),
    "MX946": (
        "The number of the indicator “{title}” was not found.",
        _COMPARE,
    ),
    "MX947": (
        "The base year of indicator {indicator} was not found.",
        _COMPARE,
    ),
    "MX948": (
        "The sheet prints no years for its targets; those of the other sheets were taken.",
        _COMPARE,
    ),
    "MX949": (
        "The sheet has no part “{section}”.",
        "See whether it stands elsewhere in the document.",
    ),
    "MX951": (
        "No department was found for project {project}.",
        _COMPARE,
    ),
    "MX952": (
        "By their order, {budgets} budget codes were given to the projects {projects}.",
        _COMPARE,
    ),
    "MX953": (
        "{budgets} budget codes stand beside the projects {projects}; {placed} were given to one.",
        _COMPARE,
    ),
    "MX954": (
        "Project {project} stands on the sheet of {goal}.",
        "Nothing to do if it is printed so.",
    ),
    "MX955": (
        "The figures {figures} of project {project} do not fit the columns {columns}.",
        _COMPARE,
    ),
    "MX956": (
        "The printed total was not understood.",
        _COMPARE,
    ),
    "MX957": (
        "Project {project} stands a second time.",
        _COMPARE,
    ),
    "MX960": (
        "By their order, {texts} texts were given to the projects {projects}.",
        _COMPARE,
    ),
    "MX961": (
        "Project {project} stands on no sheet.",
        _COMPARE,
    ),
    "MX962": (
        "A text belongs to no project and was kept as a section: {text}",
        _COMPARE,
    ),
    "MX970": (
        "Row {number} stands where row {expected} was expected.",
        "A row may be missing: compare with the published document.",
    ),
    "MX971": (
        "Unknown columns: {columns}. What stands in them was not read.",
        "The form may have changed since the adapter was written.",
    ),
    "MX972": (
        "Columns were not found: {columns}",
        "The form may have changed since the adapter was written.",
    ),
    "MX973": (
        "This belongs to no column of its row: {text}",
        _COMPARE,
    ),
    "MX974": (
        "Row {number} has no class: only its first line was taken as the title.",
        _COMPARE,
    ),
    "MX975": (
        "It is open to which column this belongs, and it was not read ({field}): {text}",
        _COMPARE,
    ),
    "MX976": (
        "The edition is printed as “{first}” and as “{text}”; the first was kept.",
        _COMPARE,
    ),
    "MX977": (
        "This stands in the document a second time: {text}",
        _COMPARE,
    ),
    "MX978": (
        "The title is printed elsewhere as “{other}”.",
        _COMPARE,
    ),
    "MX979": (
        "Goal {number} is not listed among the document's goals.",
        _COMPARE,
    ),
    "MX980": (
        "“{text}” stands under goal {goal}.",
        _COMPARE,
    ),
    "MX981": (
        "The document does not say which edition it is.",
        "Nothing to do if it is printed so.",
    ),
    "MX982": (
        "The edition's year was not understood: {text}",
        _COMPARE,
    ),
    "MX983": (
        "The plan's period was not understood.",
        _COMPARE,
    ),
    "MX984": (
        "The mark 【{mark}】 is kept as a label; what it says of the status is not known.",
        "Nothing to do if it says nothing of a status.",
    ),
    "MX985": (
        "It is open what is the bureau and what the unit: {text}",
        _COMPARE,
    ),
    "MX986": (
        "Row {number} lacks: {missing}",
        _COMPARE,
    ),
    "MX987": (
        "The cell holds more than one target: {text}",
        _COMPARE,
    ),
    "MX988": (
        "The class {category} is not explained in the legend.",
        _COMPARE,
    ),
    "MX989": (
        "The era's year and the Western year differ: {text}",
        "Tell the publisher; the text stays as published.",
    ),
    "MX990": (
        "The mark 【{mark}】 stands in another cell than the title.",
        _COMPARE,
    ),
    "MX991": (
        "The lines of this row's title are doubled or numbered again; it may hold two rows.",
        _COMPARE,
    ),
}
