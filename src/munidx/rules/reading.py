"""MX9xx: what the reading met, and rules that failed.

No function of a plan finds these: readers, the host of adapters and the adapters of cities
do. They are named here so that they are listed and chosen like the others.
"""

from typing import Final

from munidx.findings import Severity
from munidx.rules.registry import told_elsewhere

__all__: list[str] = []

_TOLD: Final = (
    ("MX900", "rule-failed", Severity.WARNING, "A rule failed on this plan; the others ran."),
    ("MX901", "unread", Severity.WARNING, "A part of the document went into no plan."),
    ("MX902", "undecodable", Severity.WARNING, "Characters of the document could not be decoded."),
    ("MX903", "page-cut", Severity.WARNING, "A page ends within a tag that was never closed."),
    (
        "MX904",
        "source-outside",
        Severity.ERROR,
        "An adapter names a place that the document does not have.",
    ),
    (
        "MX905",
        "reading-empty",
        Severity.ERROR,
        "An adapter recognised a document and found no plan in it.",
    ),
    (
        "MX906",
        "suppression-unmatched",
        Severity.WARNING,
        "A suppression in the configuration matches no finding.",
    ),
    ("MX907", "suppression-expired", Severity.WARNING, "A suppression's last day has passed."),
    ("MX908", "city-rule-unusable", Severity.WARNING, "A rule of a city cannot be used."),
    (
        "MX909",
        "other-municipality",
        Severity.ERROR,
        "An adapter read a plan of another municipality than the one it is for.",
    ),
    ("MX910", "adapter-unusable", Severity.WARNING, "An installed adapter cannot be used."),
    ("MX911", "page-without-text", Severity.WARNING, "A page holds pictures and no text."),
    ("MX912", "page-damaged", Severity.WARNING, "A page cannot be opened."),
    (
        "MX913",
        "letters-unknown",
        Severity.WARNING,
        "A font does not say which characters its letters are.",
    ),
    ("MX914", "rules-dotted", Severity.WARNING, "Dotted rules were not taken as edges of cells."),
    ("MX915", "table-joined", Severity.INFO, "A table that goes on over page breaks was joined."),
    (
        "MX916",
        "rules-crowded",
        Severity.WARNING,
        "A page draws too many lines to look for tables among them.",
    ),
    ("MX917", "cells-uneven", Severity.WARNING, "A table has cells that are no rectangles."),
    ("MX918", "hidden-read", Severity.INFO, "Hidden sheets, rows or columns were read as well."),
    (
        "MX919",
        "changes-tracked",
        Severity.INFO,
        "A text holds tracked changes: insertions were read, deletions were not.",
    ),
    (
        "MX920",
        "row-not-understood",
        Severity.WARNING,
        "A row of a table is no row that the form knows.",
    ),
    (
        "MX921",
        "value-not-understood",
        Severity.WARNING,
        "What stands in a cell is not of the kind that belongs there.",
    ),
    (
        "MX922",
        "number-unexpected",
        Severity.WARNING,
        "The running number of a row is not the expected one.",
    ),
    (
        "MX923",
        "joined-over-break",
        Severity.INFO,
        "A text that was cut by a page's end was joined again.",
    ),
    (
        "MX924",
        "order-inferred",
        Severity.INFO,
        "Parts of a text were told apart by a rule that the document does not print.",
    ),
    (
        "MX925",
        "count-unexpected",
        Severity.WARNING,
        "The document says how many there are, and another number was read.",
    ),
    ("MX926", "told-differently", Severity.WARNING, "One thing is printed twice and differently."),
    ("MX927", "time-left-open", Severity.INFO, "A month or a year is not filled in."),
    (
        "MX928",
        "western-year-differs",
        Severity.WARNING,
        "The Western year in brackets is not the year of the era.",
    ),
    (
        "MX929",
        "table-column-unknown",
        Severity.WARNING,
        "A table has a column that the form does not know.",
    ),
    ("MX930", "part-missing", Severity.WARNING, "A part that the form always has was not found."),
    (
        "MX931",
        "part-unknown",
        Severity.WARNING,
        "The document has a part that the form does not know.",
    ),
    (
        "MX932",
        "year-inferred",
        Severity.INFO,
        "The edition's year is not printed and was inferred.",
    ),
    (
        "MX933",
        "quotes-unbalanced",
        Severity.WARNING,
        "The quotes of a table of text do not balance, and were read as they stand.",
    ),
    (
        "MX942",
        "figures-by-order",
        Severity.INFO,
        "Figures were given to an indicator by their order.",
    ),
    (
        "MX943",
        "figures-doubtful",
        Severity.WARNING,
        "Which indicator figures belong to is doubtful.",
    ),
    (
        "MX944",
        "targets-not-per-year",
        Severity.WARNING,
        "An indicator has not as many targets as its table has years.",
    ),
    (
        "MX945",
        "actuals-unclear",
        Severity.WARNING,
        "The actuals of an indicator are missing, or their years are unclear.",
    ),
    ("MX946", "number-missing", Severity.WARNING, "An indicator's circled number was not found."),
    ("MX947", "base-year-missing", Severity.WARNING, "The base year of a baseline was not found."),
    (
        "MX948",
        "years-of-other-sheets",
        Severity.WARNING,
        "A sheet prints no years; those of the other sheets were taken.",
    ),
    ("MX949", "section-missing", Severity.WARNING, "A sheet lacks a part that the others have."),
    ("MX951", "department-missing", Severity.WARNING, "The department of a project was not found."),
    (
        "MX952",
        "budgets-by-order",
        Severity.INFO,
        "Budget codes were given to projects by their order.",
    ),
    ("MX953", "budgets-fewer", Severity.WARNING, "There are not as many budget codes as projects."),
    (
        "MX954",
        "project-of-other-goal",
        Severity.INFO,
        "A project's code belongs to another goal than its sheet's.",
    ),
    (
        "MX955",
        "costs-unclear",
        Severity.WARNING,
        "The figures of a project do not fit the columns of the table.",
    ),
    (
        "MX956",
        "total-unclear",
        Severity.WARNING,
        "A printed total was not found, or its years are unclear.",
    ),
    ("MX957", "project-twice", Severity.WARNING, "A project's code stands twice on the sheets."),
    (
        "MX960",
        "texts-by-order",
        Severity.INFO,
        "Texts of an appendix were given to projects by their order.",
    ),
    ("MX961", "project-unknown", Severity.WARNING, "A project of an appendix stands on no sheet."),
    (
        "MX962",
        "text-without-project",
        Severity.WARNING,
        "A text of an appendix belongs to no project.",
    ),
    (
        "MX970",
        "row-number-unexpected",
        Severity.WARNING,
        "The running number of a row is not the expected one.",
    ),
    (
        "MX971",
        "column-unknown",
        Severity.WARNING,
        "A table has a column that the form does not know.",
    ),
    ("MX972", "column-missing", Severity.WARNING, "A table lacks a column that the form has."),
    (
        "MX973",
        "cells-left",
        Severity.WARNING,
        "Something stands in a row that belongs to no column.",
    ),
    (
        "MX974",
        "class-missing",
        Severity.WARNING,
        "A row has no class, so that its title cannot be told from its target.",
    ),
    ("MX975", "cell-ambiguous", Severity.WARNING, "It is open to which column something belongs."),
    ("MX976", "edition-twice", Severity.WARNING, "The edition is printed twice and differently."),
    (
        "MX977",
        "printed-twice",
        Severity.WARNING,
        "Something that stands once in the form is printed twice.",
    ),
    ("MX978", "title-differs", Severity.INFO, "A title is printed again in other words."),
    (
        "MX979",
        "goal-unlisted",
        Severity.WARNING,
        "A group belongs to a goal that the document does not list.",
    ),
    (
        "MX980",
        "group-under-other-goal",
        Severity.WARNING,
        "A group stands under another goal than its number says.",
    ),
    ("MX981", "edition-unprinted", Severity.INFO, "The document prints no edition."),
    ("MX982", "edition-year-unclear", Severity.WARNING, "The edition's year is no fiscal year."),
    ("MX983", "period-unclear", Severity.WARNING, "The plan's period was not understood."),
    ("MX984", "mark-unknown", Severity.INFO, "A mark says nothing that munidx knows."),
    (
        "MX985",
        "owner-unclear",
        Severity.WARNING,
        "Where an owner's bureau ends and its unit begins is open.",
    ),
    ("MX986", "cells-empty", Severity.WARNING, "Cells of a row are empty."),
    ("MX987", "targets-in-one-cell", Severity.WARNING, "A cell holds more than one target."),
    (
        "MX988",
        "class-unexplained",
        Severity.WARNING,
        "A class is not explained in the document's legend.",
    ),
    (
        "MX989",
        "period-era-mismatch",
        Severity.WARNING,
        "The plan's period prints an era's and a Western year that differ.",
    ),
    (
        "MX990",
        "mark-elsewhere",
        Severity.WARNING,
        "A mark stands in another cell than the title.",
    ),
    (
        "MX991",
        "title-muddled",
        Severity.WARNING,
        "The lines of a title are doubled or numbered again.",
    ),
)

for _told in _TOLD:
    told_elsewhere(*_told)
