"""Word's automatic numbering for ordinals as typed: 一、（一）1.（1） as levels of one list."""

from __future__ import annotations

from build_docx_parts import HEAD, W
from build_texts import ORDINAL

DIGITS = "一二三四五六七八九十"
LEVELS = {"cn": 0, "paren": 1, "dot": 2, "comma": 2, "round": 3}
DEPTH = 4


def chinese(number: int) -> str:
    """1 … 99 as counted in headings: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else DIGITS[tens - 1]) + "十" if tens else ""
    return head + (DIGITS[ones - 1] if ones else "")


class Numberer:
    """Turns a typed ordinal into (list, level) where Word would show the very same ordinal.

    A list that starts again needs its own `w:num`; an ordinal that no list would show stays typed.
    """

    def __init__(self, *, comma: bool) -> None:
        self.comma = comma  # whether level 3 is written "1、" and not "1."
        self.lists = 1
        self.counts = [0] * DEPTH

    def take(self, line: str) -> tuple[int, int, str] | None:
        """(list number, level, text without its ordinal), or None where the line stays as typed."""
        found = ORDINAL.match(line)
        if not found or found.lastgroup is None:
            return None
        kind = found.lastgroup
        if kind in ("dot", "comma") and (kind == "comma") != self.comma:
            return None
        level, typed = LEVELS[kind], found[kind]
        for number in (self.counts[level] + 1, 1):
            if typed == (chinese(number) if level < 2 else str(number)):
                return self._count(level, number, line[found.end() :].lstrip())
        return None

    def _count(self, level: int, number: int, rest: str) -> tuple[int, int, str]:
        if number == 1 and self.counts[level]:
            self.lists += 1
            self.counts = [0] * DEPTH
        self.counts[level] = number
        self.counts[level + 1 :] = [0] * (DEPTH - level - 1)
        return self.lists, level, rest

    def part(self) -> str:
        """numbering.xml with one abstract list and as many lists as were taken."""
        third = "%3、" if self.comma else "%3."
        forms = (
            ("chineseCountingThousand", "%1、"),
            ("chineseCountingThousand", "（%2）"),
            ("decimal", third),
            ("decimal", "（%4）"),
        )
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl>'
            for i, (form, text) in enumerate(forms)
        )
        restart = "".join(
            f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="1"/></w:lvlOverride>' for i in range(DEPTH)
        )
        lists = "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{restart if n > 1 else ""}</w:num>'
            for n in range(1, self.lists + 1)
        )
        abstract = f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        return f'{HEAD}<w:numbering xmlns:w="{W}">{abstract}{lists}</w:numbering>'
