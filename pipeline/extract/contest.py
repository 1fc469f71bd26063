"""Two columns for one field: which is meant, or that a person must say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from pipeline.profile import Profile
from pipeline.text import normal, squeezed

_JOINED = frozenset({"内容", "会办", "附议人"})
_ASKED = frozenset({"编号", "案由", "主办", "答复内容"})
_FALLBACK = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field and the names of the columns that could be meant."""

    field: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Contest:
    """The columns (index, name) that offer themselves for a field, and the rows under them."""

    field: str
    profile: Profile
    columns: Sequence[tuple[int, str]]
    rows: Sequence[Sequence[str]]

    @cached_property
    def _best(self) -> list[tuple[int, str]]:
        ranks = [self._rank(name) for _, name in self.columns]
        limit = _FALLBACK - 1 if self.field in _JOINED and min(ranks) < _FALLBACK else min(ranks)
        return [column for column, rank in zip(self.columns, ranks, strict=True) if rank <= limit]

    @property
    def winners(self) -> list[int]:
        """The column of the field, and further ones whose values are joined to its own."""
        places = [column for column, _ in self._best]
        return places if self.field in _JOINED or self._apart else places[:1]

    @property
    def doubt(self) -> Doubt | None:
        """The columns between which a person must choose, where it matters and nothing decides."""
        if len(self._best) < 2 or self.field not in _ASKED or self._apart or self._same:
            return None
        return Doubt(self.field, tuple(name for _, name in self._best))

    def _rank(self, name: str) -> int:
        """0 the name that the profile lists first, 1 a name with the field's own in it, 2 others, 3 stopgaps."""
        plain = normal(name)
        if plain in {normal(first) for first in (self.field, *self.profile.columns.get(self.field, ())[:1])}:
            return 0
        if plain in map(normal, self.profile.words("后备列名")):
            return _FALLBACK
        return 1 if self.field in name else 2

    @cached_property
    def _values(self) -> list[list[str]]:
        """The filled cells of the best columns, row by row."""
        rows = [[squeezed(row[column]) for column, _ in self._best if column < len(row)] for row in self.rows]
        return [[cell for cell in row if cell] for row in rows]

    @property
    def _apart(self) -> bool:
        """Whether no row fills more than one of the columns."""
        return all(len(row) < 2 for row in self._values)

    @property
    def _same(self) -> bool:
        """Whether the columns say the same in every row that fills several."""
        return all(a == b for row in self._values for a, b in combinations(row, 2))
