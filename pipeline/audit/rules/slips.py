"""Rules F08, T01, T02: numbering, tone, and slips of the pen (domain §5-A, §5-D)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.audit.case import Objection, Outcome
from pipeline.audit.reading import Context, Reading
from pipeline.audit.rules.leftover import leftovers
from pipeline.audit.wording import pattern
from pipeline.profile import Profile, Unit

_NUMBERING = re.compile(r"疑似编号(?:重复|缺失)[^：]*")
_SLIP = re.compile(r"疑似(?:错别字|漏字|叠字|重复)[^：]*")
_SHOWN = re.compile(r"段“(.*)”$", re.DOTALL)
_BEFORE = re.compile(r"[^。；！？：\n]*$")
_MISNAMED = re.compile(r"[\u4e00-\u9fff]{4,18}?(?:局|委员会)")
_PLAN = re.compile(r"十[一二三四五六七八九]五")
_LONG, _GOES_ON = 6, "和与及、"
_EMPTY = re.compile(r"^[\s（(]*(?:[一二三四五六七八九十\d]{1,3})[）)、.．]\s*[：:。，]?\s*$")


def numbering(reading: Reading, _: Context) -> Outcome:
    """序号连续：序号不跳不重，每个序号下有内容。"""
    for warning in reading.reply.warnings:
        told = _NUMBERING.match(warning)
        if told:
            return Objection(told.group().removeprefix("疑似"), _quoted(warning, reading.reply.text))
    empty = next((item for item in reading.reply.items if _EMPTY.match(item.text)), None)
    return Objection(f"序号“{empty.number}”下没有内容", empty.text, empty.start, empty.end) if empty else None


def rude(reading: Reading, context: Context) -> Outcome:
    """语气生硬：指责、教训代表委员，或用推脱、不耐烦的话。"""
    text = reading.reply.text
    for match in pattern(context.profile, "生硬词", "指责词").finditer(text):
        before = _BEFORE.search(text[: match.start()])
        said = before.group() if before else ""
        reported = pattern(context.profile, "转述前词").search(said)
        blames = match.group() in context.profile.words("指责词")
        at_you = pattern(context.profile, "职务称谓").search(said) or re.search(r"[您你]", said)
        if not reported and (at_you or not blames) and _is_ours(match.start(), reading):
            return Objection(f"“{match.group()}”语气生硬", match.group(), match.start(), match.end())
    return None


def _is_ours(start: int, reading: Reading) -> bool:
    """Whether an offset stands in the unit's own words, not in a restatement of the submission."""
    return any(s.start <= start < s.end and s.part not in ("quote", "foot") for s in reading.sentences)


def slips(reading: Reading, context: Context) -> Outcome:
    """错别字与称谓错误：错字、叠字，单位名称写错，代表写成委员，留着别的答复里的人名、县名、案由。"""
    text = reading.reply.text
    found = [
        Objection(told.group(), _quoted(warning, text))
        for warning in reading.reply.warnings
        if (told := _SLIP.match(warning)) and not _PLAN.search(warning)
    ]
    found += [*_misnamed_units(reading, context), *_mistitled(reading), *leftovers(reading, context)]
    return list({o.message: o for o in found}.values())[:5] or None


def _quoted(warning: str, text: str) -> str:
    """The words around a slip as the letter has them; empty where they cannot be found."""
    shown = _SHOWN.search(warning)
    return shown.group(1) if shown and shown.group(1) in text else ""


def _misnamed_units(reading: Reading, context: Context) -> Iterator[Objection]:
    """Names that differ from a long unit name in one character and are no name themselves."""
    names = _long_names(context.profile)
    known = tuple(name for group in names.values() for name in group)
    for match in _MISNAMED.finditer(reading.reply.text):
        if match.group().endswith(known):
            continue
        for size, group in names.items():
            said = match.group()[-size:]
            if len(said) < size:
                continue
            meant = next((name for name in group if _differs_once(said, name)), None)
            start = match.end() - size
            if meant is not None and reading.reply.text[start - 1] not in _GOES_ON:
                yield Objection(f"单位名称“{said}”疑为“{meant}”", said, start, match.end())
                break


def _differs_once(said: str, name: str) -> bool:
    """Whether two strings of a length differ in one character that is neither the first nor the last."""
    return said[0] + said[-1] == name[0] + name[-1] and sum(a != b for a, b in zip(said, name, strict=True)) == 1


@lru_cache(maxsize=4)
def _long_names(profile: Profile) -> dict[int, tuple[str, ...]]:
    """The unit names and aliases of six characters and more, by length, longest first."""
    names = {n for unit in profile.units for n in _called(unit) if len(n) >= _LONG}
    sizes = sorted({len(name) for name in names}, reverse=True)
    return {size: tuple(sorted(name for name in names if len(name) == size)) for size in sizes}


def _called(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.aliases, *(past.name for past in unit.predecessors))


def _mistitled(reading: Reading) -> Iterator[Objection]:
    """The asker called 委员 in the answer to a 建议, or 代表 in that to a 提案; the salutation is F06b's."""
    submission, text = reading.submission, reading.reply.text
    if submission is None or submission.kind not in ("建议", "提案"):
        return
    right, wrong = ("代表", "委员") if submission.kind == "建议" else ("委员", "代表")
    for name in (*submission.proposers, *submission.cosigners):
        for said in (name, name[:1]) if 1 < len(name) < 4 else ():
            match = re.search(rf"(?<![\u4e00-\u9fff]){said}{wrong}(?!会|团|大会)", text) or re.search(
                rf"(?:感谢|向|与|和|请|对){said}{wrong}(?!会|团|大会)", text
            )
            if match and match.group() not in reading.reply.addressee:
                yield Objection(f"应称“{right}”，写成了“{match.group()}”", match.group(), match.start(), match.end())
                return


RULES: dict[str, Callable[[Reading, Context], Outcome]] = {"F08": numbering, "T01": rude, "T02": slips}
