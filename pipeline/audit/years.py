"""Years of the same event in two texts: which year of a letter stands where the submission has another one."""

from __future__ import annotations

import re

from pipeline.audit.beside import fit

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_REACH, _BEFORE, _LEAST, _BEHIND = 14, 2, 4, 6


def misdated(letter: str, submission: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The first year of a letter that the submission has not, between the words of one that the letter has not.

    >>> said, asked = misdated("该桥始建于1988年，桥面狭窄。", "便民桥始建于1985年，年久失修。")
    >>> said.group(), asked.group()
    ('1988', '1985')
    """
    there, here = list(_YEAR.finditer(submission)), list(_YEAR.finditer(letter))
    known, told = {match.group() for match in there}, {match.group() for match in here}
    for said in (match for match in here if match.group() not in known):
        for asked in (match for match in there if match.group() not in told):
            if _alike((letter, said), (submission, asked)):
                return said, asked
    return None


def _alike(one: tuple[str, re.Match[str]], other: tuple[str, re.Match[str]]) -> bool:
    """Whether the same Chinese characters stand directly before and behind two years."""
    (text, said), _ = one, other
    left, right = fit(_beside(*one), _beside(*other))
    before = len(_HAN.findall(text[said.start() - left : said.start()]))
    behind = len(_HAN.findall(text[said.end() : said.end() + right]))
    return (before >= _BEFORE and before + behind >= _LEAST) or behind >= _BEHIND


def _beside(text: str, year: re.Match[str]) -> tuple[str, str]:
    return text[max(0, year.start() - _REACH) : year.start()], text[year.end() : year.end() + _REACH]
