"""How a 新旧対照表 is laid out: what cities do differently."""

from attrs import frozen

__all__ = ["Layout"]


@frozen(kw_only=True)
class Layout:
    """The choices that a 新旧対照表 leaves to the city."""

    old_first: bool = False
    """Whether the current text stands on the left; most put what is proposed there."""
    added: str = "（新設）"
    """What stands opposite new text; some write （追加）."""
    deleted: str = "（削る）"
    """What stands opposite deleted text; some write （削除）."""
    remarks: bool = True
    """Whether there is a column 備考."""
