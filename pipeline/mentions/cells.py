"""Reads the units of register cells, signatures and letterheads, where short names stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.mentions.find import mentions
from pipeline.mentions.lexicon import Lexicon, lexicon_of
from pipeline.profile import Profile
from pipeline.text import squeezed

_TOWN = re.compile(r".{1,6}(?:镇|乡|苏木)(?:政府|党委|党委政府)?")
_STREET = re.compile(r".{1,6}街道(?:办|办事处|党工委)?")
_ZONE = re.compile(r".{0,10}(?:开发区|园区|新区|度假区|产业园|工业园|示范区)(?:管委会|管理委员会|党工委)?")
_STREET_TOO = re.compile(r"[（(]街道[^）)]*[）)]")
_CELL_MARK = re.compile(r"[、，,；;/／|｜\s\n]+|(?<=[局委办部])[和及与](?=.{2})")
_CELL_NOISE = re.compile(
    r"^(?:(?:主办|会办|协办|承办|牵头|责任|配合|分办|独办|答复|主管)(?:单位|部门)?[：:]?)+"
    r"|[（(【\[][^）)】\]]*[）)】\]]|[。.：:*★]+|^\d+[.、．]"
)


def unit_named(text: str, profile: Profile) -> str | None:
    """The canonical unit that a cell, signature or letterhead names; None where it names none.

    A generic town name gives 乡镇人民政府 or 街道办事处 unless the profile lists the town.
    """
    whole = _exact(_bare(text), lexicon_of(profile))
    return whole or next(iter(units_in_cell(text, profile)), None)


def units_in_cell(text: str, profile: Profile) -> tuple[str, ...]:
    """The canonical units of a register cell that may hold several, in their order, each once."""
    lexicon, found = lexicon_of(profile), dict[str, None]()
    for part in _CELL_MARK.split(_STREET_TOO.sub("、街道", text)):
        cell = _bare(part)
        exact = _exact(cell, lexicon)
        units = [exact] if exact else [mention.unit for mention in mentions(cell, profile)] or _run(cell, lexicon)
        local = None if units else _local(cell, lexicon)
        found.update(dict.fromkeys([*units, local] if local else units))
    return tuple(found)


def _exact(cell: str, lexicon: Lexicon) -> str | None:
    """The unit whose name the cell is, with nothing but a place in front."""
    return next((lexicon.cells[form].unit for form in _forms(cell) if form in lexicon.cells), None)


def _bare(text: str) -> str:
    return _CELL_NOISE.sub("", squeezed(text))


def _forms(cell: str) -> Iterator[str]:
    """The cell as written, then without place and government in front."""
    yield cell
    for mark in ("人民政府", "政府", "县委", "市委", "区委", "自治县", "县", "市", "区", "旗"):
        head, found, rest = cell.partition(mark)
        if found and len(rest) > 1 and len(head) <= 8:
            yield rest
            if mark in ("县委", "市委", "区委"):
                yield f"县委{rest}"


def _local(cell: str, lexicon: Lexicon) -> str | None:
    for pattern, unit in ((_STREET, "街道办事处"), (_TOWN, "乡镇人民政府"), (_ZONE, "开发区管委会")):
        if pattern.fullmatch(cell) and unit in lexicon.cells:
            return lexicon.cells[unit].unit
    return None


def _run(cell: str, lexicon: Lexicon) -> list[str]:
    """The units of a cell that is nothing but short names in a row (“住建城管”)."""
    parts = lexicon.stem.findall(cell)
    return [lexicon.stems[part] for part in parts] if "".join(parts) == cell else []
