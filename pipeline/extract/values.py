"""What the cells of an item say: joined over its lines and columns, ticks and roles read, days and numbers plain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.extract.captions import year_in
from pipeline.extract.register import Columns
from pipeline.extract.roles import parted, role_of
from pipeline.extract.sheets import Sheet
from pipeline.extract.ticks import Marks, marks_of, ticks_of, units_of
from pipeline.figures import number
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import normal

_DATES = ("handed_over", "replied")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_DAY = re.compile(r"(?P<year>\d\d)[.．/-](?P<month>\d{1,2})[.．/-](?P<day>\d{1,2})")
_RUN = re.compile(r"(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
_MONTH_DAY = re.compile(
    r"(?P<month>[\d一二三四五六七八九十]{1,2})\s*[.．/月-]\s*(?P<day>[\d一二三四五六七八九十]{1,3})[日号]?(?:之?前)?"
)
_FLOAT = re.compile(r"(\d+)\.0+")
_NUMBERED = re.compile(r"第?(\d{1,5})号[\s：:、.．]*(?=\S{4})")
_DASHES = re.compile(r"[\s/／\\—–\-_－·.。×xX*＊]+")
_KEPT = frozenset({"number", "label", "faults", "promised"})
_TITLE_LIMIT = 120
_FOOT = 9


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one table; `year` completes days that lack it (3.15)."""

    columns: Columns
    profile: Profile
    marks: Marks
    blanks: frozenset[str]
    year: str
    last: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet, columns: Columns, profile: Profile) -> Reader:
        """The reader of a table, with the legend of its marks and the year that its captions name."""
        told = columns.captions(sheet)
        notes = [*told, *(cell for row in sheet.rows[-_FOOT:] for cell in row if cell)]
        year = year_in([*told, sheet.name])
        return cls(columns, profile, marks_of(notes, profile), frozenset(profile.words("表中空值词")), year)

    def whole(self, row: Sequence[str]) -> Sequence[str]:
        """A line with the unit of the lines above, where it stands only in the first of them."""
        place = self.columns.places.get("lead")
        if not self.columns.carried or place is None or place >= len(row):
            return row
        if row[place]:
            self.last[:] = [row[place]]
        return (*row[:place], *self.last, *row[place + 1 :])

    def entry(self, rows: Sequence[Sequence[str]]) -> Entry:
        """What the lines of one item say."""
        values: dict[str, str] = {}
        for name, place in self.columns.places.items():
            places = (place, *self.columns.more.get(name, ()))
            cells = [self._cell(name, row, at) for row in rows for at in places]
            values[name] = self._value(name, _together(cells, "\n" if name in {"body", "reply"} else "；"))
        for name, columns in self.columns.ticks.items():
            found = [tick for row in rows for tick in ticks_of(row, columns)]
            if name == "lead":
                values["lead"], values["co"] = self._units(found, values)
            elif found:
                values[name] = "、".join(dict.fromkeys(label for _, label in found))
        return Entry(**self._titled(self._led(values, rows)))

    def _units(self, found: Sequence[tuple[str, str]], values: Mapping[str, str]) -> tuple[str, str]:
        """The units that are ticked, beside those that columns name."""
        lead, co = units_of(found, self.marks)
        return _together([values.get("lead", ""), lead], "；"), _together([values.get("co", ""), co], "；")

    def _led(self, values: dict[str, str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
        """The values with the units under the roles that a column or the cells themselves give them."""
        place, role = self.columns.places.get("lead"), self.columns.role
        if role is not None and place is not None:
            said = [(role_of(_at(row, role), self.profile), self._cell("lead", row, place)) for row in rows]
            values["lead"] = _together([unit for one, unit in said if one != "co"], "；")
            joins = [unit for one, unit in said if one == "co"]
            values["co"] = _together([*joins, values.get("co", "")], "；")
        lead, co = parted(values.get("lead", ""), values.get("co", ""), self.profile)
        return values | {"lead": lead, "co": co}

    def _titled(self, values: dict[str, str]) -> dict[str, str]:
        """The values with a number that stands before the title set apart, and a text in its column as text."""
        title = values.get("title", "")
        match = None if values.get("number") else _NUMBERED.match(title)
        if match:
            values |= {"number": match[1], "title": title[match.end() :]}
        if len(title) > _TITLE_LIMIT and not values.get("body"):
            values |= {"title": "", "body": title}
        return values

    def _cell(self, name: str, row: Sequence[str], place: int) -> str:
        """A cell of a field, empty where it only says that there is nothing."""
        cell = _at(row, place)
        if name not in _KEPT and cell and (cell in self.blanks or _DASHES.fullmatch(cell)):
            return ""
        return "" if cell == "0" and name in {"co", "cosigners"} else cell

    def _value(self, field: str, text: str) -> str:
        """A value as printed; a serial number becomes its day, a day gets its year, a number loses its decimals."""
        if field == "number":
            match = _FLOAT.fullmatch(text)
            return match[1] if match else text
        if field in _DATES:
            if _SERIAL.fullmatch(text):
                return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
            found = _RUN.fullmatch(text) or _DAY.fullmatch(text) or _MONTH_DAY.fullmatch(text)
            return _day(found.groupdict(), self.year) or text if found else text
        return text


def _day(parts: Mapping[str, str], usual: str) -> str:
    """A day of which the year may lack or have two digits; nothing where it is none."""
    year = parts.get("year", usual)
    month, day = number(parts["month"]), number(parts["day"])
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return ""


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _together(cells: Sequence[str], mark: str) -> str:
    """Cells in order, each once; one that is part of another is not said twice."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return "".join(filled)
    found: list[str] = []
    for cell in filled:
        if not any(normal(cell) in normal(before) for before in found):
            found = [before for before in found if normal(before) not in normal(cell)] + [cell]
    return mark.join(found)
