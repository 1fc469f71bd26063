"""Acts that a clause reports as finished by its aspect alone, whatever the verb: 先后修建, 已开办, 进行了清理."""

from __future__ import annotations

import re

from pipeline.audit.wording import pattern
from pipeline.profile import Profile
from pipeline.text import sort_of, words

_MARK = re.compile(r"(?:已经?|先后|陆续|相继|均|(?<=[已均都])全部|基本全部)(?=[\u4e00-\u9fff]{2})")
_PERFECT = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})了(?![解断结])")
_DID = re.compile(r"(?:进行|开展|作|做|给予|予以|实施|组织)了?(?:[\u4e00-\u9fff]{2})?(?P<verb>[\u4e00-\u9fff]{2})$")
_UNDONE = re.compile(r"(?:未|没有|还没|不|预计|将|计划|力争|争取|确保|拟|待|如果?|若|(?<!先)后|为)[^，。；]{0,4}$")
_WILL = re.compile(r"(?<![即必势已现就可应须需])将(?:会|继续|逐步|尽快|及时|积极|再)?")
_REACH = 4


def finishes(clause: str, profile: Profile) -> bool:
    """Whether a clause says that an act is over: a mark before a verb, or 了 behind one; talk is none."""
    told = pattern(profile, "告知动词", "沟通词", "前期词", "上报词", "状态动词")
    return any(not told.search(verb) for verb in _finished(clause))


def _finished(clause: str) -> list[str]:
    found = []
    for mark in _MARK.finditer(clause):
        if _UNDONE.search(clause[: mark.start()]):
            continue
        after = words(clause[mark.end() :])[:_REACH]
        found.append(next((word for word in after if len(word) > 1 and sort_of(word) == "v"), ""))
    for mark in _PERFECT.finditer(clause):
        if sort_of(mark["verb"]) == "v" and not _UNDONE.search(clause[: mark.start()]):
            found.append(_object(clause, mark) or mark["verb"])
    return [verb for verb in found if verb]


def _object(clause: str, mark: re.Match[str]) -> str:
    """What was done, where the verb before 了 only says that something was (进行了取缔)."""
    did = _DID.search(clause, mark.start())
    return did["verb"] if did and mark["verb"] in did.group() else ""


def acts(clause: str, profile: Profile) -> bool:
    """Whether a clause has a verb of doing, by the profile's lists or by the segmenter's dictionary."""
    if pattern(profile, "实做词", "措施动词", shortest=2).search(clause):
        return True
    idle = pattern(profile, "状态动词")
    return any(len(word) > 1 and sort_of(word) == "v" and not idle.search(word) for word in words(clause))


def will_do(clause: str) -> bool:
    """Whether a clause says 将 before a verb (将投入运营); before a thing it means 把 (将沙石运走)."""
    return any(_is_verb(words(clause[mark.end() :])[:2]) for mark in _WILL.finditer(clause))


def _is_verb(after: list[str]) -> bool:
    return bool(after) and len(after[0]) > 1 and sort_of(after[0]) == "v"
