"""A filled cell with what heads it."""

from attrs import frozen

from munidx.adapters.tables.cells import as_title
from munidx.adapters.tables.headings import Slot
from munidx.document import Cell
from munidx.model import FiscalYear

__all__ = ["Span", "add_label"]


@frozen
class Span:
    """A filled cell in a row, with what heads the columns that it covers."""

    cell: Cell
    slots: tuple[Slot, ...]
    fresh: bool = True
    """Whether it begins in this row, neither merged with the one above nor carried."""
    when: Cell | None = None
    """That which says of which year its value is."""

    @property
    def slot(self) -> Slot:
        """What heads its first column."""
        return self.slots[0]

    @property
    def field(self) -> str:
        """What it means; "" where the form does not know."""
        return self.slot.column.field if self.slot.column else ""

    @property
    def text(self) -> str:
        """As published, without the white space around it."""
        return self.cell.text.strip()

    @property
    def tight(self) -> bool:
        """Whether a space within it is a line break."""
        return self.slot.column is not None and self.slot.column.tight

    @property
    def source(self) -> str:
        """Its locator."""
        return str(self.cell.place)

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """The fiscal years that head it, in their order."""
        return tuple(sorted({slot.year for slot in self.slots if slot.year}))


def add_label(labels: dict[str, str], span: Span) -> None:
    """Put the text of a cell under its name, behind what stands there."""
    name = (span.slot.column.label if span.slot.column else "") or span.slot.heading
    told = labels.get(name, "")
    text = as_title(span.text, tight=True) if span.tight else span.text
    if not told:
        labels[name] = text
    elif text != told:
        labels[name] = f"{told}\n{text}"
