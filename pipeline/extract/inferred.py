"""Columns known by what stands in them, where their names tell nothing; each guess is told to the clerk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.extract.contest import Doubt
from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.text import squeezed

_FEWEST, _MOST, _ALL = 3, 0.6, 0.8
_SAMPLE = 200
_TITLE = re.compile(r"(?:第?\d{1,5}号[：:、.]?)?(?:关于.{4,90}|.{4,90}(?:建议|提案|议案)(?:（[^）]{0,30}）)?)")
_SENTENCE = re.compile(r".{10,}[。；！？].*", re.S)
_PERSON = re.compile(r"[一-鿿]{2,4}(?:等\d+[人名])?")
_ASKER = re.compile(r"提|领衔|代表|委员|议|诉求|来信|留言")
_ASKS = re.compile(r"建议|希望|恳请|请求|呼吁|盼")
_SHORT_TEXT = (6, 80)


@dataclass(frozen=True, slots=True)
class Guess:
    """Columns by field, as their contents show them; `doubt` where several columns look like titles.

    `units` are the columns of units for which no field was found.
    """

    places: dict[str, int]
    doubt: Doubt | None = None
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The columns (by index) that have no field yet, the rows under them, and the words around the table."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    free: Sequence[int]
    around: str

    def guessed(self, taken: frozenset[str], profile: Profile) -> Guess:
        """What the free columns hold, for fields that are not yet `taken`."""
        free, places = list(self.free), dict[str, int]()
        doubt = None
        if not {"title", "body", "reply"} & taken:
            titles = self._texts(free, profile)
            doubt = None if len(titles) < 2 else Doubt("案由", tuple(self.names[column] for column in titles))
            places = self._asking(free, titles, profile)
            free = [column for column in free if column not in places.values()]
        for field, find in self._finders():
            columns = find(free, profile) if field not in taken else []
            places |= {field: columns[0]} if columns else {}
            free = [column for column in free if column not in columns[:1]]
        return Guess(places, doubt, tuple(self.units(free, profile)) if "co" not in {*taken, *places} else ())

    def _asking(self, free: Sequence[int], titles: Sequence[int], profile: Profile) -> dict[str, int]:
        """The title, or where there is none the text, of a table that is a list of submissions."""
        if titles:
            return {"title": titles[0]}
        wordy = [column for column in free if self._share(column, _SENTENCE.fullmatch) >= _MOST]
        longest = max(wordy, key=self._length, default=None)
        if longest is None:
            return {}
        told = self._told(profile) or self._share(longest, _ASKS.search) >= _MOST
        return {"body": longest} if told else {}

    def _texts(self, free: Sequence[int], profile: Profile) -> list[int]:
        """The columns that look like titles: by their wording, else by being the only short texts of a told table."""
        titles = [column for column in free if self._share(column, _TITLE.fullmatch) >= _MOST and self._varied(column)]
        if titles or not self._told(profile):
            return titles
        low, high = _SHORT_TEXT
        return [
            column
            for column in free
            if low <= self._length(column) <= high
            and self._varied(column)
            and self._share(column, _SENTENCE.fullmatch) < _MOST
            and self._share(column, lambda cell: unit_named(cell, profile) or not re.search("[一-鿿]{4}", cell)) < 0.3
        ]

    def _finders(self) -> tuple[tuple[str, Callable[[Sequence[int], Profile], list[int]]], ...]:
        return (
            ("co", self._joining),
            ("lead", self.units),
            ("proposers", self._people),
            ("number", self._numbers),
        )

    def units(self, free: Sequence[int], profile: Profile) -> list[int]:
        """The columns of units, the one filled most first."""
        found = [
            column
            for column in free
            if self._share(column, lambda cell: len(cell) < 40 and unit_named(cell, profile)) >= _ALL
        ]
        return sorted(found, key=lambda column: -len(self._cells(column)))

    def _joining(self, free: Sequence[int], profile: Profile) -> list[int]:
        """The columns of units whose names have a word for joining in them."""
        joins = [word for word in profile.words("会办标注词") if len(word) > 1]
        named = [column for column in free if any(word in self.names[column] for word in joins)]
        return self.units(named, profile)

    def _people(self, free: Sequence[int], profile: Profile) -> list[int]:
        del profile
        named = [column for column in free if _ASKER.search(self.names[column])]
        return [column for column in named if self._share(column, _PERSON.fullmatch) >= _ALL]

    def _numbers(self, free: Sequence[int], profile: Profile) -> list[int]:
        del profile
        numbered = re.compile(r"第?\d{1,16}(?:\.0)?号?").fullmatch
        return [column for column in free if self._share(column, numbered) >= _ALL and self._varied(column)][:1]

    def _told(self, profile: Profile) -> bool:
        """Whether the words around the table speak of submissions."""
        return any(word in self.around for word in profile.words("来件表示意词"))

    def _cells(self, column: int) -> list[str]:
        cells = (squeezed(row[column]) for row in self.rows[:_SAMPLE] if column < len(row))
        return [cell for cell in cells if cell]

    def _share(self, column: int, holds: Callable[[str], object]) -> float:
        cells = self._cells(column)
        return sum(bool(holds(cell)) for cell in cells) / len(cells) if len(cells) >= _FEWEST else 0.0

    def _length(self, column: int) -> float:
        return median(map(len, self._cells(column))) if self._cells(column) else 0.0

    def _varied(self, column: int) -> bool:
        cells = self._cells(column)
        return len(set(cells)) >= _ALL * len(cells)


def first_of_data(rows: Sequence[Sequence[str]]) -> tuple[int, bool] | None:
    """The first row of names, or of data where no row names the columns (then True); None where all is too short."""
    for index, row in enumerate(rows[:_SAMPLE]):
        filled = [squeezed(cell) for cell in row if cell.strip()]
        if len(set(filled)) >= 2:
            return index, any(map(_is_value, filled))
    return None


def _is_value(cell: str) -> bool:
    """Whether a cell is a value rather than a column's name."""
    return cell.isdigit() or len(cell) > 20 or re.match("关于.{4}", cell) is not None


def notes(guess: Guess, names: Sequence[str], fields: dict[str, str]) -> Iterator[str]:
    """What to tell of guessed columns; `fields` gives the fields' Chinese names."""
    if guess.places:
        said = "、".join(f"“{names[column]}”当作{fields[field]}" for field, column in guess.places.items())
        field, column = next(iter(guess.places.items()))
        yield f"按内容推断的列：{said}。请核对；不对时写明列名，例如 --columns {fields[field]}={names[column]}"
    for column in guess.units:
        yield f"“{names[column]}”一列像是单位，没有读取；如果是会办单位，请写明 --columns 会办={names[column]}"


__all__ = ["Contents", "Guess", "first_of_data", "notes"]
