"""Rules F07 and T02, what is left over from another letter: its number, session, people, county or title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.case import Objection
from pipeline.audit.pairing import bare_number, title_likeness
from pipeline.audit.reading import Context, Reading
from pipeline.audit.wording import pattern
from pipeline.figures import number
from pipeline.text import is_proper, rarity

_TERM = re.compile(r"第?([一二三四五六七八九十\d]{1,3})届.*?第?([一二三四五六七八九十\d]{1,3})次")
_COURTESY = re.compile(
    r"(?:感谢|尊敬的|祝)(?P<name>[\u4e00-\u9fff]{2,3})(?:代表|委员)(?!们|会|团|大会|小组|建议|提案|工作|意见)|"
    r"(?<=\n)[ 　]*(?P<called>[\u4e00-\u9fff]{2,3})(?:代表|委员)[：:]"
)
_COUNTY = r"(?P<place>[\u4e00-\u9fff]{2,6}?(?:自治)?[县区旗])"
_THANKED = re.compile(
    rf"(?:感谢|关心|支持)[^。\n]{{0,10}}?(?:对|关心|支持|关注){_COUNTY}(?=[\u4e00-\u9fff]{{0,12}}(?:工作|事业|建设|发展))"
)
_OWN = re.compile(r"((?![我本全各])[\u4e00-\u9fff]{1,6}?(?:自治)?[县区旗])")
_YOURS = re.compile(r"[您你贵][^。；\n]{0,30}《(?P<title>关于[^》\n]{4,60}(?:建议|提案|议案))》")
_OTHER_TITLE, _NO_NAME = 0.3, 0.6


def misnumbered(reading: Reading) -> Objection | None:
    """Another item's number or another session that a letter of any kind cites for its submission."""
    reply, submission = reading.reply, reading.submission
    if submission is None:
        return None
    own = {bare_number(one.number) for one in (submission, *reading.case.also)} - {""}
    cited = [cite.number for cite in reply.cites if bare_number(cite.number)] or (
        [reply.number] if reply.number else []
    )
    if own and cited and not own & {bare_number(number) for number in cited}:
        quote = next((q for q in (f"第{cited[0]}号", cited[0]) if q in reply.text), "")
        return Objection(f"引述件号与原件第{submission.number}号不一致", quote)
    asked, said = _term(submission.session), _term(reply.session)
    if asked and said and asked != said and not reading.case.also:
        quote = reply.session if reply.session in reply.text else ""
        return Objection(f"引述的会议与原件的“{submission.session}”不一致", quote)
    return None


def _term(session: str) -> tuple[float | None, float | None] | None:
    found = _TERM.search(session)
    return (number(found[1]), number(found[2])) if found else None


def leftovers(reading: Reading, context: Context) -> Iterator[Objection]:
    """What names another letter's people, county or title."""
    if reading.submission is not None:
        yield from _people(reading, context)
        yield from _counties(reading, context)
        yield from _titles(reading)


def _people(reading: Reading, context: Context) -> Iterator[Objection]:
    """Somebody thanked or called on who is neither addressed nor among those who proposed the item."""
    reply, submission = reading.reply, reading.submission
    known = [reply.addressee, *(submission.proposers + submission.cosigners if submission else ())]
    several = pattern(context.profile, "泛称代表词")
    body = reading.body[0].start if reading.body else len(reply.text)
    for match in _COURTESY.finditer(reply.text) if reply.addressee else ():
        if match["called"] and match.start() < body:
            continue
        name = match["name"] or match["called"]
        named = is_proper(name) or rarity(name) > _NO_NAME
        if named and not several.search(name) and not any(name in one or (one and one in name) for one in known):
            said = match.group().strip()
            yield Objection(f"“{said}”不是本件的提出人，疑似别的答复留下的", said)


def _counties(reading: Reading, context: Context) -> Iterator[Objection]:
    """Another county thanked for than the one that the head, the session or the signature names."""
    reply = reading.reply
    formal = "\n".join([reply.title, reply.session, reply.unit_text, context.profile.place])
    own = {match[1] for match in _OWN.finditer(formal)}
    for match in _THANKED.finditer(reply.text):
        place = match["place"]
        rest = reply.text[: match.start("place")] + reply.text[match.end("place") :] + reading.case.asked + formal
        if place[:2] not in rest and any(one[-1] == place[-1] for one in own) and len(place) > 2:
            yield Objection(f"“{place}”不是本地，疑似别的答复留下的", place, match.start("place"), match.end("place"))


def _titles(reading: Reading) -> Iterator[Objection]:
    """Another submission's title cited in the answer as the asker's own."""
    reply = reading.reply
    own = [one.title for one in (reading.submission, *reading.case.also) if one]
    head = max((reply.text.find(cite.title) for cite in reply.cites if cite.title), default=-1)
    for match in _YOURS.finditer(reply.text):
        title = match["title"]
        alike = max((title_likeness(title, one) for one in own), default=1.0)
        if match.start("title") > head >= 0 and alike < _OTHER_TITLE:
            yield Objection(f"《{title}》不是本件的案由，疑似别的答复留下的", title, *match.span("title"))
