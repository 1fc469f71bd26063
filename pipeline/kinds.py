"""What kind of paper a text is, by weighted evidence from title, opening, body and closing (R-ING-10).

The evidence is data: the wording lists `文种·<kind>·<zone>` hold regular expressions, `=n` after one is its weight.
建议 and 提案 share the lists of 诉求 and are told apart by their own, which also lift a weak asking: a paper by a
deputy or member that asks is a submission even where its form is not the usual one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.errors import ProfileError
from pipeline.profile import Profile, Sieve
from pipeline.records import Kind
from pipeline.text import punctuated, simplified, squeezed

_PAPERS: tuple[Kind, ...] = ("答复", "会办意见", "讲话", "办理情况报告", "通知", "其他")
_ENOUGH, _TELLING, _LIFT = 3.0, 2.0, 2.0
_SIDES = ("建议", "提案")
_WEIGHT = re.compile(r"=(-?\d+(?:\.\d+)?)$")
_LABEL = re.compile(r"[【\[［〖]([一-鿿 \u3000]{2,8})[】\]］〗][：:]?")
_NAMED = re.compile(r"关于.{2,90}(?:建议|提案|议案)(?:（[^）]{0,30}）)?")
_HEAD, _OPENING, _CLOSING = 160, 500, 300

_Found = Mapping[str, Sequence[float]]


def kind_of(title: str, text: str, profile: Profile) -> Kind:
    """The kind of a paper, 其他 where too little speaks for any.

    A `title` that is empty or only a file's name does no harm: the first lines of `text` are read as a title too.
    """
    zones = _zones(title, text)
    found = _found(zones, profile)
    asking = _asking(found)
    scores = {kind: _score(kind, found) for kind in _PAPERS}
    best = max(_PAPERS, key=lambda kind: scores[kind])
    if max(asking, scores[best]) < _ENOUGH:
        return "其他"
    if best == "其他" and asking >= _ENOUGH and _NAMED.fullmatch(zones["标题"].partition("\n")[0]):
        return _side(found)
    return best if scores[best] >= asking else _side(found)


def _asking(found: _Found) -> float:
    """How much speaks for a submission; that a deputy or member wrote it adds to what asks, but is none by itself."""
    asking = _score("诉求", found)
    writer = max(_score(side, found) for side in _SIDES)
    return asking + min(writer, _LIFT) if asking >= _TELLING else asking


def _side(found: _Found) -> Kind:
    """建议 or 提案, by what speaks for the people's congress and what for the CPPCC; 建议 when nothing does."""
    return "提案" if _score("提案", found) > _score("建议", found) else "建议"


def _zones(title: str, text: str) -> dict[str, str]:
    """The parts of a paper that evidence is looked for in, blanks squeezed out; a title may be broken over lines."""
    plain = _LABEL.sub(r"\1：", simplified(punctuated(text)).replace("\t", "："))
    name = squeezed(_LABEL.sub(r"\1：", simplified(punctuated(title))))
    body = squeezed(plain)
    lines = [squeezed(line) for line in plain[: _HEAD * 4].split("\n") if line.strip()][:8]
    heads = [name, *[line for line in lines if len(line) <= 60], *map("".join, pairwise(lines))]
    return {
        "标题": "\n".join(heads),
        "开头": body[:_OPENING],
        "正文": body,
        "结尾": body[-_CLOSING:],
    }


def _score(kind: str, found: _Found) -> float:
    """The sum of the weights of what is found, each piece of evidence once; weak pieces alone (below 2) make none."""
    weights = found.get(kind, [])
    return sum(weights) if max(weights, default=0.0) >= _TELLING or kind in _SIDES else 0.0


def _found(zones: Mapping[str, str], profile: Profile) -> _Found:
    """The weights of the evidence that stands in a paper, by the kind that it speaks for."""
    found: dict[str, list[float]] = {}
    for zone, content in zones.items():
        sieve, clues = _clues(zone, profile)
        for number in sieve.candidates(content):
            if sieve.pattern(number).search(content):
                kind, weight = clues[number]
                found.setdefault(kind, []).append(weight)
    return found


@lru_cache(maxsize=16)
def _clues(zone: str, profile: Profile) -> tuple[Sieve, tuple[tuple[str, float], ...]]:
    """The evidence that is looked for in a zone: its patterns, and what kind each speaks for with what weight."""
    names = {kind: f"文种·{kind}·{zone}" for kind in (*_PAPERS, "诉求", *_SIDES)}
    clues = [(kind, *_clue(name, entry)) for kind, name in names.items() for entry in profile.wording.get(name, ())]
    return Sieve([pattern for _, pattern, _ in clues], re.MULTILINE), tuple((kind, weight) for kind, _, weight in clues)


def _clue(name: str, entry: str) -> tuple[str, float]:
    match = _WEIGHT.search(entry)
    pattern = entry[: match.start()] if match else entry
    try:
        re.compile(pattern, re.MULTILINE)
    except re.error as error:
        hint = f"请改正 wording.csv 清单“{name}”里的这一条，或删去。"
        raise ProfileError(f"词语表里的匹配式写错：{pattern}（{error.msg}）", hint) from error
    return pattern, float(match[1]) if match else 1.0
