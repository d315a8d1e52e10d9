"""A sequence that is made when it is first looked at.

A diff holds much that most who ask for it never read: the books that patching needs, inline
comparisons of texts in a list of counts. What they are made from does not change, so when they
are made makes no difference to what they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

__all__ = ["Deferred"]

T = TypeVar("T")


class Deferred(Sequence[T]):
    """Equal to any sequence with the same items, hashed and pickled as a tuple of them."""

    __slots__ = ("_given", "_items", "_make")

    def __init__(self, make: Callable[..., Iterable[T]], *given: object) -> None:
        self._make: Callable[..., Iterable[T]] | None = make
        self._given: tuple[object, ...] = given
        self._items: tuple[T, ...] = ()

    @property
    def items(self) -> tuple[T, ...]:
        """The items, as a tuple."""
        if self._make is not None:
            self._items, self._make, self._given = tuple(self._make(*self._given)), None, ()
        return self._items

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.items[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Deferred):
            other = other.items
        return self.items == other

    def __hash__(self) -> int:
        return hash(self.items)

    def __repr__(self) -> str:
        return repr(self.items)

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        return tuple, (self.items,)
