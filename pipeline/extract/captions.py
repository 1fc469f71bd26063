"""What a register says outside its rows: session, year, kind, unit and topic in its captions and between its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.mentions import unit_named
from pipeline.profile import Profile
from pipeline.records import Entry
from pipeline.text import squeezed

_NUMERAL = "[〇零一二三四五六七八九十百\\d]{1,4}"
_SESSION = re.compile(
    rf"[一-鿿]{{0,12}}?第?{_NUMERAL}届[^，。；、\s]{{0,14}}?第?{_NUMERAL}次(?:全体)?(?:会议|全会|大会)?"
)
_YEARS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年(?:度|(?!\s*\d{1,2}\s*月))"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"),
)
_WRITTEN = re.compile(r"二[〇○零Ｏ0O]([〇○零一二三四五六七八九]{2})(?=年)")
_ORDINAL = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．：:]+")
_COUNT = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]$|[：:]?(?:共|计)?\d+[件条项].*$")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the rows below: values for an `Entry` whose own columns are silent."""

    session: str = ""
    year: str = ""
    kind: str = ""
    lead: str = ""
    co: str = ""
    topic: str = ""

    def completed(self, entry: Entry) -> Entry:
        """The entry with what its own row leaves out; units only where the row names none."""
        silent = not (entry.lead or entry.co)
        return replace(
            entry,
            session=entry.session or self.session,
            year=entry.year or self.year,
            kind=entry.kind or self.kind,
            topic=entry.topic or self.topic,
            lead=self.lead if silent else entry.lead,
            co=self.co if silent else entry.co,
        )


def above(captions: Sequence[str], sheet: str, names: Sequence[str], profile: Profile) -> Context:
    """What the captions of a table, its sheet's name and its columns' names say of all its rows.

    A sheet that is called by a unit holds that unit's items.
    """
    told = [squeezed(text) for text in (*captions, sheet)]
    kinds = (side_of(text) for text in (*told, *names))
    return Context(
        session=next((match.group() for text in told if (match := _SESSION.search(text))), ""),
        year=year_in(told),
        kind=next(filter(None, kinds), ""),
        lead=_core(sheet) if _is_unit(_core(sheet), profile) else "",
    )


def year_in(texts: Sequence[str]) -> str:
    """The year that texts name, one that stands for a whole year before one of a day."""
    plain = [_WRITTEN.sub(lambda match: "20" + _digits(match[1]), text) for text in texts]
    found = (match[1] for pattern in _YEARS for text in plain if (match := pattern.search(text)))
    return next(found, "")


def _digits(text: str) -> str:
    return "".join(str("〇一二三四五六七八九".index(char.replace("○", "〇").replace("零", "〇"))) for char in text)


def below(context: Context, line: str, profile: Profile) -> Context:
    """The context of the rows under a line between rows: a unit (一、教育局（5件）), a role, a kind, a class."""
    text = squeezed(line)
    core = _core(text)
    joining = "会办" in text or "协办" in text
    if len(text) > _LONGEST or not core:
        return context
    if _is_unit(core, profile):
        joins = joining and "主办" not in text
        return replace(context, lead="" if joins else core, co=core if joins else "")
    if core in {"主办件", "主办", "独办件", "会办件", "会办", "协办件", "协办"}:
        unit = context.lead or context.co
        return replace(context, lead="" if joining else unit, co=unit if joining else "")
    if kind := side_of(core):
        return replace(context, kind=kind)
    return replace(context, topic=core) if core.endswith(("类", "方面")) else context


def side_of(text: str) -> str:
    """建议 or 提案 where a text speaks of one of them only, else the one of the body that it names, else nothing."""
    for sides in (("建议", "提案"), ("人大", "政协"), ("人民代表大会", "政治协商会议")):
        found = [side for side, word in zip(("建议", "提案"), sides, strict=True) if word in text]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _core(line: str) -> str:
    """A line without its ordinal and its count."""
    return _COUNT.sub("", _ORDINAL.sub("", squeezed(line)))


def _is_unit(core: str, profile: Profile) -> bool:
    return 2 < len(core) <= 20 and not core.endswith(("类", "方面")) and unit_named(core, profile) is not None
