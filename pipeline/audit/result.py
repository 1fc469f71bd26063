"""What a whole letter comes to, told from its text alone and in the words of result labels (domain §3-F, R-REP-12).

A letter is read clause by clause in order: what it declines, has begun, has listed or only hopes for. What is said of
the whole county or of past years is background; a plan told after a refusal stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.audit.events import Event, events
from pipeline.audit.passages import Passage
from pipeline.audit.reading import Reading
from pipeline.audit.wording import pattern
from pipeline.profile import Meaning, Profile

_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:、|是)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十][条点项、，]|[①-⑩])"
)
_NAMES = re.compile(r"关于|针对|建议|问题|诉求|方面|情况")
_NO_ITEM = re.compile(r"^\S{0,4}(?:下一?步|今后|接下来|存在|原因|基本|总体|办理(?:过程|经过)|工作打算|面临)")
_FIRM: frozenset[Event] = frozenset({"done", "begun"})
_MEANT: frozenset[Event] = frozenset({"done", "begun", "planned", "prepared", "told", "will", "handled"})


def result(reading: Reading, profile: Profile) -> Meaning | None:
    """The result that the letter reports, beside the label that it prints; None where it reports none or passes on."""
    if reading.forwarded:
        return None
    items = [list(events(item, profile, reading.reply.day)) for item in _items(reading.passages)]
    told = {_of(one) for one in items} - {None}
    if pattern(profile, "作参考词").search(reading.answer) and told <= {"列入计划", "不能解决"}:
        return "作参考"
    met = {_of(one) for one in items if _MEANT & set(one)} - {None, "不能解决"}
    told -= {"作参考"} if len(told) > 1 else set()
    if "部分解决" in told or ("不能解决" in told and met):
        return "部分解决"
    if "已解决" in told and len(told) > 1:
        return "正在解决"
    order: tuple[Meaning, ...] = ("不能解决", "正在解决", "列入计划", "已解决", "作参考")
    return next((meaning for meaning in order if meaning in told), None)


def _items(passages: Iterable[Passage]) -> Iterator[list[str]]:
    """The sentences of each numbered item; what only explains or goes on (下一步打算) stays with the one before."""
    found: list[list[str]] = [[]]
    for passage in passages:
        told = [line.sentence.text for line in passage.lines]
        if passage.heading.endswith("。") and not _NAMES.search(passage.heading):
            told.insert(0, passage.heading)
        for place, text in enumerate(told):
            first = passage.heading if place == 0 and passage.heading else text
            numbered = _ITEM.match(first)
            if numbered and found[-1] and not _NO_ITEM.match(first[numbered.end() :]):
                found.append([])
            found[-1].append(text)
    yield from found


def _of(told: Sequence[Event]) -> Meaning | None:
    """What one item comes to: the refusal that no plan lifts, then what is under way, listed, done, or only hoped."""
    said = set(told)
    if "refused" in said:
        last = len(told) - 1 - told[::-1].index("refused")
        if said & _FIRM:
            return "部分解决"
        return "列入计划" if "planned" in told[last:] else "不能解决"
    if "begun" in said:
        return "正在解决"
    if "done" in said and "lacking" in said:
        return "部分解决"
    if "done" in said:
        return "正在解决" if "planned" in said else "已解决"
    if "background" in said and said & {"will", "hoped"} and not said & {"planned", "lacking"}:
        return "正在解决"
    order: tuple[tuple[Event, Meaning], ...] = (
        ("planned", "列入计划"),
        ("lacking", "不能解决"),
        ("prepared", "正在解决"),
        ("will", "列入计划"),
        ("hoped", "列入计划"),
        ("supposed", "作参考"),
        ("handled", "已解决"),
        ("told", "正在解决"),
    )
    return next((meaning for event, meaning in order if event in said), None)
